"""The states a received file and a report go through, and which may follow which."""

from enum import Enum


class FileState(Enum):
    """How far a received file has come."""

    RECEIVED = "received"  # its bytes are safe
    PARSED = "parsed"  # its text is known
    DESCRIBED = "described"  # its visit is known
    EMBEDDED = "embedded"  # its vectors are known
    PUBLISHED = "published"  # its report answers questions
    DRAFT = "draft"  # its report waits for a person
    PRESENT = "already present"  # the record had this text before
    REFUSED = "refused"  # with a reason
    CANCELLED = "cancelled"  # by a person, before its turn

    @property
    def is_final(self) -> bool:
        """Whether nothing more happens to the file by itself."""
        return self not in _UNDER_WAY


class Standing(Enum):
    """What a report is to readers."""

    PUBLISHED = "published"
    DRAFT = "draft"
    REPLACED = "replaced"  # an older version: readable under its address, never searched
    REMOVED = "removed"  # nothing but its id and the day is kept


_S = FileState
_UNDER_WAY = frozenset({_S.RECEIVED, _S.PARSED, _S.DESCRIBED, _S.EMBEDDED})
_ENDS = frozenset({_S.REFUSED, _S.PRESENT})
_NEXT: dict[FileState, frozenset[FileState]] = {
    _S.RECEIVED: _ENDS | {_S.PARSED, _S.CANCELLED},
    _S.PARSED: _ENDS | {_S.DESCRIBED, _S.RECEIVED},
    _S.DESCRIBED: _ENDS | {_S.EMBEDDED, _S.DRAFT, _S.RECEIVED},
    _S.EMBEDDED: frozenset({_S.PUBLISHED, _S.REFUSED, _S.RECEIVED}),
    _S.DRAFT: frozenset({_S.PUBLISHED, _S.REFUSED}),
    _S.PUBLISHED: frozenset(),
    _S.PRESENT: frozenset(),
    _S.REFUSED: frozenset({_S.RECEIVED}),  # tried again
    _S.CANCELLED: frozenset(),
}
"""`RECEIVED` follows a state under way when its process ended: the bytes are read again."""


def may_follow(before: FileState, after: FileState) -> bool:
    """Return whether a file may go from one state to the other."""
    return after in _NEXT[before]
