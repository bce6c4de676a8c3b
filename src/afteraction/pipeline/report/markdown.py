"""`report.md`: the same story for repositories, wikis and diffs.

Knows GitHub's Markdown and that text from evidence must not become markup. Refuses to choose what is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from afteraction.pipeline.report.sentences import bytes_in_words, clock, figure, on_several_days, span
from afteraction.pipeline.report.story import Asked, Story, tell

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def plain(text: str) -> str:
    """Text as it stands, on one line, with everything that Markdown would read as markup escaped."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def markdown(document: dict[str, Any]) -> str:
    """The report of an analysis document as Markdown."""
    story = tell(document)
    parts = [f"# {plain(story.title)}", "", f"_{plain(story.edition.words)}_", ""]
    parts += [line for note in story.edition.notes for line in (f"> {plain(note)}", "")]
    parts += [*(f"- **{name}**: {plain(value)}" for name, value in story.meta)]
    for title, lines in (
        ("Summary", _summary(story)),
        ("Impact", _impact(story)),
        ("What happened", _events(story)),
        ("Detection and response", _response(story)),
        ("Communication", _communication(story)),
        *((("Pictures and configuration", _captured(story)),) if story.captured else ()),
        *((asked.title, _asked(story, asked)) for asked in story.asked),
        ("What we do not know", _open(story)),
        ("Evidence", _evidence(story)),
    ):
        parts += ["", f"## {title}", "", *lines]
    parts += ["", f"_Analysis {document['id']}, code {document['code_version']}. Roles stand for people._", ""]
    return "\n".join(parts)


def _cited(labels: list[str]) -> str:
    return f" [{', '.join(labels)}]" if labels else ""


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    return [
        "| " + " | ".join(header) + " |",
        "|" + "---|" * len(header),
        *("| " + " | ".join(row) + " |" for row in rows),
    ]


def _summary(story: Story) -> list[str]:
    lines = [line for paragraph in story.summary for line in (plain(paragraph), "")]
    rows = [(name, value + (f" ({note})" if note else "")) for name, value, note in story.headlines]
    return lines + (_table(("Figure", "Value"), rows) if rows else [])


def _impact(story: Story) -> list[str]:
    lines = [f"- **{name}**: {plain(value)}{_cited(labels)}" for name, value, labels in story.impact_rows]
    if not story.windows:
        return [*lines, "", "No window of impact is stated or measured in this evidence."]
    rows = [
        (
            span(window["start"], window["end"], with_day=on_several_days(story.windows)),
            plain(window["service"] or "unknown"),
            "unknown" if window["weight"] is None else f"{window['weight']:.2f}",
            window["basis"],
        )
        for window in story.windows
    ]
    return [*lines, "", *_table(("Window, UTC", "Service", "Weight", "Basis"), rows)]


def _events(story: Story) -> list[str]:
    lines = ["All times UTC.", ""]
    for line in story.lines:
        if line.is_gap:
            lines.append(f"- _{plain(line.text)}_")
            continue
        if line.is_new_day:
            lines += ["", f"### {line.is_new_day}", ""]
        notes = "".join(f" **{mile}**" for mile in line.milestones) + "".join(f" ({each})" for each in line.doubts)
        lines.append(f"- `{line.at}` {line.kind.replace('_', ' ')}: {plain(line.text)}{notes}{_cited(line.cites)}")
    if story.left_out:
        lines += ["", f"{story.left_out:,} more events stand in report.json."]
    return lines


def _response(story: Story) -> list[str]:
    rows = [
        (f"{metric['name']} ({metric['clock']} clock)", figure(metric), plain(metric["formula"] or metric["note"]))
        for metric in story.response
    ]
    lines = _table(("Figure", "Value", "Computed from"), rows)
    noticed = story.document["detections"][:8]
    lines += [""] if noticed else []
    for each in noticed:
        lines.append(f"- Noticed by {each['method'].replace('_', ' ')} at {clock(each['at'])}: {plain(each['title'])}")
    return lines


def _communication(story: Story) -> list[str]:
    lines = [plain(each) for each in story.communication]
    lines += [""] + [f"- {clock(each)} to {each['audience']}: {plain(each['text'][:240])}" for each in story.updates]
    if story.questions:
        lines += ["", "Questions put to responders:", ""]
        lines += [f"- {clock(each)} {each['asker']['role']}: {plain(each['text'][:200])}" for each in story.questions]
    return lines


def _captured(story: Story) -> list[str]:
    lines = []
    for change in story.captured.differences:
        lines += [f"**{plain(change.place)}**, {change.times}{_cited(change.cites)}", ""]
        rows = [(f"`{plain(key)}`", plain(old), plain(new)) for key, old, new in change.rows]
        lines += [*_table(("Setting", change.first, change.second), rows), ""]
        lines += [change.note, ""] if change.note else []
    shown = (*story.captured.pictures, *story.captured.snapshots)
    return lines + [
        f"- {each.kind} **{plain(each.title)}**: {plain(each.facts)}{_cited([each.cite])}" for each in shown
    ]


def _asked(story: Story, asked: Asked) -> list[str]:
    lines = []
    if asked is story.asked[1] and story.went_well:
        lines += ["### What went well", "", *(f"- {plain(each)}" for each in story.went_well), ""]
    lines.append(f"_{asked.question}_")
    if asked is story.asked[0] and story.changes_before:
        lines += ["", "Changes in the 24 h before impact, as candidates and not as causes:", ""]
        lines += [f"- `{line.at}` {plain(line.text)}{_cited(line.cites)}" for line in story.changes_before]
    return lines


def _open(story: Story) -> list[str]:
    lines = [f"- **{name}**: {plain(text)}{_cited(labels)}" for name, text, labels in story.open_points]
    lines = lines or ["Nothing is open."]
    if story.assumptions:
        lines += ["", "Assumed:", "", *(f"- {plain(each)}" for each in story.assumptions)]
    return lines


def _evidence(story: Story) -> list[str]:
    rows = [
        (file["label"], plain(file["name"]), file["reader"] or "", f"{file['rows']:,}", bytes_in_words(file["size"]),
         f"`{file['sha256']}`")
        for file in story.files
    ]  # fmt: skip
    lines = _table(("No.", "File", "Read as", "Rows", "Size", "SHA-256"), rows) if rows else ["Nothing was read."]
    lines += ["", *_table(("Kind of evidence", "Read"), story.coverage)]
    lines += [""] if story.unread else []
    for file in story.unread:
        first = f" First line: {plain(file['first_line'][:120])}" if file["first_line"] else ""
        lines.append(f"- {plain(file['name'])}: {file['state']}.{first}")
    lines += [""] if story.failures else []
    for failure in story.failures[:40]:
        place = f", {failure['place']}" if failure["place"] else ""
        lines.append(f"- {plain(failure['file'])}{place}: {plain(failure['reason'])} {plain(failure['next_step'])}")
    return lines
