"""The tables about people and the numbered, append-only steps that build them.

Times are seconds since 1970 where they are compared, ISO 8601 in UTC where they are read.
"""

PEOPLE_MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE accounts (
        person_id TEXT PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE,
        password_hash TEXT, roles TEXT NOT NULL, is_disabled INTEGER NOT NULL DEFAULT 0,
        must_change INTEGER NOT NULL DEFAULT 0, origin TEXT NOT NULL, created_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE sessions (
        token_sha256 TEXT PRIMARY KEY,
        person_id TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
        form_token TEXT NOT NULL, created_at REAL NOT NULL, seen_at REAL NOT NULL,
        address TEXT NOT NULL
    ) STRICT;
    CREATE INDEX sessions_by_person ON sessions (person_id);
    CREATE TABLE login_failures (failed_key TEXT NOT NULL, failed_at REAL NOT NULL) STRICT;
    CREATE INDEX login_failures_by_key ON login_failures (failed_key, failed_at);
    CREATE TABLE audit (
        number INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, address TEXT NOT NULL,
        action TEXT NOT NULL, object TEXT NOT NULL, result TEXT NOT NULL, detail TEXT NOT NULL,
        previous TEXT NOT NULL, hash TEXT NOT NULL
    ) STRICT;
    CREATE TABLE people_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    """,
    """
    CREATE TABLE conversations (
        conversation_id TEXT PRIMARY KEY, person_id TEXT NOT NULL, title TEXT NOT NULL,
        folded_title TEXT NOT NULL, is_named INTEGER NOT NULL, created_at TEXT NOT NULL,
        changed_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX conversations_by_person ON conversations (person_id, changed_at);
    CREATE TABLE turns (
        turn_id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation_id TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
        question TEXT NOT NULL, filters TEXT NOT NULL, answer TEXT, asked_at TEXT NOT NULL,
        folded TEXT NOT NULL
    ) STRICT;
    CREATE INDEX turns_by_conversation ON turns (conversation_id, turn_id);
    CREATE TABLE opinions (
        turn_id INTEGER PRIMARY KEY, person_id TEXT NOT NULL, is_good INTEGER NOT NULL,
        reasons TEXT NOT NULL, comment TEXT NOT NULL, question TEXT NOT NULL,
        history TEXT NOT NULL, filters TEXT NOT NULL, answer TEXT NOT NULL, given_at TEXT NOT NULL
    ) STRICT;
    """,
)
