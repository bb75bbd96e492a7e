"""Saved mail (EML): its subject and its body, and what is attached as files of their own."""

import re
from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect
from email.message import EmailMessage, Message, MIMEPart

from hochoi.errors import EmptyTextError, TooManyPartsError, UnreadableFileError
from hochoi.types import SourceFile
from ingest.markup import Page, visible_lines
from ingest.readers.containers import MAX_ENTRIES
from ingest.readers.found import Found
from ingest.readers.text import read_text

_REPLY = re.compile(r"(?:(?:re|fwd?|tr|trả lời|chuyển tiếp)\s*:\s*)+", re.IGNORECASE)
_MAX_HEADER_BYTES = 2**16  # the parser's time grows with the square of it
_NAMES_SHOWN = 5
_NAME_CHARS = 80
_MAX_NAME_CHARS = 1000
_MAX_PART_HEADER = 4000  # characters; the time for the parameters grows with the square of them
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
    page = Page(lines, lines, (title,) if title else (), found.page.headings, {}, found.page.hidden)
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


def attached(source: SourceFile) -> list[tuple[str, bytes]]:
    """Return name and bytes of what is attached to a saved mail; mails inside it come first.

    Pictures that the text shows, and parts that cannot be decoded, are left out.

    Raises:
        UnreadableFileError: If it is damaged.
        TooManyPartsError: If there are more than an archive may hold.
    """
    from email import message_from_bytes, policy

    if re.search(rb"\n\r?\n", source.content[:_MAX_HEADER_BYTES]) is None:
        return []
    # This policy takes headers apart in linear time; a mail is opened outside of the processes
    # that read foreign files.
    try:
        message = message_from_bytes(source.content, policy=policy.compat32)
        parts = [part for part in message.walk() if _is_attached(part)]
        if len(parts) > MAX_ENTRIES:
            raise TooManyPartsError(source.name, "attachments", MAX_ENTRIES, len(parts))
        return [(_file_name(part), content) for part in parts if (content := _bytes_of(part))]
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError) as exc:
        raise UnreadableFileError(source.name, "it is damaged mail") from exc


def _is_attached(part: "Message") -> bool:
    said = str(part.get("content-disposition", "")).partition(";")[0]
    return said.strip().lower() == "attachment"


def _file_name(part: "Message") -> str:
    from email.header import decode_header, make_header

    headers = ("content-disposition", "content-type")
    is_short = all(len(str(part.get(name, ""))) <= _MAX_PART_HEADER for name in headers)
    name = part.get_filename() if is_short else None
    name = name or ("thư.eml" if part.is_multipart() else "?")
    try:
        return str(make_header(decode_header(name[:_MAX_NAME_CHARS])))
    except (LookupError, ValueError):
        return name[:_MAX_NAME_CHARS]


def _bytes_of(part: "Message") -> bytes:
    if part.is_multipart():  # a mail
        inner = part.get_payload(0)
        return inner.as_bytes() if hasattr(inner, "as_bytes") else b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _attachments(message: EmailMessage) -> tuple[str, ...]:
    """Return a warning that names what is attached."""
    names = [part.get_filename() or "?" for part in message.iter_attachments()]
    if not names:
        return ()
    shown = [" ".join(visible_lines(name))[:_NAME_CHARS] for name in names[:_NAMES_SHOWN]]
    listed = ",".join(re.sub(r"[|,\s]+", " ", name) for name in shown)
    return (f"attachments_apart|{len(names)}|{listed}",)


def _damage(message: EmailMessage) -> tuple[str, ...]:
    defects = [defect for part in message.walk() for defect in part.defects]
    is_cut = any(isinstance(defect, _CUT_SHORT) for defect in defects)
    return ("file_ends_early",) if is_cut else ()
