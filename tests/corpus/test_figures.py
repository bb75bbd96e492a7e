"""A figure of another year, level or index never opens an answer."""

from evaluation.testset import read_testset
from hochoi.answering import answer
from hochoi.settings import SHIPPED
from hochoi.workspace import Workspace

FOLDER = SHIPPED / "corpus" / "testsets" / "figures"


def test_answers_open_with_the_figure_asked_for_or_with_a_quote(ws: Workspace) -> None:
    testset = read_testset(FOLDER)
    texts = {query.query_id: query.text for query in testset.questions}
    opened, wrong = 0, []
    for expectation in testset.expectations:
        question = texts[expectation.query_id]
        opening = answer(ws, question).sentences[0].text
        said = opening.split("”", 1)[-1]  # behind the title of the report
        if "“" in said:
            continue  # a quote: it says itself what its figures are of
        opened += 1
        if expectation.expected[0] not in said:
            wrong.append((question, said))
    assert wrong == []
    assert opened >= 0.8 * len(texts)
