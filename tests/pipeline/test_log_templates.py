"""Templates depend on which different lines there are, and on nothing else."""

from __future__ import annotations

import re
from io import BytesIO
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.reading import HEAD_BYTES, Source
from afteraction.pipeline.log_templates import group_lines
from afteraction.stores.templates import cut, masked_shapes, shapes_of


def source(raw: bytes) -> Source:
    return Source("e" * 64, "some.log", len(raw), raw[:HEAD_BYTES], lambda: BytesIO(raw))


def ids(lines: list[str]) -> list[str]:
    grouped = group_lines(source("".join(f"{line}\n" for line in lines).encode()))
    return [grouped.mined.ids[place] for place in grouped.of_line.tolist()]


def templates(lines: list[str]) -> list[str]:
    grouped = group_lines(source("".join(f"{line}\n" for line in lines).encode()))
    return sorted(set(grouped.mined.texts))


WORDS = st.sampled_from(
    [
        "user",
        "alice",
        "bob",
        "opened",
        "closed",
        "5",
        "0x1f",
        "/var/log",
        "10.0.0.1",
        "from",
        "=",
        "[a,b]",
        "a:UP",
        '"a b"',
        "née",
    ]
)
LINES = st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=30)


@settings(max_examples=15, deadline=None)
@given(LINES, st.randoms(use_true_random=False))
def test_lines_in_another_order_have_their_ids_in_that_order(lines, random):
    order = list(range(len(lines)))
    random.shuffle(order)
    before = ids(lines)
    assert ids([lines[place] for place in order]) == [before[place] for place in order]


@settings(max_examples=15, deadline=None)
@given(LINES.filter(bool), st.integers(0, 10**6))
def test_a_line_that_is_there_already_changes_no_id(lines, which):
    again = lines[which % len(lines)]
    before = ids(lines)
    after = ids([*lines, again])
    assert after[:-1] == before
    assert after[-1] == before[lines.index(again)]


@settings(max_examples=15, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_have_one_id_for_each_line(raw):
    raw = b"a\n" + raw
    grouped = group_lines(source(raw))
    text = raw.removesuffix(b"\n")
    if source(raw).encoding == "utf-8":
        assert len(grouped.of_line) == text.count(b"\n") + 1
    assert all(re.fullmatch("[0-9a-f]{12}", name) for name in grouped.mined.ids)


def test_messages_that_differ_in_one_state_stay_apart():
    assert len(set(ids(["connection opened", "connection closed", "link is up", "link is down"]))) == 4
    assert len(set(ids(["task Transitioned from NEW to RUNNING", "task Transitioned from RUNNING to DONE"]))) == 2


def test_made_up_names_in_one_place_are_one_value():
    lines = [
        f"Failed password for {user} from 10.0.0.{place} port 22" for place, user in enumerate(["zoe", "kofi", "ada"])
    ]
    assert templates(lines) == ["Failed password for <*> from <*> port <*>"]


def test_lists_of_any_length_units_and_paths_are_values():
    assert templates(["delete blk_1", "delete blk_2 blk_-3 blk_4"]) == ["delete blk_<*>"]
    assert templates(["took 5 ms", "took 1.25s", "took <1 sec"]) == ["took <*>"]
    assert templates(["open /etc/passwd", "open /var/lib/some-file.txt", "open /10.0.0.1:99"]) == ["open <*>"]
    assert templates(["views: [a, b]", "views: [a, b, c]", "views: []"]) == ["views: [<*>]"]


def test_two_values_in_one_message_are_found_together():
    users, places = ["ada", "kofi", "zoe", "hiro", "lena"], ["pluto", "saturn", "vega", "orion", "sirius"]
    lines = [f"user {user} moved to ward {place}" for user in users for place in places if user < place]
    assert templates(lines) == ["user <*> moved to ward <*>"]


def test_keys_are_part_of_the_message_and_their_values_are_not():
    assert templates(["cache size=5", "cache hits=5", "cache misses=7"]) == [
        "cache hits=<*>", "cache misses=<*>", "cache size=<*>",
    ]  # fmt: skip


def test_quoted_text_is_one_value_whatever_it_holds():
    lines = [f'reason "{text}" given' for text in ("none at all", "it is, odd", "x", "[a] = b")]
    assert templates(lines) == ["reason <*> given"]


@pytest.mark.parametrize("count", [10_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_many_different_lines_are_grouped_by_what_they_share(count):
    rng = Random(7)
    letters = "abcdefghijklmnopqrstuvwxyz"
    lines = [f"lookup of {''.join(rng.choices(letters, k=12))} failed" for _ in range(count)]
    assert len(set(ids([*lines, "cache cleared"]))) == 2


def test_huge_lines_with_many_words_are_told_apart_by_how_they_begin():
    lines = [f"{start} " + "word, " * 100_000 + end for start, end in (("one", "a"), ("one", "b"), ("other", "a"))]
    first, second, third = ids(lines)
    assert first == second != third


def test_beyond_the_bound_masks_grow_stronger_in_the_same_way_whatever_the_order():
    lines = [
        f"{chr(97 + place % 26)}{chr(97 + place // 26 % 26)}x says {word}" for place in range(200) for word in "pqr"
    ]
    raw = "".join(f"{line}\n" for line in lines).encode()
    turned = "".join(f"{line}\n" for line in reversed(lines)).encode()
    some, others = shapes_of(source(raw), most=50), shapes_of(source(turned), most=50)
    assert some.strength == others.strength > 0
    assert len(some.texts) <= 50
    assert sorted(some.texts) == sorted(others.texts)
    assert [some.texts[place] for place in some.of_line] == [others.texts[place] for place in others.of_line][::-1]


def test_words_of_a_shape_put_together_are_the_shape():
    texts = masked_shapes(["a=5 (b), c: [d] said 'e f' 12 times!", "", "plain words"])
    words = cut(texts)
    for place, text in enumerate(texts.to_pylist()):
        parts = [words.vocabulary[word] for word in words.ids[words.starts[place] : words.starts[place + 1]]]
        assert "".join(parts).replace(" ", "") == text.replace(" ", "")
