"""Documents are read by section, and every finding stands where an editor would show it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.engine.language.documents.document import Placed, Read, check_document
from afteraction.engine.language.rules import Rules

ERROR = "It was human error."


def found(text: str, name: str = "review.md", **more: object) -> list[Placed]:
    return list(check_document(text, name=name, **more).findings)  # type: ignore[arg-type]


def rules_in(text: str, name: str = "review.md", **more: object) -> list[str]:
    return [each.finding.rule for each in found(text, name, **more)]


def severity(text: str, name: str = "review.md", rule: str = "L4") -> str:
    (one,) = [each for each in found(text, name) if each.finding.rule == rule]
    return one.finding.severity.value


def shown(text: str, each: Placed) -> str:
    """What an editor marks: the text between two lines and columns."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if each.line == each.end_line:
        return lines[each.line - 1][each.column - 1 : each.end_column - 1]
    return "\n".join(
        [
            lines[each.line - 1][each.column - 1 :],
            *lines[each.line : each.end_line - 1],
            lines[each.end_line - 1][: each.end_column - 1],
        ]
    )


@pytest.mark.parametrize(
    ("heading", "loud"),
    [
        ("## Root cause\n", "gate"),
        ("## 3. Root causes\n", "gate"),
        ("## Impact\n", "nudge"),
        ("Root cause\n==========\n", "gate"),
        ("**Root cause**\n\n", "gate"),
        ("Root cause:\n", "gate"),
        ("Root cause: ", "gate"),
        ("- **Root cause**: ", "gate"),
        ("| Root cause | ", "gate"),
        ("h2. Root cause\n", "gate"),
        ("== Root cause ==\n", "gate"),
        ("=== Contributing factors\n", "gate"),
        ("## Root cause\n\n### Details\n", "gate"),
        ("## Root cause\n\nA valve stuck.\n\n## Impact\n", "nudge"),
        ("## Ursache\n", "gate"),
    ],
)
def test_under_a_heading_of_causes_human_error_is_a_gate(heading: str, loud: str) -> None:
    assert severity(f"{heading}{ERROR}") == loud


def test_the_title_of_the_document_makes_no_section_of_all_of_it() -> None:
    assert severity(f"# Root cause analysis of the outage\n\n## Impact\n\n{ERROR}") == "nudge"


def test_a_label_of_an_item_holds_for_what_is_indented_below_it_and_no_further() -> None:
    text = f"- **Root cause**:\n  - {ERROR}\n- **Resolution**:\n  - {ERROR}\n"
    assert [each.finding.severity.value for each in found(text)] == ["gate", "nudge"]


@pytest.mark.parametrize("title", ["Chat log", "Slack transcript", "Logs", "Appendix: chat", "IRC excerpts"])
def test_evidence_is_never_linted(title: str) -> None:
    assert rules_in(f"## {title}\n\nBob forgot the flag.\n\n## Impact\n\nNone.") == []
    assert rules_in(f"## {title}\n\nBob forgot the flag.\n\n## Impact\n\n{ERROR}") == ["L4"]


def test_code_log_lines_and_quotations_are_never_linted() -> None:
    code = "```\n# Root cause\nBob forgot the flag.\n```\n\n> Bob forgot the flag.\n"
    assert rules_in(f"{code}\n2026-05-12T14:02:11Z ERROR human error\n") == []


def test_items_under_action_headings_are_read_as_actions() -> None:
    text = "## Action items\n\n- [ ] Improve monitoring\n- [x] Improve the wiki\n- Owner: nobody\n- None\n"
    assert {(each.finding.rule, each.line, each.column) for each in found(text)} == {("A2", 3, 7), ("S1", 3, 7)}
    assert rules_in(text.replace("Action items", "Impact")) == []


def test_items_below_an_action_are_about_it_unless_it_is_a_title() -> None:
    about = "## Action items\n\n- Page on `pool_wait` above 50 ms for 1 min in #payments\n  - Improve monitoring\n"
    assert rules_in(about) == []
    grouped = "## Action items\n\n- Payments team:\n  - Improve monitoring\n"
    assert set(rules_in(grouped)) == {"A2", "S1"}


def test_actions_of_another_language_are_left_alone_and_counted() -> None:
    text = "## Maßnahmen\n\n- Die Überwachung verbessern, damit das nicht noch einmal geschieht\n- Alarm bauen\n"
    read = check_document(text, name="a.md")
    assert [each.finding.rule for each in read.findings] == []
    assert sum(read.unread.values()) >= 1


def test_a_table_of_actions_is_read_by_its_columns() -> None:
    text = (
        "## Action items\n\n| Ticket | Action | Owner |\n|---|---|---|\n| 5 | Improve monitoring | Kim |\n"
        "| 6 | Add a canary stage to the deploy job of `payments-api` | Kim and Ola |\n"
    )
    assert {(each.finding.rule, each.line) for each in found(text)} == {("A2", 5), ("S1", 5), ("O1", 6)}
    (vague,) = [each for each in found(text) if each.finding.rule == "A2"]
    assert shown(text, vague) == "Improve monitoring"


def test_a_list_of_questions_is_looked_at_for_whom_it_seeks() -> None:
    assert rules_in("## Open questions\n\n- Who approved this?\n- Why was the page late?\n") == ["L9"]


def test_a_field_is_forced_over_all_headings() -> None:
    text = f"## Impact\n\n{ERROR}"
    assert [each.finding.severity.value for each in found(text, field="cause")] == ["gate"]
    with pytest.raises(ValueError, match="letter"):
        check_document(text, field="letter")


def test_as_actions_every_line_and_item_is_one() -> None:
    text = "Improve monitoring\n\n- Be more careful.\n\n1. Improve monitoring\n"
    vague = [each for each in found(text, "list.txt", field="action") if each.finding.rule in ("A2", "A4")]
    assert [(each.finding.rule, each.line) for each in vague] == [("A2", 1), ("A4", 3), ("A2", 5)]


def test_lines_that_are_statements_are_read_one_by_one() -> None:
    text = "Human error caused it\nThe disk was full\nBob forgot the flag\n"
    assert [(each.finding.sentence, each.line) for each in found(text, "list.txt")] == [
        ("Human error caused it", 1),
        ("Bob forgot the flag", 3),
    ]


def test_wrapped_text_is_read_as_paragraphs() -> None:
    text = (
        "The rollout began at noon and went on until the evening, when the on-call\n"
        "engineer forgot to turn the flag off again, so that every checkout in the\n"
        "second region went on to fail until the next morning.\n"
    )
    for name in ("story.txt", "story.md"):
        (one,) = found(text, name)
        assert one.finding.sentence.startswith("The rollout began")
        assert (one.line, one.end_line) == (1, 2)


def test_positions_count_code_points_whatever_stands_before() -> None:
    before = "🙂\tA\u0301 👩\u200d💻 \u05d0\u05d1 – "
    text = f"# T\r\n\r\nFine.\r\n{before}Bob forgot the flag.\r\n"
    (one,) = found(text, "T.md")
    assert (one.line, one.column, one.end_line) == (4, 1 + len("🙂\tA\u0301 👩\u200d💻 \u05d0\u05d1 – "), 4)
    assert shown(text, one) == text[one.finding.start : one.finding.end] == "Bob forgot"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_one(end: str) -> None:
    text = f"## Impact{end}{end}Fine.{end}{end}{ERROR}{end}"
    (one,) = found(text)
    assert (one.line, one.column, shown(text, one)) == (5, 8, "human error")


def test_a_page_is_read_with_its_places_in_the_file() -> None:
    page = (
        "<!doctype html><html><head><style>p {}</style><script>Bob = forgot</script></head>\n<body>\n"
        "<h2 class='x'>Root cause</h2>\n<p>It was <b>human</b> error &amp; more.</p>\n"
        "<pre>Bob forgot the flag.</pre><blockquote><p>Bob forgot.</p></blockquote>\n"
        "<ul><li>Bob didn&#39;t check the flag.</li></ul><h2>Action items</h2><ul><li>Improve monitoring</ul>"
    )
    by_rule = {each.finding.rule: each for each in found(page, "page.html")}
    assert set(by_rule) == {"L4", "L1", "A2", "S1"}
    assert by_rule["L4"].finding.severity.value == "gate"
    assert shown(page, by_rule["L4"]) == "human</b> error"
    assert by_rule["L4"].line == 4
    assert shown(page, by_rule["L1"]).startswith("Bob didn&#39;t")
    assert shown(page, by_rule["A2"]) == "Improve monitoring"
    assert rules_in(page, "pasted.txt") == rules_in(page, "page.html")


def test_items_of_a_page_are_read_however_they_are_wrapped() -> None:
    page = (
        "<h2>Action items</h2><ul><li><p>Improve monitoring</p><p>Kim</p></li>\n<li>Limit <code>import</code> to 50 "
        "requests per second for each customer<ul><li>Improve monitoring</li></ul></li></ul>"
    )
    found_ = [(each.finding.rule, shown(page, each)) for each in found(page, "page.html")]
    assert ("A2", "Improve monitoring") in found_
    assert len([rule for rule, _ in found_ if rule == "A2"]) == 1


def test_a_review_of_ours_is_read_part_by_part() -> None:
    review = {
        "schema": "afteraction/review/1",
        "incident": {"key": "I-1", "title": "Bob forgot"},
        "parts": {
            "frame": {"review": {"summary": "It was human error.", "objective": "Fine."}},
            "answer": {"q2": {"state": "answered", "text": 'It was "only"\nhuman error.'}},
            "change": {"C1": {"text": "Improve monitoring"}},
            "support": {"S1": {"note": "Bob forgot the flag."}},
        },
    }
    for text in (json.dumps(review), json.dumps(review, indent=1, ensure_ascii=True)):
        seen = [(each.finding.rule, each.finding.severity.value, shown(text, each)) for each in found(text, "r.json")]
        assert seen == [
            ("L4", "nudge", "human error"),
            ("L4", "gate", "human error"),
            ("A2", "nudge", "Improve monitoring"),
            ("S1", "nudge", "Improve monitoring"),
        ]


def test_a_document_switches_rules_off_for_a_stretch_and_for_a_line_and_it_is_counted() -> None:
    text = (
        f"{ERROR}\n\n<!-- afteraction: off L4 -->\n\n{ERROR}\n\nBob forgot it.\n\n"
        f"<!-- afteraction: on -->\n\n{ERROR}\n\n"
        f"{ERROR} <!-- afteraction: ignore HUMAN_ERROR -->\n\n<!-- afteraction: ignore -->\n{ERROR}\n"
    )
    read = check_document(text, name="a.md")
    assert [(each.finding.rule, each.line) for each in read.findings] == [("L4", 1), ("L1", 7), ("L4", 11)]
    assert [each.line for each in read.silenced] == [5, 13, 16]


def test_a_switch_in_an_example_does_nothing_and_a_wrong_one_is_told() -> None:
    assert rules_in(f"```\n<!-- afteraction: off -->\n```\n\n{ERROR}") == ["L4"]
    read = check_document(f"<!-- afteraction: of L4 -->\n<!-- afteraction: off L77 -->\n\n{ERROR}", name="a.md")
    assert [line for line, _ in read.problems] == [1, 2]
    assert [each.finding.rule for each in read.findings] == ["L4"]


def test_what_a_team_switched_off_is_off_for_actions_too() -> None:
    text = f"## Action items\n\n- Improve monitoring\n\n## Impact\n\n{ERROR}"
    assert rules_in(text, rules=Rules(off=frozenset({"VAGUE", "L4", "S1"}))) == []


def test_words_and_sentences_that_were_read_are_counted() -> None:
    read = check_document(
        "## Impact\n\nOne two three. Four five.\n\n## Chat log\n\nSix seven.\n\n`code here`\n", name="a.md"
    )
    assert (read.words, read.sentences) == (6, 3)
    assert check_document("") == Read()


def test_of_a_review_that_breaks_off_the_rest_is_read_and_the_place_is_told() -> None:
    text = '{"schema": "afteraction/review/1", "parts": {"remark": {"R1": {"text": "Bob forgot the flag."}},\n"node'
    read = check_document(text, name="r.json")
    assert [each.finding.rule for each in read.findings] == ["L1"]
    assert [line for line, _ in read.problems] == [2]


@pytest.mark.parametrize("size", [60_000])
@pytest.mark.parametrize(
    "pattern",
    [
        "A{spaces}x", "**a**{spaces}x", "= a{spaces}x", "# {opened}", "- {marks}a", "{comments}", "{quotes}", "{html}",
        "<blockquote>{html}", "| {bars}", "a{spaces}b\nc{spaces}d\ne",
    ],
)  # fmt: skip
def test_a_text_made_to_be_slow_is_read_in_the_end(pattern: str, size: int) -> None:
    text = pattern.format(
        spaces=" " * size, opened="(" * size, marks="!" * size, comments="<!--" * (size // 4), bars="|" * size,
        quotes='"\\' * (size // 2), html="<q><blockquote><code>" * (size // 20),
    )  # fmt: skip
    for name in ("a.md", "a.txt", "a.html"):
        check_document(f"## Action items\n\n{text}\n", name=name)
    check_document(f'{{"schema": "afteraction/review/1", "x": {text}', name="r.json")


PIECES = st.sampled_from(
    ["\n", "\r\n", "\n\n", "# Cause\n", "- ", "| a | b |\n", "```", "<p>", "</p>", "<pre>", "&amp;", "&#x1F600;",
     "\u202e", "שלום ", "🙂", "e\u0301", "Bob forgot the flag. ", "It was human error. ", '"', "`", "**",
     "{{", "<!--", "-->", "<!-- afteraction: off -->", "\t", "Action items:\n", "Improve monitoring", "\x00", "\ud800",
     "{", '"schema"', "==\n"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25), st.sampled_from(["a.md", "a.txt", "a.html", "", "a.rst"]))
def test_whatever_is_pasted_is_read_and_every_place_is_in_the_text(pieces: list[str], name: str) -> None:
    text = "".join(pieces)
    read = check_document(text, name=name)
    for each in (*read.findings, *read.silenced):
        assert 0 <= each.finding.start <= each.finding.end <= len(text)
        assert shown(text, each) == text[each.finding.start : each.finding.end].replace("\r\n", "\n").replace(
            "\r", "\n"
        )


def test_a_text_switches_off_what_no_rule_found() -> None:
    said = "A human being put the decimal point in the wrong place, no more to it."
    rules = Rules(likeness=True)
    assert [each.finding.by_likeness for each in check_document(said, rules=rules).findings] == [True]
    for name in ("LW", "LIKENESS", "L4"):
        read = check_document(f"{said} <!-- afteraction: ignore {name} -->", rules=rules)
        assert not read.findings and len(read.silenced) == 1
