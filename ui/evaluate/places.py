"""Where the evaluations, test sets and draft questions of a data directory stand."""

from contextlib import closing

from evaluation.archive import Archive
from evaluation.drafts import DraftQuestion, Drafts, draft_of
from evaluation.proposals import Proposer
from evaluation.sets import TestSets
from hochoi.language.abbreviations import load_abbreviations
from hochoi.provinces import ProvinceTable
from hochoi.settings import SHIPPED, Settings
from hochoi.store import Store

SHIPPED_SETS = SHIPPED / "corpus" / "testsets"
_WORDING = SHIPPED / "prompts" / "questions.vi.toml"


def archive_of(settings: Settings) -> Archive:
    """Return the evaluations of a data directory."""
    return Archive(settings.var / "evaluations")


def sets_of(settings: Settings) -> TestSets:
    """Return the test sets that can be run with a data directory."""
    return TestSets(SHIPPED_SETS, settings.var / "testsets")


def drafts_in(settings: Settings) -> Drafts:
    """Return the draft questions of a data directory."""
    return Drafts(settings.var / "testsets")


def propose(settings: Settings) -> tuple[DraftQuestion, ...]:
    """Return what the rules propose from the published reports."""
    provinces = ProvinceTable.read(SHIPPED / "corpus" / "provinces.csv")
    abbreviations = load_abbreviations(SHIPPED / "corpus" / "abbreviations.toml")
    proposer = Proposer(_WORDING, provinces, abbreviations)
    with closing(Store(settings.database_path)) as store:
        return tuple(map(draft_of, proposer.propose(store.reports())))
