"""Saved mail (EML): its subject and its body. Does not read what is attached; names it."""

import re
from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect
from email.message import EmailMessage, MIMEPart

from hochoi.errors import EmptyTextError, UnreadableFileError
from hochoi.types import SourceFile
from ingest.markup import Page, visible_lines
from ingest.readers.found import Found
from ingest.readers.text import read_text

_REPLY = re.compile(r"(?:(?:re|fwd?|tr|trả lời|chuyển tiếp)\s*:\s*)+", re.IGNORECASE)
_MAX_HEADER_BYTES = 2**16  # the parser's time grows with the square of it
_NAMES_SHOWN = 5
_NAME_CHARS = 80
_CUT_SHORT = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)


def read_mail(source: SourceFile) -> Found:
    """Return what a saved mail says: its subject as the title, then its text.

    The text is that for programs without pictures, else the formatted one.

    Raises:
        UnreadableFileError: If it is damaged.
        EmptyTextError: If its body has no text.
    """
    from email import message_from_bytes, policy

    if re.search(rb"\n\r?\n", source.content[:_MAX_HEADER_BYTES]) is None:
        raise UnreadableFileError(source.name, "the header of the mail does not end")
    try:
        message = message_from_bytes(source.content, policy=policy.default)
        bodies = [body for kind in ("plain", "html") if (body := message.get_body((kind,)))]
        content = next((raw for body in bodies if (raw := _content(body)).strip()), b"")
        subject = _REPLY.sub("", str(message["subject"] or "").strip(), count=1)
        warnings = (*_attachments(message), *_damage(message))
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError) as exc:
        raise UnreadableFileError(source.name, "it is damaged mail") from exc
    if not content:
        raise EmptyTextError(source.name)
    found = read_text(SourceFile(source.name, content))
    title = " ".join(visible_lines(subject))
    lines = found.page.lines
    if title and lines[:1] != (title,):
        lines = (title, *lines)
    page = Page(lines, lines, (title,) if title else (), found.page.headings, {})
    return Found("eml", page, warnings=(*found.warnings, *warnings))


def _content(body: MIMEPart) -> bytes:
    """Return the text of a part as UTF-8, or its bytes where the mail names no true encoding."""
    raw = body.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return b""
    try:
        return raw.decode(body.get_content_charset("utf-8")).encode()
    except (LookupError, UnicodeError):
        return raw


def _attachments(message: EmailMessage) -> tuple[str, ...]:
    """Return a warning that names what is attached."""
    names = [part.get_filename() or "?" for part in message.iter_attachments()]
    if not names:
        return ()
    shown = [" ".join(visible_lines(name))[:_NAME_CHARS] for name in names[:_NAMES_SHOWN]]
    listed = ",".join(re.sub(r"[|,\s]+", " ", name) for name in shown)
    return (f"attachments_unread|{len(names)}|{listed}",)


def _damage(message: EmailMessage) -> tuple[str, ...]:
    defects = [defect for part in message.walk() for defect in part.defects]
    is_cut = any(isinstance(defect, _CUT_SHORT) for defect in defects)
    return ("file_ends_early",) if is_cut else ()
