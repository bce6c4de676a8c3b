"""A diff as edits: which file, which lines went, which came, and what stands around them.

Knows unified diffs and the terse ones that name a file or a function after `@@`. Refuses to judge: `facts` and
`settings` say what an edit does.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

_HUNK = re.compile(r"^@@+\s*(?:-\d\S*\s+\+\d\S*\s*@@+)?\s*(.*?)\s*(?:@@+)?\s*$")
_PATH = re.compile(r"^[\w.@+-]+(?:/[\w.@+-]+)*\.\w+$|^[\w.-]+(?:/[\w.@+-]+)+$|^(?:Dockerfile|Makefile|Jenkinsfile)$")
# A larger change says less line by line, and each line is compared with each.
_MOST_LINES, _LONGEST = 400, 240
_GIT = re.compile(r"^(?:diff --git |index [0-9a-f]+\.\.|new file mode|deleted file mode|similarity |rename )")


class FileKind(StrEnum):
    """What a file is for, by its path."""

    CODE = "code"
    CONFIG = "config"
    SCHEMA = "schema"
    DEPENDENCIES = "dependencies"
    IMAGE = "image"
    TEST = "test"
    DOCS = "docs"
    STYLE = "style"
    DELIVERY = "delivery"


# In this order: the first that fits. Tests, documents and styles cannot change what a running service does.
_KINDS = (
    (FileKind.TEST, re.compile(r"(^|/)(tests?|testdata|__tests__|spec|fixtures|e2e)/|[._-](test|spec|fuzz_test)\.\w+$"
                               r"|_test\.go$|(^|/)test_\w+\.py$|Tests?\.(java|kt|cs)$", re.I)),
    (FileKind.DOCS, re.compile(r"(^|/)(docs?|documentation|adr|runbooks)/|\.(md|rst|adoc|txt)$|(^|/)(README|CHANGELOG|"
                               r"LICENSE|CODEOWNERS|AUTHORS|NOTICE)\b", re.I)),
    (FileKind.STYLE, re.compile(r"\.(css|scss|sass|less|svg|png|jpe?g|gif|ico|woff2?)$|(^|/)theme\.\w+$", re.I)),
    (FileKind.DELIVERY, re.compile(r"(^|/)\.(github|circleci|gitlab|buildkite)(/|-)|Jenkinsfile|(^|/)\.(golangci|"
                                   r"eslintrc|prettierrc|editorconfig|pre-commit-config|gitignore)", re.I)),
    (FileKind.DEPENDENCIES, re.compile(r"(^|/)(go\.(mod|sum)|package(-lock)?\.json|yarn\.lock|pnpm-lock\.yaml|"
                                       r"requirements[\w.-]*\.txt|constraints\.txt|Pipfile(\.lock)?|poetry\.lock|uv\.lock|pom\.xml|"
                                       r"build\.gradle(\.kts)?|libs\.versions\.toml|Cargo\.(toml|lock)|Gemfile(\.lock)?|"
                                       r"composer\.(json|lock)|[\w.]+\.csproj|mix\.(exs|lock))$", re.I)),
    (FileKind.IMAGE, re.compile(r"(^|/)(Dockerfile|Containerfile)[\w.-]*$|\.dockerfile$", re.I)),
    (FileKind.SCHEMA, re.compile(r"\.(sql|ddl)$|(^|/)(migrations?|migrate|alembic|flyway|liquibase)/", re.I)),
    (FileKind.CONFIG, re.compile(r"\.(ya?ml|toml|ini|conf|cfg|properties|env|json|tf|tfvars|hcl|xml|cnf)$"
                                 r"|(^|/)(charts|helm|k8s|kustomize|terraform|deploy|manifests)/", re.I)),
)  # fmt: skip
_REQUIREMENTS = re.compile(r"(^|/)(requirements|constraints)[\w.-]*\.txt$", re.I)


@lru_cache(maxsize=8192)
def kind_of(path: str) -> FileKind:
    """What a file of that path is for; code where nothing says otherwise."""
    if _REQUIREMENTS.search(path):
        return FileKind.DEPENDENCIES
    return next((kind for kind, pattern in _KINDS if pattern.search(path)), FileKind.CODE)


@dataclass(frozen=True, slots=True)
class Edit:
    """One hunk. `lines` are (mark, text) with mark "-", "+" or " ", in order; `heading` is what `@@` names."""

    path: str
    heading: str
    lines: tuple[tuple[str, str], ...]

    @property
    def kind(self) -> FileKind:
        """What the file is for."""
        return kind_of(self.path)

    def marked(self, mark: str) -> list[str]:
        """The lines that went ("-"), came ("+") or stayed (" ")."""
        return [text for one, text in self.lines if one == mark]


def read_diff(diff: str, files: tuple[str, ...]) -> list[Edit]:
    """The hunks of a diff, of its first 400 lines and 240 characters of each. A hunk that names no file belongs to
    the last one named, else to the first of `files`."""
    path, heading = files[0] if files else "", ""
    found: list[Edit] = []
    lines: list[tuple[str, str]] = []

    def flush() -> None:
        if any(mark != " " for mark, _ in lines):
            found.append(Edit(path, heading, tuple(lines)))
        lines.clear()

    raw = [line[:_LONGEST] for line in diff[: _MOST_LINES * _LONGEST].splitlines()[:_MOST_LINES]]
    for number, line in enumerate(raw):
        if _GIT.match(line) or (line.startswith("--- ") and raw[number + 1 : number + 2] and
                                raw[number + 1].startswith("+++ ")):  # fmt: skip
            continue
        if line.startswith("+++ ") and number and raw[number - 1].startswith("--- "):
            flush()
            named = line[4:].split("\t")[0].strip()
            path, heading = (named[2:] if named[:2] in ("b/", "a/") else named), ""
        elif line.startswith("@@"):
            flush()
            said = (_HUNK.match(line) or re.match("(.*)", line)).group(1)  # type: ignore[union-attr]
            name, _, rest = said.partition(":")
            if _PATH.match(name.strip()):
                path, heading = name.strip(), rest.strip()
            else:
                heading = said
        elif line[:1] in "+-":
            lines.append((line[:1], line[1:]))
        else:
            lines.append((" ", line[1:] if line[:1] == " " else line))
    flush()
    return found


_COMMENT = re.compile(r"^\s*(//|#(?!include|define|if|endif|\[)|/\*|\*(\s|/|$)|--\s|;\s|<!--|\"\"\"|''')")
_IMPORT = re.compile(r"^\s*(import\b|from\s+[\w.]+\s+import\b|using\s+[\w.]+;|#include\b|use\s+[\w:]+|package\s|"
                     r"require\s*\(|const\s+\w+\s*=\s*require\()|^\s*\"[\w./-]+\"\s*,?$")  # fmt: skip


def says_nothing(line: str, path: str = "") -> bool:
    """True for blank lines, comments, imports and brackets alone."""
    if kind_of(path) is FileKind.DEPENDENCIES:
        return not line.strip()
    return not re.search(r"\w", line) or bool(_COMMENT.match(line)) or bool(_IMPORT.match(line))


def moved_out(removed: list[str], added: list[str]) -> tuple[list[str], list[str]]:
    """Both lists without the lines that stand in both, however they are indented: those only moved."""
    gone, come = Counter(map(_bare, removed)), Counter(map(_bare, added))
    both = gone & come
    return _without(removed, both), _without(added, both)


def _without(lines: list[str], both: Counter[str]) -> list[str]:
    left, kept = both.copy(), []
    for line in lines:
        bare = _bare(line)
        if left[bare]:
            left[bare] -= 1
        else:
            kept.append(line)
    return kept


def _bare(line: str) -> str:
    return re.sub(r"\s+", "", line).rstrip(",;{}")
