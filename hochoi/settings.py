"""Read, check and freeze the configuration. Nothing else reads the environment.

Defaults stand in `Settings` and nowhere else; a TOML file `settings.toml` in the data directory
overrides them; environment variables with the prefix `HOCHOI_` override both.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from hochoi.errors import SettingsError

SHIPPED = Path(__file__).resolve().parent.parent
"""Where the shipped folders corpus/, models/ and prompts/ stand."""

DEFAULT_MODEL = "hochoi-static-256"
DEFAULT_RERANKER = "hochoi-reranker"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an administrator may change. Paths are absolute after loading."""

    var: Path  # the data directory; set with --var or HOCHOI_VAR
    host: str = "127.0.0.1"  # address the web page listens on
    port: int = 7860  # 0 lets the system choose
    embedding_model: str = DEFAULT_MODEL  # shipped name, folder, or sentence-transformers name
    query_prompt: str = ""  # put before a question for that model, e.g. "query: "
    passage_prompt: str = ""  # put before a passage; empty: what the model itself says
    reranker: str = DEFAULT_RERANKER  # shipped name or folder, "none" to do without
    cross_encoder: str = "none"  # folder of one that judges the best passages last
    max_file_mb: int = 50  # larger source files are refused
    keep_originals_days: int = 0  # how long the bytes of a removed report are kept
    max_question_chars: int = 2000  # longer questions are refused with a sentence
    generator: str = (
        "extractive"  # or "openai:<model>", which words answers (docs/language-model.md)
    )
    generator_url: str = ""  # of an OpenAI-compatible server, e.g. "http://127.0.0.1:8000/v1"
    generator_api_key: str = field(default="", repr=False)  # sent to that server only; never shown

    open_asking: str = "auto"  # "auto", "on" or "off": whether one may ask without an account
    allowed_hosts: str = ""  # host names, with commas, under which the pages may be asked for
    session_idle_minutes: int = 30  # who does nothing for so long is signed out
    session_hours: int = 12  # who signed in so long ago is signed out
    trusted_proxies: str = ""  # addresses, with commas, of reverse proxies in front
    trusted_proxy_header: str = ""  # of these proxies, e.g. "X-Remote-User": who has signed in
    oidc_issuer: str = ""  # address of the office's sign-on service (OpenID Connect)
    oidc_client_id: str = ""  # what that service knows Học Hỏi by
    oidc_client_secret: str = field(default="", repr=False)  # sent to that service only
    oidc_name_claim: str = "preferred_username"  # what in its token is the account's name

    @property
    def database_path(self) -> Path:
        """The record."""
        return self.var / "library.sqlite3"

    @property
    def people_path(self) -> Path:
        """The database of accounts, sessions, audit and what people keep."""
        return self.var / "people.sqlite3"

    @property
    def index_path(self) -> Path:
        """The folder of the vector index, a cache."""
        return self.var / "index"

    @property
    def lexical_path(self) -> Path:
        """The folder of the lexical index, a cache."""
        return self.var / "lexical"


_RANGES = {
    "port": (0, 65535),
    "max_file_mb": (1, 500),
    "keep_originals_days": (0, 3650),
    "max_question_chars": (100, 10000),
    "session_idle_minutes": (5, 24 * 60),
    "session_hours": (1, 7 * 24),
}
_CHOICES = {"open_asking": ("auto", "on", "off")}


def setting_rows(settings: Settings) -> tuple[tuple[str, str, str], ...]:
    """Return name, value and allowed values of every setting; what is secret is not shown."""
    rows = []
    for known in fields(Settings):
        value = getattr(settings, known.name)
        allowed = ", ".join(_CHOICES.get(known.name, ()))
        if known.name in _RANGES:
            low, high = _RANGES[known.name]
            allowed = f"{low} – {high}"
        shown = ("***" if value else "") if "key" in known.name else str(value)
        rows.append((known.name, shown, allowed))
    return tuple(rows)


def _number(key: str, value: object) -> int:
    low, high = _RANGES[key]
    text = str(value)
    is_whole = not isinstance(value, bool) and text.isascii() and text.isdigit() and len(text) < 10
    if not is_whole or not low <= int(text) <= high:
        raise SettingsError(key, text, f"a whole number from {low} to {high}")
    return int(text)


def _text(key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        shown = "***" if "key" in key or "secret" in key else str(value)
        raise SettingsError(key, shown, "a text that is not empty")
    if value not in _CHOICES.get(key, (value,)):
        raise SettingsError(key, value, "one of " + ", ".join(_CHOICES[key]))
    return value


def _root(var: Path | None, environ: Mapping[str, str]) -> Path:
    chosen = var or Path(environ.get("HOCHOI_VAR") or SHIPPED / "var")
    try:
        return chosen.expanduser().absolute()
    except RuntimeError as exc:  # "~name" of nobody
        raise SettingsError("var", str(chosen), "a folder") from exc


def load_settings(var: Path | None, environ: Mapping[str, str]) -> Settings:
    """Return the settings for a data directory.

    Args:
        var: The data directory from the command line, or None for `HOCHOI_VAR` or `var`.
        environ: The process environment, handed in so that tests need not touch it. A variable
            that is set to nothing counts as not set.

    Raises:
        SettingsError: If the file cannot be parsed, or a key or value is not acceptable.
    """
    root = _root(var, environ)
    known = {f.name for f in fields(Settings)} - {"var"}
    values: dict[str, object] = {}
    file_path = root / "settings.toml"
    if file_path.is_file():
        try:
            values.update(tomllib.loads(file_path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as exc:
            raise SettingsError(str(file_path), str(exc), "a TOML file in UTF-8") from exc
    for name, text in environ.items():
        if name.startswith("HOCHOI_") and name != "HOCHOI_VAR" and text:
            values[name.removeprefix("HOCHOI_").lower()] = text
    for key in values:
        if key not in known:
            shown = "***" if "key" in key or "secret" in key else str(values[key])
            raise SettingsError(key, shown, "one of " + ", ".join(sorted(known)))
    base = Settings(var=root)
    strings = {k: _text(k, v) for k, v in values.items() if k not in _RANGES}
    numbers = {k: _number(k, v) for k, v in values.items() if k in _RANGES}
    return Settings(
        var=root,
        host=strings.get("host", base.host),
        embedding_model=strings.get("embedding_model", base.embedding_model),
        query_prompt=strings.get("query_prompt", base.query_prompt),
        passage_prompt=strings.get("passage_prompt", base.passage_prompt),
        reranker=strings.get("reranker", base.reranker),
        cross_encoder=strings.get("cross_encoder", base.cross_encoder),
        generator=strings.get("generator", base.generator),
        generator_url=strings.get("generator_url", base.generator_url),
        generator_api_key=strings.get("generator_api_key", base.generator_api_key),
        open_asking=strings.get("open_asking", base.open_asking),
        allowed_hosts=strings.get("allowed_hosts", base.allowed_hosts),
        trusted_proxies=strings.get("trusted_proxies", base.trusted_proxies),
        trusted_proxy_header=strings.get("trusted_proxy_header", base.trusted_proxy_header),
        oidc_issuer=strings.get("oidc_issuer", base.oidc_issuer),
        oidc_client_id=strings.get("oidc_client_id", base.oidc_client_id),
        oidc_client_secret=strings.get("oidc_client_secret", base.oidc_client_secret),
        oidc_name_claim=strings.get("oidc_name_claim", base.oidc_name_claim),
        session_idle_minutes=numbers.get("session_idle_minutes", base.session_idle_minutes),
        session_hours=numbers.get("session_hours", base.session_hours),
        port=numbers.get("port", base.port),
        max_file_mb=numbers.get("max_file_mb", base.max_file_mb),
        keep_originals_days=numbers.get("keep_originals_days", base.keep_originals_days),
        max_question_chars=numbers.get("max_question_chars", base.max_question_chars),
    )
