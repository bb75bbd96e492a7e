"""Texts that no official writes but a broken file may hold, of any length, on one line."""

import unicodedata
from collections.abc import Callable
from time import process_time

UNITS = {
    "delegations": "đoàn công tác ",
    "provinces": "tỉnh Hà Nam, ",
    "addresses": "xã A, huyện B, tỉnh Hà Nam ",
    "people": "ông Nguyễn Văn An, Giám đốc Sở Nội vụ; ",
    "titles": "Phó Chủ tịch UBND ",
    "capitals": "Nguyễn ",
    "agencies": "Trung tâm Phục vụ hành chính công ",
    "adverbs": "đã vừa có cũng sẽ, ",
    "behalf": "thay mặt đại diện ",
    "days": "21, 22 và ",
    "dates": "ngày 21/7/2022, ",
    "weekdays": "thứ Năm tuần ",
    "years": "năm 2019, 2021 và ",
    "digits": "1",
    "thousands": "1.000,",
    "documents": "683/SNV-CCVC ",
    "stops": "A. (",
    "quotes": '“"«(‘',
    "slogans": '"3 không, ',
    "bullets": "- 1. ",
    "colons": "bên tiếp: ",
    "scripts": "Đoàn 代表団 делегация คณะ وفد ",
    "decomposed": unicodedata.normalize("NFD", "Đoàn tỉnh Hà Giang đến Huế "),
    "controls": "\u202e\u200b\ufeff\x01 e\u0301",
    "private": "\ue001\ue002\U000f0000",
    "emoji": "🎉👩‍👩‍👧 ",
}


def hostile(name: str, chars: int) -> str:
    """Return a text of `chars` characters that repeats the unit `name`, without a line end."""
    unit = UNITS[name]
    return (unit * (chars // len(unit) + 1))[:chars]


def grows_in_proportion(work: Callable[[str], object], name: str, chars: int) -> bool:
    """Whether `work` takes at most four times its share longer on eight times the text.

    Processor time, so that other work on the machine counts little, and the best of three tries;
    a square law would take sixty-four times as long at every try.
    """
    return any(_grows_once(work, name, chars) for _ in range(3))


def _grows_once(work: Callable[[str], object], name: str, chars: int) -> bool:
    spent = []
    for length in (chars // 8, chars):
        text = hostile(name, length)
        began = process_time()
        work(text)
        spent.append(process_time() - began)
    return spent[1] <= 32 * spent[0] + 0.1
