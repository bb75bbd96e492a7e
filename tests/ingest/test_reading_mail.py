"""Saved mail: the subject is the title, the body the text, attachments are files of their own."""

from contextlib import suppress
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hochoi.errors import EmptyTextError, IngestError, TooManyPartsError, UnreadableFileError
from hochoi.types import Extraction, SourceFile
from ingest.archives import unpacked
from ingest.readers import read
from tests.ingest.documents import zipped
from ui.wording.warnings import warning_sentence

SUBJECT = "Kết quả chuyến học tập kinh nghiệm tại tỉnh Sóc Trăng"
BODY = (
    "Sáng ngày 12/5/2023, đoàn công tác của tỉnh Hà Nam do ông Nguyễn Văn\n"
    "An, Phó Chủ tịch UBND tỉnh làm trưởng đoàn đã đến thăm và làm việc tại\n"
    "tỉnh Sóc Trăng.\n"
)
JOINED = BODY.replace("\n", " ").strip()


def mail(plain: str = BODY, html: str = "", subject: str = SUBJECT) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "a@hanam.example", "b@hanam.example"
    message["Subject"] = subject
    message.set_content(plain, cte="base64")
    if html:
        message.add_alternative(html, subtype="html")
    return message


def extract(content: bytes) -> Extraction:
    return read(SourceFile("thu.eml", content), 2**20)


def test_mail_subject_is_the_title_and_broken_lines_are_joined() -> None:
    found = extract(mail(subject=f"Fwd: Re: {SUBJECT}").as_bytes())
    assert (found.format, found.title, found.warnings) == ("eml", SUBJECT, ())
    assert found.text == f"{SUBJECT}\n\n{JOINED}"


def test_mail_without_plain_text_shows_its_page() -> None:
    page = f"<html><body><p>{JOINED}</p></body></html>"
    assert extract(mail("\n", page).as_bytes()).text == f"{SUBJECT}\n\n{JOINED}"
    only = mail()
    only.set_content(page, subtype="html")
    assert extract(only.as_bytes()).text == f"{SUBJECT}\n\n{JOINED}"


def test_mail_names_what_is_attached() -> None:
    message = mail()
    message.add_attachment(b"%PDF-1.4", "application", "pdf", filename="Báo cáo|số 1, 2.pdf")
    message.add_attachment("thêm", filename="b.txt")
    found = extract(message.as_bytes())
    assert found.text == f"{SUBJECT}\n\n{JOINED}"
    assert found.warnings == ("attachments_apart|2|Báo cáo số 1 2.pdf,b.txt",)
    assert "2 tệp đính kèm (Báo cáo số 1 2.pdf, b.txt)" in warning_sentence(found.warnings[0])


def files(content: bytes) -> list[tuple[str, bytes]]:
    found = list(unpacked(SourceFile("thu.eml", content), 2**20))
    return [(f.name, f.content) for f in found if isinstance(f, SourceFile)]


def test_attachments_are_files_of_their_own_behind_the_mail() -> None:
    inner = mail(subject="Thư cũ")
    inner.add_attachment(b"abc", "text", "plain", filename="trong.txt")
    message = mail()
    message.add_attachment(b"\0\1", "application", "pdf", filename="Báo cáo số 1.pdf")
    message.add_attachment(b"logo", "image", "png", filename="l.png", disposition="inline")
    message.add_attachment(zipped({"a/một.txt": "chữ"}), "application", "zip", filename="b.zip")
    message.add_attachment(inner)
    content = message.as_bytes()
    found = files(content)
    assert found[0] == ("thu.eml", content)
    assert [name for name, _ in found[1:]] == [
        "thu.eml/Báo cáo số 1.pdf", "thu.eml/b.zip/a/một.txt", "thu.eml/thư.eml",
        "thu.eml/trong.txt",
    ]  # fmt: skip
    assert found[1][1] == b"\0\1"
    assert "Thư cũ" in extract(found[3][1]).title
    assert files(mail().as_bytes()) == [("thu.eml", mail().as_bytes())]


def test_mail_in_an_archive_gives_its_attachments_too() -> None:
    message = mail()
    message.add_attachment(b"abc", "text", "plain", filename="b.txt")
    names = [name for name, _ in files(zipped({"a.eml": message.as_bytes()}))]
    assert names == ["thu.eml/a.eml", "thu.eml/a.eml/b.txt"]


HEAD = b"MIME-Version: 1.0\nFrom: a\nContent-Type: multipart/mixed; boundary=b\n\n"


def test_mail_with_too_many_attachments_is_refused() -> None:
    part = b"--b\nContent-Disposition: attachment; filename=a\n\nx\n"
    with pytest.raises(TooManyPartsError, match="2,001 attachments"):
        files(HEAD + part * 2001)


def test_attachment_with_endless_parameters_is_read_without_its_name() -> None:
    """They held whoever opened the mail for a quarter of a minute."""
    endless = b"--b\nContent-Disposition: attachment" + b"; a*0=b" * 300_000 + b"\n\nx\n--b--"
    assert files(HEAD + endless)[1:] == [("thu.eml/?", b"x")]


def test_mail_that_names_a_wrong_encoding_is_read_by_its_bytes() -> None:
    raw = mail().as_bytes()
    for charset in (b"us-ascii", b"x-unknown"):
        assert extract(raw.replace(b'charset="utf-8"', b"charset=" + charset)).text.endswith(JOINED)


def test_mail_cut_short_says_so() -> None:
    message = mail(html=f"<p>{JOINED}</p>")
    assert "file_ends_early" in extract(message.as_bytes()[:-60]).warnings


def test_mail_without_text_is_empty_and_pasted_mail_is_text() -> None:
    with pytest.raises(EmptyTextError):
        extract(mail("\n").as_bytes())
    pasted = f"From: An\nSubject: {SUBJECT}\n\n{BODY}"
    assert extract(pasted.encode()).format == "txt"


def test_mail_whose_header_does_not_end_is_refused() -> None:
    header = b"MIME-Version: 1.0\nFrom: a\nSubject: " + b"=?utf-8?q?a?= " * 50_000
    with pytest.raises(UnreadableFileError, match="header"):
        extract(header + b"\n\nabc")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_mail_with_any_damage_gives_text_or_a_known_refusal(data: st.DataObject) -> None:
    message = mail(html=f"<p>{JOINED}</p>")
    message.add_attachment(b"x", "application", "pdf", filename="Báo cáo.pdf")
    raw = bytearray(message.as_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=6))
    title = "refused"
    with suppress(IngestError):
        title = extract(bytes(raw)).title
    assert title
