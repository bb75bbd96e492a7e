"""The search of Học Hỏi as a LangChain retriever, for chains of one's own (docs/langchain.md).

Nothing in the product imports this module. Answers and citations stay with `hochoi.answering`.
"""

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from hochoi.retrieval import prepare, retrieve
from hochoi.types import Filters, Hit, Report
from hochoi.workspace import Workspace


class HocHoiRetriever(BaseRetriever):
    """Finds passages of visit reports for a question.

    Attributes:
        workspace: The open library; it must stay open while the retriever is used.
        k: How many passages at most.
        filters: What to restrict the search to.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    workspace: Workspace
    k: int = Field(default=10, ge=1)
    filters: Filters = Filters()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        """Return passages, best first.

        Raises:
            QuestionError: If the question is empty or too long.
        """
        ws = self.workspace
        ws.refresh()
        hits = retrieve(ws, prepare(query, self.filters, ws), self.k)
        return [as_document(hit, ws.reports[hit.passage.report_id]) for hit in hits]


def as_document(hit: Hit, report: Report) -> Document:
    """Return a hit as LangChain passes it on: the words, and in `metadata` where they stand.

    `metadata` holds only plain values; `start` and `end` are places in the text of the report.
    """
    visit = report.visit
    return Document(
        id=hit.passage.passage_id,
        page_content=hit.passage.text,
        metadata={
            "rank": hit.rank,
            "score": hit.score,
            "report_id": report.report_id,
            "file_name": report.file_name,
            "title": report.title,
            "start": hit.passage.start,
            "end": hit.passage.end,
            "host": [s.value.text for s in visit.host],
            "visitors": [s.value.text for s in visit.visitors],
            "date_text": visit.date_text.value if visit.date_text is not None else None,
            "url": visit.source_url,
        },
    )
