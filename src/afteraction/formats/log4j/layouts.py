"""The layouts in which application servers and loggers write lines.

Knows their patterns (RE2) and how each writes its time. Refuses a time without a date: nobody could place it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

_LEVEL = r"(?P<level>TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|FATAL|CRITICAL|FINE|FINER|FINEST|CONFIG)"
_TIME = r"(?P<time>\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)"
_THREAD = r"\[(?P<thread>[^\]]*)\]"
_LOGGER = r"(?P<logger>[\w.$/\-]+)(?::\d+)?(?:\([^)]*\))?"
_DOTTED = r"[A-Za-z_][\w$]*(?:\.[\w$]+)+"
ZONED = re.compile(r"(?:Z|[+-]\d{2}:?\d{2})$")


@dataclass(frozen=True)
class Layout:
    """One way to write a line. `sure` is how sure its pattern alone makes a reader."""

    name: str
    pattern: str
    formats: tuple[str, ...] = ("iso",)
    sure: float = 0.9

    @cached_property
    def line(self) -> re.Pattern[str]:
        """The compiled pattern of the beginning of an entry."""
        return re.compile(self.pattern)


# The more a layout asks for, the earlier it stands: of two that fit as many lines, the earlier one is meant.
LAYOUTS = (
    Layout(
        "spring",
        rf"^{_TIME} +{_LEVEL} +(?:\[(?P<sleuth>[^\]]*)\] +)?(?P<process>\d+) --- (?:\[(?P<application>[^\]]*)\] +)?"
        rf"{_THREAD} (?P<logger>\S+) *: ?(?P<message>.*)$",
    ),
    Layout(
        "elasticsearch",
        rf"^\[{_TIME}\]\[{_LEVEL} *\]\[(?P<logger>[^\]]+)\] ?(?:\[(?P<host>[^\]]*)\] ?)?(?P<message>.*)$",
    ),
    Layout("zookeeper", rf"^{_TIME} +- +{_LEVEL} +\[(?P<logger>.*?@\d+)\] - (?P<message>.*)$"),
    Layout(
        "thread first",
        rf"^{_TIME} +(?:- +)?{_THREAD} +{_LEVEL} +{_LOGGER} *[-:] +(?P<message>.*)$",
    ),
    Layout(
        "level first",
        rf"^{_TIME} +{_LEVEL} +{_THREAD} +{_LOGGER} *[-:] +(?P<message>.*)$",
    ),
    Layout("python", rf"^{_TIME} - (?P<logger>[\w.$\-]+) - {_LEVEL} - (?P<message>.*)$"),
    Layout("openstack", rf"^{_TIME} (?P<process>\d+) {_LEVEL} (?P<logger>[\w.$\-]+) (?P<message>.*)$"),
    Layout("cassandra", rf"^{_LEVEL} +{_THREAD} +{_TIME} (?P<logger>\S+?)(?::\d+)? - (?P<message>.*)$"),
    Layout(
        "kafka",
        rf"^\[{_TIME}\] +{_LEVEL} +(?P<message>.*?)(?: \((?P<logger>[A-Za-z_][\w.$]*)(?::\d+)?\))?$",
    ),
    Layout(
        "catalina",
        rf"^(?P<time>\d{{2}}-[A-Z][a-z]{{2}}-\d{{4}} \d{{2}}:\d{{2}}:\d{{2}}\.\d{{3}}) {_LEVEL} {_THREAD} "
        r"(?P<logger>\S+) (?P<message>.*)$",
        ("%d-%b-%Y %H:%M:%S.%f",),
    ),
    Layout(
        "spark",
        rf"^(?P<time>\d{{2}}/\d{{2}}/\d{{2}} \d{{2}}:\d{{2}}:\d{{2}}) {_LEVEL} (?P<logger>[\w.$]+): (?P<message>.*)$",
        ("%y/%m/%d %H:%M:%S",),
    ),
    Layout(
        "hadoop",
        rf"^(?P<time>\d{{6}} \d{{6}}) (?P<process>\d+) {_LEVEL} (?P<logger>[\w.$]+): (?P<message>.*)$",
        ("%y%m%d %H%M%S",),
    ),
    Layout(
        "plain",
        rf"^\[?{_TIME}\]? +[\[(]?{_LEVEL}[\])]?(?: *[:\-])? +(?:\[(?P<thread>[^\]]*)\] +)?"
        rf"(?:(?P<logger>{_DOTTED})(?: -|:)? +)?(?P<message>.*)$",
        sure=0.7,
    ),
)


def layout_of(lines: list[str]) -> tuple[Layout | None, float]:
    """(the layout that most of these lines begin an entry in, its share of the lines that may begin one)."""
    beginnings = [line for line in lines if not line[:1].isspace()]
    if not beginnings:
        return None, 0.0
    counts = [sum(bool(layout.line.match(line)) for line in beginnings) for layout in LAYOUTS]
    most = max(counts)
    return (LAYOUTS[counts.index(most)], most / len(beginnings)) if most else (None, 0.0)
