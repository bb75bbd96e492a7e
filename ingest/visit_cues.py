"""The wordings that tell who hosts and who visits, as patterns over masked sentences.

Data only: patterns read lower-case sentences in which signs stand for bodies and people. In a
match, groups v and h hold visiting and hosting bodies, vp and hp people who act for them, and
a, b two partners of whom the wording does not say who came to whom.
"""

import re
from dataclasses import dataclass

from ingest.visit_clauses import BODY, BODY_SIGN, PERSON, PERSON_SIGN

_MORE = rf"(?:(?:, {BODY}){{0,12}},? (?:và|cùng|cùng với|cùng các) {BODY})*"
BODIES = BODY + _MORE
_GUEST_WORDS = (
    r"công tác|đại biểu|cán bộ|công chức|viên chức|khảo sát|học viên|nghiên cứu|học tập|thực tế"
    r"|cấp cao|chuyên gia|lãnh đạo|khách|liên ngành|giám sát|kiểm tra|thăm|làm việc|tham quan"
    r"|doanh nghiệp|chính thức|đại diện|giảng viên|sinh viên|nhà đầu tư|kinh nghiệm|thẩm định"
    r"|trao đổi|học hỏi|phía|xúc tiến|hợp tác|giao lưu|nhà báo|phóng viên|thường trực"
    r"|phụ nữ|thanh niên"
    r"|nghiên cứu sinh|kỹ thuật|chuyên môn|thẩm tra|chuyên trách|ngành|nghiệp vụ|thực địa"
    r"|tiền trạm|bạn"
)
DELEGATION = (
    r"đoàn(?<!tập đoàn)(?<!liên đoàn)(?<!tỉnh đoàn)(?<!thành đoàn)(?<!quân đoàn)(?<!binh đoàn)"
    r"(?<!công đoàn)"
    rf"(?:,? (?:{_GUEST_WORDS}|và|gồm \d+ [^\W\d]+|\d+ [^\W\d]+|số \d+|thành viên)){{0,8}}"
    r"(?: của| từ| đến từ| thuộc|(?<! thăm)(?<! tham quan)(?<! làm việc)(?<! học hỏi)) "
)
# What may stand between a subject and its verb.
_ADVERBS = (
    r"(?:,? (?:đã|vừa|có|cũng|sẽ|vừa qua|tiếp tục|lại|liên tiếp|long trọng|trân trọng"
    r"|trực tiếp|vào|hôm"
    r"|ngày|trong|mới|đang|ở|,|tổ chức|cùng đoàn)){0,6}"
)
ALSO = rf"{_ADVERBS}(?:,? (?:thay mặt|đại diện) [^.;]{{2,60}}?)?{_ADVERBS},?"
COMING = r"(?:đi|đến|tới|sang|vào|ra|lên|xuống|về|xuôi|ngược|có chuyến|có mặt (?:tại|ở))"
_LEARNING = (
    r"(?:học tập|học hỏi|tìm hiểu|tham quan|khảo sát|nghiên cứu|thăm|làm việc|trao đổi|kiểm tra|học"
    r"|công tác|thực tế|dự|giám sát|chào xã giao)"
)
_NO_RECEPTION = (
    r"(?! (?:nhận|tục|thu|xúc|cận|theo|sức|nối|giáp|dân|công dân|tân|thị|tay|đầu|bắt|tế|quản))"
)
RECEIVING = (
    rf"(?:(?:tổ chức |chủ trì |có |dự )?(?:buổi |lễ |cuộc |chương trình )?(?:đón tiếp"
    rf"|tiếp đón|tiếp|đón)"
    rf"{_NO_RECEPTION}|chủ trì (?:buổi |cuộc )?(?:làm việc|gặp)|hội đàm với)"
)
_EVENT = (
    r"(?:hội thảo|hội nghị|tọa đàm|toạ đàm|diễn đàn|khóa|khoá|lớp|buổi làm việc|buổi trao đổi|lễ ký"
    r"|chương trình làm việc|buổi tọa đàm)"
)
# The body before a verb is its subject only when no preposition stands before it. The sign comes
# first in the pattern, so that a search jumps from sign to sign.
_PREPOSITIONS = (
    "tại ở với vào đến của sang tới thăm ra từ xuống về xuôi ngược do cho và lên tiếp đón"
)
_NO_OBJECT = "".join(rf"(?<!\b{word} {BODY_SIGN})" for word in _PREPOSITIONS.split())
_SUBJECT = rf"{BODY_SIGN}{_NO_OBJECT}."
_VISITORS, _HOSTS = rf"(?P<v>{_SUBJECT}{_MORE})", rf"(?P<h>{_SUBJECT}{_MORE})"
_SEVERAL = (
    r"(?:hai |ba |bốn |các |trụ sở (?:của )?|lãnh đạo |các đơn vị thuộc |một số đơn vị của "
    rf"|{BODY} các )?"
)

_PEOPLE_WORDS = (
    r"(?:cán bộ|công chức|viên chức|thành viên|đại biểu|lãnh đạo|học viên|vị khách|khách|chuyên"
    r" gia|người"
    r"|đồng chí|hội viên|chủ tịch|trưởng phòng)"
)
_GUESTS = (
    rf"(?:các |\d+ ){_PEOPLE_WORDS}(?:(?:,| và) {_PEOPLE_WORDS}){{0,3}}"
    r"(?: của| từ| đến từ| thuộc)? "
)
_LABEL = r"(?:(?:[ivx]{1,4}|\d{1,2}|[a-dđ])[.)] |[-*+] )?"
_HOST_LABEL = (
    r"(?:bên tiếp(?: đón| đoàn)?|đơn vị (?:tiếp|đón|chủ trì)[^:.;]{0,15}|bên chủ nhà|chủ nhà|nơi"
    r" đến"
    r"|nơi tiếp|địa phương (?:tiếp|đón)[^:.;]{0,15}|điểm đến|nơi học tập|nơi làm việc|đơn vị đến)"
)
_OF = r"(?:lãnh đạo |cán bộ |đoàn )?"


@dataclass(frozen=True, slots=True)
class Cue:
    """A wording and its votes. It can match only where one of `needs` stands."""

    pattern: re.Pattern[str]
    weight: float
    needs: tuple[str, ...]


def _cue(weight: float, needs: str, pattern: str) -> Cue:
    return Cue(re.compile(pattern), weight, tuple(needs.split("|")))


CUES = (
    # visitors
    _cue(4, "đoàn", rf"{DELEGATION}(?P<v>{BODIES})"),
    _cue(
        3,
        "học|tìm|tham|khảo|nghiên|thăm|làm|trao|kiểm|công tác|thực|dự|giám|chào",
        rf"{_VISITORS}{ALSO} {COMING}(?: đoàn)? (?:{_LEARNING}|{BODY})",
    ),
    _cue(
        3,
        "tìm hiểu|tham quan|khảo sát|học|thăm|kiểm tra|nghiên cứu",
        rf"{_VISITORS}{ALSO} (?:tìm hiểu|tham quan|khảo sát|học tập|học hỏi|học(?! viên)"
        r"|thăm|kiểm tra|nghiên cứu (?:kinh nghiệm|mô hình|dịch vụ|cách|thực tế))",
    ),
    _cue(3, "cử", rf"{_VISITORS}{ALSO} cử (?:một |các )?(?:đoàn|phái đoàn|cán bộ|\d+)"),
    _cue(
        3,
        "cán bộ|công chức|viên chức|học viên|lãnh đạo|giám đốc|đại biểu|thành viên|chủ tịch xã",
        r"(?:cán bộ|công chức|viên chức|học viên|lãnh đạo|giám đốc|đại biểu|chủ tịch xã|trưởng thôn"
        r"|thành viên)(?: ngành [^.;,]{2,25}?)? "
        rf"(?:của |thuộc )?(?P<v>{BODIES}){ALSO} (?:{COMING} |tìm hiểu|tham quan|khảo sát)",
    ),
    _cue(
        3,
        "tổ chức|đưa",
        rf"{_VISITORS}{ALSO} (?:tổ chức(?: cho)?|đưa) (?:các )?(?:đoàn|lớp|học viên|cán bộ"
        rf"|đại biểu|thành viên)"
        rf"[^.;{BODY_SIGN}]{{0,80}}?{COMING} ",
    ),
    _cue(3, "đưa", rf"đưa (?:đoàn )?\d+ [^.;]{{2,30}}? của (?P<v>{BODY})"),
    _cue(
        2,
        "dẫn đầu|trưởng đoàn",
        rf"(?:dẫn đầu|trưởng đoàn) (?:phía |đoàn )?(?P<v>{BODY}) (?:là|có)",
    ),
    _cue(
        3,
        "dẫn|trưởng đoàn",
        rf"(?P<vp>{PERSON})(?:,| đã| được giao)* (?:dẫn đầu|dẫn đoàn|làm trưởng đoàn"
        rf"|là trưởng đoàn)",
    ),
    _cue(
        3,
        "trưởng đoàn|dẫn đầu",
        rf"(?:trưởng đoàn|dẫn đầu)[^.;{PERSON_SIGN}]{{0,40}} (?:là|có|:) (?P<vp>{PERSON})",
    ),
    _cue(3, "trưởng đoàn|dẫn đoàn", rf"(?P<vp>{PERSON}),? (?:là )?(?:trưởng đoàn|dẫn đoàn)"),
    _cue(2.5, "từ ", rf"^từ (?P<v>{BODY}), [^.;]{{0,80}} {COMING} (?:{BODY}|{_LEARNING})"),
    _cue(2, "sự ", rf"sự (?:đồng ý|nhất trí|chấp thuận|cho phép) của (?:lãnh đạo )?(?P<h>{BODY})"),
    _cue(3, "đoàn|thành viên", rf"(?P<vp>{PERSON}),? (?:và|cùng) (?:đoàn|các thành viên)"),
    _cue(
        3,
        "đến|tới|sang|về",
        rf"(?P<vp>{PERSON}),? (?:đã |có buổi )?(?:đến|tới|sang|về) (?:{_LEARNING}|{BODY})",
    ),
    _cue(3, "cùng|đưa", rf"(?P<vp>{PERSON}),? (?:đã )?(?:cùng (?:với )?\d+|đưa \d+)"),
    _cue(
        2,
        "khách mời|tham dự|tham gia",
        rf"(?:khách mời là|sự tham dự của|sự tham gia của) (?P<v>{BODIES})",
    ),
    _cue(2.5, "khách", rf"khách (?:mời )?(?:đến từ|từ|của) (?P<v>{BODIES})"),
    _cue(3, "chọn|mời", rf"(?P<v>{BODY}){ALSO} chọn (?P<h>{BODY})"),
    _cue(
        2.5,
        "mời của",
        rf"(?:lời|giấy|thư) mời của (?:lãnh đạo |đồng chí |ông |bà )?(?:(?P<h>{BODY})"
        rf"|(?P<hp>{PERSON}))",
    ),
    _cue(
        3,
        "chuyến|đợt",
        rf"(?:chuyến|đợt) (?:đi|công tác|thăm|học tập|khảo sát|nghiên cứu"
        rf"|tham quan)[^.;{BODY_SIGN}]{{0,40}} của (?:đoàn )?(?:lãnh đạo |cán bộ )?(?P<v>{BODIES})",
    ),
    _cue(
        4,
        "thay mặt",
        rf"thay mặt (?:lãnh đạo )?(?P<h>{BODY})[^.;{BODY_SIGN}]{{0,20}} (?:tiếp"
        rf"|đón)",
    ),
    _cue(
        3,
        " nghe ",
        rf"(?P<h>{BODY}){ALSO} nghe (?P<v>{BODY}){ALSO} (?:giới thiệu|trình bày|báo cáo|trao)",
    ),
    _cue(2, "để nghe", rf"để nghe (?P<v>{BODY})"),
    _cue(2, "chuyên gia", rf"chuyên gia (?:đến từ |của )?(?P<v>{BODY})"),
    _cue(3, "tiếp|đón", rf"{RECEIVING}(?: và làm việc với)? (?:(?P<v>{BODY})|(?P<vp>{PERSON}))"),
    _cue(
        3,
        "tiếp|đón",
        rf"{RECEIVING}(?: và làm việc với)? (?:hơn |gần |khoảng )?{_GUESTS}(?P<v>{BODY})",
    ),
    _cue(
        3,
        "có ",
        rf"{_VISITORS}(?:,? cùng[^.;{BODY_SIGN}{PERSON_SIGN}]{{2,50}}?)?{ALSO} (?:thực hiện |bắt"
        rf" đầu )?"
        rf"(?:có )?(?:chuyến|chương trình|đợt) (?:đi )?{_LEARNING}",
    ),
    _cue(
        3,
        "đoàn",
        rf"^{_LABEL}(?:đoàn(?: công tác| khách)?|bên (?:đến|sang|khách)|khách)[^:.;]{{0,20}}:"
        rf" {_OF}(?P<v>{BODIES})",
    ),
    _cue(
        1.5,
        "nhận được",
        rf"(?P<h>{_SUBJECT}){ALSO} nhận được [^.;{BODY_SIGN}]{{2,40}} của"
        rf" (?P<v>{BODY})[^.;]{{0,40}}"
        r" (?:tiếp|đón|làm việc|học|tham quan|khảo sát)",
    ),
    # hosts
    _cue(4, "tiếp|đón|hội đàm|chủ trì", rf"{_HOSTS}{ALSO} {RECEIVING}"),
    _cue(
        4,
        "tiếp|đón|hội đàm|chủ trì",
        rf"(?P<hp>{PERSON}){ALSO}(?:,? cùng [^.;]{{2,80}}?)? {RECEIVING}",
    ),
    _cue(
        2,
        "giới thiệu|chia sẻ|trình bày",
        rf"(?P<hp>{PERSON}),? (?:đã )?(?:giới thiệu|chia sẻ|trình bày)[^.;]{{0,30}}? (?:với"
        rf"|cho) đoàn",
    ),
    _cue(
        3,
        "tiếp|đón",
        r"(?:tiếp|đón)(?: và làm việc với)? đoàn[^.;]{0,40}? (?:là|có|gồm)"
        rf"(?: các)?(?: đồng chí:?)? (?P<hp>{PERSON})",
    ),
    _cue(
        4,
        "tiếp|đón",
        rf"^(?:khi |tại buổi )?(?:tiếp|đón) [^.;]{{0,120}}, (?P<hp>{PERSON}),? (?:đã |cho "
        rf"|bày |khẳng |nhấn "
        r"|cảm |chúc |mong |giới |chia |thông |đề |chào |hoan |vui )",
    ),
    _cue(4, "được", rf"được (?P<hp>{PERSON})[^.;]{{0,60}}? (?:đón|tiếp)"),
    _cue(4, "được", rf"được (?P<h>{BODY}) (?:đón|tiếp)"),
    _cue(
        3,
        "đoàn",
        rf"{_HOSTS}{ALSO} (?:buổi |cuộc )?(?:gặp gỡ|làm việc|trao đổi|tọa đàm)"
        rf"[^.;{BODY_SIGN}]{{0,30}}? với {DELEGATION}",
    ),
    _cue(
        2,
        "làm việc|gặp gỡ|hội đàm|tọa đàm|học tập|học hỏi",
        r"(?:làm việc|gặp gỡ|hội đàm|tọa đàm|học tập|học hỏi)[^.;]{0,90}? (?:với|tại|ở|của) "
        rf"{_SEVERAL}(?P<h>{BODIES})",
    ),
    _cue(
        2,
        "trao đổi",
        rf"{COMING} [^.;]{{0,60}}?trao đổi[^.;]{{0,90}}? (?:với|tại|ở"
        rf"|của) {_SEVERAL}(?P<h>{BODIES})",
    ),
    _cue(
        2,
        "trao đổi, học tập",
        rf"trao đổi, học tập[^.;]{{0,90}}? với {_SEVERAL}(?P<h>{BODIES})",
    ),
    _cue(
        2,
        "tham quan|khảo sát|tìm hiểu|nghiên cứu|thực tế",
        r"(?:tham quan|khảo sát|tìm hiểu|nghiên cứu|thực tế)(?:[^.;]{0,90}? (?:tại|ở|của))? "
        rf"{_SEVERAL}(?P<h>{BODIES})",
    ),
    _cue(
        2,
        "đến|tới|vào|sang|thăm|ra|lên|kiểm tra|khảo sát",
        rf" (?:đến|tới|vào|sang|thăm|ra|lên|kiểm tra|khảo sát) {_SEVERAL}(?P<h>{BODIES})",
    ),
    _cue(1, "tại|ở", rf"(?:^| )(?:tại|ở) {_SEVERAL}(?P<h>{BODIES})"),
    _cue(
        3,
        "là ",
        rf"(?P<h>{BODIES})(?: [^.;{BODY_SIGN}]{{0,30}})?,? là (?:nơi|điểm đến|điểm dừng"
        rf"|địa phương được đoàn)",
    ),
    _cue(
        3,
        "tổ chức|chủ trì|mở",
        rf"{_HOSTS}{ALSO} (?:tổ chức|chủ trì|mở) (?:một |buổi |các )?{_EVENT}",
    ),
    _cue(3, "tổ chức", rf"^,? ?(?P<h>{BODY}),[^.;]{{2,60}} tổ chức (?:một |buổi |các )?{_EVENT}"),
    _cue(3, "tổ chức", rf"do (?P<h>{BODIES}) (?:phối hợp )?tổ chức"),
    _cue(2.5, "giữa đoàn", rf"giữa đoàn[^.;{BODY_SIGN}]{{0,40}} (?:với|và) (?P<h>{BODY})"),
    _cue(3, "đơn vị tổ chức", rf"đơn vị tổ chức:? (?P<h>{BODIES})"),
    _cue(2, "giới thiệu|chia sẻ", rf"{_HOSTS}{ALSO} (?:giới thiệu|chia sẻ)"),
    _cue(
        2,
        "trao đổi",
        rf"(?P<v>{_SUBJECT}){ALSO} (?:lần lượt )?trao đổi (?:kinh nghiệm|nghiệp vụ)"
        rf"[^.;{BODY_SIGN}]{{0,40}} (?:với|cùng) {_SEVERAL}(?P<h>{BODIES})",
    ),
    _cue(2, "buổi làm việc", rf"(?P<h>{_SUBJECT}){ALSO} buổi làm việc để nghe"),
    _cue(
        2,
        "tiếp|đón|chủ nhà",
        rf"(?:tiếp|đón|chủ nhà)[^.;]{{0,40}}?(?:về phía|phía|đại diện) (?P<h>{BODY}),? (?:có|gồm)",
    ),
    _cue(
        2,
        "tổ chức",
        rf"tổ chức (?:một |buổi |các )?{_EVENT}[^.;{BODY_SIGN}]{{0,60}} với (?P<v>{BODY})",
    ),
    _cue(1.5, "chia sẻ", rf"chia sẻ[^.;]{{0,60}}? (?:với|cho|cùng) (?P<v>{BODY})"),
    _cue(3, ": ", rf"^{_LABEL}{_HOST_LABEL}: {_OF}(?P<h>{BODIES})"),
    _cue(
        2.5,
        "cảm ơn|cám ơn",
        rf"c[ảá]m ơn (?:lãnh đạo )?(?:(?P<h>{BODY})|(?P<hp>{PERSON})),?[^.;]{{0,40}} (?:tiếp|đón"
        rf"|dành|bố trí|tạo)",
    ),
    _cue(2.5, "chọn", rf"chọn (?P<h>{BODY}) (?:làm|là) (?:điểm|nơi|địa)"),
    _cue(2.5, "chào xã giao", rf"chào xã giao (?:lãnh đạo )?(?:(?P<h>{BODY})|(?P<hp>{PERSON}))"),
    _cue(1.5, "nghe ", rf"nghe (?P<hp>{PERSON}),? (?:nói|giới|trình|báo|kể|chia|phổ|thông|trao)"),
    _cue(
        1.5,
        "chuyến|đợt",
        rf"(?:chuyến|đợt) (?:đi )?{_LEARNING} (?:tại|ở|sang|đến|tới|ra|vào)"
        rf" {_SEVERAL}(?P<h>{BODIES})",
    ),
    _cue(1.5, "từ ", rf"từ (?P<h>{BODY}) (?:trở )?về"),
    # two partners
    _cue(
        1.5,
        "làm việc",
        rf"(?P<v>{_SUBJECT}){ALSO} làm việc (?:với|tại) {_SEVERAL}(?P<h>{BODY})",
    ),
    _cue(
        2.5,
        "làm việc",
        rf"(?P<a>{_SUBJECT}){ALSO} làm việc (?:với|tại) {_SEVERAL}(?P<b>{BODY})",
    ),
    _cue(
        2.5,
        "giữa",
        rf"giữa (?:{DELEGATION}|lãnh đạo )?(?P<a>{BODY})[^.;{BODY_SIGN}]{{0,20}} (?:với|và) "
        rf"(?:lãnh đạo )?(?P<b>{BODY})",
    ),
    _cue(
        2.5,
        "ký|thống nhất|bàn",
        rf"^(?P<a>{BODY}) và (?P<b>{BODY}){ALSO} (?:ký|thống nhất|bàn|trao đổi)",
    ),
)
