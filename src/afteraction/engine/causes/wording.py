"""The wording of questions about nodes (SPEC §7.3): how something was possible, what made an action sensible.

Knows the form of a question for each kind of node. Refuses the form "Why did …": a question that somebody wrote instead
(an Ask) is shown as it stands, its language is judged elsewhere.
"""

from __future__ import annotations

from afteraction.engine.causes.graph import Ask, CauseGraph, Node
from afteraction.engine.causes.paths import BY_PEOPLE
from afteraction.engine.causes.verbs import BASE_OF_PAST, HELPING, WORD
from afteraction.engine.language.people.not_people import MONTHS

LONGEST_QUOTE = 120
# How many words a role may have before its verb: "the second on-call engineer of payments".
LONGEST_ROLE = 7
# Names that keep their capital inside a sentence.
_PRODUCTS_WORDS = """
    kafka redis postgres postgresql mysql mongodb cassandra elasticsearch kubernetes jenkins github gitlab grafana
    prometheus cloudflare fastly aws azure google amazon slack pagerduty terraform ansible docker consul vault nginx
    envoy istio rabbitmq memcached stripe datadog sentry zookeeper etcd argo helm monday tuesday wednesday thursday
    friday saturday sunday
"""
PRODUCTS = frozenset(_PRODUCTS_WORDS.split())


def asked_at(graph: CauseGraph, node: Node) -> str:
    """The question at a node: the one that somebody wrote, or one made from its statement. Of several, the one that
    waits for an answer comes first, then the first by id."""
    written = asks_at(graph, node.id)
    waiting = [ask for ask in written if not ask.answer]
    return (waiting or list(written))[0].text.strip() if written else question_for(node)


def asks_at(graph: CauseGraph, node: str) -> tuple[Ask, ...]:
    """The written questions at a node that say something, in the order of their ids."""
    return graph.asks_at.get(node, ())


def question_for(node: Node) -> str:
    """A question made from the statement: "How was it possible that …?", for actions "What made it sensible to …?"."""
    clause = " ".join(node.statement.split()).rstrip(" .!?;:")
    if not clause:
        return "How was it possible?"
    if node.kind in BY_PEOPLE:
        return _sensible(clause)
    return f"How was it possible that {_inside_a_sentence(clause, node)}?"


def quoted(node: Node) -> str:
    """The statement in quotes, shortened at a word, or its id where it says nothing yet."""
    text = " ".join(node.statement.split()).rstrip(".")
    if not text:
        return f"the empty node {node.id}"
    if len(text) > LONGEST_QUOTE:
        text = f"{text[:LONGEST_QUOTE].rsplit(' ', 1)[0]} …"
    return f"“{text}”"


def _sensible(clause: str) -> str:
    did = _what_was_done(clause)
    return f"What made it sensible {did}?" if did else f"What made it sensible to act like this: “{clause}”?"


def _what_was_done(clause: str) -> str:
    """The action as an infinitive: "to choose the fast track"; "" where its verb is not clear."""
    words = list(WORD.finditer(clause))[: LONGEST_ROLE + 1]
    for place, found in enumerate(words):
        word = found.group().lower().replace("’", "'")
        rest = clause[found.end() :].strip()
        if word in ("did", "didn't") and place:
            left_out = rest if word == "didn't" else rest.removeprefix("not ") if rest.startswith("not ") else ""
            return f"not to {left_out}" if left_out else ""
        if word in HELPING:
            return ""
        if word in BASE_OF_PAST and place:
            return f"to {BASE_OF_PAST[word]} {rest}".strip()
    return ""


def _inside_a_sentence(clause: str, node: Node) -> str:
    """The clause with a small first letter, unless its first word is a name."""
    first = clause.split(maxsplit=1)[0]
    for service in node.services:
        if clause.lower().startswith(service.lower()):
            return f"{service}{clause[len(service) :]}"
    word = first.strip(".,;:()").lower()
    a_name = not first[:1].isupper() or any(char.isupper() or char.isdigit() for char in first[1:])
    known_word = word.isalpha() and word not in MONTHS and word not in PRODUCTS
    return clause if a_name or not known_word else f"{clause[0].lower()}{clause[1:]}"
