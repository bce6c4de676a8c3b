"""Which machines a link may lead to.

Knows hosts that were named and addresses that are public. Refuses everything else, whatever name it hides behind.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from afteraction.core.errors import AfteractionError

Resolve = Callable[[str, int], list[str]]
_PORTS = {"http": 80, "https": 443}


class NotFetched(AfteractionError):
    """Why there is no copy. Its text is shown."""


def resolve(host: str, port: int) -> list[str]:
    """Every address of a host, in the order to be tried."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Rules:
    """What may be fetched. `hosts` are names, `*.example.org` for all below; `private` are hosts, of these, whose
    addresses need not be public. `most_bytes` and `seconds` bound the whole of it."""

    hosts: Sequence[str] = ()
    private: Sequence[str] = ()
    most_bytes: int = 20 * 1024 * 1024
    seconds: float = 20.0
    most_redirects: int = 5
    resolve: Resolve = resolve


@dataclass(frozen=True)
class Target:
    """A place that was checked: the request goes to `address`, whatever the name means a moment later."""

    url: str
    scheme: str
    host: str
    port: int
    address: str
    path: str

    @property
    def authority(self) -> str:
        """What the Host header says: the name that the link has, with its port where it is not the usual one."""
        return self.host if self.port == _PORTS[self.scheme] else f"{self.host}:{self.port}"

    @property
    def pinned(self) -> str:
        """The same place under the address that was checked."""
        shown = f"[{self.address}]" if ":" in self.address else self.address
        return f"{self.scheme}://{shown}:{self.port}{self.path}"


def checked(url: str, rules: Rules) -> Target:
    """Where a link leads, or NotFetched with the reason why nothing goes there."""
    parts = _parts(url)
    host = (parts.hostname or "").rstrip(".").lower()
    if not _is_named(host, rules.hosts):
        raise NotFetched(
            f"{host or 'the link'} is not among the hosts that copies come from.",
            next_step="Who runs this server can add it to AFTERACTION_FETCH_HOSTS.",
        )
    port = parts.port or _PORTS[parts.scheme]
    addresses = rules.resolve(host, port)
    if not addresses:
        raise NotFetched(f"{host} has no address.", next_step="Check the link.")
    may_be_private = _is_named(host, rules.private)
    for address in addresses:
        # All of them: a name with one private address among public ones is a trap, not a mistake.
        if not may_be_private and not _is_public(address):
            raise NotFetched(f"{host} leads into a private network, where nothing is fetched.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(url, parts.scheme, host, port, addresses[0], path)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise NotFetched("this is no address.", next_step="It begins with https://.") from None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise NotFetched("only links that begin with https:// or http:// are fetched.")
    if parts.username is not None or parts.password is not None:
        raise NotFetched("a link with a name and password in it is not fetched.", next_step="Take them out.")
    return parts


def _is_named(host: str, named: Sequence[str]) -> bool:
    return any(host == each or (each.startswith("*.") and host.endswith(each[1:])) for each in named)


def _is_public(address: str) -> bool:
    try:
        told = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = getattr(told, "ipv4_mapped", None) or getattr(told, "sixtofour", None)
    if inner is not None:
        return bool(inner.is_global) and not inner.is_multicast
    if told in ipaddress.ip_network("64:ff9b::/96"):
        return False
    return told.is_global and not told.is_multicast
