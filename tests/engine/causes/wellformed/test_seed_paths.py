"""The paths of the product's own examples (R049, R061, R133): read from the shared list, and twins of them here."""

from __future__ import annotations

import json

import pytest

from afteraction.engine.causes.graph import CauseGraph, Factor
from afteraction.engine.prevention.changes import Change
from tests.corpus import corpus
from tests.engine.causes.wellformed.cast import chain, codes, edge, graph, node

# Where the process begins in each path: its place counts from the top event.
PATHS = {
    "S1-server-crashed": [
        "the server crashed",
        "there is no list of the limits it runs within",
    ],
    "S1-memory-exhaustion": [
        "a server stopped for want of memory",
        "all memory was in use",
        "a leak stayed unseen",
        "tests let it pass",
    ],
    "S3-database-overloaded": [
        "the shop was down",
        "the database was overloaded",
        "queries were slow",
        "an index was missing",
        "queries are not reviewed",
        "CI runs no load",
    ],
}
NEAR = {"S1-server-crashed": 1, "S1-memory-exhaustion": 3, "S3-database-overloaded": 4}


def path(statements: list[str], near: int) -> CauseGraph:
    """The chain as its authors would enter it: what comes after the near causes lies in the process."""
    nodes = [node("N1", statements[0], "outcome")]
    for place, said in enumerate(statements[1:], 2):
        nodes.append(node(f"N{place}", said, factor=Factor.PROCESS if place > near else Factor.TECH))
    edges = [edge(f"L{n}", nodes[n].id, nodes[n - 1].id) for n in range(1, len(nodes))]
    return graph(*nodes, *edges)


def statements_of(name: str, source: str) -> list[str]:
    if source == "twin":
        return PATHS[name]
    rows = json.loads(corpus("../seed_examples.json").read_text())
    return next(row["items"] for row in rows if row["id"] == name)


every_source = pytest.mark.parametrize("source", ["twin", "shared"])


@every_source
@pytest.mark.parametrize("name", list(PATHS))
def test_the_whole_path_passes(name: str, source: str) -> None:
    found = codes(path(statements_of(name, source), NEAR[name]))
    assert not found & {"W01", "W02", "W03", "W08", "W10", "W25"}


@every_source
def test_a_path_that_ends_at_its_first_item_is_asked_on(source: str) -> None:
    crashed = statements_of("S1-server-crashed", source)
    assert "W10" in codes(path(crashed[:1], 1))


@every_source
def test_a_path_cut_after_its_second_item_is_asked_on(source: str) -> None:
    memory = statements_of("S1-memory-exhaustion", source)
    assert "W10" in codes(path(memory[:2], NEAR["S1-memory-exhaustion"]))


@every_source
@pytest.mark.parametrize("name", ["S1-memory-exhaustion", "S3-database-overloaded"])
@pytest.mark.parametrize("end", ["human error", "The database engineer"])
def test_either_path_that_ends_at_a_person_or_human_error_is_found(name: str, end: str, source: str) -> None:
    statements = statements_of(name, source)
    assert "W01" in codes(chain(*statements, end))
    as_an_action = chain(*statements, last=node("N9", end, "action"))
    assert {"W01", "W03"} <= codes(as_an_action)


@every_source
def test_a_fix_of_the_near_cause_is_asked_on_and_one_of_the_deepest_is_not(source: str) -> None:
    whole = path(statements_of("S3-database-overloaded", source), NEAR["S3-database-overloaded"])
    index = {"C1": Change(id="C1", text="Add the index", targets=("N4",))}
    load = {"C1": Change(id="C1", text="Run load tests in CI for each query change", targets=("N6",))}
    assert "W17" in codes(whole, changes=index)
    assert "W17" not in codes(whole, changes=load)
