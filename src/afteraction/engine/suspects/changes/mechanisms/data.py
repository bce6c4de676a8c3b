"""Mechanisms of data: schemas, queries, indexes, migrations and the form of messages."""

from __future__ import annotations

from afteraction.engine.suspects.changes.mechanisms.shape import Gains, Loses, Mechanism, Shows, pattern
from afteraction.engine.suspects.changes.symptoms.kinds import K

ROWS = (
    Mechanism(
        "an index gone", "takes an index away",
        "The query that used it reads the whole table.",
        (Gains(pattern(r"DROP\s+INDEX|remove_index|drop_index|RemoveIndex"), 1.0),
        Loses(pattern(r"CREATE\s+(UNIQUE\s+)?INDEX|add_index|index=True|@Index|db_index"), 0.8)),
        {K.SLOW_QUERY: 1.0, K.CPU: 0.8, K.LATENCY: 0.8, K.TIMEOUT: 0.6, K.POOL: 0.5, K.LOCK_WAIT: 0.3, K.ERRORS: 0.3},
    ),
    Mechanism(
        "another query", "asks the database differently",
        "A filter that no index serves, a join more or a bound less reads far more rows.",
        (Shows("query changed", 0.65), Gains(pattern(r"LIKE\s+'?%|LOWER\(|UPPER\(|ILIKE|OFFSET|SELECT\s+\*|"
                                                     r"CROSS\s+JOIN|OR\s+\w+\s*=|COUNT\(\*\)|"
                                                     r"DISTINCT|ORDER\s+BY\s+RAND|LEFT\s+JOIN|icontains|"
                                                     r"allow\s+filtering|\$where|\$regex"), 0.75)),
        {K.SLOW_QUERY: 1.0, K.CPU: 0.7, K.LATENCY: 0.8, K.TIMEOUT: 0.6, K.POOL: 0.4, K.LOCK_WAIT: 0.3, K.WRONG: 0.4,
            K.SCHEMA: 0.4, K.PAYLOAD: 0.3,
         K.ERRORS: 0.3},
    ),
    Mechanism(
        "a migration that locks", "changes a table in a way that locks it",
        "While the table is rewritten or an index built, all others wait for it.",
        (Gains(pattern(r"ALTER\s+TABLE|(?<!DROP\s)CREATE\s+(UNIQUE\s+)?INDEX(?!\s+CONCURRENTLY)|SET\s+NOT\s+NULL|LOCK\s+TABLE|VACUUM\s+FULL|"
                       r"^\s*UPDATE\s+\w+\s+SET|alter_column|add_column|REINDEX|CLUSTER\b|VALIDATE\s+CONSTRAINT|"
                       r"backfill"), 0.8),),
        {K.LOCK_WAIT: 1.0, K.DEADLOCK: 0.5, K.TIMEOUT: 0.6, K.POOL: 0.6, K.LATENCY: 0.6, K.ERRORS: 0.5, K.CPU: 0.2,
            K.QUEUE: 0.3},
    ),
    Mechanism(
        "another schema", "changes tables or columns that others use",
        "Code that still names the old column, or leaves the new one empty, fails.",
        (Gains(pattern(r"DROP\s+(TABLE|COLUMN)|RENAME\s+(TO|COLUMN)|NOT\s+NULL|ALTER\s+COLUMN|drop_column|rename_column|remove_column|"
                       r"ADD\s+CONSTRAINT|CHECK\s*\(|CHANGE\s+COLUMN|MODIFY\s+COLUMN"), 0.9),
         Shows("column renamed", 0.7)),
        {K.SCHEMA: 1.0, K.ERRORS: 0.7, K.NULL: 0.3, K.PARSE: 0.3, K.WRONG: 0.3},
    ),
    Mechanism(
        "code ahead of its schema", "uses a table or column that no migration of it creates",
        "The statement fails until the table exists.",
        (Shows("table without migration", 0.85),),
        {K.SCHEMA: 1.0, K.ERRORS: 0.7, K.STARTUP: 0.2, K.UNKNOWN: 0.2},
    ),
    Mechanism(
        "another form of messages", "changes the form in which data is sent or read",
        "The other side does not know the new name, type or order: it fails or reads nothing.",
        (Shows("field renamed", 0.9), Shows("type changed", 0.7),
         Loses(pattern(r"omitempty|JsonIgnoreProperties|ignore_unknown|DisallowUnknownFields|reserved\s|optional\s"),
             0.5),
         Gains(pattern(r"DisallowUnknownFields|additionalProperties\W+false|FAIL_ON_UNKNOWN|extra\s*=\s*['\"]?forbid|"
                       r"\brequired\b|strict\b"), 0.7)),
        {K.PARSE: 1.0, K.UNKNOWN: 0.5, K.NULL: 0.5, K.QUEUE: 0.5, K.ERRORS: 0.6, K.WRONG: 0.4, K.REJECTS: 0.5,
            K.SCHEMA: 0.4, K.CRASH: 0.2, K.INPUT: 0.2},
    ),
    Mechanism(
        "larger messages", "sends more, or no longer compresses",
        "Bytes cost time, memory and network, and may pass a limit.",
        (Loses(pattern(r"gzip|compress|brotli|snappy|zstd|\.only\(|\.defer\(|\.select\(|fields="), 0.7),
         Gains(pattern(r"include\s*[:=]|expand=|joinedload|preload|depth=|base64|with_body|fetchType.EAGER|EAGER"),
             0.5)),
        {K.PAYLOAD: 1.0, K.LATENCY: 0.6, K.MEMORY: 0.5, K.CPU: 0.3, K.REJECTS: 0.4, K.TIMEOUT: 0.3},
    ),
    Mechanism(
        "stricter validation", "refuses what it accepted",
        "Clients that send what was allowed are refused.",
        (Gains(pattern(r"validat|\bregex|pattern\s*[:=]|min_?length|max_?length|@Valid|@NotNull|BadRequest|"
                       r"ValidationError|\b4(00|22)\b"), 0.55),),
        {K.REJECTS: 1.0, K.ERRORS: 0.5, K.PARSE: 0.5, K.INPUT: 0.3},
    ),
    Mechanism(
        "another key for records", "sends records elsewhere, by another key",
        "A coarser key puts most records on one partition or shard: it falls behind while the others idle; another key "
        "also ends the order of records that belong together.",
        (Shows("record key turned", 0.9),),
        {K.QUEUE: 1.0, K.LATENCY: 0.7, K.THROTTLE: 0.4, K.CPU: 0.3, K.WRONG: 0.4, K.TIMEOUT: 0.3, K.CACHE: 0.4,
            K.ERRORS: 0.4, K.CONFLICT: 0.3},
    ),
)  # fmt: skip
