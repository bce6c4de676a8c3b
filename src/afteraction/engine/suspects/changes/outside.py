"""What speaks for "no change explains this": something outside began first.

Knows providers, certificates, hosts, traffic, input and quotas by what they leave behind. Refuses to count the absence
of a fitting change: `weighing` does.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

from afteraction.core.evidence import EvidenceRef
from afteraction.core.records import EventKind
from afteraction.core.suspects import Term
from afteraction.engine.suspects.case import Case
from afteraction.engine.suspects.changes.symptoms.kinds import Kind
from afteraction.engine.suspects.changes.symptoms.picture import Departure, Picture, Saying

_HOST = re.compile(
    r"\b((?:[a-z0-9-]+\.)+(?:com|net|org|io|dev|cloud|app|co|ai|eu|de|uk|us|fr|nl|example|test|info|biz|gov|edu))\b"
    r"(?!\.)", re.I
)  # fmt: skip
_INSIDE = re.compile(r"(\.|^)(internal|local|localhost|svc|cluster|corp|lan|intra)(\.|$)|\.(go|py|java|ts|js)$", re.I)
_WELL = re.compile(r"operational|normal|resolved|available|up|ok|healthy|completed|scheduled|maintenance", re.I)
_ONE_INPUT = re.compile(r"\b(file|tenant|customer|supplier|account|partner|source|feed|merchant|topic_partition|key|"
                        r"object|sender|org|client_id|partition|offset)"
                        r"(?:_?(?:id|name|key))?[=:]\s*\"?([\w./@-]+)", re.I)  # fmt: skip
_THEIR_FAULT = re.compile(r"\b5\d\d\b|SlowDown|ServiceUnavailable|InternalError|bad\s+gateway", re.I)
_SLACK_S = 600.0
_SAME_S = 30.0


def weigh_outside(case: Case, picture: Picture) -> list[Term]:
    """The reasons to look outside, each with its evidence; none where nothing speaks for it."""
    found = []
    for find in (
        _provider_says,
        _errors_at_others,
        _names_outside,
        _certificate,
        _clocks,
        _hosts,
        _one_place,
        _surge,
        _input,
        _one_input,
        _quota,
    ):
        term = find(case, picture)
        if term:
            found.append(term)
    return found


def _provider_says(case: Case, picture: Picture) -> Term | None:
    """A status page that reports trouble from about the onset on."""
    told = [
        one for one in case.material.events
        if one.attributes.get("provider") and one.kind is EventKind.SIGNAL
        and not _WELL.fullmatch(one.attributes.get("status", "").split("-")[0])
    ]  # fmt: skip
    if not told or picture.onset is None:
        return None
    near = min(told, key=lambda one: abs(one.instant.utc.timestamp() - picture.onset))  # type: ignore[operator]
    apart = picture.onset - near.instant.utc.timestamp()
    if not -_SLACK_S <= apart <= 6 * _SLACK_S:
        return None
    named = any(
        word in picture.text.lower()
        for word in re.findall(r"[a-z0-9]{2,}", f"{near.title} {near.service}".lower())
        if word not in _PLAIN
    )
    return Term(name="a provider reports trouble", log_odds=3.5 if named else 2.0, evidence=(near.evidence,),
                says=f"“{near.title}” is reported from {abs(apart) / 60:.0f} min "
                     f"{'before' if apart >= 0 else 'after'} the onset on.")  # fmt: skip


_PLAIN = frozenset(
    [
        "elevated",
        "error",
        "errors",
        "rate",
        "rates",
        "on",
        "the",
        "and",
        "latency",
        "latencies",
        "increased",
        "service",
        "update",
        "api",
        "of",
        "for",
        "in",
        "with",
        "issue",
        "incident",
        "degraded",
        "status",
    ]
)


def _bad(picture: Picture) -> list[Saying]:
    return [one for one in picture.sayings if one.bad and one.at <= (picture.onset or one.at) + 3600]


def _share(chosen: Iterable[Saying], among: Iterable[Saying]) -> float:
    total = sum(one.lines for one in among)
    return sum(one.lines for one in chosen) / total if total else 0.0


def _errors_at_others(case: Case, picture: Picture) -> Term | None:
    """Most new errors of the services that failed first are answers of somebody else's host."""
    first = [one for one in _bad(picture) if one.service in picture.loud]
    outward = [one for one in first if (_outside_hosts(one) and {*one.kinds} & {Kind.TIMEOUT, Kind.CONNECT,
        Kind.THROTTLE, Kind.RETRIES, Kind.ERRORS})
               or (_outside_hosts(one) and re.search(r"\b5\d\d\b|fail|error|unavailable", one.text, re.I))]  # fmt: skip
    share = _share(outward, first)
    if share < 0.5:
        return None
    hosts = sorted({host for one in outward for host in _outside_hosts(one)})
    several = len({one.service for one in outward}) > 1
    told = " ".join(f"{one.text} {one.fields}" for one in outward)
    # What a server answers of itself (5xx) no client makes it answer; a refusal (4xx) may be about what was sent; and
    # a call that reached nobody may have been stopped here.
    odds = 3.5 if _THEIR_FAULT.search(told) else 1.8 if re.search(r"\b429\b|quota|limit", told, re.I) else 1.0
    return Term(name="errors come from outside", log_odds=odds + (0.7 if several else 0.0),
    evidence=_cited(outward),
                says=f"{share:.0%} of the new errors are calls to "
                     f"{hosts[0]}{', from several services' if several else ''}.")  # fmt: skip


def _outside_hosts(one: Saying) -> list[str]:
    return [host for host in _HOST.findall(f"{one.text} {one.fields}") if not _INSIDE.search(host)]


_LOOKUP = re.compile(
    r"getaddrinfo|EAI_AGAIN|ENOTFOUND|SERVFAIL|NXDOMAIN|no such host|server misbehaving|(did|does|could|can)\s*no?t"
    r"(\s+be)?\s+resolve|name resolution|unknown host", re.I
)  # fmt: skip


def _names_outside(_: Case, picture: Picture) -> Term | None:
    """Names of several outside hosts do not resolve, while none from inside is missed: whoever answers for them is at
    fault, not who asks."""
    told = [one for one in _bad(picture) if _LOOKUP.search(f"{one.text} {one.fields}")]
    hosts = {host for one in told for host in _outside_hosts(one)}
    inside = any(
        _INSIDE.search(host) for one in told for host in re.findall(r"[\w-]+(?:\.[\w-]+)+", f"{one.text} {one.fields}")
    )
    asking = {one.service for one in told}
    if inside or len(hosts) < 2 or len(asking) < 2 or _share(told, _bad(picture)) < 0.4:
        return None
    some = ", ".join(sorted(hosts)[:2])
    says = f"{len(asking)} services miss the addresses of {some}; none inside is missed."
    return Term(name="names outside do not resolve", log_odds=3.5, evidence=_cited(told), says=says)


_SKEW = re.compile(
    r"chrony|\bntpd?\b|timesync|clock\s+(skew|drift|jump|is\s+off|step)|in\s+the\s+future|before\s+issued|not\s+yet\s+"
    r"valid|can.?t\s+synchroni[sz]e|time\s+(jumped|went)", re.I
)  # fmt: skip
_CLOCK = re.compile(r"timex|ntp|chrony|clock_?(offset|skew|drift)|time_?offset", re.I)


def _clocks(_: Case, picture: Picture) -> Term | None:
    """A host's clock runs apart: its own time service says so, or its offset is measured."""
    told = [one for one in picture.sayings if re.search(r"chrony|\bntpd?\b|timesync", one.text, re.I)
            and _SKEW.search(one.text) and one.lines > 0]  # fmt: skip
    measured = [one for one in picture.departures if _CLOCK.search(one.metric)]
    suffered = [one for one in _bad(picture) if _SKEW.search(one.text) and one not in told]
    if not (told or measured) or not suffered:
        return None
    where = told[0].service if told else measured[0].service
    return Term(name="a clock runs apart", log_odds=2.5,
                evidence=_cited([*told, *suffered]) or tuple(one.evidence for one in measured[:2]),
                says=f"The clock of {where} is off, and “{_short(suffered[0].text)}”.")  # fmt: skip


def _certificate(_: Case, picture: Picture) -> Term | None:
    told = [one for one in _bad(picture) if Kind.CERT in one.kinds]
    if not told:
        return None
    return Term(
        name="a certificate expired",
        log_odds=6.0,
        evidence=_cited(told),
        says=f"{told[0].service}: “{_short(told[0].text)}”: time did it, not a change.",
    )


def _hosts(_: Case, picture: Picture) -> Term | None:
    told = [one for one in picture.sayings if Kind.NODE in one.kinds and one.lines > 0]
    measured = [one for one in picture.departures if Kind.NODE in one.kinds and one.rising and _hard_pressed(one)]
    if not told and not measured:
        return None
    # Moving work between hosts is routine, and says so without a warning.
    odds = (3.0 if any(one.bad for one in told) else 1.0 if told else 0.0) + (1.5 if measured else 0.0)
    says = (
        f"“{_short(told[0].text)}”" if told else f"{measured[0].metric} of {measured[0].service} left its normal level"
    )
    return Term(name="a host is in trouble", log_odds=odds, says=f"{says}: what runs there fails whatever was changed.",
                evidence=_cited(told) or tuple(one.evidence for one in measured[:2]))  # fmt: skip


# What flows through a host is work, not trouble; a share of it in use is trouble where hardly anything is left.
_FLOWS = re.compile(r"(?:receive|transmit|rx|tx|network|sent|received)\w*bytes", re.I)
_IN_USE = re.compile(r"(?:cpu|mem(?:ory)?)_?(?:usage|used|util)", re.I)
_NEARLY_ALL = 0.7


def _hard_pressed(one: Departure) -> bool:
    if _FLOWS.search(one.metric):
        return False
    most = float(one.values.max()) if one.values.size else math.inf
    whole = 1.0 if most <= 1.0 and "%" not in one.metric else 100.0
    return not (_IN_USE.search(one.metric) and most < _NEARLY_ALL * whole)


_PLACE = re.compile(r"\b(node|host|hostname|zone|az|availability_zone|rack|region|node_name)[=:]\s*\"?([\w.-]+)", re.I)


def _one_place(_: Case, picture: Picture) -> Term | None:
    """New errors of several services that all name one host or zone."""
    told = [(one, set(_PLACE.findall(f"{one.text} {one.fields}"))) for one in _bad(picture)]
    named = {place: [one for one, places in told if place in places] for _, places in told for place in places}
    for (kind, name), those in sorted(named.items()):
        services = sorted({one.service for one in those})
        if len(services) >= 2 and _share(those, [one for one, _ in told]) >= 0.6:
            return Term(name="one place", log_odds=2.5, evidence=_cited(those),
                        says=f"The new errors of {', '.join(services[:3])} all name {kind} {name}.")  # fmt: skip
    return None


_FRONT = re.compile(r"edge|gateway|front|ingress|proxy|\blb\b|load-?balancer|cdn|\bweb\b|bff|waf", re.I)
_OVERLOAD = (Kind.QUEUE, Kind.CPU, Kind.LATENCY, Kind.TIMEOUT, Kind.THREADS, Kind.POOL, Kind.THROTTLE)


def _surge(_: Case, picture: Picture) -> Term | None:
    """Requests at least doubled before or as the first symptom showed, and what follows is overload."""
    risen = [one for one in picture.departures if Kind.LOAD in one.kinds[:1] and one.rising and one.factor >= 1.7]
    if not risen or picture.onset is None or picture.shows(*_OVERLOAD) < 0.2:
        return None
    first = min(risen, key=lambda one: one.at)
    lead = picture.onset - first.at
    if lead < -180:
        return None
    # Flat in front and risen behind is a caller that calls more often, not more visitors.
    flat = {one for one in picture.flat_load if one in picture.loud}
    strange = picture.shows(
        Kind.RACE, Kind.NULL, Kind.SCHEMA, Kind.PARSE, Kind.UNKNOWN, Kind.RETRIES, Kind.CACHE, Kind.AUTH
    )
    odds = min(3.5, 1.0 + 0.9 * math.log2(first.factor)) - (0.0 if lead >= 0 else 1.0) - 2.0 * strange
    # Whoever stands in front has nobody before them who could ask more often.
    front = bool(_FRONT.search(first.service))
    odds -= 2.5 if flat else 1.0 if picture.flat_load and not front else 0.0
    return Term(
        name="traffic rose first",
        log_odds=max(0.2, odds),
        evidence=tuple(one.evidence for one in risen[:3]),
        says=f"{first.metric} of {first.service} rose {first.factor:.1f}× {_apart(lead)} the first symptom.",
    )


def _apart(lead: float) -> str:
    if abs(lead) < _SAME_S:
        return "together with"
    return f"{abs(lead) / 60:.0f} min {'before' if lead > 0 else 'after'}"


def _input(_: Case, picture: Picture) -> Term | None:
    """Errors about what was sent, all from one sender, file or tenant."""
    told = [one for one in _bad(picture) if Kind.INPUT in one.kinds]
    if not told:
        return None
    senders = {match for one in told for match in _ONE_INPUT.findall(f"{one.text} {one.fields}")}
    share = _share(told, [one for one in _bad(picture) if one.service in picture.loud])
    if share < 0.3:
        return None
    one_sender = bool(senders) and len({value for _, value in senders}) <= 2
    said = f", all of {' '.join(next(iter(sorted(senders))))}" if one_sender else ""
    return Term(
        name="malformed input",
        log_odds=3.0 if one_sender else 1.8,
        evidence=_cited(told),
        says=f"“{_short(told[0].text)}”{said}.",
    )


_ONE_OF = re.compile(
    r"\b(file|upload|document|tenant|customer|supplier|account|partner|feed|merchant|sender|org|object|device|vendor|"
    r"import|batch)(?:_?(?:id|name|key))?(?:\s*[=:#]\s*\"?([\w./@-]+)|\s+([\w./@-]*\d[\w./@-]*))", re.I
)  # fmt: skip
_LEAST_LINES, _LEAST_SHARE, _LEAST_OTHERS = 5, 0.8, 3


def _one_input(case: Case, picture: Picture) -> Term | None:
    """The errors of who failed first name one tenant, file or sender, where many are usual."""
    if picture.onset is None:
        return None
    usual: dict[str, set[str]] = {}
    named: dict[str, Counter[str]] = {}
    cited: dict[tuple[str, str], list[EvidenceRef]] = {}
    bad = 0
    for line in case.lines:
        fields = " ".join(f"{key}={value}" for key, value in line.attributes.items())
        pairs = {(key.lower(), one or two) for key, one, two in _ONE_OF.findall(f"{line.message} {fields}")}
        if line.level.lower() in _ERRORS and line.instant.utc.timestamp() >= picture.onset - 60:
            if line.service in picture.loud:
                bad += 1
                for key, value in pairs:
                    named.setdefault(key, Counter())[value] += 1
                    cited.setdefault((key, value), []).append(line.evidence)
        else:
            for key, value in pairs:
                usual.setdefault(key, set()).add(value)
    for key, counts in sorted(named.items()):
        value, lines = min(counts.items(), key=lambda each: (-each[1], each[0]))
        # What is said of nobody else may be a name of the kind, not one of many.
        if lines >= _LEAST_LINES and lines >= _LEAST_SHARE * bad and len(usual.get(key, ())) >= _LEAST_OTHERS:
            return Term(name="one input", log_odds=3.0, evidence=tuple(cited[key, value][:3]),
                        says=f"{lines} of {bad} new errors name {key} {value}; many others passed.")  # fmt: skip
    return None


_ERRORS = frozenset({"error", "critical", "fatal", "alert", "emergency", "panic", "severe"})


def _quota(_: Case, picture: Picture) -> Term | None:
    told = [one for one in _bad(picture) if Kind.QUOTA in one.kinds]
    return (
        Term(name="a quota is used up", log_odds=2.5, evidence=_cited(told), says=f"“{_short(told[0].text)}”.")
        if told
        else None
    )


def _cited(sayings: Iterable[Saying]) -> tuple[EvidenceRef, ...]:
    return tuple(one.evidence for one in sayings)[:3]


def _short(text: str) -> str:
    return text if len(text) <= 140 else f"{text[:139]}…"
