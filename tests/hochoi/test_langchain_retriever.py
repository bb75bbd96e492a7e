"""The LangChain retriever gives what the search gives, in LangChain's own form."""

import asyncio
from collections.abc import Iterator

import pytest
from langchain_core.runnables import RunnableLambda
from pydantic import ValidationError

from hochoi.errors import QuestionError
from hochoi.langchain_retriever import HocHoiRetriever
from hochoi.retrieval import prepare, retrieve
from hochoi.settings import load_settings
from hochoi.types import Filters
from hochoi.workspace import Purpose, Workspace
from tests.hochoi.small_library import LATER, QUESTION, REPORTS, library, publish


@pytest.fixture
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    settings = load_settings(tmp_path_factory.mktemp("library"), {})
    with library(settings, Purpose.WRITE) as opened:
        publish(opened, *REPORTS)
        opened.refresh()
        yield opened


def test_retriever_documents_are_the_hits_of_the_search(ws: Workspace) -> None:
    documents = HocHoiRetriever(workspace=ws, k=2).invoke(QUESTION)
    hits = retrieve(ws, prepare(QUESTION, Filters(), ws), 2)
    assert [d.id for d in documents] == [h.passage.passage_id for h in hits]
    assert [d.page_content for d in documents] == [h.passage.text for h in hits]
    assert [d.metadata["rank"] for d in documents] == [1, 2]


def test_retriever_metadata_leads_back_to_the_report(ws: Workspace) -> None:
    first = HocHoiRetriever(workspace=ws).invoke(QUESTION)[0]
    report = ws.reports[first.metadata["report_id"]]
    assert report.text[first.metadata["start"] : first.metadata["end"]] == first.page_content
    assert first.metadata["title"] == "Đoàn Sơn La ở Hải Phòng"


def test_retriever_filters_narrow(ws: Workspace) -> None:
    nothing = Filters(year=1999)
    assert HocHoiRetriever(workspace=ws, filters=nothing).invoke(QUESTION) == []


def test_retriever_sees_what_is_published_later(ws: Workspace) -> None:
    retriever = HocHoiRetriever(workspace=ws)
    publish(ws, LATER)
    assert retriever.invoke("lưu trữ điện tử ở chợ Vinh")[0].metadata["report_id"] == "dddd"


def test_retriever_takes_part_in_a_chain(ws: Workspace) -> None:
    titles = RunnableLambda(lambda documents: [d.metadata["title"] for d in documents])
    chain = HocHoiRetriever(workspace=ws, k=1) | titles
    assert chain.invoke(QUESTION) == ["Đoàn Sơn La ở Hải Phòng"]


def test_retriever_awaited_gives_the_same(ws: Workspace) -> None:
    retriever = HocHoiRetriever(workspace=ws, k=3)
    assert asyncio.run(retriever.ainvoke(QUESTION)) == retriever.invoke(QUESTION)


def test_retriever_empty_question_is_refused(ws: Workspace) -> None:
    with pytest.raises(QuestionError):
        HocHoiRetriever(workspace=ws).invoke("  ")


def test_retriever_k_below_one_is_refused(ws: Workspace) -> None:
    with pytest.raises(ValidationError):
        HocHoiRetriever(workspace=ws, k=0)
