"""Values that stand in generated log lines: numbers, addresses, names, paths, lists, with the habits of real ones."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from random import Random

USERS = [
    "root",
    "admin",
    "alice",
    "bob",
    "carol",
    "git",
    "nobody",
    "cyrus",
    "webmaster",
    "news",
    "oracle",
    "postgres",
    "test",
    "guest",
    "ftp",
    "mail",
    "backup",
    "deploy",
    "jenkins",
    "ubuntu",
    "pi",
    "support",
    "operator",
    "hadoop",
    "mysql",
    "www-data",
    "daemon",
    "emma",
    "liam",
    "noah",
    "olivia",
    "zoe",
    "hiroshi",
    "priya",
    "svc-build",
    "j.doe",
]
WORDS = [
    "alpha",
    "bravo",
    "orders",
    "billing",
    "search",
    "cart",
    "ledger",
    "inbox",
    "thumbs",
    "avatars",
    "session",
    "audit",
    "pricing",
    "stock",
    "mailer",
    "feed",
]
HOSTS = ["gateway", "mirror", "relay", "frontdoor", "barn", "pluto", "mercury", "saturn", "vault", "harbor"]
PACKAGES = [
    "com.android.systemui",
    "com.tencent.mm",
    "com.example.mail",
    "org.maps.viewer",
    "com.shop.app",
    "com.android.phone",
    "net.chat.client",
]
CLASSES = [
    "org.shop.cart.CartService",
    "org.shop.Inventory",
    "com.acme.io.BlockReader",
    "com.acme.net.RetryPolicy",
    "java.io.IOException",
    "java.lang.IllegalStateException",
    "java.net.ConnectException",
    "org.acme.sched.Planner",
]
FILES = ["report", "notes", "index", "config", "schema", "archive", "invoice", "backup", "layout", "bundle", "main"]
ROUTES = ("/v2/{sha}/servers/detail", "/openstack/{ver}/meta_data.json", "/v2/{sha}")
EXTENSIONS = ["txt", "xml", "json", "jar", "log", "conf", "db", "so", "dll", "tmp"]
TITLES = (
    "View Lock",
    "*launch*",
    "SyncLoop",
    "RILJ",
    "Audio Mix",
    "job scheduler",
    "location, fused",
    "Wake-up: alarm",
)


def _path(rng: Random) -> str:
    parts = [rng.choice(("var", "usr", "home", "opt", "data", "lib", "tmp", *WORDS)) for _ in range(rng.randint(1, 5))]
    last = rng.choice(FILES) + rng.choice(("", f".{rng.choice(EXTENSIONS)}", f"-{rng.randint(0, 999):05d}"))
    return "/" + "/".join([*parts, last])


def _hex(rng: Random, length: int) -> str:
    return "".join(rng.choice("0123456789abcdef") for _ in range(length))


def _uuid(rng: Random) -> str:
    return "-".join(_hex(rng, length) for length in (8, 4, 4, 4, 12))


def _ip(rng: Random) -> str:
    return ".".join(str(rng.randint(1, 254)) for _ in range(4))


def _size(rng: Random) -> str:
    return rng.choice((f"{rng.randint(1, 999)} B", f"{rng.uniform(1, 999):.1f} KB", f"{rng.uniform(1, 99):.1f} MB"))


def _duration(rng: Random) -> str:
    return rng.choice(
        (f"{rng.randint(1, 999)}ms", f"{rng.uniform(0, 9):.3f}s", f"{rng.randint(1, 59)}m{rng.randint(1, 59)}s")
    )


def _some(rng: Random, make: Callable[[Random], str], most: int, between: str = " ") -> str:
    return between.join(make(rng) for _ in range(rng.randint(1, most)))


VALUES: dict[str, Callable[[Random], str]] = {
    "int": lambda rng: str(rng.randint(0, 10 ** rng.randint(1, 7))),
    "small": lambda rng: str(rng.randint(0, 40)),
    "float": lambda rng: f"{rng.uniform(0, 100):.{rng.randint(1, 7)}f}",
    "neg": lambda rng: str(rng.randint(-99999, 99999)),
    "pct": lambda rng: f"{rng.randint(0, 100)}%",
    "hex": lambda rng: f"0x{_hex(rng, rng.choice((4, 8, 16)))}",
    "hex8": lambda rng: _hex(rng, 8),
    "sha": lambda rng: _hex(rng, rng.choice((7, 12, 40))),
    "uuid": _uuid,
    "ip": _ip,
    "ipport": lambda rng: f"{_ip(rng)}:{rng.randint(1024, 65535)}",
    "port": lambda rng: str(rng.randint(1024, 65535)),
    "blk": lambda rng: f"blk_{rng.randint(-(2**63), 2**63)}",
    "blks": lambda rng: _some(rng, VALUES["blk"], 9),
    "ints": lambda rng: _some(rng, VALUES["int"], 6),
    "intlist": lambda rng: "[" + _some(rng, VALUES["int"], 6, ", ") + "]",
    "user": lambda rng: rng.choice(USERS),
    "word": lambda rng: rng.choice(WORDS),
    "wordlist": lambda rng: "[" + _some(rng, VALUES["word"], 4, ", ") + "]",
    "host": lambda rng: rng.choice(HOSTS) + rng.choice(("", f"-{rng.randint(1, 60)}", ".example.net", ".corp.local")),
    "fqdn": lambda rng: f"{rng.choice(HOSTS)}.{rng.choice(WORDS)}.{rng.choice(('com', 'net', 'org', 'de'))}",
    "hostport": lambda rng: f"{VALUES['fqdn'](rng)}:{rng.randint(80, 9999)}",
    "node": lambda rng: f"node-{rng.randint(0, 255)}",
    "path": _path,
    "file": lambda rng: f"{rng.choice(FILES)}.{rng.choice(EXTENSIONS)}",
    "winpath": lambda rng: "C:\\Windows\\" + "\\".join(rng.choice(WORDS) for _ in range(rng.randint(1, 3))) + "\\x.dll",
    "url": lambda rng: f"https://{VALUES['fqdn'](rng)}{_path(rng)}",
    "pkg": lambda rng: rng.choice(PACKAGES),
    "cls": lambda rng: rng.choice(CLASSES),
    "size": _size,
    "dur": _duration,
    "life": lambda rng: rng.choice(("<1 sec", f"{rng.randint(0, 59):02}:{rng.randint(0, 59):02}")),
    "clock": lambda rng: f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}",
    "epoch": lambda rng: str(rng.randint(1_500_000_000_000, 1_700_000_000_000)),
    "title": lambda rng: f'"{rng.choice(TITLES)}"',
    "bool": lambda rng: rng.choice(("true", "false")),
    "task": lambda rng: (
        f"task_{rng.randint(1, 9999)}_{rng.randint(0, 99):04}_{rng.choice('mr')}_{rng.randint(0, 999):06}"
    ),
    "attempt": lambda rng: f"attempt_{rng.randint(1, 9999)}_{rng.randint(0, 99):04}_m_{rng.randint(0, 999):06}_0",
    "loc": lambda rng: (
        f"R{rng.randint(0, 9):02}-M{rng.randint(0, 1)}-N{rng.choice('0123456789abcdef')}-C:J{rng.randint(0, 17)}-U11"
    ),
    "b64": lambda rng: "".join(rng.choice(string.ascii_letters + string.digits) for _ in range(22)),
    "pod": lambda rng: f"{rng.choice(WORDS)}-{_hex(rng, 9)}-{_hex(rng, 5)}",
    "route": lambda rng: filled(
        rng.choice(("/v2/{sha}/servers/detail", "/openstack/{ver}/meta_data.json", "/v2/{sha}")), rng
    ),
    "psu": lambda rng: rng.choice(("on", "on", "off", "failed")),
    "fans": lambda rng: " ".join(str(rng.randint(2000, 5000)) for _ in range(rng.randint(4, 6))),
    "ver": lambda rng: f"{rng.randint(0, 9)}.{rng.randint(0, 20)}.{rng.randint(0, 9)}",
}
_SLOT = re.compile(r"\{(\w+)\}")


def filled(template: str, rng: Random) -> str:
    """A template with a fresh value in each `{slot}`."""
    return _SLOT.sub(lambda match: VALUES[match[1]](rng) if match[1] in VALUES else match[0], template)
