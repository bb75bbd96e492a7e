"""Any number of plausible reports, made from the sentences of the corpus. Seeded."""

import random
from collections.abc import Iterator
from pathlib import Path

from hochoi.language.sentences import sentence_spans
from hochoi.provinces import ProvinceTable
from hochoi.settings import SHIPPED
from hochoi.types import SourceFile
from ingest.readers import read


def generated_reports(count: int, seed: int = 1) -> Iterator[SourceFile]:
    """Yield `count` text reports of three to six passages, all different.

    Each joins paragraphs of several corpus reports under a title that names two provinces, so
    rules, sentence cutting and search have the work they have with real ones.
    """
    rng = random.Random(seed)
    provinces = ProvinceTable.read(SHIPPED / "corpus" / "provinces.csv").names
    texts = [_body(path) for path in sorted((SHIPPED / "corpus" / "reports").iterdir())]
    sentences = [s for text in texts for s in text]
    for n in range(count):
        host, visitor = rng.sample(provinces, 2)
        day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2017, 2025)
        head = rng.choice(("Nguyễn", "Trần", "Lê", "Phạm")) + f" Văn {rng.choice('ABCDGHKLMNT')}ình"
        title = f"Đoàn tỉnh {visitor} trao đổi kinh nghiệm tại tỉnh {host} lần {n + 1}"
        lead = (
            f"Ngày {day}/{month}/{year}, đoàn công tác tỉnh {visitor} gồm {rng.randint(5, 60)}"
            f" người do ông {head}, Chánh Văn phòng UBND tỉnh làm trưởng đoàn đã làm việc"
            f" với UBND tỉnh {host} theo Công văn số {rng.randint(10, 2000)}/UBND-NC."
        )
        body = [" ".join(rng.sample(sentences, 4)) for _ in range(rng.randint(4, 8))]
        text = "\n\n".join([title, lead, *body])
        yield SourceFile(f"generated-{n:06d}.txt", text.encode())


def _body(path: Path) -> list[str]:
    text = read(SourceFile(path.name, path.read_bytes()), 2**26).text
    return [text[s.start : s.end] for s in sentence_spans(text)][1:]
