"""What people thought of answers -> draft test questions, without what names a person."""

from collections.abc import Iterable

from evaluation.drafts import DraftQuestion, without_personal_data
from hochoi.people.opinions import GivenOpinion
from hochoi.types import Answer

_NOTE_CHARS = 1500


def drafts_of(opinions: Iterable[GivenOpinion]) -> tuple[DraftQuestion, ...]:
    """Return one draft per opinion that found fault.

    The reports that were cited are proposed as the right ones unless the evidence was said to be
    wrong or missing; a person decides.
    """
    return tuple(_draft(given) for given in opinions if not given.opinion.is_good)


def _draft(given: GivenOpinion) -> DraftQuestion:
    reasons = given.opinion.reasons
    should_refuse = "should_refuse" in reasons
    cited = tuple(source.report.file_name for source in given.answer.sources)
    is_cited_right = not {"evidence_wrong", "report_missing", "should_refuse"} & set(reasons)
    return DraftQuestion(
        draft_id=f"f{given.turn_id:011d}",
        origin=" ".join(("feedback", *reasons)),
        question=without_personal_data(given.question),
        history=tuple(without_personal_data(question) for question in given.history),
        tags=("feedback",),
        answerable=not should_refuse,
        relevant=cited[:1] if is_cited_right else (),
        nearest=cited[0] if should_refuse and cited else None,
        note=without_personal_data(_note(given.answer, cited, given.opinion.comment)),
    )


def _note(answer: Answer, cited: tuple[str, ...], comment: str) -> str:
    parts = [
        comment,
        " ".join(sentence.text for sentence in answer.sentences) or answer.notice or "",
        ", ".join(cited),
    ]
    return "\n".join(part for part in parts if part)[:_NOTE_CHARS]
