"""What the store counted by mask alone is joined to templates, apart by service and level."""

from __future__ import annotations

from afteraction.core.digests import LogTemplate
from afteraction.core.evidence import EvidenceRef, Locator
from afteraction.pipeline.log_digests import joined


def counted(example: str, lines: int, first: float, service: str = "auth", level: str = "error") -> LogTemplate:
    return LogTemplate(
        template=example, service=service, level=level, lines=lines, first=first, last=first + 10, example=example,
        evidence=EvidenceRef("e" * 64, Locator(line=int(first)), example),
    )  # fmt: skip


def test_names_are_values_and_the_earliest_line_is_cited():
    users = [counted(f"login of user {name} failed", lines, first) for name, lines, first in
             (("zoe", 3, 30.0), ("kofi", 4, 10.0), ("ada", 5, 20.0))]  # fmt: skip
    (one,) = joined(users)
    assert (one.template, one.lines, one.first, one.last) == ("login of user <*> failed", 12, 10.0, 40.0)
    assert (one.example, one.evidence.locator.line) == ("login of user kofi failed", 10)


def test_services_and_levels_stay_apart_and_so_do_states():
    found = joined(
        [
            counted("breaker opened", 2, 1.0),
            counted("breaker closed", 1, 2.0),
            counted("breaker opened", 5, 3.0, service="cart"),
            counted("breaker opened", 4, 4.0, level="info"),
        ]
    )
    assert [(one.template, one.service, one.level, one.lines) for one in found] == [
        ("breaker opened", "cart", "error", 5),
        ("breaker opened", "auth", "info", 4),
        ("breaker opened", "auth", "error", 2),
        ("breaker closed", "auth", "error", 1),
    ]


def test_messages_of_several_lines_and_without_text_are_held():
    found = joined([counted("failed\n  at a.b.C", 2, 1.0), counted("", 1, 2.0)])
    assert [one.template for one in found] == ["failed", ""]
    assert joined([]) == []
