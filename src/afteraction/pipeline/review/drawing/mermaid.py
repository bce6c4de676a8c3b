"""The cause graph as a Mermaid flowchart, for wikis and pull requests.

Knows the syntax and how text is kept from being taken for it. Refuses colours and places: the reader's program has its
own.
"""

from __future__ import annotations

import re

from afteraction.engine.causes.graph import CauseGraph, Edge, Node, NodeKind, Relation, Status, TopEvent, natural
from afteraction.engine.causes.whys import whys

# Opening and closing of a shape, by kind of node.
SHAPES = {
    NodeKind.OUTCOME: ("([", "])"), NodeKind.EVENT: ("(", ")"), NodeKind.CONDITION: ("[", "]"),
    NodeKind.ACTION: ("[/", "/]"), NodeKind.DECISION: ("{", "}"), NodeKind.BARRIER: ("[[", "]]"),
    NodeKind.MITIGATOR: ("{{", "}}"), NodeKind.EXTERNAL: (">", "]"),
}  # fmt: skip

# What a list begins with, up to its sign: Mermaid reads the rest as Markdown and shows none of it.
LIST = re.compile(r"(?:[-*+]|\d+\.)(?=\s)")


def as_mermaid(graph: CauseGraph, top: TopEvent | None = None) -> str:
    """A flowchart with causes above what they led to: hypotheses dotted, what was ruled out crossed; only what bears
    on one kind of top event where `top` says so."""
    shown = graph.nodes.keys() if top is None else {
        step.node.id for each in graph.outcomes(top) for step in whys(graph, each.id).walk()
    }  # fmt: skip
    lines = ["flowchart TB"]
    lines += [f"  {_node(graph.nodes[each])}" for each in sorted(shown, key=natural)]
    edges = [each for each in graph.edges.values() if {each.source, each.target} <= shown]
    lines += [f"  {_edge(each)}" for each in sorted(edges, key=lambda each: natural(each.id))]
    for logic in sorted(graph.logic.values(), key=lambda each: natural(each.id)):
        inputs = ", ".join(map(_plain, logic.inputs))
        lines.append(f"  %% {_plain(logic.id)}: {_plain(logic.effect or 'group')} = {logic.type.name} of {inputs}")
    ruled_out = [each for each in sorted(shown, key=natural) if graph.nodes[each].status is Status.REFUTED]
    if ruled_out:
        lines += ["  classDef ruledOut stroke-dasharray: 3 3", f"  class {','.join(map(_name, ruled_out))} ruledOut"]
    return "\n".join(lines) + "\n"


def _node(node: Node) -> str:
    left, right = SHAPES[node.kind]
    return f'{_name(node.id)}{left}"{_text(node.statement or node.id)}"{right}'


def _edge(edge: Edge) -> str:
    arrow = "--x" if edge.status is Status.REFUTED else "-.->" if edge.status is Status.HYPOTHESIS else "-->"
    word = "reduced" if edge.relation is Relation.MITIGATED else edge.relation.value.replace("_", " ")
    return f'{_name(edge.source)} {arrow}|"{word}"| {_name(edge.target)}'


def _name(identity: str) -> str:
    """An id that Mermaid takes for nothing else (`end` is a word of its own)."""
    return "n_" + "".join(each if each.isascii() and each.isalnum() else f"_{ord(each):x}_" for each in identity)


def _text(text: str) -> str:
    """Text for a quoted label: what means something to Mermaid or HTML is written by its number."""
    plain = _plain(text)
    begun = LIST.match(plain)
    at = begun.end() - 1 if begun else -1
    return "".join(f"#{ord(each)};" if each in '"#<>&`;' or place == at else each for place, each in enumerate(plain))


def _plain(text: str) -> str:
    """Text in one line, of what can be written."""
    return "".join(each if each.isprintable() else "\ufffd" for each in " ".join(text.split()))
