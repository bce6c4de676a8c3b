"""Rules about single statements (W14, W15): where an absence was looked for, and one clause about what was there.

Knows forms of sentences. Refuses to judge people's words about people: that is language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from afteraction.engine.causes.graph import Node, NodeKind
from afteraction.engine.causes.paths import is_live
from afteraction.engine.causes.verbs import BASE_OF_PAST, HELPING, has_verb
from afteraction.engine.causes.wellformed.case import Case, may
from afteraction.engine.causes.wording import quoted
from afteraction.engine.review.findings import ReviewFinding

# What says that a thing was not there. "No. 3" and "no longer" are none; a step that did not run is an event.
_ABSENT = re.compile(
    r"^(?:no(?! longer\b|\.)|none of|nobody|nothing|not a single|missing)\b"
    r"|\bthere(?:'s| is| are| was| were) (?:no|not a|not any)\b(?! longer)"
    r"|\b(?:has|have|had|knows?|contains?|contained|offers?|offered) no\b(?! longer)"
    r"|\b(?:does|do|did) not (?:exist|have|contain|include|cover)\b|\b(?:doesn't|didn't|don't) (?:exist|have|cover)\b"
    r"|\b(?:is|are|was|were) (?:not (?:covered|documented|tested|monitored|alerted|defined)|missing|absent|lacking)\b"
    r"|\b(?:lacks|lacked|lack of|absence of)\b|\b(?:untested|undocumented|unmonitored)\b",
    re.I,
)
# Nouns for what was not there instead of what was (Dekker: what did not happen explains nothing).
_COUNTERFACTUAL = re.compile(
    r"\b(?:lack of|lacking|absence of|failure to|insufficient|inadequate|not enough|could have|should have|"
    r"would have|ought to have)\b",
    re.I,
)
_JOINT = re.compile(r"\s*(?:;|,?\s+and(?:\s+(?:then|so|also))?\s|,\s+(?:but|while|which|so)\s)\s*", re.I)


def check_absences(case: Case) -> Iterator[ReviewFinding]:
    """W14: "no test for X" names where was looked."""
    for node in case.paths.contributors:
        if not node.looked_in.strip() and is_absence(node.statement):
            yield may(
                "W14",
                node.id,
                f"{quoted(node)} does not say where was looked.",
                "Which files, folders, dashboards or lists were searched?",
                "Write it",
            )


def check_clauses(case: Case) -> Iterator[ReviewFinding]:
    """W15: one clause a node, about what was there."""
    for node in case.nodes():
        if not is_live(node):
            continue
        counterfactual = _counterfactual(node)
        if counterfactual:
            yield may(
                "W15",
                node.id,
                f"{quoted(node)} says what was not there (“{counterfactual}”) rather than what was.",
                "What did the system do or accept instead? “Lack of X” often reads “X accepted Y”.",
                "Reword it",
            )
        elif joins_clauses(node.statement):
            yield may(
                "W15",
                node.id,
                f"{quoted(node)} says more than one thing.",
                "Which of them has a cause or evidence of its own?",
                "Split it",
            )


def is_absence(statement: str) -> bool:
    """Whether a statement is about something that was not there."""
    return bool(_ABSENT.search(" ".join(statement.replace("’", "'").split())))


def joins_clauses(statement: str) -> bool:
    """Whether two clauses stand in it: both sides of a joint have a verb. "Reads and writes failed" is one."""
    text = " ".join(statement.split())
    for joint in _JOINT.finditer(text):
        before, after = text[: joint.start()], text[joint.end() :]
        if has_verb(before) and (has_verb(after) or _begins_with_verb(after)):
            return True
    return False


def _begins_with_verb(text: str) -> bool:
    first = text.split(maxsplit=1)[0].lower() if text else ""
    return first in BASE_OF_PAST or first in HELPING


def _counterfactual(node: Node) -> str:
    if node.kind in (NodeKind.OUTCOME, NodeKind.MITIGATOR):
        return ""
    found = _COUNTERFACTUAL.search(node.statement)
    return found[0].lower() if found else ""
