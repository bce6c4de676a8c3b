"""Every form has the house's look: problems first, each with a way to its field."""

from __future__ import annotations

from django import forms


class ChangeForm(forms.Form):
    title = forms.CharField(label="Title", help_text="A line that says what happened.")
    due = forms.DateField(label="Due", error_messages={"invalid": "5 May is no date. Write 2026-05-05."})
    kind = forms.ChoiceField(label="Kind", choices=[("a", "Incident"), ("b", "Near miss")], widget=forms.RadioSelect)
    urgent = forms.BooleanField(label="Data was lost", required=False)
    base = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> None:
        if self.cleaned_data.get("title") == "x":
            raise forms.ValidationError("Somebody saved this first.")


def test_a_fresh_form_calls_nothing_wrong() -> None:
    drawn = str(ChangeForm())
    assert "callout" not in drawn
    assert "aria-invalid" not in drawn
    assert '<label for="id_title">Title</label>' in drawn
    assert 'class="inp"' in drawn
    assert 'aria-describedby="id_title_helptext"' in drawn
    assert '<p class="hint" id="id_title_helptext">A line that says what happened.</p>' in drawn


def test_after_the_first_try_a_box_counts_the_problems_and_links_to_the_fields() -> None:
    drawn = str(ChangeForm({"due": "5 May", "kind": "a", "base": "1"}))
    assert "Two things before this can be saved" in drawn
    assert '<a class="link" href="#id_title">Title: This field is required.</a>' in drawn
    assert '<a class="link" href="#id_due">Due: 5 May is no date. Write 2026-05-05.</a>' in drawn


def test_a_field_in_error_says_so_to_those_who_listen() -> None:
    drawn = str(ChangeForm({"title": "", "due": "2026-05-05", "kind": "a", "base": "1"}))
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="id_title_helptext id_title_error"' in drawn
    assert 'id="id_title_error"' in drawn


def test_what_is_wrong_with_the_whole_form_stands_in_the_box_without_a_link() -> None:
    drawn = str(ChangeForm({"title": "x", "due": "2026-05-05", "kind": "a", "base": "1"}))
    assert "<li>Somebody saved this first.</li>" in drawn


def test_choices_are_one_group_with_a_legend_and_boxes_stand_in_their_label() -> None:
    drawn = str(ChangeForm())
    assert "<legend>Kind</legend>" in drawn
    assert drawn.count('type="radio"') == 2
    assert "<span>Data was lost</span></label>" in drawn


def test_what_was_typed_is_drawn_as_text() -> None:
    drawn = str(ChangeForm({"title": "<script>alert(1)</script>", "due": '"><b>', "kind": "a", "base": "1"}))
    assert "<script>" not in drawn
    assert "<b>&quot;" not in drawn
