"""Findings per 1,000 words of the public reviews, beside other linters and a list of words on the same text.

Knows how the others are called and how they write a place. None of them is a dependency: what is not on PATH (or in the
folders of AFTERACTION_OTHER_LINTERS, parted by colons) is said to be absent. They were built for other ends than blame,
and no figure here says that they are worse at those.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from afteraction.engine.language.documents.document import check_document
from afteraction.engine.language.findings import Severity
from benchmarks.language import corpus
from benchmarks.language.scoring import shown
from benchmarks.language.sentences import is_held
from benchmarks.language.unseen import AS_LINTED, Row, loud_of

NAIVE = re.compile(
    r"\b(?:human error|operator error|user error|mistake\w*|forgot\w*|should have|could have|would have|if only"
    r"|blame\w*|fault|culprit|failed to|careless\w*|negligen\w*|obvious\w*)\b",
    re.IGNORECASE,
)
_PLACE = {
    "proselint": re.compile(r"^(?:\S*?:)?(\d+):\d+:", re.MULTILINE),
    "alex": re.compile(r"^\s+(\d+):\d+(?:-\d+:\d+)?\s+(?:warning|error)\b", re.MULTILINE),
    "write-good": re.compile(r"^[^\n:]*:(\d+):\d+:", re.MULTILINE),
}
_ARGUMENTS = {
    "proselint": ("check", "-o", "compact"),
    "alex": ("--text",),
    "write-good": ("--parse",),
}
CALM = ("posthog", "pypi", "rust-lang")
INSTALL = {
    "proselint": "pip install proselint==0.16.0",
    "alex": "npm install alex@11.0.1",
    "write-good": "npm install write-good@1.0.8",
}


def found_at() -> dict[str, str]:
    """The other linters that are there, with the path of each."""
    where = os.pathsep.join([os.environ.get("AFTERACTION_OTHER_LINTERS", ""), os.environ.get("PATH", "")])
    return {name: path for name in _PLACE if (path := shutil.which(name, path=where))}


def flags(name: str, program: str, texts: Iterable[str]) -> list[int]:
    """The lines, from 0 in their own text, at which another linter says something; a line stands as often as it is
    flagged. All texts are read by one call, since starting it takes longer than reading."""
    with tempfile.TemporaryDirectory() as folder:
        pages = []
        for number, text in enumerate(texts):
            pages.append(Path(folder) / f"{number}.txt")
            pages[-1].write_text(text, encoding="utf-8")
        call = [program, *_ARGUMENTS[name], *map(str, pages)]
        done = subprocess.run(call, capture_output=True, text=True, check=False)
    return [int(line) - 1 for line in _PLACE[name].findall(done.stdout + "\n" + done.stderr)]


def report(rows: Sequence[Row]) -> list[str]:
    """The section of the results. `rows` are labelled sentences: what a flag of each linter would be worth on them."""
    lines = ["## Findings per 1,000 words, beside other linters", ""]
    others = found_at()
    absent = [f"{name} (`{INSTALL[name]}`)" for name in _PLACE if name not in others]
    if absent:
        lines += [f"NOT RUN, not installed: {', '.join(absent)}.", ""]
    if corpus.OPEN.exists():
        lines += _reviews(others)
    else:
        lines += ["NOT COUNTED on the public reviews: the corpus is absent.", ""]
    return [*lines, *_sentences(rows, others)]


def _reviews(others: Mapping[str, str]) -> list[str]:
    documents = list(corpus.documents())
    words = sum(corpus.words_in(each.text) for each in documents)
    calm = sum(corpus.words_in(each.text) for each in documents if each.organisation in CALM)
    told = (
        f"{len(documents)} public reviews, {words:,} words, read by section as `afteraction lint` reads them. They are"
        " not neutral text: some of them do blame, so that a finding here is no false alarm by itself. Those of"
        f" PostHog, PyPI and Rust ({calm:,} words) blame seldom: there, a gate or nudge is nearly always one too many"
        " (aim: at most 1 in 1,000 words)."
    )
    ours: Counter[tuple[str, str]] = Counter()
    quiet = 0
    weighed = unlearnt = 0
    for each in documents:
        unlearnt += corpus.words_in(each.text) if is_held(each.name) else 0
        for placed in check_document(each.text, name=each.name, rules=AS_LINTED).findings:
            found = placed.finding
            weighed += found.by_likeness and is_held(each.name)
            language = found.rule.startswith("L")
            ours[found.severity.value if language else "of actions", found.category if language else found.rule] += 1
            quiet += language and found.severity is not Severity.NOTE and each.organisation in CALM
    lines = [told, "", "| linter | findings | per 1,000 words |", "|---|---|---|"]
    for loud in ("gate", "nudge", "note", "of actions"):
        number = sum(each for (which, _), each in ours.items() if which == loud)
        lines.append(f"| Afteraction, {loud} | {number:,} | {1_000 * number / words:.2f} |")
    lines.append(f"| Afteraction, gate and nudge, PostHog, PyPI and Rust | {quiet} | {1_000 * quiet / calm:.2f} |")
    lines.append(
        f"| Afteraction, notes by the weights of words, documents not learnt from | {weighed} |"
        f" {1_000 * weighed / unlearnt:.2f} |"
    )
    naive = sum(len(NAIVE.findall(each.text)) for each in documents)
    lines.append(f"| a list of 16 words | {naive:,} | {1_000 * naive / words:.2f} |")
    for name, program in others.items():
        number = len(flags(name, program, [each.text for each in documents]))
        lines.append(f"| {name} | {number:,} | {1_000 * number / words:.2f} |")
    most = ", ".join(f"{category} ({loud}) {number}" for (loud, category), number in ours.most_common())
    return [*lines, "", f"By category: {most}.", ""]


def _sentences(rows: Sequence[Row], others: Mapping[str, str]) -> list[str]:
    told = (
        f"What a flag is worth on {len(rows)} labelled sentences held out, one to a line: right is a flagged sentence"
        " that the labels call accusing or otherwise worth a word, whichever category it is. For Afteraction the"
        " category has to be right in the tables above; here it need not be."
    )
    lines = [told, "", "| linter | flagged sentences that are hits | hits that are flagged |", "|---|---|---|"]
    page = "\n".join(" ".join(row.text.split()) for row in rows) + "\n"
    said = {
        "Afteraction, all": {at for at, row in enumerate(rows) if loud_of(row)},
        "Afteraction, gate and nudge": {
            at for at, row in enumerate(rows) if any(each.value != "note" for each in loud_of(row).values())
        },
        "a list of 16 words": {at for at, row in enumerate(rows) if NAIVE.search(row.text)},
        **{name: set(flags(name, program, [page])) for name, program in others.items()},
    }
    hits = {at for at, row in enumerate(rows) if row.kind == "hit"}
    allowed = {at for at, row in enumerate(rows) if row.kind != "hit" and row.also}
    for name, flagged in said.items():
        counted = {at for at in flagged if at < len(rows)} - allowed
        lines.append(f"| {name} | {_share(counted & hits, counted)} | {_share(counted & hits, hits)} |")
    return [*lines, ""]


def _share(part: Iterable[int], of: Iterable[int]) -> str:
    return shown(len(set(part)), len(set(of)))
