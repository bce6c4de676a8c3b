"""Taking a review in that was written elsewhere."""

from __future__ import annotations

from typing import Any

from afteraction.web.reviews.actions import PartWish, change_parts, import_review
from afteraction.web.reviews.models import ReviewChange, ReviewPart

Json = dict[str, Any]


def document(**change: Any) -> Json:
    body = {"text": "Page on pool wait above 50 ms for 1 min.", "owner_role": "Observability lead", **change}
    return {"schema": "afteraction/review/1", "parts": {
        "node": {"N1": {"kind": "event", "statement": "The pool was full"}, "N2": {"kind": "person"}},
        "change": {"C1": body},
    }}  # fmt: skip


def test_what_fits_comes_in_and_what_does_not_is_told(incident, person) -> None:
    review, failures = import_review(incident, document(), "review.json", actor=person)
    assert set(review.parts.values_list("sort", "ident")) == {("node", "N1"), ("change", "C1")}
    assert [str(each.locator) for each in failures] == ["/parts/node/N2"]


def test_the_same_document_twice_changes_nothing(incident, person) -> None:
    import_review(incident, document(), "review.json", actor=person)
    before = ReviewChange.objects.count()
    import_review(incident, document(), "review.json", actor=person)
    assert ReviewChange.objects.count() == before


def test_nobody_is_promised_by_a_document_from_elsewhere(incident, person, make_person) -> None:
    other = make_person("other@example.org")
    wanted = document(owner=str(other.pk), accepted_at="2026-05-14T15:10:00+00:00")
    import_review(incident, wanted, "review.json", actor=person)
    body = ReviewPart.objects.get(sort="change").body
    assert "owner" not in body and "accepted_at" not in body
    assert body["owner_role"] == "Observability lead"


def test_who_owns_a_change_here_keeps_it(incident, person) -> None:
    review, _ = import_review(incident, document(), "review.json", actor=person)
    row = ReviewPart.objects.get(sort="change")
    mine = {**row.body, "owner": str(person.pk)}
    change_parts(review, [PartWish("change", "C1", mine, row.rev)], verb="edit", actor=person)
    import_review(incident, document(text="Page on pool wait."), "review.json", actor=person)
    body = ReviewPart.objects.get(sort="change").body
    assert (body["owner"], body["text"]) == (str(person.pk), "Page on pool wait.")
