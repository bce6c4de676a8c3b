"""Two people's saves of one part."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from afteraction.engine.review.merging import join_sentences, merge, sentences_of

BASE = "Checkout failed. A buyer told us at 14:05.\n\nThe alert followed."


def test_changes_of_different_sentences_both_hold() -> None:
    mine = BASE.replace("Checkout failed.", "Checkout failed for 34 % of buyers.")
    theirs = BASE.replace("The alert followed.", "The alert followed at 14:11.")
    assert join_sentences(BASE, mine, theirs) == (
        "Checkout failed for 34 % of buyers. A buyer told us at 14:05.\n\nThe alert followed at 14:11."
    )


def test_two_versions_of_one_sentence_collide() -> None:
    mine = BASE.replace("at 14:05", "at 14:04")
    theirs = BASE.replace("at 14:05", "at 14:06")
    assert join_sentences(BASE, mine, theirs) is None


def test_two_sentences_added_at_one_place_are_both_kept_theirs_first() -> None:
    assert join_sentences("One.", "One. Mine.", "One. Theirs.") == "One. Theirs. Mine."


def test_a_sentence_that_one_removed_and_the_other_changed_collides() -> None:
    assert join_sentences("One. Two.", "One.", "One. Two and a half.") is None


def test_a_sentence_added_where_another_was_changed_collides() -> None:
    assert join_sentences("One. Two.", "Between. One. Two.", "First. Two.") is None


def test_fields_are_joined_one_by_one() -> None:
    base = {"statement": "Pool is full", "status": "hypothesis"}
    mine = {"statement": "All 200 connections were in use", "status": "hypothesis"}
    theirs = {"statement": "Pool is full", "status": "confirmed", "factor": "tech"}
    merged = merge(base, mine, theirs)
    assert merged.collisions == ()
    assert merged.body == {"statement": "All 200 connections were in use", "status": "confirmed", "factor": "tech"}


def test_a_short_field_that_both_changed_collides_with_all_three_versions() -> None:
    merged = merge({"status": "hypothesis"}, {"status": "confirmed"}, {"status": "refuted"})
    (collision,) = merged.collisions
    assert (collision.field, collision.base, collision.mine, collision.theirs) == (
        "status", "hypothesis", "confirmed", "refuted"
    )  # fmt: skip
    assert merged.body == {"status": "refuted"}


def test_maps_are_joined_key_by_key() -> None:
    merged = merge(
        {"waivers": {"F6": "two of us"}}, {"waivers": {"F6": "two of us", "F4": "one team"}}, {"waivers": {}}
    )
    assert merged.body == {"waivers": {"F4": "one team"}} and merged.collisions == ()


def test_a_field_that_one_took_away_and_the_other_left_is_gone() -> None:
    assert merge({"due": "2026-06-05", "size": "M"}, {"size": "M"}, {"due": "2026-06-05", "size": "L"}).body == {
        "size": "L"
    }


TEXTS = st.lists(st.sampled_from(["One.", "Two!", "Three?", "Four", "\n\n", "\n- five."]), max_size=6).map(" ".join)


@given(TEXTS, TEXTS)
def test_who_changed_nothing_gets_the_other_text(base: str, other: str) -> None:
    for joined in (join_sentences(base, base, other), join_sentences(base, other, base)):
        assert joined is not None
        assert sentences_of(joined) == sentences_of(other)


@given(TEXTS, TEXTS, TEXTS)
def test_nothing_that_both_kept_is_lost(base: str, mine: str, theirs: str) -> None:
    joined = join_sentences(base, mine, theirs)
    if joined is not None:
        added = (set(sentences_of(mine)) | set(sentences_of(theirs))) - set(sentences_of(base))
        assert {each.strip() for each in added} <= {each.strip() for each in sentences_of(joined)}
