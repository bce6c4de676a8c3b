"""A sentence in place of the one found: said of what happened, with every fact, and quiet under every rule."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from afteraction.engine.language.findings import LanguageFinding, Severity, check_text
from afteraction.engine.language.rewording.sayable import facts_of, filled
from benchmarks.language import sentences, unseen

ANEW = [
    ("COUNTERFACTUAL", "The deployer should have checked the replica lag first.",
     "The replica lag was not checked first; [what was visible at the time]."),
    ("COUNTERFACTUAL", "The cluster should never have been upgraded on 3 May.",
     "The cluster was upgraded on 3 May, because [what made that sensible at the time]."),
    ("COUNTERFACTUAL", "Had Paulo drained node db-3 first, no requests would have been lost.",
     "Node db-3 was not drained first; [what was visible at the time]."),
    ("COUNTERFACTUAL", "It would have been better to wait for the maintenance window.",
     "The choice at the time was not to wait for the maintenance window; [what was visible at the time]."),
    ("GATE", "A contract test between billing and ledger would have caught this.",
     "No contract test between billing and ledger caught this; [what let it pass]."),
    ("GATE", "The load test should have shown the limit of 80 connections.",
     "The load test did not show the limit of 80 connections; [what let it pass]."),
    ("GATE", "There should have been an alert on queue age.", "There was no alert on queue age; [what let it pass]."),
    ("HUMAN_ERROR", "The deletion at 03:50 was due to a simple operator error.",
     "The deletion at 03:50 was due to [what was done, and what let it through]."),
    ("HUMAN_ERROR", "An administrative error by a member of staff resulted in 318 letters being issued.",
     "[What was done, and what let it through] resulted in 318 letters being issued."),
    ("HINDSIGHT", "In hindsight, it was clear that the cache of 2 GB was too small.",
     "The cache of 2 GB was too small; [what showed it, and since when]."),
    ("JUDGEMENT", "The release plan was a ridiculous mess.", "The release plan was [what was measured]."),
    ("SINGLE_CAUSE", "The root cause of the outage was a missing index.",
     "One cause of the outage was a missing index; another was [what else had to be so]."),
    ("AGENCY", "The table was accidentally dropped.", "The table was dropped through [what tool or path]."),
    ("DIMINISHING", "The impact was negligible.", "The impact was [how many, for how long]."),
    ("SELF", "I should have checked the region first.",
     "The region was not checked first; [what was visible at the time]."),
    ("WHO_WHY", "Who deleted volume 17?", "What allowed volume 17 to be deleted?"),
    ("WHO_WHY", "Why didn't the operator follow the runbook?", "What made it hard to follow the runbook?"),
    ("PERSON", "The operator misread the second graph.", "The second graph was easy to misread."),
    ("PERSON", "The on-call engineer slept through 3 pages.", "3 pages went unanswered, and nothing escalated them."),
    ("PERSON", "The bug was introduced by Piotr in PR #881.",
     "The bug was introduced in PR #881; [what let it through]."),
    ("PERSON", "The change owner had not read the release notes.",
     "The release notes were not read, and nothing in the process asked for it."),
]  # fmt: skip
# Of these a rewrite would lose what is told, or say what nobody knows.
NONE = [
    ("COUNTERFACTUAL", "More verification should have been done before the start."),
    ("COUNTERFACTUAL", "She should not have been touching production on a Friday."),
    ("COUNTERFACTUAL", "Had we drained it first, the 9,000 requests would not have been lost."),
    ("GATE", "Better monitoring would have let us know before customers did."),
    ("PERSON", "The engineer who had not read the runbook restarted the primary."),
    ("PERSON", "The support agent gave the customer the wrong instructions."),
    ("HUMAN_ERROR", "RC = fat-fingered regex, nothing more exotic than that"),
]


def found(category: str, sentence: str) -> LanguageFinding:
    (finding,) = [each for each in check_text(sentence) if each.category == category]
    return finding


@pytest.mark.parametrize(("category", "sentence", "anew"), ANEW)
def test_a_finding_is_said_of_what_happened_with_a_blank_for_what_is_not_known(
    category: str, sentence: str, anew: str
) -> None:
    assert found(category, sentence).suggestion == anew


@pytest.mark.parametrize(("category", "sentence"), NONE)
def test_none_is_offered_where_it_would_lose_a_fact_or_be_no_english(category: str, sentence: str) -> None:
    finding = found(category, sentence)
    assert finding.suggestion == "" and finding.question


def test_a_blank_that_nobody_filled_in_is_reminded_of() -> None:
    assert [each.category for each in check_text("The impact was [how many, for how long].")] == ["RESIDUE"]


def test_of_all_labelled_sentences_every_rewrite_is_quiet_and_keeps_what_is_told() -> None:
    rows = [(row.text, row.field) for name in ("sentences", "fresh", "second", "third")
            for row in unseen.written(f"{name}.jsonl") if row.half == "dev"]  # fmt: skip
    rows += [(row.text, row.field) for row in unseen.real() if row.half == "dev"]
    rows += [(row.text, "prose") for name in ("own.tsv", "later.tsv") for row in sentences.own(name)]
    of, rewritten, loud, lost, many = Counter[str](), Counter[str](), [], [], []
    for text, field in rows:
        for finding in check_text(text, field=field):
            of[finding.category] += 1
            anew = finding.suggestion
            if not anew or finding.category == "INFERENCE":
                continue
            rewritten[finding.category] += 1
            loud += [anew for each in check_text(filled(anew), field=field) if each.severity is not Severity.NOTE]
            loud += [anew for each in check_text(anew, field=field) if each.severity is not Severity.NOTE]
            kept = Counter(each.casefold() for each in _NUMBERS.findall(anew))
            told = Counter(each.casefold() for each in _NUMBERS.findall(finding.sentence))
            lost += [(finding.sentence, anew)] if told - kept and finding.category != "PERSONAL_DATA" else []
            many += [anew] if re.search(r" ([.,;])|\b(\w+) \2\b| {2}|;\s*[.,]", anew) else []
    assert loud == []
    assert lost == []
    assert many == []
    shares = {name: rewritten[name] / of[name] for name in of}
    assert shares["HUMAN_ERROR"] > 0.8 and shares["COUNTERFACTUAL"] > 0.35 and shares["GATE"] > 0.45, shares
    assert shares["WHO_WHY"] > 0.95 and shares["PERSON"] > 0.2, shares


_NUMBERS = re.compile(r"`[^`]+`|“[^”]+”|\"[^\"]+\"|\d[\d.,:%]*\d|\d|\w+_\w+")


def test_what_is_code_quoted_or_a_name_is_a_fact() -> None:
    told = "At 10:02 `rm -rf` hit payRoute of EMEA, “gone” for 40 % on Friday, said Ana."
    assert set(facts_of(told, [(len(told) - 4, len(told))])) == {
        "10:02",
        "`rm -rf`",
        "payroute",
        "emea",
        "“gone”",
        "40",
        "friday",
    }
