"""What portals put around a report goes; nothing of the report does."""

import json
import re
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from hochoi.types import SourceFile
from ingest.boilerplate import is_chrome, split_page
from ingest.markup import Page
from ingest.readers import read

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "reports"


class Gold(NamedTuple):
    """One labelled page."""

    file_name: str
    title: str
    body: list[str]
    chrome: list[str]


LABELS = ROOT / "corpus" / "testsets" / "portal_bodies.jsonl"
GOLD = [Gold(**json.loads(line)) for line in LABELS.read_text(encoding="utf-8").splitlines()]
_MARKER = re.compile(r"(?:[-+*]|\d{1,2}[.)])\s+")


def without_markers(lines: list[str]) -> list[str]:
    """Labels write list items without their bullets and numbers."""
    return [_MARKER.sub("", line, count=1) if _MARKER.match(line) else line for line in lines]


def body_of(path: Path) -> list[str]:
    return read(SourceFile(path.name, path.read_bytes()), 10**7).text.split("\n")[2:]


# -- the labelled portal pages of the corpus ---------------------------------------------------


@pytest.mark.parametrize("gold", GOLD, ids=[gold.file_name[:3] for gold in GOLD])
def test_portal_page_title_and_body_are_exactly_those_labelled(gold: Gold) -> None:
    path = ROOT / "corpus" / "reports" / gold.file_name
    found = read(SourceFile(path.name, path.read_bytes()), 10**7)
    assert found.title == gold.title
    body = found.text.split("\n")[2:]
    assert without_markers(body) == without_markers(gold.body)
    assert not set(body) & (set(gold.chrome) - set(gold.body))


def test_labels_cover_every_portal_page_of_the_corpus() -> None:
    shipped = {p.name for p in (ROOT / "corpus" / "reports").iterdir() if p.suffix != ".md"}
    assert {gold.file_name for gold in GOLD} == shipped


# -- pages of portals the patterns were not measured on ----------------------------------------


def test_unseen_portal_keeps_lists_tables_and_lines_that_begin_like_footers() -> None:
    assert body_of(DATA / "vnportal.html") == [
        "Sáng 11/6/2024, UBND tỉnh Vĩnh Long tiếp và làm việc với đoàn công tác của UBND tỉnh"
        " Bạc Liêu đến tìm hiểu mô hình một cửa.",
        "Tham gia đoàn có 18 thành viên, do ông Huỳnh Văn Sơn, Chánh Văn phòng UBND tỉnh,"
        " làm trưởng đoàn.",
        "Đoàn đã khảo sát thực tế tại các đơn vị:",
        "- Trung tâm Phục vụ hành chính công tỉnh",
        "- Bộ phận một cửa thành phố Vĩnh Long",
        "- Zalo chính quyền điện tử Vĩnh Long",
        "Nội dung: Hồ sơ đúng hạn; Kết quả: 99,1%",
        "Nội dung: Thanh toán trực tuyến; Kết quả: 62,5%",
        "Cơ quan chủ quản hệ thống là Văn phòng UBND tỉnh, đơn vị vận hành là VNPT Vĩnh Long.",
        "Chia sẻ bài học kinh nghiệm, lãnh đạo tỉnh Vĩnh Long nhấn mạnh vai trò của người đứng"
        " đầu.",
    ]


def test_unseen_newspaper_loses_caption_and_links_but_no_sentence() -> None:
    assert body_of(DATA / "newspaper.html") == [
        "Ngày 2/10, Sở Thông tin và Truyền thông Phú Yên làm việc với đoàn của Sở Thông tin và"
        " Truyền thông Bình Định.",
        "Hai bên trao đổi về trung tâm điều hành thông minh, camera giao thông và kho dữ liệu dùng"
        " chung.",
        "Kho dữ liệu dùng chung",
        "Phú Yên đã kết nối 23 cơ sở dữ liệu, trong đó 9 cơ sở do sở quản lý.",
        "“Dữ liệu phải sạch thì trung tâm điều hành mới thông minh”, đại diện Phú Yên nói.",
        "Kết thúc buổi làm việc, hai sở thống nhất họp trực tuyến mỗi quý một lần!",
    ]


def test_pasted_page_keeps_announced_lists_without_full_stops() -> None:
    """The last items of a list were lost when they did not end with a full stop."""
    assert body_of(DATA / "pasted.txt") == [
        "Ngày 14/5/2021, Sở Nội vụ tỉnh Kon Tum tiếp đoàn công tác Sở Nội vụ tỉnh Ninh Thuận đến"
        " học tập kinh nghiệm.",
        "Thành phần đoàn gồm:",
        "- Ông Võ Minh, Phó Giám đốc Sở",
        "- Bà Lê Hoa, Trưởng phòng Cải cách hành chính",
        "- 05 chuyên viên",
        "Nội dung trao đổi:",
        "- Chấm điểm cải cách hành chính cấp huyện;",
        "- Đo lường sự hài lòng của người dân",
    ]


def test_split_page_without_chrome_loses_no_line() -> None:
    """Short last lines of a plain text were taken for other news and dropped."""
    lines = ("Đoàn thăm Huế", "Ngày 5/5.", "Thành phần", "Ông A", "Quận 10")
    assert split_page(Page(lines, lines, (), (), {})) == ("Đoàn thăm Huế", lines[1:])


def test_split_page_share_words_announced_by_the_body_stay() -> None:
    lines = (
        "Quay lại",
        "Chatbot của thành phố Đà Nẵng",
        "Người dân hỏi qua các kênh sau:",
        "- Zalo",
        "- Facebook",
        "Chia sẻ:",
        "- Facebook",
        "- Zalo",
    )
    assert split_page(Page(lines, lines, (), (), {})) == (
        "Chatbot của thành phố Đà Nẵng",
        ("Người dân hỏi qua các kênh sau:", "- Zalo", "- Facebook"),
    )


# -- single lines ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "Trang chủ", "TRANG CHỦ | GIỚI THIỆU | TIN TỨC", "Trang chủ » Tin tức » Cải cách",
        "Tin hoạt động >> Tin hoạt động", "Thông tin hoạt động Thông tin hoạt động", "Quay lại",
        "[Quay lại]", "[ In trang ] [ Trở về ]", "Quay lên trên", "Danh mục", "Đọc tiếp",
        "Xem thêm »", "Tin liên quan", "Tin cùng chuyên mục", "Các tin khác", "Tin mới hơn",
        "Có thể bạn quan tâm", "Số lượt xem: 72", "Lượt xem: 1.024", "Đã xem: 128 - Phản hồi: 0",
        "Đang truy cập: 37", "Tổng truy cập: 9.876.543", "Hôm nay: 3.406",
        "Cập nhật lúc: 18/11/2023 15:06", "Ngày đăng: 13/09/2021 ptlan.snv Số lượt xem: 318",
        "Đăng ngày: 12/06/2024 08:15", "12/06/2024 | 08:15", "Thứ Hai, 08/04/2024 16:40",
        "29/09/2025 06:45 GMT+7", "Cỡ chữ: Giảm (A-) Mặc định (A) Tăng (A+)", "Cỡ chữ A- A A+",
        "A+ | A-", "T- T T+",
        "Bản in", "In bài viết", "Gửi email", "Chia sẻ Facebook Zalo In bài viết",
        "Chia sẻ FacebookChia sẻ Zalo", "Facebook", "Bình luận (0)", "Gửi bình luận",
        "Skip to main content", "Vietnamese | English | 中文 | Báo In", "nvhung.stttt",
        "thtanh.snv",
        "Từ khóa: chuyển đổi số", "Nguồn: Báo Ví Dụ", "Ảnh: Lê Hảo", "Bài, ảnh: P.V",
        "Quang cảnh buổi làm việc. Ảnh: Lê Hảo", "(BNP)", "K.T - M.H", "BBT",
        "Cơ quan chủ quản: Ủy ban nhân dân tỉnh", "Điện thoại: (0270) 3000 000",
        "Địa chỉ: số 1 đường Ví Dụ", "Bản quyền thuộc Văn phòng UBND tỉnh",
        "© Ban Đối ngoại phát thanh. Mọi quyền được bảo lưu.",
        "Ghi rõ nguồn khi phát hành lại thông tin từ website này", "Powered by Liferay",
        "Giấy phép số 00/GP-TTĐT", "Đánh giá bài viết: 0 điểm / 0 lượt", "Nghe đọc bài",
    ],
)  # fmt: skip
def test_is_chrome_portal_line_is_chrome(line: str) -> None:
    assert is_chrome(line)


@pytest.mark.parametrize(
    "line",
    [
        "Địa chỉ IP dùng chung được cấp cho 54 xã", "Cơ quan quản lý nhà nước về thông tin",
        "Địa chỉ: tất cả 54 trung tâm đều công khai địa chỉ trên cổng.",
        "Thiết kế đô thị thông minh", "Email công vụ cho cán bộ", "Điện thoại thông minh",
        "Giấy phép xây dựng cấp trong 10 ngày", "Quay lại Tuyên Quang ngày 23/7",
        "Quay lại, đoàn tham quan trung tâm điều hành thông minh của thành phố.",
        "Danh mục dịch vụ công trực tuyến", "Nhận xét chung", "Chia sẻ bài học kinh nghiệm",
        "Chia sẻ kinh nghiệm", "Bài học kinh nghiệm", "Tổng số lượt truy cập đạt 2 triệu lượt",
        "Cập nhật 1.200 thủ tục hành chính", "Đăng 25 tin bài", "Zalo 1022 Đà Nẵng",
        "Thứ năm, 21/7: làm việc với Sở Nội vụ", "Ngày 21/7/2022", "Tìm kiếm thị trường",
        "Thống kê truy cập cổng năm 2024", "Tỷ lệ hồ sơ trực tuyến > 80%", "21/7 | Quận 1",
        "Họ tên | Chức vụ", "Tiếp nhận → Thẩm định → Trả kết quả", "AI", "57 người", "Quận 1",
        "Tin học hóa", "Nguồn nhân lực", "Ảnh hưởng", "Phản hồi trong 24 giờ", "In ấn tài liệu",
        "Gửi hồ sơ qua bưu chính", "Theo dõi tiến độ hồ sơ", "Hỏi đáp tự động qua Zalo",
        "Đăng ký kinh doanh", "Liên hệ với Bình Dương", "Hôm nay 21/7", "Tải trọng", "A", "a b",
    ],
)  # fmt: skip
def test_is_chrome_body_line_is_not(line: str) -> None:
    assert not is_chrome(line)
    assert not is_chrome(f"- {line}")


@pytest.mark.parametrize(
    "line",
    ["10:10:" * 26 + "x", "abc > " * 26 + ".", "ab" + ">" * 150 + ".", "a- " * 52 + "x",
     "chia sẻ " * 19 + "x", "12/3/2024 " * 15 + "x", "xx.yy" * 30, "xem " * 39, " a" * 79],
)  # fmt: skip
def test_is_chrome_crafted_line_is_judged_at_once(line: str) -> None:
    """A line of repeated breadcrumbs took nine seconds; one of 26 would have taken years."""
    start = time.perf_counter()
    is_chrome(line)
    assert time.perf_counter() - start < 0.2
