"""Stands in for reading and describing, in the reading process: suffers from some files."""

import os
import signal

from hochoi.language.topics import TopicTable
from hochoi.provinces import ProvinceTable
from hochoi.types import SourceFile
from ingest.preparing import Prepared, prepare_elsewhere


def hostile(
    provinces: ProvinceTable, topics: TopicTable, max_bytes: int, source: SourceFile
) -> Prepared:
    """Read like the real one, and suffer from some files."""
    if source.content == b"DEADLY":
        os.kill(os.getpid(), signal.SIGSEGV)
    if source.content == b"ENDLESS":
        os.kill(os.getpid(), signal.SIGALRM)
    if source.content == b"HUGE":
        raise MemoryError
    if source.content == b"ODD":
        raise RecursionError("too deep")
    return prepare_elsewhere(provinces, topics, max_bytes, source)
