"""Why it happened: the answer, the drawing of what came together, and every contributing factor with its evidence.

Knows which parts of the graph are told and in which order. Refuses to settle a hypothesis, and to call one root cause.
"""

from __future__ import annotations

from collections.abc import Iterator

from afteraction.engine.causes.graph import (
    Confidence,
    Level,
    MitigatorKind,
    Node,
    NodeKind,
    Stance,
    Status,
    TopEvent,
    natural,
)
from afteraction.engine.review.document import Question
from afteraction.pipeline.review.drawing.fault_tree import draw_fault_tree
from afteraction.pipeline.review.drawing.mermaid import as_mermaid
from afteraction.pipeline.review.drawing.scene import STATUS_WORDS, Scene
from afteraction.pipeline.review.drawing.sheet import Sheet
from afteraction.pipeline.review.drawing.whys import draw_whys
from afteraction.pipeline.review.report.blocks import (
    Asked,
    Audience,
    Block,
    Drawing,
    Heading,
    Item,
    Points,
    Prose,
    Stretches,
)
from afteraction.pipeline.review.report.told import Told

_LEVELS = (
    (Level.PROXIMATE, "Close to the failure"),
    (Level.INTERMEDIATE, "On the way to it"),
    (Level.SYSTEMIC, "In how we work"),
)
_HELPED = {MitigatorKind.DESIGNED: "as designed", MitigatorKind.PROCESS: "as practised"}
# Wider than this a fault tree cannot be read on a page.
WIDEST = 1800


def why(told: Told, audience: Audience) -> Iterator[Block]:
    """The answer, what had to come together, and what else was thought of."""
    answer = told.review.answers.get(Question.CAUSES)
    if answer is not None and answer.text.strip():
        whole = Prose(text=answer.text, source="answer.q2.text")
        yield whole if audience is Audience.INTERNAL else Prose(text=answer.text.strip().split("\n\n")[0])
    else:
        yield Asked(text="What made this possible, beyond what set it off? Causes are for people to find.")
    if not told.review.graph.nodes:
        return
    yield from _drawing(told)
    yield from _minutes(told)
    if audience is Audience.INTERNAL:
        yield from _factors(told)
        yield from _ruled_out(told)
    yield from _mitigated(told)


def _drawing(told: Told) -> Iterator[Block]:
    graph = told.review.graph
    tree = told.trees.get(TopEvent.HAPPENED)
    sheet: Sheet | None = None
    if tree is not None and tree.gates:
        sheet = draw_fault_tree(_scene(told, "fault-tree"), tree)
        caption = (
            "What had to come together. Letters mark what nobody went below; taking one away closes each way it is in."
        )
    if (sheet is None or sheet.width > WIDEST) and graph.outcomes():
        sheet = draw_whys(_scene(told, "whys"), TopEvent.HAPPENED if graph.outcomes(TopEvent.HAPPENED) else None)
        caption = "From what users felt on the left to what made it possible on the right."
    if sheet is None:
        return
    words = tuple(node.statement for node in graph.nodes.values())
    yield Drawing(
        name="causes", inline=sheet.svg(), file=sheet.file(), label=sheet.label, caption=caption, words=words,
        mermaid=as_mermaid(graph, TopEvent.HAPPENED if graph.outcomes(TopEvent.HAPPENED) else None),
    )  # fmt: skip


def _scene(told: Told, view: str) -> Scene:
    """The graph as its page draws it: where somebody arranged a view, it stands so in print too."""
    layout = told.review.layouts.get(view)
    return Scene(told.review.graph, day=told.day, places=layout.places if layout else {})


def _minutes(told: Told) -> Iterator[Block]:
    if not told.stretches:
        return
    yield Heading(text="Where the minutes went")
    what, how_long, _ = max(told.stretches, key=lambda each: each[2])
    yield Stretches(items=told.stretches, caption=f"The longest part was “{what[:1].lower()}{what[1:]}”, {how_long}.")


def _factors(told: Told) -> Iterator[Block]:
    graph = told.review.graph
    causes = [
        node for node in graph.nodes.values()
        if node.kind not in (NodeKind.OUTCOME, NodeKind.MITIGATOR) and node.status is not Status.REFUTED
    ]  # fmt: skip
    if not causes:
        return
    yield Heading(text="Contributing factors")
    for level, title in _LEVELS:
        mine = [node for node in causes if node.id in told.levels and told.levels[node.id].level is level]
        if mine:
            ordered = sorted(mine, key=lambda node: natural(node.id))
            yield Heading(text=title)
            yield Points(items=tuple(_factor(told, node) for node in ordered))


def _factor(told: Told, node: Node) -> Item:
    notes = []
    if node.status is not Status.CONFIRMED:
        notes.append(STATUS_WORDS[node.status])
    if node.confidence is Confidence.LOW:
        notes.append("low confidence")
    if node.still_holds:
        notes.append("still holds")
    human = told.review.graph.humans.get(node.id)
    sense = f" How it made sense: {human.sense.strip()}" if human and human.sense.strip() else ""
    said = f"{node.statement.rstrip('.')}" + (f" ({', '.join(notes)})" if notes else "") + "."
    return Item(text=said + sense, cites=cites_of(told, node.id))


def cites_of(told: Told, claim: str, most: int = 3) -> tuple[str, ...]:
    """Labels of what supports a claim, each once."""
    found = told.review.graph.supports_of.get(claim, ())
    return tuple(dict.fromkeys(each.label for each in found if each.label and each.stance is Stance.SUPPORTS))[:most]


def _ruled_out(told: Told) -> Iterator[Block]:
    graph = told.review.graph
    gone = [
        node for node in graph.nodes.values() if node.status is Status.REFUTED and node.kind is not NodeKind.MITIGATOR
    ]
    if not gone:
        return
    yield Heading(text="Ruled out, and how")
    items = []
    for node in sorted(gone, key=lambda each: natural(each.id)):
        against = tuple(each.label for each in graph.supports_of.get(node.id, ()) if each.label)[:3]
        how = node.ruled_out_by.strip() or "Nobody wrote down yet what rules it out."
        items.append(Item(head=node.statement.rstrip("."), text=how, cites=tuple(dict.fromkeys(against))))
    yield Points(items=tuple(items))


def _mitigated(told: Told) -> Iterator[Block]:
    nodes = sorted(told.review.graph.nodes.values(), key=lambda each: natural(each.id))
    helped = [each for each in nodes if each.kind is NodeKind.MITIGATOR and each.mitigator is not MitigatorKind.LUCK]
    luck = [each for each in nodes if each.kind is NodeKind.MITIGATOR and each.mitigator is MitigatorKind.LUCK]
    if helped:
        yield Heading(text="What made it less bad")
        yield Points(items=tuple(_helping(told, each) for each in helped))
    if luck:
        yield Heading(text="Where luck helped")
        yield Points(
            items=tuple(
                Item(text=f"{each.statement.rstrip('.')}. {luck_answer(each.follow_up)}", cites=cites_of(told, each.id))
                for each in luck
            )
        )


def _helping(told: Told, node: Node) -> Item:
    how = f", {_HELPED[node.mitigator]}" if node.mitigator in _HELPED else ""
    return Item(text=f"{node.statement.rstrip('.')}{how}.", cites=cites_of(told, node.id))


def luck_answer(follow_up: str) -> str:
    """What becomes of luck: the follow-up, that it was accepted, or that nobody said yet."""
    said = follow_up.strip()
    if not said:
        return "No follow-up yet: should it be made deliberate?"
    return "Accepted as luck." if said.lower().rstrip(".") == "accepted" else said
