"""What the tests of language models share: a question, its true answer, a generator over HTTP."""

from collections.abc import Iterator, Sequence

from hochoi.answering import answer
from hochoi.chat_model.breaker import Breaker
from hochoi.chat_model.client import GenerationError, Limits, ModelAddress, ModelClient, SecretText
from hochoi.chat_model.prompting import read_prompt
from hochoi.generator import PROMPT_NAMES, ChatGenerator
from hochoi.settings import SHIPPED
from hochoi.types import Answer
from hochoi.verification.offers import Offered
from hochoi.workspace import Workspace
from tests.chat_server import Behaviour, chat_server

QUESTION = "Tỷ lệ hồ sơ trễ hẹn ở Long An còn bao nhiêu phần trăm?"
TRUE = "Nhờ đó tỷ lệ hồ sơ trễ hẹn giảm còn 0,8% [1]."
TRUE_SHOWN = "Nhờ đó tỷ lệ hồ sơ trễ hẹn giảm còn 0,8%."
KEY = "sk-canary-4711"
PROMPT = read_prompt(SHIPPED / "prompts" / "answer.vi.md", PROMPT_NAMES)
PATIENT = Limits(connect_s=10, first_s=20, idle_s=20, total_s=60)  # for servers that answer
LIMITS = Limits(connect_s=0.5, first_s=0.25, idle_s=0.25, total_s=1.2)  # for those that fail


def chat(url: str, limits: Limits = PATIENT) -> ChatGenerator:
    """Return a generator that waits for nothing, its client ready."""
    client = ModelClient(ModelAddress("mau", url, SecretText(KEY)), limits)
    client.prepare()
    return ChatGenerator(client, PROMPT, Breaker(), wait=lambda _: None, jitter=lambda: 0.0)


def asked(ws: Workspace, *behaviours: Behaviour, limits: Limits = PATIENT) -> Answer:
    """Return the answer with a model behind that behaves so."""
    with chat_server(*behaviours) as server:
        ws.generator = chat(server.url, limits)
        return answer(ws, QUESTION)


def attempt(generator: ChatGenerator, offered: Sequence[Offered] = ()) -> Iterator[str]:
    """Yield the text of a draft; nothing more once it fails."""
    try:
        yield from generator.draft(QUESTION, offered)
    except GenerationError:
        return
