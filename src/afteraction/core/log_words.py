"""What a word of a log message is likely to be: a fixed part of the message, or a value.

Knows English as programs log it, and how names look. Refuses to decide alone: `engine.logs.mining` weighs how many
words stand in one place. `stores.templates` falls back on it when there are too many different lines to weigh.
"""

from __future__ import annotations

import re
from enum import IntEnum


class Kind(IntEnum):
    """A sign, a word that holds a digit, a fixed word, a word in capitals, yes or no, nothing, a name, a made-up
    identifier with signs in it, a class or a source file, quoted text,
    a place that was found to hold values, and a name with a number behind it (`rdd_0`)."""

    SIGN = 0
    NUMBER = 1
    FIXED = 2
    CAPITALS = 3
    BOOLEAN = 4
    NOTHING = 5
    NAME = 6
    IDENTIFIER = 7
    CLASS = 8
    QUOTED = 9
    SLOT = 10
    NUMBERED = 11


BOOLEANS = frozenset(("true", "false", "yes", "no"))
NOTHINGS = frozenset(("null", "none", "nil", "(null)", "n/a", "undefined", "nan", "unknown", "-"))
_ENDINGS = re.compile(
    r"(?:ed|ing|ings|tion|tions|sion|sions|able|ible|ly|ment|ments|ness|ity|ities|ance|ence|ency|ancy|ize|ise|izes|ises"
    r"|ify|ifies|ous|ive|ful|less|ated|ates|ation|ically|ical|ual|ure|ures)$"
)
_HUMP = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_WORD = re.compile(r"^[^\W\d_]+$")
_HAS_LETTER = re.compile(r"[^\W\d_]")

# Words that come before a value more often than not.
CUES = frozenset(
    """account activity addr address app application at attribute bean branch broker bucket bundle by called cause
    channel city class client cluster cmd command commit component connector consumer container country currency
    customer database device dir directory disk domain drive driver endpoint error euid exception experiment feature
    field file filename filesystem flag folder font for from group host hostname id image index intent interface job key
    label language locale login logname machine member message model module mount mounted msg name named namespace
    node option owner package parameter partition path peer pid plugin pod printer process producer product profile
    program property provider query queue reason receiver region repo repository rhost role room route ruser schema
    script server service session table tag task tenant theme thread to topic tty uid uri url user username users
    vendor version via volume zone""".split()  # noqa: SIM905
)

ACCOUNT_CUES = frozenset(("user", "username", "account", "login", "logname", "ruser"))

FIXED = frozenset(
    """a abort about above accept access account ack across action active actor add address admin after again against
    agent alarm alert alias all allocate allow along alpha already also alternate am among an and any api app append
    apply archive are around array as assign async at atomic attach attempt attr audit auth author auto average back
    backend backlog backup bad balance band bandwidth bare base batch battery be bean because been before began
    begin behind being below best between beyond big bind bit bits block blocks board body boot border both bottom
    bound branch break bridge brightness bring broadcast broken broker brought browser bucket buffer buffers bug
    build builder built bulk bundle bus busy but button by bye byte bytes cache call callback caller calls can
    cancel candidate capacity card case catalog caught cause cell cert chain change changes channel char charge chat
    check checkpoint checkpointing checksum child children chosen chunk chunks circuit class clean cleaner cleanup
    clear client clients clock clone close closed cloud cluster code codec cold collect collector color column
    command comment commit common compact compare complete component config configure conflict connect connection
    connections consensus console constant consumer container containers content context control controller cookie
    coordinator copy core corrupt cost could count counter country cpu crash create credentials cron current cursor
    custom customer cycle daemon daemonized dangling dashboard data database date day days dead deadline deadlock
    debug decision decode decrease deep default defer degraded delay delegate delete delivery delta demand deny
    depend dependency deploy depth descriptor desktop destination detail details detect device devices did diff
    digest direct directory dirty disable disconnect disconnected disk disks dispatch display dns do document does
    domain done door double down download downstream drain draw drawn drift drive driven driver drop due dump
    duplicate duration during dynamic e.g each early echo edge edit either election element else email emit empty
    enable encode end endpoint engine enough enter entries entry env environment epoch equal error errors escape
    established etc event events every evict exact exceed exceeds except exception exchange execute executor exist
    exists exit exits expand expect expire expires export extension external extra fabric factor factory fail
    failover fails failure failures fallback fallen false fan fast fatal fault feature feed fell fetch few field
    fields file filename files filesystem fill filter final finalized find fine finger finish firewall firmware
    first fix flag flags flash floating flow flush fold folder follow follower for force foreground forgotten fork
    form format found fragment frame frames free frequency fresh friend from front frozen full function gap garbage
    gate gateway general get gets given global go gone good goodbye got graceful grant graph group groups guard
    guest had halt hand handle handler handlers handshake hang hard hardware has hash have having he head header
    health healthy heap heart heartbeat height hello help her here hidden high hint his history hit hits hold home
    hook host hostname hosts hot hour hours how http hung i i.e icon idle if ignore image images import in inactive
    inbound inbox incident index info init initialized inner inode input insert inside install instance instances
    int integer intent interface internal interrupt interval into invalid inverse invoke is isolate it item items
    iteration its job jobs join joins journal jump just kept kernel key keys kick kill kind known label lack lag
    laid language large last late latency latest layer layout lead leader leak lease leave leaves led left length
    lent less level library license life lifecycle limit limits line lines link links list listen listener lists
    live load loader local location lock locks log logger logic login logoff logon logout long look loop loss lost
    low machine made mail main major make manager manifest manual many map mark mask mass master match max maximum
    may me meant media medium member members memory menu merge mesh message messages met meta metadata method metric
    metrics middle might migrate min minimum minor minute minutes mirror miss mode model modify module modules
    monitor month more most mount mouse move much must mutex my name names native near negative neighbor neither
    nested net network never new next nice no no-op node nodes noise none nor normal not note notice notify now
    number object objects observer obtain ocean of off offer offline offset ok old on once one online only onto open
    opens operation operator option options or order orders origin orphan other others our out outbound output
    outside over overflow override overview own owner pack package packages packet packets page pages paid pair
    panel panic paper param parameters parent parity parse parser part partial partition partitions parts party pass
    password past patch path paths pattern pause payload payment peer peers pending per percent perform period
    permit person phase phone physical ping pipe pipeline place plan platform play plug plugin plus pod point policy
    poll pool pools poor pop port ports position possible post power preauth preempt prefix prepare presence present
    press pressure previous primary print printer prior priority private probe problem proc process processes
    producer product profile program progress promote prompt proof proper property protocol provider proxy prune
    public publish pull purge push put quality query queue queues quick quiet quit quorum quota race rack raid raise
    ran random range rate rates raw reach react read reader readiness reads ready real realm reason reboot rebuild
    receive receiver recent record records recover recovery red redirect reduce ref reference refresh refuse region
    register registry reject relay release reload remain remote remove rename render renew repair repeat replace
    replay replica replicas reply report request requests require reserve reset resize resolve resolver resource
    resources respond response rest restart restore restrict result results resume retain retention retries retry
    return returns reuse reverse review revoke ring risk roll rollback room root rose rotate round route router
    routes routine row rows rule rules run runner runs runtime safe same sample save scale scan scanner schedule
    scheduler schema scope score scoreboard screen script scrub seal search second section sector secure security
    seed seek segment select self send sender sends sensor sensors sent sequence serial serializer series server
    servers service services servlet session sessions set sets setting setup several shall shape shard shards share
    she shed shell shift ship short shot should shown shut shutdown side sign signal signature silent simple since
    single site size skip sleep slice slot slots slow small smart snapshot socket soft software some sought source
    space spare spawn spec speed spent spike spill spin split spun stack stage staging stale standard standby start
    started starts startup stat state states static stats status step steps still stop stopped stops storage store
    stored stream streams strict string strong struck stub stuck submit subnet subscribe success such suffix suite
    sum super supply support suspect swap swept switch symbol sync synch syntax system systems table tables tag tail
    take taken target task tasks team tear teardown temp temperature template tenant term test text than that the
    their them then there thermal these they this those thread threads three threshold throttle through throughout
    throw thrown throws tick ticket tier time timed timeout timeouts timer times timestamp title to token tokens
    told too tool top topic topology torn total touch toward trace track traffic transaction transfer transform
    transit transport trap tree trees trigger trim trip true truncate trust try tune tunnel turn two type types
    unable unavailable unchanged unclean under understood undo unexpected unhealthy unicode uninitialized union
    unique unit units unix unknown unless unlock unmount unreachable unset unstable until up update updates upgrade
    upload upon upper upstream uptime us usage use used user username users valid value values variable verify
    version very via view violation virtual visible volume volumes vote vs wait waits wake wall want warm warn
    warning warnings was watch watchdog watcher we weak web week weight went were what when where which while who
    whole whom whose why wide width wildcard will window windows wire with withdrawn within without won word work
    worker workers works worth would wrap write writer writes written wrong year yet you your zero zombie zone zones
    """.split()  # noqa: SIM905
)


def kind_of(word: str) -> Kind:
    """The kind of one word of a masked message."""
    if word[0] in "\"'" and len(word) > 1:
        return Kind.NUMBER if word[1:-1] == "0" else Kind.QUOTED
    if "0" in word:
        return Kind.NUMBERED if _HAS_LETTER.search(word) else Kind.NUMBER
    if not _HAS_LETTER.search(word):
        return Kind.NOTHING if word == "-" else Kind.SIGN
    small = word.lower()
    if small in BOOLEANS:
        return Kind.BOOLEAN
    if small in NOTHINGS:
        return Kind.NOTHING
    if _WORD.match(word):
        return _plain(word, small)
    parts = [part for part in re.split(r"[^\w]+|_", small) if part]
    if all(part in FIXED or _ENDINGS.search(part) for part in parts) and not re.search(r"[.$@\\/]", word):
        return Kind.FIXED
    if word.endswith(("()", "!", "?", "...")) or "::" in word:
        return Kind.FIXED
    if re.search(r"\.[A-Z_]{2,}$", word):
        return Kind.CAPITALS
    if re.search(r"\.[A-Z]\w*[a-z]\w*(?:\$\w+)*$|\.(?:java|py|go|c|cc|cpp|h|js|rb|rs)$", word):
        return Kind.CLASS
    if "_" in word and word.upper() == word:
        return Kind.CAPITALS
    return Kind.IDENTIFIER


def _plain(word: str, small: str) -> Kind:
    if len(word) > 1 and word.upper() == word:
        return Kind.CAPITALS
    if small in FIXED or (len(small) > 4 and _ENDINGS.search(small)) or (small.endswith("s") and small[:-1] in FIXED):
        return Kind.FIXED
    if len(humps := _HUMP.findall(word)) > 1 and any(hump.lower() in FIXED for hump in humps):
        return Kind.FIXED
    return Kind.NAME
