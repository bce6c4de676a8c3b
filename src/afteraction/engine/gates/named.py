"""Which gate a sentence speaks of: "the canary would have shown it", "an alert on the queue could have told us".

Knows what each gate is usually called in prose. Refuses to guess: a sentence that names none has none.
"""

from __future__ import annotations

import re

# In the order in which they are asked: the plainest name comes last.
_CALLED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (gate, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for gate, words in (
        ("load_test", r"(?:load|stress|soak|performance)[ -]?test(?:s|ing|ed)?"),
        ("canary", r"canar(?:y|ies)|progressive (?:rollout|delivery)|staged rollout"),
        ("integration_tests", r"(?:integration|end[ -]to[ -]end|e2e|contract|system)[ -]?test(?:s|ing)?"),
        ("staging", r"staging|pre-?prod(?:uction)?|smoke[ -]?test(?:s|ing)?"),
        ("code_review", r"(?:code|peer|design)[ -]reviews?|reviewers?|second pair of eyes|pull request reviews?"),
        ("monitoring", r"alerts?|alerting|alarms?|monitors?|monitoring|dashboards?|paged?|pages"),
        ("unit_tests", r"(?:unit |regression |automated )?tests?|test suite|test coverage|linters?|type checker"),
    )
)


def gate_named(sentence: str) -> str:
    """The id of the gate of the matrix that a sentence names, "" where it names none."""
    return next((gate for gate, called in _CALLED if called.search(sentence)), "")
