"""`afteraction lint FILE…`: what in a text accuses somebody, and which actions cannot be done as they are written.

Knows options, exit codes and what the terminal is told. Refuses to judge a sentence: `engine.language` does.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from afteraction.pipeline.lint.run import Asked, FileRead, Linting
    from afteraction.pipeline.lint.texts import Unreadable

# Exit codes, documented in docs/reference/command-line.md.
FOUND = 1
UNUSABLE = 2
FIELDS = ("prose", "cause", "question", "timeline", "action", "external")


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE|DIR|-...", type=click.Path(path_type=Path))
@click.option("--name", default="", help="What standard input is called; its ending says what kind of text it is.")
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), help="How findings are told.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json: a list of findings.")
@click.option("--field", type=click.Choice(FIELDS), help="Read whole files as this, whatever their headings say.")
@click.option("--actions", is_flag=True, help="Read whole files as lists of actions.")
@click.option("--rule", "only", multiple=True, metavar="CODE", help="Only this rule. May be repeated.")
@click.option("--off", multiple=True, metavar="CODE", help="Without this rule. May be repeated.")
@click.option("--fail-on", type=click.Choice(["gate", "nudge", "note", "never"]), help="Exit with 1 from here on.")
@click.option("--pack", "packs", multiple=True, metavar="FILE", type=click.Path(path_type=Path), help="Own words.")
@click.option("--language", default="", metavar="CODES", help="Languages beside English, e.g. de or de,es.")
@click.option("--known-people", metavar="FILE", type=click.Path(path_type=Path), help="Names of people, one a line.")
@click.option("--include", multiple=True, metavar="GLOB", help="Of folders: only such files. May be repeated.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="Of folders: no such files. May be repeated.")
@click.option("--config", metavar="FILE", type=click.Path(path_type=Path), help="Settings, in place of those found.")
@click.option("--dismiss", "dismissing", is_flag=True, help="Remember what is found now, and be quiet about it.")
def lint(paths: tuple[Path, ...], name: str, form: str | None, as_json: bool, dismissing: bool, **said: Any) -> None:
    """Say where FILE accuses people, and which of its actions cannot be done yet."""
    from afteraction.core.errors import AfteractionError
    from afteraction.pipeline.lint.run import Linting

    chosen = form or ("json" if as_json else "text")
    if as_json and chosen != "json":
        raise click.UsageError("choose one of --json and --format.")
    try:
        linting = Linting(_asked(**said))
        told = _Told(chosen)
        for path in paths:
            if str(path) == "-":
                told.add(linting.bytes_of(sys.stdin.buffer.read(), name or "<stdin>"))
                continue
            for each in linting.over(path):
                told.add(each)
        told.end(linting)
        if dismissing:
            _dismiss(told.files)
    except AfteractionError as error:
        _stop(str(error))
    except BrokenPipeError:
        # Whoever read the output has enough of it; click ends quietly.
        raise
    except OSError as error:
        _stop(f"{error.filename or paths[0]}: {error.strerror or error}. Check that it can be read and written.")
    sys.exit(UNUSABLE if told.unreadable else FOUND if told.fails and not dismissing else 0)


def _stop(problem: str) -> None:
    click.echo(f"Error: {problem}", err=True)
    sys.exit(UNUSABLE)


def _asked(
    *, field: str | None, actions: bool, only: tuple[str, ...], off: tuple[str, ...], fail_on: str | None,
    packs: tuple[Path, ...], language: str, known_people: Path | None, include: tuple[str, ...],
    exclude: tuple[str, ...], config: Path | None,
) -> Asked:  # fmt: skip
    from afteraction.pipeline.lint.run import Asked
    from afteraction.pipeline.lint.settings import named_rules

    if actions and field not in (None, "action"):
        raise click.UsageError("--actions reads files as actions; leave --field out.")
    return Asked(
        off=named_rules(off, "--off"), only=named_rules(only, "--rule"), packs=packs,
        languages=tuple(each.strip() for each in language.split(",") if each.strip()), known_people=known_people,
        include=include, exclude=exclude, field="action" if actions else field, settings=config,
        fail_on=fail_on or "",
    )  # fmt: skip


@dataclass
class _Told:
    """What was found so far; text and annotations are written as they come."""

    form: str
    files: list[FileRead] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)

    @property
    def fails(self) -> bool:
        return any(file.fails for file in self.files)

    def add(self, each: FileRead | Unreadable) -> None:
        from afteraction.pipeline.lint.texts import Unreadable
        from afteraction.pipeline.lint.told import as_github, unreadable_as_github

        if isinstance(each, Unreadable):
            self.unreadable.append(each)
            if self.form == "github":
                click.echo(unreadable_as_github(each))
            click.echo(f"Not read: {each}", err=True)
            return
        self.files.append(each)
        if self.form == "github":
            for line in as_github(each):
                click.echo(line)
        elif self.form == "text":
            _show(each)

    def end(self, linting: Linting) -> None:
        from afteraction.pipeline.lint.told import as_rows, as_sarif

        for file in self.files:
            for line, problem in file.read.problems:
                click.echo(f"{file.name}:{line}: {problem}", err=True)
        if self.form == "json":
            _print([row for file in self.files for row in as_rows(file)])
        elif self.form == "sarif":
            _print(as_sarif(self.files, self.unreadable))
        else:
            _summarise(self.files, self.unreadable, linting.passed_over, err=self.form == "github")


def _print(document: Any) -> None:
    import json

    # Half a character (a lone surrogate of a reference) is no UTF-8: it goes out as an escape.
    text = json.dumps(document, ensure_ascii=False, indent=2)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


_COLOURS = {"gate": "red", "nudge": "yellow", "note": "cyan"}


def _show(file: FileRead) -> None:
    for each in file.findings:
        found = each.finding
        loud = click.style(found.severity.value, fg=_COLOURS[found.severity.value], bold=True)
        click.echo(
            f"{file.name}:{each.line}:{each.column} {loud} {found.category} ({found.rule}) {_clean(found.message)}"
        )
        for line in _marked(file, each):
            click.echo(f"    {line}")
        if found.question:
            click.echo(f"    ? {_clean(found.question)}")
        if found.suggestion:
            click.echo(click.style(f"    → {_clean(found.suggestion)}", fg="green"))


_WIDEST = 100


def _marked(file: FileRead, placed: Any) -> list[str]:
    """The words around a finding on one line, and marks below them."""
    found = placed.finding
    sentence = found.sentence
    begin, end = found.start - found.sentence_start, found.end - found.sentence_start
    if not file.writes(found):
        return [_clean(sentence)[: 2 * _WIDEST]]
    begin, end = max(begin, 0), min(max(end, begin + 1), len(sentence))
    first = max(0, min(begin - 20, len(sentence) - _WIDEST)) if len(sentence) > _WIDEST else 0
    shown = sentence[first : first + _WIDEST]
    before = "… " if first else ""
    after = " …" if first + _WIDEST < len(sentence) else ""
    marks = max(1, _columns(shown[begin - first : end - first]))
    return [
        f"{before}{_clean(shown)}{after}",
        " " * (len(before) + _columns(shown[: begin - first])) + "^" * marks,
    ]


def _columns(text: str) -> int:
    """How many cells of a terminal a text takes."""
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in _clean(text))


def _clean(text: str) -> str:
    """A text for a terminal: what would move or colour it is shown as a blank."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _summarise(files: list[FileRead], unreadable: list[Unreadable], passed_over: int, *, err: bool) -> None:
    words = sum(file.read.words for file in files)
    sentences = sum(file.read.sentences for file in files)
    found = [each.finding.severity.value for file in files for each in file.findings]
    counts = ", ".join(f"{found.count(loud)} {_plural(found.count(loud), loud)}" for loud in ("gate", "nudge", "note"))
    rate = f", {1000 * len(found) / words:.1f} for 1,000 words" if words else ""
    click.echo(
        f"{len(files)} {_plural(len(files), 'file')}, {words:,} {_plural(words, 'word')}, {sentences:,} "
        f"{_plural(sentences, 'sentence')}: {counts}{rate}.",
        err=err,
    )
    silenced = sum(len(file.read.silenced) for file in files)
    dismissed = sum(len(file.dismissed) for file in files)
    unread: dict[str, int] = {}
    for file in files:
        for language, count in file.read.unread.items():
            unread[language] = unread.get(language, 0) + count
    if silenced:
        click.echo(f"{silenced} switched off in the text.", err=err)
    if dismissed:
        click.echo(f"{dismissed} dismissed before.", err=err)
    if unread:
        told = ", ".join(f"{count} {language}" for language, count in sorted(unread.items()))
        click.echo(f"Left alone, no pack reads them: {told}.", err=err)
    if passed_over:
        click.echo(f"{passed_over} other {_plural(passed_over, 'file')} in folders passed over.", err=err)
    if unreadable:
        click.echo(f"{len(unreadable)} {_plural(len(unreadable), 'file')} could not be read.", err=err)


def _plural(count: int, word: str) -> str:
    return word if count == 1 else f"{word}s"


def _dismiss(files: list[FileRead]) -> None:
    from afteraction.pipeline.lint.dismissed import dismiss

    by_path: dict[Path, tuple[Any, list[Any]]] = {}
    for file in files:
        _, findings = by_path.setdefault(file.remembered.path, (file.remembered, []))
        findings += [each.finding for each in file.findings]
    for path, (remembered, findings) in sorted(by_path.items()):
        count = dismiss(remembered, findings)
        click.echo(f"{count} new {_plural(count, 'line')} in {path}.", err=True)
