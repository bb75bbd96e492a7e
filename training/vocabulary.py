"""The tokens of the embedding model: which ones it knows, and the tokenizer that finds them.

Does not train vectors. The tokens are exactly those of `hochoi.language.tokens.embedding_tokens`.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from hochoi.language.tokens import embedding_tokens
from hochoi.text import nfc
from training.documents import Document

UNKNOWN = "[UNK]"  # row 0, a zero vector: an unknown token adds nothing


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many tokens of each kind are kept, the most frequent first."""

    accented: int = 11_000
    folded: int = 8_500
    bigrams: int = 49_000


def document_frequencies(documents: Iterable[Document]) -> Counter[str]:
    """Return in how many documents, heading included, each token occurs."""
    found: Counter[str] = Counter()
    for document in documents:
        found.update(set(embedding_tokens(f"{document.heading}\n{document.text}").split(" ")))
    found.pop("", None)
    return found


def _is_stable(token: str) -> bool:
    """Return whether the tokenizer's normaliser leaves `token` as it is."""
    return nfc(token).lower() == token


def choose(frequencies: Counter[str], sizes: Sizes) -> list[str]:
    """Return the tokens of the model in id order, `UNKNOWN` first.

    Within a kind the more frequent token comes first, then the alphabet decides.
    """
    ranked = sorted((t for t in frequencies if _is_stable(t)), key=lambda t: (-frequencies[t], t))
    accented = [t for t in ranked if "_" not in t]
    folded = [t for t in ranked if t.startswith("_")]
    bigrams = [t for t in ranked if "_" in t[1:]]
    return [
        UNKNOWN,
        *accented[: sizes.accented],
        *folded[: sizes.folded],
        *bigrams[: sizes.bigrams],
    ]


def inverse_frequencies(
    tokens: Sequence[str], frequencies: Counter[str], n_documents: int
) -> list[float]:
    """Return log(N / document frequency) of each token, 0 for `UNKNOWN`."""
    return [math.log(n_documents / frequencies[t]) if t in frequencies else 0.0 for t in tokens]


def build_tokenizer(tokens: Sequence[str]) -> Tokenizer:
    """Return a tokenizer that maps each of `tokens` to its place in the list.

    Text is brought to NFC and lower case, cut at white space and around punctuation and symbols,
    but never at `_`, so that every token of `embedding_tokens` stays whole.
    """
    vocabulary = {token: number for number, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token=UNKNOWN))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Split(Regex(r"[[\p{P}\p{S}]&&[^_]]"), behavior="isolated"),
        ]
    )
    return tokenizer
