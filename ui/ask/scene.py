"""What drawing a conversation needs to know besides the conversation."""

from collections.abc import Mapping
from dataclasses import dataclass

from ui.wording import Language


@dataclass(frozen=True, slots=True)
class Scene:
    """The language of the labels and the names of the topics."""

    language: Language
    topic_names: Mapping[str, str]

    def topic(self, code: str) -> str:
        """Return the name of a topic; a code without one is shown as it is."""
        return self.topic_names.get(code, code)
