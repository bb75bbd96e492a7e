"""What the record says of a visit answers for the stop that a question names, and for no other."""

import pytest

from hochoi.drafting.visit_facts import asks_visit_date, host_leads
from hochoi.reading import Reading, read_report
from hochoi.types import SourceFile
from ingest.preparing import prepare
from tests.question_reading import PROVINCES, TOPICS, asked

TEXT = """Bến Tre học tập kinh nghiệm tại tỉnh Lâm Đồng và thành phố Cần Thơ

Đoàn công tác Sở Nội vụ tỉnh Bến Tre đi học tập kinh nghiệm tại tỉnh Lâm Đồng và thành phố Cần Thơ.
Ngày 06/9/2023, đoàn làm việc tại tỉnh Lâm Đồng; ông Huỳnh Minh Hải, Giám đốc Sở Nội vụ tiếp đoàn.
Ngày 08/9/2023, đoàn làm việc tại thành phố Cần Thơ.
"""


@pytest.fixture(scope="module")
def reading() -> Reading:
    source = SourceFile("ben-tre.txt", TEXT.encode())
    made = read_report(prepare(source, PROVINCES, TOPICS, max_bytes=2**20).report)
    visit = made.report.visit
    assert {s.value.province for s in visit.host} == {"Lâm Đồng", "Cần Thơ"}
    assert visit.date_text is not None
    assert visit.date_text.value == "Ngày 06/9/2023"
    return made


@pytest.mark.parametrize(
    ("place", "is_recorded"), [("Lâm Đồng", True), ("Cần Thơ", False), ("đó", True)]
)
def test_record_answers_only_for_the_stop_it_tells_of(
    reading: Reading, place: str, is_recorded: bool
) -> None:
    when, who = (
        asked(q.format(place))
        for q in ("Đoàn Bến Tre đến {} ngày nào?", "Ai tiếp đoàn Bến Tre ở {}?")
    )
    assert asks_visit_date(when, reading) is is_recorded
    assert bool(host_leads(who, reading)) is is_recorded
