"""The page of the documentation that explains each rule, made from the catalogue.

Knows the page's words. Refuses to know a rule: the catalogue does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from afteraction.engine.language.rule import Rule, Severity
from afteraction.engine.language.rules import CATALOGUE

_HEAD = """# The rules of language and actions

`make language-rules` writes this page from the catalogue that the product itself reads.

One engine stands behind four faces: the underlines of the editor, `afteraction lint`, the API, and the question before
a review is published. A finding is a proposal with a question. Only a **gate** asks for a decision, and only before a
text is published widely; a **nudge** is shown where it stands; a **note** is for the facilitator. Only L1 and L4 can be
a gate: L4 where a text says what the cause was, L1 there and where somebody is named.

Code, quotations, log lines, chats and other evidence are never looked at. A sentence in a language that no pack reads
is left alone and counted. How well each category finds is [measured](../../benchmarks/language/RESULTS.md), on sets
whose size stands beside each figure.

## How to switch a rule off

| where | how |
|---|---|
| one sentence, in the editor | dismiss the finding: that is remembered for the sentence |
| what is found now, in files | `afteraction lint FILE --dismiss` remembers it in `.afteraction-dismissed` |
| one line of a file | `<!-- afteraction: ignore L5 -->` at its end, or alone on the line above |
| a stretch of a file | `<!-- afteraction: off L5 -->` … `<!-- afteraction: on -->` |
| a repository | `off = ["L5"]` in [`.afteraction.toml`](command-line.md#settings); quieter in `[loudness]` |
| one run | `afteraction lint --off L5` |
| for everybody, on the pages and over the API | *Language rules* in the account menu, by an admin |

A code (`L5`) or the name of a category (`JUDGEMENT`) does in each of them. What a text switches off, and what was
dismissed, is counted at the end of each run: nothing is hidden.
"""
_ACTIONS = (
    "These look at actions only: items under a heading of actions, a table with a column of actions, and the changes "
    "of a review."
)
_OFF = 'Off: `<!-- afteraction: ignore {0} -->` · `off = ["{0}"]` · `--off {0}` · dismissed in the editor.'
_LOUD = {Severity.GATE: "gate at the loudest", Severity.NUDGE: "nudge at the loudest", Severity.NOTE: "note"}


def rules_page() -> str:
    """The whole page as Markdown."""
    language = [rule for rule in CATALOGUE if rule.code.startswith("L")]
    actions = [rule for rule in CATALOGUE if not rule.code.startswith("L")]
    parts = [_HEAD, "## Language", "", *_table(language), "", *(line for rule in language for line in _rule(rule))]
    parts += ["## Actions", "", _ACTIONS, "", *_table(actions), "", *(line for rule in actions for line in _rule(rule))]
    return "\n".join(parts).rstrip() + "\n"


def _table(rules: Sequence[Rule]) -> Iterator[str]:
    yield "| code | category | how loud | what it says |"
    yield "|---|---|---|---|"
    for rule in rules:
        yield f"| [{rule.code}](#{rule.code.lower()}) | {rule.category} | {rule.loudness.value} | {rule.title} |"


def _rule(rule: Rule) -> Iterator[str]:
    yield f'<a id="{rule.code.lower()}"></a>'
    yield ""
    yield f"### {rule.code} · {rule.title}"
    yield ""
    yield f"{rule.category}, {_LOUD[rule.loudness]}. {rule.reason}"
    yield ""
    yield f"- Found: “{rule.example_bad}”"
    yield f"- Not found: “{rule.example_good}”"
    yield f"- It asks: {rule.question}"
    yield f"- {_OFF.format(rule.code)}"
    yield ""


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(rules_page(), encoding="utf-8")
