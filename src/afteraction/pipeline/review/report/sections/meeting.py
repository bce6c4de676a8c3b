"""What went well, poorly and by luck; how the review was held; what is not known; and the evidence.

Knows what a record of a review owes its readers. Refuses names: seats are told by role, and who said what is not kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from afteraction.engine.causes.graph import NodeKind, Status, natural
from afteraction.engine.review.document import AnswerState, Remark
from afteraction.pipeline.report.sentences import bytes_in_words
from afteraction.pipeline.review.report.blocks import (
    Aside,
    Asked,
    Audience,
    Block,
    Columns,
    Grid,
    Heading,
    Item,
    Points,
    Prose,
    Rows,
)
from afteraction.pipeline.review.report.sections.causes import cites_of, luck_answer
from afteraction.pipeline.review.report.told import StepTaken, Told

_COLUMNS = (("well", "Went well"), ("lucky", "Where we were lucky"), ("poorly", "What was hard"))
_TITLES = {
    "q1": "Impact and detection",
    "q2": "Why it happened",
    "q3": "Gates",
    "q4": "Process changes",
    "q5": "Signals",
}


def well(told: Told, audience: Audience) -> Iterator[Block]:
    """Three lists; luck says what becomes of it."""
    remarks = sorted(told.review.remarks.values(), key=lambda each: natural(each.id))
    computed = told.story.went_well if told.story else []
    columns = []
    for name, title in _COLUMNS:
        items = [_remark(told, each, audience) for each in remarks if each.column == name]
        if name == "well":
            items += [Item(text=each) for each in computed]
        if items:
            columns.append((title, tuple(items)))
    if columns:
        yield Columns(columns=tuple(columns))
    else:
        yield Asked(text="What would help a team that runs something like this, and did not know it before?")
    surprised = told.review.frame.surprised.strip()
    if surprised and audience is Audience.INTERNAL:
        yield Heading(text="What surprised us")
        yield Prose(text=told.review.frame.surprised, source="frame.review.surprised")


def _remark(told: Told, remark: Remark, audience: Audience) -> Item:
    said = remark.text
    if remark.column == "lucky":
        said = f"{said.strip()} {luck_answer(remark.follow_up)}"
    cites = cites_of(told, remark.node, 2) if remark.node and audience is Audience.INTERNAL else ()
    return Item(text=said, cites=cites, source="" if remark.column == "lucky" else f"remark.{remark.id}.text")


def record(told: Told, audience: Audience) -> Iterator[Block]:
    """Seats by role, rules that did not hold and why, and the steps with what was open at each; outside the team only
    which seats were not independent, where one was not."""
    if audience is not Audience.INTERNAL:
        if told.disclosed:
            yield Points(items=tuple(Item(text=each) for each in told.disclosed))
        return
    if told.seats:
        yield Heading(text="Seats")
        yield Rows(items=tuple(Item(head=seat, text=role) for seat, role in told.seats))
    waived = [
        Item(head=code, text=reason.strip())
        for code, reason in sorted(told.review.frame.waivers.items())
        # What a seat was waived for is told with its conflict.
        if reason.strip() and not any(each.startswith(f"{code} waived:") for each in told.disclosures)
    ]
    waived += [Item(text=each) for each in told.disclosures]
    override = told.review.meeting.override.strip()
    if override:
        waived.append(Item(head="Started although something was missing", text=override))
    if waived:
        yield Heading(text="Rules that did not hold here, and why")
        yield Points(items=tuple(waived))
    if told.not_checked:
        yield Heading(text="Not checked")
        yield Points(items=tuple(Item(text=each) for each in told.not_checked))
    if told.review.dismissals:
        yield Heading(text="Findings set aside")
        items = (
            Item(
                head=f"{ident.partition(':')[0]}{', overridden' if each.overridden else ''}",
                text=each.reason or "without a reason",
            )
            for ident, each in sorted(told.review.dismissals.items())
        )
        yield Points(items=tuple(items))
    if told.steps:
        yield Heading(text="Steps")
        yield Grid(
            label="Steps of the review", header=("Step", "When, UTC", "By", "Open then"),
            rows=tuple(_step(each) for each in told.steps),
        )  # fmt: skip
    else:
        yield Aside(text="No step of the review was taken yet.")


def _step(step: StepTaken) -> tuple[str, ...]:
    still = "; ".join(step.still_open) if step.still_open else "nothing"
    if step.reason:
        still += f". Taken all the same: {step.reason}"
    return (step.title, f"{step.at:%-d %b %Y, %H:%M}", step.by, still)


def unknown(told: Told, audience: Audience) -> Iterator[Block]:
    """What is open: of the evidence, of the causes, and questions that were put off."""
    items: list[Item] = []
    graph = told.review.graph
    for node in sorted(graph.nodes.values(), key=lambda each: natural(each.id)):
        if node.status is Status.HYPOTHESIS and node.kind is not NodeKind.OUTCOME:
            more = " Nobody went deeper, on purpose." if node.undeveloped else ""
            items.append(
                Item(head="Not settled", text=f"{node.statement.rstrip('.')}.{more}", cites=cites_of(told, node.id))
            )
    for ident, answer in sorted(told.review.answers.items()):
        if answer.state is not AnswerState.ANSWERED:
            why = f" Parked: {answer.parked_because.strip()}" if answer.parked_because.strip() else " Not answered yet."
            items.append(Item(head=_TITLES.get(ident, ident), text=why.strip()))
    if told.story is not None:
        evidence = told.story.open_points
        if audience is not Audience.INTERNAL:
            evidence = [
                each for each in evidence if each[0] in ("Accounts differ", "Unknown", "Figure and times differ")
            ]
        items += [Item(head=name, text=text, cites=tuple(cites)) for name, text, cites in evidence]
    if items:
        yield Points(items=tuple(items), look="opens")
    else:
        yield Prose(text="Nothing is open.")
    if told.story is not None and told.story.assumptions and audience is Audience.INTERNAL:
        yield Heading(text="What was assumed")
        yield Points(items=tuple(Item(text=each) for each in told.story.assumptions))


def evidence(told: Told, _: Audience) -> Iterator[Block]:
    """The originals by their hash, and what could not be read."""
    story = told.story
    if story is None:
        yield Aside(text="No evidence was imported.")
        return
    yield Aside(text="Every figure and claim above cites one of these originals. Originals are kept as they came.")
    rows = tuple(
        (
            file["label"],
            file["name"],
            file["reader"] or "",
            f"{file['rows']:,}",
            bytes_in_words(file["size"]),
            f"{file['sha256'][:16]}…",
        )
        for file in story.files
    )
    yield Grid(label="Evidence", header=("No.", "File", "Read as", "Rows", "Size", "SHA-256"), rows=rows, look="ev")
    if story.unread:
        yield Heading(text="Not read")
        yield Points(items=tuple(Item(head=each["name"], text=each["state"]) for each in story.unread))
    if story.failures:
        yield Heading(text="What could not be read")
        yield Points(
            items=tuple(
                Item(
                    head=f"{each['file']}{', ' + each['place'] if each['place'] else ''}",
                    text=f"{each['reason']} {each['next_step']}",
                )
                for each in story.failures[:40]
            )
        )
