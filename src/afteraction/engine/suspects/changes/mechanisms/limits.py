"""Mechanisms of limits: timeouts, attempts, pools, workers, rates, caches, sizes and batches that a change turns."""

from __future__ import annotations

from afteraction.engine.suspects.changes.mechanisms.shape import Gains, Loses, Mechanism, Shows, Turns, Way, pattern
from afteraction.engine.suspects.changes.symptoms.kinds import K

TIMEOUT = pattern(r"^(time\s?out|deadline|budget|expiry?_?timeout|timeouts|wait)$")
ATTEMPTS = pattern(r"^(retry|retrie|attempt|tries|maxattempt|resend|redeliver)$")
POOL = pattern(r"^(pool|conn|connection|hikari|datasource|maxopen|dbcp)$")
WORKERS = pattern(r"^(thread|worker|executor|concurrency|parallelism|goroutine|semaphore|inflight|process|consumer|"
                  r"partition|prefork|gunicorn|actor|threadpool)$")  # fmt: skip
RATE = pattern(
    r"^(rate|limit|burst|rps|qps|quota|throttle|bucket|capacity|provisioned|throughput|wcu|rcu|req|rpm|\w*per(second|minute|hour|sec|min))$"
)
TTL = pattern(r"^(ttl|expire|expiry|expiration|freshness|staleness|maxage|age|lifetime|evict|eviction)$")
CACHE = pattern(r"^(cache|memo|lru|redis|memcached|entry|entrie)$")
BATCH = pattern(r"^(batch|bulk|chunk|flush|linger|buffer|page|prefetch|fetch|interval|poll)$")
QUEUE = pattern(r"^(queue|backlog|buffer|channel|inflight|maxlen|outstanding|capacity)$")
SIZE = pattern(r"^(body|payload|header|message|upload|request|response|size|length|byte)$")
BACKOFF = pattern(r"^(backoff|jitter|delay|sleep|cooldown|interval)$")

ROWS = (
    Mechanism(
        "a shorter time limit", "allows a call less time",
        "A limit below the usual duration fails calls that nothing else harms: the callee sees cancelled requests and "
        "the caller fails fast.",
        (Turns(TIMEOUT, Way.DOWN), Gains(pattern(r"WithTimeout|setTimeout\(|timeout\s*[=:]|deadline"), 0.5)),
        {K.TIMEOUT: 1.0, K.ERRORS: 0.7, K.RETRIES: 0.4, K.LATENCY: 0.3, K.CONNECT: 0.2, K.CONFLICT: 0.2},
    ),
    Mechanism(
        "a longer time limit", "lets a call wait longer",
        "Waiting calls hold workers and connections while a callee is slow.",
        (Turns(TIMEOUT, Way.UP),),
        {K.LATENCY: 0.4, K.THREADS: 0.4, K.POOL: 0.4, K.QUEUE: 0.3}, delayed=True,
    ),
    Mechanism(
        "more attempts", "makes callers try again more often, or sooner",
        "Every failure becomes many calls: a small fault grows into a storm on the callee.",
        (Turns(ATTEMPTS, Way.UP), Loses(pattern(r"back_?off|jitter|sleep\s*\(|time\.After|delay\s*\(|exponential"),
        0.9),
         Turns(BACKOFF, Way.DOWN), Loses(pattern(r"circuit_?breaker|breaker\b|hystrix|bulkhead|resilience4j"), 0.8)),
        {K.RETRIES: 1.0, K.CALLS: 0.9, K.LOAD: 0.7, K.CPU: 0.5, K.QUEUE: 0.6, K.THROTTLE: 0.6, K.TIMEOUT: 0.5,
            K.LATENCY: 0.5,
         K.ERRORS: 0.5, K.POOL: 0.3}, delayed=True,
    ),
    Mechanism(
        "fewer attempts", "gives up sooner",
        "What a second attempt used to hide, conflicts and short interruptions, becomes a failure.",
        (Turns(ATTEMPTS, Way.DOWN), Loses(pattern(r"\bretry|retries|@Retry|with_retry|tenacity|Retryable"), 0.7)),
        {K.CONFLICT: 1.0, K.ERRORS: 0.6, K.RETRIES: 0.7, K.TIMEOUT: 0.5, K.CONNECT: 0.3, K.CRASH: 0.2}, delayed=True,
    ),
    Mechanism(
        "fewer connections", "leaves fewer connections",
        "Requests wait for a free connection and fail once the wait runs out, from the load on at which all are busy.",
        (Turns(POOL, Way.DOWN), Loses(pattern(r"\.(Close|Release|release|close)\(\)|defer\s+conn|with\s+.*(session|"
                                              r"connection|"
                                              r"engine|pool|cursor)|putconn|try\s*\(.*(Connection|Session)"), 0.6)),
        {K.POOL: 1.0, K.TIMEOUT: 0.6, K.LATENCY: 0.6, K.QUEUE: 0.5, K.ERRORS: 0.5, K.THREADS: 0.3}, delayed=True,
    ),
    Mechanism(
        "more connections", "opens more connections",
        "A database or proxy has a limit of its own for all clients together.",
        (Turns(POOL, Way.UP), Loses(pattern(r"keep-?alive|singleton|lru_cache|@cached|pool\b"), 0.4)),
        {K.POOL: 0.8, K.HANDLES: 0.5, K.CONNECT: 0.4, K.MEMORY: 0.3, K.ERRORS: 0.3}, delayed=True,
    ),
    Mechanism(
        "fewer workers", "leaves fewer workers",
        "Work waits in a queue; when the queue is full it is refused.",
        (Turns(WORKERS, Way.DOWN), Loses(pattern(r"\bgo\s+func|\bgo\s+\w+\(|executor\.submit|parallel|Promise\.all|"
                                                 r"gather\("), 0.7)),
        {K.THREADS: 1.0, K.QUEUE: 0.9, K.LATENCY: 0.7, K.TIMEOUT: 0.4, K.REJECTS: 0.4, K.ERRORS: 0.4}, delayed=True,
    ),
    Mechanism(
        "more parallel work", "does more at the same time",
        "More at once takes more memory, processors, connections and locks, here and at what is called.",
        (Turns(WORKERS, Way.UP), Gains(pattern(r"\bgo\s+func|Promise\.all|asyncio\.gather|parallelStream|"
                                               r"executor\.submit|\.par_iter"), 0.5)),
        {K.MEMORY: 0.6, K.CPU: 0.7, K.POOL: 0.6, K.THROTTLE: 0.7, K.CALLS: 0.7, K.THREADS: 0.5, K.LOCK_WAIT: 0.4,
            K.HANDLES: 0.4,
         K.LATENCY: 0.4, K.ERRORS: 0.3}, delayed=True,
    ),
    Mechanism(
        "a lower rate or capacity", "allows fewer requests",
        "What comes above the limit is refused or throttled.",
        (Turns(RATE, Way.DOWN),),
        {K.THROTTLE: 1.0, K.REJECTS: 0.7, K.ERRORS: 0.6, K.RETRIES: 0.4, K.QUEUE: 0.4, K.LATENCY: 0.3},
    ),
    Mechanism(
        "a limit lifted", "takes a limit away",
        "Without a limit one request can fetch, hold or send everything.",
        (Loses(pattern(r"\blimit\b|\.limit\(|LIMIT\s+\d|\btop\s*\(|page_?size|max_?rows|\.take\(|\.slice\(|paginate|rate_?limit|"
                       r"Semaphore|acquire\("), 0.7), Turns(pattern(r"^(limit|page|pagesize|maxrow|row|size)$"),
                       Way.UP)),
        {K.PAYLOAD: 1.0, K.MEMORY: 0.8, K.LATENCY: 0.7, K.SLOW_QUERY: 0.6, K.CPU: 0.4, K.THROTTLE: 0.4, K.CALLS: 0.3,
            K.ERRORS: 0.3},
    ),
    Mechanism(
        "shorter caching", "lets cached entries go sooner",
        "Entries that are gone are fetched again: the store behind the cache gets the requests that the cache kept "
        "off.",
        (Turns(TTL, Way.DOWN), Shows("cache smaller", 0.8),
         Loses(pattern(r"lru_cache|@cache(d|able)?\b|cache\.(get|Get|fetch)|memoi[sz]e|GetOrLoad|getIfPresent|singleflight|"
                       r"stale-while|computeIfAbsent|Cache-Control"), 0.8)),
        {K.CACHE: 1.0, K.CALLS: 0.9, K.CPU: 0.6, K.SLOW_QUERY: 0.6, K.LATENCY: 0.6, K.TIMEOUT: 0.4, K.POOL: 0.4,
            K.ERRORS: 0.3,
         K.THROTTLE: 0.3}, delayed=True,
    ),
    Mechanism(
        "another cache key", "changes under which key something is cached",
        "Under a new key nothing is found at first; under a key too narrow never, under one too wide the wrong entry.",
        (Shows("cache key changed", 0.8),),
        {K.CACHE: 1.0, K.CALLS: 0.8, K.WRONG: 0.5, K.CPU: 0.5, K.LATENCY: 0.5, K.MEMORY: 0.4, K.SLOW_QUERY: 0.4},
    ),
    Mechanism(
        "longer caching", "keeps entries longer, or more of them",
        "Old values are served for longer, and more of them take memory.",
        (Turns(TTL, Way.UP), Turns(CACHE, Way.UP)),
        {K.MEMORY: 0.6, K.WRONG: 0.6, K.AUTH: 0.2, K.CLOCK: 0.2}, delayed=True,
    ),
    Mechanism(
        "one call per item", "calls once per item where one call served all",
        "The number of calls grows with the number of items: latency and the callee's load with it.",
        (Shows("call in a loop", 0.9), Shows("batch call lost", 0.95), Turns(BATCH, Way.DOWN)),
        {K.CALLS: 1.0, K.LATENCY: 0.9, K.SLOW_QUERY: 0.9, K.CPU: 0.6, K.THROTTLE: 0.8, K.TIMEOUT: 0.5, K.POOL: 0.5,
            K.QUEUE: 0.3,
         K.ERRORS: 0.3},
    ),
    Mechanism(
        "larger batches", "takes more at once",
        "A larger batch takes more memory and longer, and may pass a limit of the receiver.",
        (Turns(BATCH, Way.UP),),
        {K.PAYLOAD: 0.8, K.MEMORY: 0.7, K.REJECTS: 0.5, K.LATENCY: 0.5, K.TIMEOUT: 0.5, K.LOCK_WAIT: 0.4, K.QUEUE: 0.4},
    ),
    Mechanism(
        "a smaller queue or size", "accepts less",
        "What is larger than the new limit is refused; a full queue drops or blocks.",
        (Turns(QUEUE, Way.DOWN), Turns(SIZE, Way.DOWN)),
        {K.REJECTS: 1.0, K.QUEUE: 0.6, K.ERRORS: 0.6, K.PAYLOAD: 0.4, K.THREADS: 0.3, K.PARSE: 0.2},
    ),
)  # fmt: skip
