"""Kinds of symptoms, and by which words logs and metrics show them.

Knows wording of runtimes, databases, clouds and platforms. Refuses to know what caused them.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Kind(StrEnum):
    """What can be seen to go wrong."""

    ERRORS = "errors"
    LATENCY = "latency"
    TIMEOUT = "timeouts"
    CRASH = "crashes"
    NULL = "missing values dereferenced"
    RACE = "unsynchronised access"
    DEADLOCK = "deadlocks and blocked threads"
    MEMORY = "memory growth"
    DISK = "a full disk"
    HANDLES = "exhausted handles"
    POOL = "exhausted connections"
    THREADS = "exhausted workers"
    QUEUE = "a growing backlog"
    CPU = "busy processors"
    STALL = "a blocked event loop"
    THROTTLE = "throttling"
    QUOTA = "a used-up quota"
    AUTH = "refused access"
    TLS = "failed handshakes"
    CERT = "an expired certificate"
    CONNECT = "unreachable peers"
    SCHEMA = "missing tables or columns"
    PARSE = "unreadable messages"
    INPUT = "malformed input"
    UNKNOWN = "things not registered or not found"
    SETTING = "missing configuration"
    STARTUP = "failing starts"
    CACHE = "cache misses"
    CALLS = "more calls to a dependency"
    LOAD = "more requests from outside"
    LOGS = "a flood of logs"
    RETRIES = "repeated attempts"
    REJECTS = "rejected requests"
    WRONG = "wrong or duplicate results"
    CLOCK = "wrong times"
    PROBE = "failing health checks"
    CAPACITY = "fewer replicas"
    SLOW_QUERY = "slow queries"
    LOCK_WAIT = "waiting for locks"
    PAYLOAD = "larger payloads"
    CONFLICT = "conflicting writes"
    NODE = "a host in trouble"


# The tables name kinds in every row.
K = Kind

# Everything that breaks shows these: they tell little about why.
COMMON = {Kind.ERRORS: 0.15, Kind.LATENCY: 0.35, Kind.TIMEOUT: 0.6, Kind.CPU: 0.6, Kind.QUEUE: 0.7, Kind.CONNECT: 0.5,
          Kind.CRASH: 0.8, Kind.LOAD: 0.3, Kind.CALLS: 0.8, Kind.REJECTS: 0.8}  # fmt: skip


def _said(text: str) -> re.Pattern[str]:
    return re.compile(text, re.I | re.X)


IN_LOGS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.TIMEOUT, _said(r"deadline.?exceeded|timed?[ -]?out|time-?out|exceeded\s+deadline|context\s+cancell?ed|"
                         r"\b504\b|ETIMEDOUT|took\s+too\s+long")),
    (Kind.NULL, _said(r"nil\s+pointer|null\s?pointer|NoneType|cannot\s+read\s+propert|of\s+undefined|"
                      r"is\s+not\s+a\s+function|"
                      r"undefined\s+is\s+not|null\s+reference|invalid\s+memory\s+address|unwrap\(\)|NPE\b|\bis\s+null\b|"
                      r"segmentation\s+fault|SIGSEGV|no\s+value\s+present|undefined\s+method.*nil")),
    (Kind.CRASH, _said(r"\bpanic|fatal\s+error|\bfatal:|segmentation|SIGSEGV|SIGABRT|core\s+dumped|uncaught|unhandled|"
                       r"exited|terminated|crash|aborted\s+\(|goroutine\s+\d|assertion\s+failed|index\s+out\s+of")),
    (Kind.RACE, _said(r"concurrent\s+map|data\s+race|ConcurrentModification|race\s+condition|changed\s+size\s+during|"
                      r"corrupt|\btorn\b|unsynchroni|already\s+borrowed|double\s+free")),
    (Kind.DEADLOCK, _said(r"dead-?lock|waiting\s+to\s+lock|all\s+goroutines\s+are\s+asleep|blocked\s+for|BLOCKED|"
                          r"lock\s+not\s+released|could\s+not\s+acquire\s+(the\s+)?lock|stuck\s+thread")),
    (Kind.MEMORY, _said(r"out\s+of\s+memory|\bOOM|heap\s+(space|limit|used|size)|cannot\s+allocate|memory\s+(limit|"
                        r"usage|"
                        r"pressure)|exit\s+code\s+137|GC\s+(pause|overhead)|allocation\s+failed|evicting.*memory")),
    (Kind.DISK, _said(r"no\s+space\s+left|disk\s+(is\s+)?(full|usage|quota)|read-only\s+file\s?system|ENOSPC|inodes?\b|"
                      r"volume\s+.*full")),
    (Kind.HANDLES, _said(r"too\s+many\s+open\s+files|EMFILE|ENFILE|file\s+descriptor|cannot\s+assign\s+requested|"
                         r"no\s+buffer\s+space|ephemeral\s+ports?|EADDRNOTAVAIL|listener.*leak|MaxListeners")),
    (Kind.POOL, _said(r"connection\s+pool|pool\s+(is\s+)?(exhausted|full|timeout|empty|size)|"
                      r"too\s+many\s+(connections|clients)|"
                      r"remaining\s+connection\s+slots|connection\s+is\s+not\s+available|QueuePool|no\s+free\s+connections|"
                      r"waiting\s+for\s+(a\s+)?(free\s+)?connection|max_?connections|acquire\s+connection|PoolTimeout|"
                      r"could\s+not\s+obtain\s+connection|sorry.*clients|max_?(open_)?conns?|get\s+conn")),
    (Kind.THREADS, _said(r"RejectedExecution|thread\s?pool|no\s+(free|available)\s+(worker|thread)s?|"
                         r"workers?\s+(busy|exhausted)|"
                         r"can't\s+start\s+new\s+thread|unable\s+to\s+create\s+.*thread|max\s+(workers|threads)|"
                         r"server\s+reached\s+(max|pm\.)|goroutines?\s+(count|leak)|concurrency\s+limit")),
    (Kind.QUEUE, _said(r"backlog|queue\s+(is\s+)?(full|depth|size|length)|\blag(ging)?\b|buffer(ing)?\s*.*(full|"
                       r"capacity)|behind|"
                       r"waited\s+\S+\s+in\s+queue|max\.poll|rebalanc|shedding|backpressure|in\s+flight|overload")),
    (Kind.STALL, _said(r"event\s+loop|blocked\s+for\s+\S+\s*ms|blocking\s+call|long\s+task|stop.the.world")),
    (Kind.THROTTLE, _said(r"throttl|rate.?limit|too\s+many\s+requests|\b429\b|limiting\s+requests|"
                          r"throughput\s?exceeded|"
                          r"SlowDown|capacity\s+exceeded|requests?\s+limit")),
    (Kind.QUOTA, _said(r"quota|OVER_QUERY_LIMIT|billing|plan\s+limit|usage\s+limit|credits?\s+exhausted")),
    (Kind.AUTH, _said(r"access\s?denied|permission\s+denied|unauthori[sz]ed|forbidden|\b40[13]\b|not\s+authori[sz]ed|"
                      r"invalid\s+(token|credentials?|signature|api\s?key|client|issuer|audience)|authentication\s+failed|"
                      r"insufficient\s+(scope|permission|privilege)|CSRF|CORS|JWT|not\s+allowed|login\s+failed|NOAUTH|"
                      r"password\s+authentication|secret\s+(not\s+found|missing)|RBAC|policy\s+denied")),
    (Kind.CERT, _said(r"certificate\s+(has\s+)?expired|cert(ificate)?\b.*(expir|not\s+yet\s+valid|notAfter)|"
                      r"expired\s+cert|"
                      r"CERT_HAS_EXPIRED|certificate\s+is\s+not\s+valid|validity\s+period")),
    (Kind.TLS, _said(r"x509|tls:|handshake|certificate|unknown\s+authority|SSL(Error|_ERROR|Handshake|\s+alert)|"
                     r"self.signed|"
                     r"cipher|protocol\s+version|\bSNI\b")),
    (Kind.CONNECT, _said(r"no\s+such\s+host|connection\s+refused|ECONNREFUSED|unreachable|NXDOMAIN|name\s+resolution|"
                         r"ENOTFOUND|getaddrinfo|no\s+route|connection\s+reset|ECONNRESET|dial\s+tcp|lookup\s+\S+|"
                         r"no\s+healthy\s+upstream|could\s+not\s+connect|cannot\s+(reach|connect)|unknown\s+host|broken\s+pipe|"
                         r"service\s+unavailable|\bunavailable")),
    (Kind.SCHEMA, _said(r"relation\s+\S+\s+does\s+not\s+exist|(no\s+such|unknown|missing|invalid)\s+(table|column|"
                        r"relation)|"
                        r"UndefinedTable|UndefinedColumn|(table|column)\s+\S+\s+(does\s?n.t|does\s+not)\s+exist|"
                        r"(table|column)\s+.*not\s+found|violates\s+(not-null|check|foreign|unique)|constraint|"
                        r"missing-relation|doesn't\s+exist|schema\s+(version|mismatch)|pending\s+migration|data\s+too\s+long")),
    (Kind.PARSE, _said(r"deseriali[sz]|unmarshal|unrecogni[sz]ed\s+field|unknown\s+field|missing\s+(required\s+)?field|"
                       r"(cannot|could\s+not|failed\s+to|unable\s+to)\s+(parse|decode|read\s+field)|unexpected\s+token|"
                       r"invalid\s+(json|payload|character|format|wire|type|enum)|decode\s+(error|fail)|schema\s+mismatch|"
                       r"SerializationException|AvroType|parse\s+(error|fail)|JSONDecode|wrong\s+type|type\s+mismatch|"
                       r"field\s+\S+\s+(is\s+)?(missing|required|not\s+found)|malformed\s+(message|envelope)")),
    (Kind.INPUT, _said(r"malformed|invalid\s+(UTF-8|start\s+byte|row|record|input|csv|xml|date|byte|encoding|header)|"
                       r"corrupt(ed)?\s+(file|record|row|upload|input)|bad\s+(record|row|input|data|request\s+body)|"
                       r"poison|unexpected\s+(column|delimiter|end\s+of\s+file|EOF)|truncated|unparse?able|oversized|"
                       r"(out\s+of\s+range|negative|impossible)\s+value|null\s+bytes?|schema\s+violation")),
    (Kind.UNKNOWN, _said(r"not\s+registered|no\s+\S+\s+registered|unregistered|unknown\s+(type|handler|agent|key|job|"
                         r"event|"
                         r"command|route|plugin|provider|channel|task|method|service)|no\s+(handler|route|such\s+(bean|key|"
                         r"element|method|job))|KeyError|not\s+found|\b404\b|unimplemented|missing\s+handler|does\s+not\s+exist|"
                         r"no\s+(default|matching)|unsupported")),
    (Kind.SETTING, _said(r"(is\s+)?not\s+set|missing\s+(env|environment|config|setting|required\s+(config|env|"
                         r"setting|variable))|"
                         r"(environment\s+variable|config(uration)?\s+key|setting)\s+.*(missing|undefined|required|empty)|"
                         r"required\s+(key|value|property)|could\s+not\s+resolve\s+placeholder|invalid\s+config|no\s+value\s+for|"
                         r"unknown\s+(option|flag|directive)|empty\s+(host|url|dsn)")),
    (Kind.STARTUP, _said(r"CrashLoop|back-?off\s+restarting|fail(ed|ure)?\s+(to\s+)?(start|boot|initiali[sz])|startup|"
                         r"NoSuchMethod|ClassNotFound|NoClassDef|ImportError|ModuleNotFound|cannot\s+import|undefined\s+symbol|"
                         r"version\s+(conflict|mismatch)|incompatible|out\s+of\s+date|GLIBC|exec\s+format|ImagePull|"
                         r"linkage|UnsupportedClassVersion|shared\s+librar|cannot\s+find\s+module|already\s+registered|"
                         r"bean\s+creat|initiali[sz]ation\s+(failed|error)|during\s+(init|boot)")),
    (Kind.CACHE, _said(r"cache\s+miss|miss(ed)?\s+cache|cold\s+cache|read-through|evict(ed|ion)|stampede|dogpile|"
                       r"cache\s+(entry\s+)?expired")),
    (Kind.RETRIES, _said(r"retry(ing)?\b|retries|attempt\s+\d|after\s+\d+\s+attempts|gave\s+up|reconnect|redeliver|"
                         r"again")),
    (Kind.REJECTS, _said(r"\b4(00|13|14|15|22|31)\b|too\s+large|validation|bad\s+request|unprocessable|"
                         r"invalid\s+(argument|"
                         r"parameter)|rejected|entity\s+too|exceeds?\s+(max|the\s+max|limit)")),
    (Kind.WRONG, _said(r"mismatch|duplicat|twice|inconsisten|negative\s+(balance|stock|amount)|checksum|"
                       r"wrong\s+(amount|total|"
                       r"value|result|price)|off\s+by|discrepan|reconcil|double\s+(charge|book|spend)|stale\s+(data|read|value)|"
                       r"does\s+not\s+(add\s+up|balance)|already\s+(exists|processed)|unexpected\s+(total|amount)")),
    (Kind.CLOCK, _said(r"token\s+(is\s+)?expired|clock\s+skew|in\s+the\s+(future|past)|time\s?zone|not\s+yet\s+valid|"
                       r"DST|"
                       r"\biat\b|\bnbf\b|\bexp=|timestamp\s+(is\s+)?(invalid|out)|wrong\s+(day|date|hour)|schedule[dr]?\s+(twice|missed)|"
                       r"\butc\b")),
    (Kind.PROBE, _said(r"(liveness|readiness|startup)\s+probe|health\s?-?check\s+fail|unhealthy|failed\s+health|"
                       r"outlier\s+eject|marked\s+(as\s+)?down|no\s+healthy")),
    (Kind.SLOW_QUERY, _said(r"slow\s+(query|request|sql)|seq(uential)?\s+scan|full\s+(table\s+)?scan|"
                            r"statement\s+timeout|"
                            r"filesort|query\s+(took|exceeded)|db_queries|queries=|examined|long.running\s+query|COLLSCAN")),
    (Kind.LOCK_WAIT, _said(r"lock\s+(wait\s+)?time-?out|waiting\s+for\s+\S*lock|still\s+waiting|lock\s+wait|"
                           r"metadata\s+lock|"
                           r"could\s+not\s+obtain\s+lock|blocked\s+by|could\s+not\s+serialize")),
    (Kind.PAYLOAD, _said(r"large\s+(response|payload|message|body|result)|rows\s+for|message\s+(size|larger)|"
                         r"response\s+size|exceeds\s+maximum\s+message|too\s+big|ResourceExhausted.*larger|\d+\s+rows\b")),
    (Kind.CONFLICT, _said(r"conflict|compare-?and-?(set|swap)|\bCAS\b|optimistic|leader(ship)?|\bleases?\b|"
                          r"transaction\s+(abort|"
                          r"conflict|too\s+old|timed)|not_committed|write\s+skew|election|commit\s+(failed|unknown)|"
                          r"version\s+stale|split.brain|quorum")),
    (Kind.LOGS, _said(r"log\s+(volume|rate|flood)|dropping\s+logs|log\s+buffer|rotat|journal.*suppress")),
    (Kind.NODE, _said(r"NodeNotReady|NotReady|node\s+\S+\s+(status|is)|evicted|kernel:|I/O\s+error|hardware|\bEIO\b|"
                      r"status\s+check\s+failed|kernel\s+panic|not\s+responding|host\s+reboot|clock\s+drift|FailedMount|ECC\s+error|steal\s+time|network\s+partition|link\s+(down|flap)|live\s+migration|"
                      r"preempt|"
                      r"(Disk|Memory|PID)Pressure|spot\s+(instance|interrupt)|host\s+\S*\s*(down|unreachable|fail)|"
                      r"(zone|rack)\s+(outage|failure)|\bNIC\b|packet\s+loss|machine\s+check|drained|cordon|taint|"
                      r"low\s+on\s+resource|instance\s+(terminated|retire)|volume\s+detached")),
)  # fmt: skip

UP, DOWN, EITHER = 1, -1, 0

# (kind, words of the metric's name, way). The first three of one name count.
IN_METRICS: tuple[tuple[Kind, re.Pattern[str], int], ...] = (
    (Kind.CACHE, _said(r"hit_?(rate|ratio|pct|percent|s\b)|cache.*hit"), DOWN),
    (Kind.CACHE, _said(r"cache.*(miss|evict)|evictions?"), UP),
    (Kind.THROTTLE, _said(r"throttl|429|rate_?limit|consumed_.*capacity|capacity_units"), UP),
    (Kind.CPU, _said(r"cpu|load_?(avg|1|5)|processor"), UP),
    (Kind.STALL, _said(r"event_?loop|loop_?lag"), UP),
    (Kind.MEMORY, _said(r"mem(ory)?(_|\b)|heap|rss|working_set|gc_|oom"), UP),
    (Kind.DISK, _said(r"disk_?(used|usage|pct|util|free|space)|filesystem|volume_used|inode"), EITHER),
    (Kind.NODE, _said(r"io_?wait|disk_io|node_|packet|nic_|host_(cpu|mem|disk|ready)|steal|kubelet"), UP),
    (Kind.HANDLES, _said(r"(^|_)fds?(_|$)|file_?desc|open_files|sockets|handles|time_wait"), UP),
    (Kind.POOL, _said(r"(pool|conn(ection)?s?)_?(.*_)?(wait|pending|active|in_use|used|util|exhaust|size|acquire|"
                      r"open|idle)?|"
                      r"pool"), EITHER),
    (Kind.THREADS, _said(r"thread|executor|worker|goroutine|busy|concurrency|in_?flight"), EITHER),
    (Kind.DEADLOCK, _said(r"blocked|deadlock"), UP),
    (Kind.LOCK_WAIT, _said(r"(^|_)locks?(_|$)|lock_?(wait|time)"), UP),
    (Kind.QUEUE, _said(r"queue|(^|_)lag(_|$)|backlog|depth|pending|buffer|iterator_age|unacked|waiting"), UP),
    (Kind.RETRIES, _said(r"retr(y|ies)|attempts"), UP),
    (Kind.CRASH, _said(r"restart|crash|panic|exits?(_|$)|oom_?kill|killed|evict"), UP),
    (Kind.PROBE, _said(r"probe|health|unhealthy"), EITHER),
    (Kind.CAPACITY, _said(r"replica|instances?_?(count|running|ready|healthy)|ready_|pods_?(ready|available|running)|"
                          r"hosts_up"), DOWN),
    (Kind.AUTH, _said(r"40[13]|auth|login|denied|forbidden"), UP),
    (Kind.TLS, _said(r"tls|ssl|handshake"), UP),
    (Kind.CERT, _said(r"cert.*(expir|valid|days|remaining)"), DOWN),
    (Kind.CONNECT, _said(r"servfail|nxdomain|dns|resolve|connect(ion)?_?(error|refused|fail|reset)"), UP),
    (Kind.PARSE, _said(r"deserial|pars(e|ing)|decode|unmarshal|dead_?letter|dlq|invalid_messages"), UP),
    (Kind.REJECTS, _said(r"4(xx|00|13|22)|reject|validation"), UP),
    (Kind.WRONG, _said(r"duplicate|mismatch|discrepan|inconsisten|drift"), UP),
    (Kind.CONFLICT, _said(r"conflict|abort|leader|election|txn|transaction.*(fail|retry)|cas_"), UP),
    (Kind.SLOW_QUERY, _said(r"rows_(scanned|examined|read)|seq_scan|slow_quer|query_(duration|time|latency)|"
                            r"full_scan"), UP),
    (Kind.PAYLOAD, _said(r"(response|request|message|payload|body)_?size|bytes_(out|sent|in|received)|egress|"
                         r"ingress_bytes"), UP),
    (Kind.LOGS, _said(r"log.*(lines|lps|volume|bytes|throughput|per_sec|rate|write)|(^|_)logs?_"), UP),
    (Kind.TIMEOUT, _said(r"timeout|deadline|cancel"), UP),
    (Kind.ERRORS, _said(r"err|fail|5xx|refused|dropped|lost|exception|unavailable|abort|unsuccess"), UP),
    (Kind.ERRORS, _said(r"success|availab|throughput_ok|completed|done"), DOWN),
    (Kind.LATENCY, _said(r"latency|duration|p\d\d|_ms\b|seconds\b|response_time|(^|_)age(_|$)|delay|wait"), UP),
    (Kind.CALLS, _said(r"(quer(y|ies)|calls|ops|reads|writes|commands|lookups|statements)(_|\b).*|consumed_"), UP),
    (Kind.LOAD, _said(r"requests|rps|qps|traffic|hits|sessions|throughput|visitors|ingress|messages_in|published|"
                      r"per_(second|sec|minute|s)\b"), UP),
)  # fmt: skip
