"""Rules about the shape of the whole (W08, W10 to W13, W23).

Knows whether everything leads to a top event and whether the ways go past what was next to it. Forces no depth: a long
path of near causes is as open as a short one.
"""

from __future__ import annotations

from collections.abc import Iterator

from afteraction.engine.causes.graph import SEVERITY, Control, Factor, Node, NodeKind, TopEvent
from afteraction.engine.causes.levels import gate_of
from afteraction.engine.causes.paths import is_live
from afteraction.engine.causes.wellformed.case import Case, may, must
from afteraction.engine.causes.wording import quoted
from afteraction.engine.gates.matrix import Outcome
from afteraction.engine.review.findings import ReviewFinding

FACTOR_WORDS = {Factor.TECH: "technical", Factor.PROCESS: "process", Factor.ORG: "organisational"}
MOST_NAMED = 3


def check_reach(case: Case) -> Iterator[ReviewFinding]:
    """W08: what set it off leads to the top event, and so does every contributor."""
    tops = case.graph.outcomes()
    if not tops:
        if case.graph.nodes:
            yield must(
                "W08",
                "",
                "There is no top event yet that the causes could lead to.",
                "What did not work, and for whom?",
                "Add a top event",
            )
        return
    triggers = {node.id for node in case.paths.triggers}
    for node in case.paths.contributors:
        if node.id in case.paths.connected:
            continue
        lead = "set this off, and no way leads" if node.id in triggers else "is in the graph, and no way leads"
        yield must(
            "W08",
            node.id,
            f"{quoted(node)} {lead} from it to {quoted(tops[0])}.",
            "What happened between the two?",
            "Connect it",
        )
    if case.change_triggered and case.paths.contributors and not triggers:
        yield must(
            "W08",
            tops[0].id,
            f"A change set this off, and no node of the graph triggers anything that leads to {quoted(tops[0])}.",
            "Which change was it, and what did it trigger first?",
            "Add the trigger",
        )


def check_depth(case: Case) -> Iterator[ReviewFinding]:
    """W10: something systemic is among the causes, or nothing was found. W11: a path that ends at somebody outside
    goes on with how we were exposed."""
    if case.graph.outcomes() and not case.systemic and not _none_found(case, "systemic"):
        yield may("W10", "", _where_paths_end(case), _beyond(case), "Go on with the gates")
    for node in case.paths.leaves:
        if _is_outside(node) and not _exposed_by(case, node):
            yield may(
                "W11",
                node.id,
                f"This path stops at {quoted(node)}, which is outside of our reach.",
                "How were we exposed to it?",
                "Add what exposed us",
            )


def stop_hint(case: Case, leaf: Node) -> str:
    """What to ask where one path ends, in one sentence; "" where its end is systemic (SPEC R049)."""
    leveled = case.levels.get(leaf.id)
    if leveled is None or leaf.id in {node.id for node in case.systemic}:
        return ""
    if _is_outside(leaf):
        return "This path stops outside of our reach. How were we exposed to it?"
    if leaf.kind in (NodeKind.ACTION, NodeKind.DECISION):
        return "This path stops at what somebody did. What made it sensible?"
    return "This path stops at a component. What about the process around it?"


def check_factors(case: Case) -> Iterator[ReviewFinding]:
    """W12: technical, process and organisational factors are each there, or were asked for."""
    if not case.paths.contributors:
        return
    present = {node.factor for node in case.paths.contributors}
    for factor, word in FACTOR_WORDS.items():
        if factor not in present and not _none_found(case, factor.value):
            article = "an" if word[0] in "aeiou" else "a"
            yield may(
                "W12",
                factor.value,
                f"No cause is marked as {article} {word} factor.",
                "Is there none, or was it not asked for?",
                "Add one, or say that none was found",
            )


def check_barriers(case: Case) -> Iterator[ReviewFinding]:
    """W13: where a change set it off, a gate is in the graph with what became of the change there."""
    if not case.change_triggered or not case.graph.nodes:
        return
    barriers = [node for node in case.paths.contributors if node.kind is NodeKind.BARRIER]
    decided = [row for node in barriers if (row := gate_of(node, case.gates)) and row.outcome is not Outcome.UNKNOWN]
    if decided:
        return
    if barriers:
        named = ", ".join(quoted(node) for node in barriers[:MOST_NAMED])
        sentence = f"A change set this off, and the gate matrix does not say yet what became of it at {named}."
    else:
        sentence = "A change set this off, and no gate that it passed is in the graph."
    yield must("W13", "", sentence, "Which gate could have caught it, and what did it do?", "Go to the gates")


def check_severity_tree(case: Case) -> Iterator[ReviewFinding]:
    """W23: where impact was long or spread, the graph says why it lasted."""
    length = case.restore_s
    if length is None and case.impact and case.impact[1]:
        length = (case.impact[1] - case.impact[0]).total_seconds()
    is_long = length is not None and length > case.long_after_s
    if not (is_long or case.spread) or not case.graph.outcomes() or _has_severity_tree(case):
        return
    why = f"Impact lasted {_minutes(length)}" if is_long and length is not None else "Impact spread"
    yield may(
        "W23",
        "",
        f"{why}, and nothing in the graph says why it {'lasted' if is_long else 'spread'}.",
        "What delayed noticing, finding or mending it, and what made it larger?",
        "Add the top event “it lasted”",
    )


def _has_severity_tree(case: Case) -> bool:
    if any(case.paths.causes.get(top.id) for top in case.graph.outcomes(TopEvent.LASTED)):
        return True
    return any(
        edge.relation in SEVERITY and edge.target in case.paths.connected
        for edges in case.paths.edges_into.values()
        for edge in edges
    )


def _minutes(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"


def _none_found(case: Case, what: str) -> bool:
    return bool(case.frame.none_found.get(what, "").strip())


def _where_paths_end(case: Case) -> str:
    top = case.graph.outcomes()[0]
    ends = case.paths.leaves
    if not ends:
        return f"{quoted(top)} has no cause yet."
    names = [quoted(node) for node in ends[:MOST_NAMED]]
    if len(ends) == 1:
        return f"The path ends at {names[0]}; nothing systemic explains yet how it got that far."
    count = "Both branches end" if len(ends) == 2 else f"All {len(ends)} branches end"
    more = f" and {len(ends) - MOST_NAMED} more" if len(ends) > MOST_NAMED else ""
    return (
        f"{count} at {' and '.join(names) if not more else ', '.join(names)}{more}; nothing systemic explains yet "
        "how they got that far."
    )


def _beyond(case: Case) -> str:
    if case.gates or case.change_triggered:
        return "Which gates did it pass, and what did they not look at?"
    return "What about the process around it: what would have shown it, and why was that not there?"


def _is_outside(node: Node) -> bool:
    return node.kind is NodeKind.EXTERNAL or node.control is Control.EXTERNAL


def _exposed_by(case: Case, node: Node) -> bool:
    """Whether each effect of something outside has a cause of our own beside it: the condition that exposed us."""
    effects = [target for target, sources in case.paths.causes.items() if node.id in sources]
    return bool(effects) and all(
        any(_is_ours(case.graph.nodes[other]) for other in case.paths.causes[effect] - {node.id}) for effect in effects
    )


def _is_ours(node: Node) -> bool:
    exposing = node.kind in (NodeKind.CONDITION, NodeKind.BARRIER)
    return exposing and is_live(node) and node.control is not Control.EXTERNAL
