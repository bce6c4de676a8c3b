"""Mechanisms of code: guards, locks, leaks, blocking calls, loops and lost calls."""

from __future__ import annotations

from afteraction.engine.suspects.changes.mechanisms.shape import Gains, Loses, Mechanism, Shows, pattern
from afteraction.engine.suspects.changes.symptoms.kinds import K

ROWS = (
    Mechanism(
        "a guard taken away", "no longer checks for a missing or empty value",
        "What used to be skipped is now used: a missing value is dereferenced and the request or process dies.",
        (Shows("guard lost", 0.9), Loses(pattern(r"\?\.|\?\?|orElse|Optional\.|\.get\(\s*['\"]\w+['\"]\s*,|unwrap_or|"
                                                 r"\bis\s+not\s+None"), 0.8),
         Gains(pattern(r"\.unwrap\(\)|!!|\w!\.|\.Value\.|Optional\.get\(\)|\bas!\s"), 0.6)),
        {K.NULL: 1.0, K.CRASH: 0.8, K.ERRORS: 0.6, K.UNKNOWN: 0.3, K.PARSE: 0.2},
    ),
    Mechanism(
        "a pointer used unchecked", "uses a value that may be missing",
        "A lookup or optional part may give nothing; using it without a check ends the request or the process.",
        (Shows("unchecked use", 0.6),),
        {K.NULL: 1.0, K.CRASH: 0.8, K.ERRORS: 0.5},
    ),
    Mechanism(
        "a lock taken away", "lets several threads at one thing without a lock",
        "Harmless while few requests meet; under load two writers meet and the state is torn.",
        (Loses(pattern(r"\b(mu|mutex|lock|rwlock|mtx)\w*\.(R?Lock|R?Unlock|acquire|lock)\b|sync\.(RW)?Mutex|synchronized|"
                       r"with\s+\S*lock|ReentrantLock|\.lock\(\)|atomic|Mutex::new|ConcurrentHashMap|sync\.Map|SELECT.*FOR\s+UPDATE|"
                       r"threading\.Lock|@Transactional|sync\.Once"), 0.9),),
        {K.RACE: 1.0, K.CRASH: 0.7, K.WRONG: 0.7, K.ERRORS: 0.5, K.NULL: 0.3, K.CONFLICT: 0.4}, delayed=True,
    ),
    Mechanism(
        "locks held longer or in another order", "takes locks in another order, or holds them longer",
        "Two that take the same locks in opposite order wait for each other for ever; a lock held during a slow call "
        "stops all.",
        (Shows("lock order", 0.8),
         Gains(pattern(r"\.(R?Lock)\(\)|synchronized|with\s+\S*lock|\.lock\(\)|FOR\s+UPDATE|LOCK\s+TABLE|@Lock|"
                       r"threading\.Lock"), 0.6)),
        {K.DEADLOCK: 1.0, K.LOCK_WAIT: 0.9, K.LATENCY: 0.7, K.TIMEOUT: 0.6, K.THREADS: 0.6, K.QUEUE: 0.3, K.CPU: 0.1,
            K.ERRORS: 0.3},
        delayed=True,
    ),
    Mechanism(
        "something never released", "no longer closes or gives back what it opened",
        "Each request leaves one open; they add up until none is left.",
        (Loses(pattern(r"\.Close\(|\.close\(|\.Release\(|\.release\(|\.dispose\(|defer\s|finally|\.Stop\(\)|clearInterval|clearTimeout|"
                       r"removeListener|unsubscribe|\bcancel\(\)|\bDone\(\)|isCancell?ed|with\s+open|using\s*\(|\.shutdown\(|try\s*\(|"
                       r"contextmanager|AutoCloseable"), 0.8),
         Gains(pattern(r"addEventListener|setInterval\(|\.on\(\s*['\"]|time\.Tick\(|new\s+Thread\(|NewTicker"), 0.5,
               pattern(r"removeEventListener|clearInterval|\.off\(|\.Stop\(\)"))),
        {K.HANDLES: 1.0, K.POOL: 0.8, K.MEMORY: 0.7, K.THREADS: 0.5, K.CONNECT: 0.4, K.ERRORS: 0.4, K.TIMEOUT: 0.3,
            K.CRASH: 0.3},
        delayed=True,
    ),
    Mechanism(
        "something that only grows", "keeps things without ever letting one go",
        "Memory grows with every request until the process is killed.",
        (Shows("grows", 0.85), Loses(pattern(r"evict|max_?(size|entries|items|len)|LRU|lru|\bexpire|delete\(|"
                                             r"\.delete\(|\.remove\(|\.pop\(|"
                                             r"\.clear\(|cleanup|prune|purge|WeakMap|WeakHashMap|maxlen"), 0.8)),
        {K.MEMORY: 1.0, K.CRASH: 0.8, K.LATENCY: 0.4, K.CPU: 0.3, K.ERRORS: 0.3, K.CONNECT: 0.2, K.CAPACITY: 0.3,
            K.PROBE: 0.2}, delayed=True,
    ),
    Mechanism(
        "a call no longer made", "no longer makes a call that it made",
        "What that call prepared, registered, started or checked is missing from the next start on.",
        (Shows("registration lost", 0.95), Shows("call lost", 0.45)),
        {K.UNKNOWN: 1.0, K.NULL: 0.5, K.ERRORS: 0.7, K.SETTING: 0.5, K.STARTUP: 0.7, K.WRONG: 0.4, K.AUTH: 0.2,
            K.SCHEMA: 0.2,
         K.CRASH: 0.3, K.QUEUE: 0.3},
    ),
    Mechanism(
        "an argument left out", "calls with less than before",
        "A key, option or condition that is left out falls back to something else: order, routing or filters are lost.",
        (Shows("argument lost", 0.7),),
        {K.WRONG: 1.0, K.UNKNOWN: 0.5, K.ERRORS: 0.5, K.PARSE: 0.4, K.AUTH: 0.4, K.NULL: 0.4, K.REJECTS: 0.4,
            K.SETTING: 0.3,
         K.SLOW_QUERY: 0.3, K.PAYLOAD: 0.3, K.CONFLICT: 0.3},
    ),
    Mechanism(
        "a blocking call", "waits where it did not wait",
        "One waiting request holds up all that share its thread or loop.",
        (Gains(pattern(r"\w+Sync\(|fsync|time\.sleep|Thread\.sleep|\.get\(\)\s*;|\.join\(\)|\.block\(\)|\.result\(\)|\.Result\b|\.Wait\(\)|"
                       r"requests\.(get|post)|execSync|urlopen|await\s+.*audit|subprocess\.run"), 0.75),
         Loses(pattern(r"\bgo\s+func|\bgo\s+\w|async\b|await\s+asyncio|executor|queue\.(put|push|publish|enqueue)|\.delay\(|"
                       r"enqueue|perform_later|publish\(|setImmediate|@Async"), 0.7)),
        {K.STALL: 1.0, K.LATENCY: 0.9, K.TIMEOUT: 0.6, K.THREADS: 0.6, K.QUEUE: 0.5, K.CALLS: 0.2, K.ERRORS: 0.2},
    ),
    Mechanism(
        "much more computing", "computes much more per request",
        "A pattern that backtracks, a loop in a loop or a sort of everything takes the processor for seconds.",
        (Shows("pattern backtracks", 0.95), Shows("loop in a loop", 0.7),
         Gains(pattern(r"\bsorted?\(|deepcopy|JSON\.parse\(JSON|structuredClone|reflect\.|bcrypt|pbkdf2|scrypt|gzip|compress|encrypt|"
                       r"MarshalIndent|inspect\(|pprof|trace\b"), 0.35), Shows("cost raised", 0.6)),
        {K.CPU: 1.0, K.STALL: 0.9, K.LATENCY: 0.8, K.TIMEOUT: 0.6, K.QUEUE: 0.4, K.PROBE: 0.3, K.ERRORS: 0.2},
    ),
    Mechanism(
        "a loop that does not end", "may repeat without end",
        "A loop or recursion without its end takes the processor, the stack or a queue.",
        (Loses(pattern(r"\bbreak\b|max_?depth|max_?iter|visited|seen\b"), 0.6),
         Gains(pattern(r"while\s*\(?\s*(true|True|1)\s*\)?|for\s*\{|for\s*\(;;\)|loop\s*\{"), 0.6)),
        {K.CPU: 1.0, K.STALL: 0.7, K.CRASH: 0.5, K.LATENCY: 0.6, K.CALLS: 0.6, K.QUEUE: 0.5, K.MEMORY: 0.5,
            K.RETRIES: 0.5, K.LOGS: 0.3},
    ),
    Mechanism(
        "a failure swallowed or raised", "treats failures differently",
        "A swallowed failure becomes wrong or missing data later; a newly raised one ends requests that used to pass.",
        (Gains(pattern(r"\bpanic\(|raise\s+\w|throw\s+new|os\.Exit|process\.exit|log\.Fatal|assert\s|\.expect\(|"
                       r"must\w*\("), 0.7),
         Loses(pattern(r"\bcatch\b|\bexcept\b|recover\(\)|rescue\b|\.catch\(|on_error|fallback|getOrDefault"), 0.7),
         Gains(pattern(r"except[^:]*:\s*pass|catch\s*\([^)]*\)\s*\{\s*\}|_\s*=\s*err|continue\s*//"), 0.5)),
        {K.CRASH: 0.9, K.ERRORS: 0.7, K.REJECTS: 0.6, K.WRONG: 0.5, K.UNKNOWN: 0.3, K.STARTUP: 0.4, K.PARSE: 0.3,
            K.INPUT: 0.3},
    ),
    Mechanism(
        "another condition or bound", "changes a condition or a bound",
        "Off by one or turned round: the last element is missed or overrun, the wrong branch taken.",
        (Shows("condition turned", 0.6),),
        {K.WRONG: 0.9, K.CRASH: 0.6, K.ERRORS: 0.5, K.NULL: 0.3, K.REJECTS: 0.5, K.AUTH: 0.4, K.UNKNOWN: 0.2},
    ),
    Mechanism(
        "another way to compute", "computes a value differently",
        "Units, rounding, signs or integer division: results are wrong, and what is checked against them fails.",
        (Shows("arithmetic", 0.5),),
        {K.WRONG: 1.0, K.CLOCK: 0.7, K.REJECTS: 0.4, K.ERRORS: 0.3, K.AUTH: 0.3, K.CACHE: 0.2},
    ),
    Mechanism(
        "another reading of time", "reads, writes or compares times differently",
        "A zone, unit or format that the other side does not expect shifts expiry, schedules and windows.",
        (Shows("clock changed", 0.8),),
        {K.CLOCK: 1.0, K.AUTH: 0.7, K.WRONG: 0.7, K.PARSE: 0.4, K.ERRORS: 0.5, K.REJECTS: 0.4, K.CACHE: 0.3},
    ),
    Mechanism(
        "no protection against repeats", "no longer notices repeats",
        "A retried or redelivered request is done twice.",
        (Loses(pattern(r"idempoten|dedup|ON\s+CONFLICT|exists\(|UNIQUE|unique\b|already_?processed|INSERT\s+IGNORE|seen\b|nonce|"
                       r"setnx|once\b|upsert|get_or_create"), 0.85),),
        {K.WRONG: 1.0, K.CONFLICT: 0.4, K.LOAD: 0.3, K.CALLS: 0.3, K.ERRORS: 0.3, K.RETRIES: 0.2}, delayed=True,
    ),
    Mechanism(
        "more logging", "writes much more to its logs",
        "Logs at a chattier level or without sampling fill disks, queues and bills, and take the processor.",
        (Shows("chattier logs", 0.95), Gains(pattern(r"log(ger)?\.(debug|trace|dump)|console\.log|print(ln|"
                                                     r"f)?\(.*(body|payload)|dump\("), 0.25),
         Loses(pattern(r"logrotate|max_?backups|rotate|retention|sampl(e|ing)"), 0.7)),
        {K.LOGS: 1.0, K.DISK: 1.0, K.QUEUE: 0.4, K.CPU: 0.4, K.LATENCY: 0.3, K.ERRORS: 0.3, K.THROTTLE: 0.2},
            delayed=True,
    ),
    Mechanism(
        "many more series", "labels a metric with something that has very many values",
        "Every value makes a series of its own: the process that counts and the store that keeps them run out of "
        "memory.",
        (Gains(pattern(r"(WithLabelValues|labels?|tags?|attributes?)\W.*(user_?id|request_?id|session|url\.path|"
                       r"email|trace_?id|ip\b|uuid)"), 0.7),),
        {K.MEMORY: 1.0, K.CPU: 0.5, K.CRASH: 0.5, K.LATENCY: 0.3, K.PAYLOAD: 0.4}, delayed=True,
    ),
    Mechanism(
        "files never removed", "writes files that nothing removes",
        "The disk fills until nothing can be written.",
        (Loses(pattern(r"os\.Remove|unlink|rmtree|\.delete\(|tmp.*(clean|remove)|retention|cleanup|vacuum|purge|"
                       r"TRUNCATE|compaction"), 0.7),
         Gains(pattern(r"mkstemp|NamedTemporaryFile\(delete=False|createTempFile|CreateTemp|writeFileSync|heapdump|"
                       r"HeapDumpOn"), 0.5)),
        {K.DISK: 1.0, K.ERRORS: 0.4, K.LATENCY: 0.2}, delayed=True,
    ),
)  # fmt: skip
