"""Saved mail: the subject is the title, the body the text, attachments are named."""

from contextlib import suppress
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hochoi.errors import EmptyTextError, IngestError, UnreadableFileError
from hochoi.types import Extraction, SourceFile
from ingest.readers import read
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


def test_mail_names_what_is_attached_and_does_not_read_it() -> None:
    message = mail()
    message.add_attachment(b"%PDF-1.4", "application", "pdf", filename="Báo cáo|số 1, 2.pdf")
    message.add_attachment("thêm", filename="b.txt")
    found = extract(message.as_bytes())
    assert found.text == f"{SUBJECT}\n\n{JOINED}"
    assert found.warnings == ("attachments_unread|2|Báo cáo số 1 2.pdf,b.txt",)
    assert "2 tệp đính kèm chưa đọc (Báo cáo số 1 2.pdf, b.txt)" in warning_sentence(
        found.warnings[0]
    )


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
