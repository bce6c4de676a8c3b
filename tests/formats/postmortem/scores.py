"""Reads every postmortem of the shared corpus and prints what was found: `python -m tests.formats.postmortem.scores`.

With words as arguments it prints the events of the documents whose path holds one of them, to read beside the text.
"""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from afteraction.core.evidence import Failure
from afteraction.core.reading import HEAD_BYTES, Source
from afteraction.core.records import Document, Event, Record
from afteraction.formats.postmortem.reader import READER
from tests.corpus import corpus


def documents() -> list[Path]:
    """Every Markdown and text document among the open postmortems."""
    return sorted(path for path in corpus("postmortems/open").rglob("*") if path.suffix in (".md", ".mdx", ".txt"))


def opened(path: Path) -> Source:
    """A source over a file."""
    data = path.read_bytes()
    return Source(path.name, str(path), len(data), data[:HEAD_BYTES], lambda: io.BytesIO(data))


def found(path: Path) -> list[Record | Failure]:
    """What the reader gives for a file."""
    return list(READER.read(opened(path)))


def _line(event: Event) -> str:
    until = f" → {event.until.utc:%d %H:%M}" if event.until else ""
    flags = ",".join(event.instant.flags)
    facts = f"{event.attributes['style']} {event.kind.value} {event.attributes.get('milestone', '')}"
    when = f"{event.instant.utc:%Y-%m-%d %H:%M:%S}{until}"
    return f"{event.evidence.locator}: {when} [{flags}] {facts} | {event.title[:110]}"


def told(words: list[str]) -> Iterator[str]:
    """Every record of the documents whose path holds one of the words."""
    for path in documents():
        if any(word in str(path) for word in words):
            yield f"== {path} {READER.sniff(opened(path))}"
            for record in found(path):
                if isinstance(record, Event):
                    yield _line(record)
                elif isinstance(record, Document):
                    yield f"{record.title} {dict(record.attributes)}"
                    yield from (f"  {name}: {value} ({ref.locator})" for name, value, ref in record.stated)
                else:
                    yield f"FAILURE {record}"


def summed() -> Iterator[str]:
    """One line per document and a total."""
    total: Counter[str] = Counter()
    for path in documents():
        records = found(path)
        events = [record for record in records if isinstance(record, Event)]
        styles = Counter(event.attributes["style"] for event in events)
        total.update(styles)
        total.update(documents=1, events=len(events), without_events=int(not events))
        total.update(milestones=sum("milestone" in event.attributes for event in events))
        total.update(failures=sum(isinstance(record, Failure) for record in records))
        total.update(stated=sum(len(record.stated) for record in records if isinstance(record, Document)))
        yield f"{path.parent.name}/{path.name[:60]} {READER.sniff(opened(path))} {len(events)} {dict(styles)}"
    yield str(dict(total))


if __name__ == "__main__":
    sys.stdout.write("\n".join(told(sys.argv[1:]) if sys.argv[1:] else summed()) + "\n")
