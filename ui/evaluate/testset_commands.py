"""`hochoi testset`: list sets, to and from a spreadsheet, propose and decide about questions."""

import argparse
import getpass
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict

from evaluation.drafts import DraftQuestion, Status, select
from evaluation.feedback import drafts_of
from evaluation.runs import replace_text
from evaluation.sets import Known
from evaluation.sheet import to_csv
from hochoi.errors import StoreUnwritableError, TestSetError, UnreadableFileError
from hochoi.people.database import PeopleDatabase
from hochoi.people.opinions import Opinions
from hochoi.settings import Settings
from ui.evaluate.places import drafts_in, propose, sets_of
from ui.output import print_json, print_line


def testset(settings: Settings, options: argparse.Namespace) -> int:
    """Do what the verb behind `hochoi testset` says."""
    verbs: dict[str, Callable[[Settings, argparse.Namespace], object]] = {
        "list": _list,
        "draft": _draft,
        "feedback": _feedback,
        "drafts": _drafts,
        "approve": _approve,
        "reject": _reject,
        "to-csv": _to_csv,
        "from-csv": _from_csv,
    }
    try:
        found = verbs[options.verb](settings, options)
    except BrokenPipeError:  # nobody reads on: the program ends quietly
        raise
    except OSError as exc:
        folder = str(exc.filename or settings.var)
        raise StoreUnwritableError(folder, exc.strerror or str(exc)) from exc
    if options.json:
        print_json(found)
    return 0


def _say(options: argparse.Namespace, text: str) -> None:
    if not options.json:
        print_line(text)


def _list(settings: Settings, options: argparse.Namespace) -> object:
    known = sets_of(settings).all()
    for one in known:
        size = f"{len(one.testset.questions)} questions" if one.testset else one.problem
        _say(options, f"{one.name}  {size}  {one.folder}")
    return [_set_json(one) for one in known]


def _set_json(known: Known) -> dict[str, object]:
    return {
        "name": known.name,
        "folder": str(known.folder),
        "questions": len(known.testset.questions) if known.testset else None,
        "fingerprint": known.testset.fingerprint if known.testset else None,
        "problem": known.problem,
    }


def _draft(settings: Settings, options: argparse.Namespace) -> object:
    proposed = propose(settings)
    added = drafts_in(settings).add(proposed)
    _say(options, f"{len(proposed)} questions proposed, {added} of them new")
    return {"proposed": len(proposed), "added": added}


def _feedback(settings: Settings, options: argparse.Namespace) -> object:
    with closing(PeopleDatabase(settings.people_path)) as people:
        found = drafts_of(Opinions(people).all())
    added = drafts_in(settings).add(found)
    _say(options, f"{len(found)} answers found fault with, {added} of them new")
    return {"found": len(found), "added": added}


def _drafts(settings: Settings, options: argparse.Namespace) -> object:
    status = None if options.status == "all" else Status(options.status)
    found = select(drafts_in(settings).all(), status=status, origin=options.origin)
    for draft in found:
        _say(options, f"{draft.draft_id}  {draft.status.value:9s} {draft.origin}: {draft.question}")
    return [draft_json(draft) for draft in found]


def draft_json(draft: DraftQuestion) -> dict[str, object]:
    """Return a draft as JSON."""
    return {**asdict(draft), "status": draft.status.value}


def _approve(settings: Settings, options: argparse.Namespace) -> object:
    drafts = drafts_in(settings)
    sets = [drafts.approve(i, options.set, getpass.getuser()) for i in options.draft_ids]
    size = len(sets[-1].questions)
    _say(options, f"{len(sets)} approved; {options.set} has {size} questions now")
    return {"approved": len(sets), "set": options.set, "questions": size}


def _reject(settings: Settings, options: argparse.Namespace) -> object:
    drafts = drafts_in(settings)
    for draft_id in options.draft_ids:
        drafts.reject(draft_id, getpass.getuser())
    _say(options, f"{len(options.draft_ids)} rejected")
    return {"rejected": len(options.draft_ids)}


def _to_csv(settings: Settings, options: argparse.Namespace) -> object:
    known = sets_of(settings).find(options.name)
    if known.testset is None:
        raise TestSetError(str(known.folder), (known.problem or "").split("; "))
    replace_text(options.file, to_csv(known.testset))
    _say(options, f"{len(known.testset.questions)} questions written to {options.file}")
    return {"questions": len(known.testset.questions), "file": str(options.file)}


def _from_csv(settings: Settings, options: argparse.Namespace) -> object:
    try:
        content: bytes = options.file.read_bytes()
    except OSError as exc:
        raise UnreadableFileError(str(options.file), exc.strerror or str(exc)) from exc
    made = sets_of(settings).add_csv(options.name, content)
    _say(options, f"{made.name}: {len(made.questions)} questions ({made.fingerprint})")
    return {"name": made.name, "questions": len(made.questions), "fingerprint": made.fingerprint}
