"""The catalogue of the language rules: a title, a reason, a question and two examples each (SPEC §4.2).

Knows why each rule is there. Refuses to find anything: the modules of the rules do.
"""

# ruff: noqa: E501
from __future__ import annotations

from afteraction.engine.language.rule import Rule, Severity

LANGUAGE_RULES: tuple[Rule, ...] = (
    Rule(
        code="L1", category="PERSON", loudness=Severity.GATE,
        title="Puts it on a person",
        reason="A person as the explanation ends the search: what made the step possible stays as it is, and the next person takes it too. People who are blamed also stop telling what they saw.",
        question="What made that the sensible thing to do? What would have let anyone else do the same?",
        example_bad="The developer forgot to run the migration.",
        example_good="Nothing in the release process made sure that the migration had run.",
    ),
    Rule(
        code="L2", category="COUNTERFACTUAL", loudness=Severity.NUDGE,
        title="Judges a past decision from today",
        reason="What somebody should have done is known only now. It describes an incident that did not happen, and hides why the real choice made sense.",
        question="What did they know then? Which signal was missing?",
        example_bad="The team should have postponed the upgrade.",
        example_good="The upgrade went ahead: the calendar showed no other change that day.",
    ),
    Rule(
        code="L2g", category="GATE", loudness=Severity.NOTE,
        title="Names a catch that was missed",
        reason="A test or an alert that could have caught it is worth more as an entry of the gate matrix than as a sentence: there it gets a reason and an action.",
        question="Shall this go to the gate matrix, with what let it pass?",
        example_bad="An alert on the error rate would have caught this hours earlier.",
        example_good="No alert watched the error rate (gate matrix: alerting, absent).",
    ),
    Rule(
        code="L3", category="HINDSIGHT", loudness=Severity.NUDGE,
        title="Clear only afterwards",
        reason="Once the outcome is known the signs look plain. Calling them obvious turns a hard call into a careless one, and nobody learns what was really on the screen.",
        question="Which of this was visible at that minute?",
        example_bad="The leak was obvious from the memory graph.",
        example_good="The memory graph rose by 2 % an hour; it was on no dashboard that anyone had open.",
    ),
    Rule(
        code="L4", category="HUMAN_ERROR", loudness=Severity.GATE,
        title="Human error explains nothing yet",
        reason="Human error is where the questions begin. As a cause it can be fixed only by telling people to be careful, which changes nothing.",
        question="Slip, lapse or mistake – and what in the situation made it likely?",
        example_bad="The cause was human error.",
        example_good="Both clusters show the same prompt, and the command took the name of either.",
    ),
    Rule(
        code="L5", category="JUDGEMENT", loudness=Severity.NUDGE,
        title="Judges in place of telling",
        reason="An adjective of judgement tells what the writer feels and keeps back what was measured. Who is meant by it defends; who was not there learns nothing.",
        question="Which measurement stands behind the adjective?",
        example_bad="The engineer wrote bad code.",
        example_good="The change opened a connection in each loop and returned none: 200 in 40 seconds.",
    ),
    Rule(
        code="L6", category="SINGLE_CAUSE", loudness=Severity.NOTE,
        title="Tells of one cause",
        reason="An incident of a complex system has several contributors, each needed and none enough. One root cause closes the list after its first entry.",
        question="What else had to be so for this to happen?",
        example_bad="The root cause was a typo in a configuration file.",
        example_good="Root causes (3): a value without a schema, a rollout to all regions at once, an alert on averages.",
    ),
    Rule(
        code="L7", category="AGENCY", loudness=Severity.NOTE,
        title="Hides how it happened",
        reason="“Was accidentally deleted” keeps the person out of it and the mechanism as well. Without the tool or path nothing can be changed.",
        question="Through which tool or path did it happen?",
        example_bad="The table was accidentally dropped.",
        example_good="The clean-up job dropped the table: its filter matched the prefix of production.",
    ),
    Rule(
        code="L8", category="DIMINISHING", loudness=Severity.NOTE,
        title="Makes it small",
        reason="What is made small is not looked into. A number lets the reader judge, and costs no more words.",
        question="How many, for how long, and how is that known?",
        example_bad="The impact on customers was negligible.",
        example_good="41 of 12,000 orders were delayed, by 3 minutes at most.",
    ),
    Rule(
        code="L9", category="WHO_WHY", loudness=Severity.NUDGE,
        title="Looks for a person",
        reason="A question that begins with who, or asks why somebody did something, gets a defence. What and how get a description.",
        question="What made this possible?",
        example_bad="Why did the engineer skip the review?",
        example_good="What let the change go out without a review?",
    ),
    Rule(
        code="LS", category="SELF", loudness=Severity.NUDGE,
        title="Hard on yourself",
        reason="Owning a step is generous, and still ends the search at a person. It never stands in the way of publishing.",
        question="What made it easy to do?",
        example_bad="I totally forgot to renew the certificate, my fault.",
        example_good="Nothing told anyone that the certificate would run out; I held the only reminder.",
    ),
    Rule(
        code="LA", category="ANIMATED", loudness=Severity.NOTE,
        title="Raises its voice",
        reason="Capitals, strings of exclamation marks and irony carry a mood into a text that is read for years, by people who were not in the room.",
        question="What happened, said as one would read it aloud?",
        example_bad="The failover did NOTHING AGAIN!!!",
        example_good="The failover did not start, as on 3 May.",
    ),
    Rule(
        code="LT", category="RESIDUE", loudness=Severity.NOTE,
        title="Left over from the template",
        reason="A prompt that nobody answered reads as if there were nothing to say. Either answer it or take it out.",
        question="What belongs here, or can it go?",
        example_bad="TODO: describe the impact on users.",
        example_good="Sign-in failed for every third attempt between 10:02 and 10:41.",
    ),
    Rule(
        code="LO", category="OUTAGE", loudness=Severity.NOTE,
        title="Calls a part the whole",
        reason="In a text for customers “outage” says that nothing worked. Where a part worked, or was slow, the right word spares support and trust.",
        question="What worked, what did not, and for whom?",
        example_bad="We apologise for the outage of the search.",
        example_good="Between 10:02 and 10:41 one in five searches failed.",
    ),
    Rule(
        code="LI", category="INFERENCE", loudness=Severity.NOTE,
        title="Concludes inside a timeline",
        reason="A timeline tells what was seen at that minute. Reasons and culprits were found later: put among the events they make everything before look foolish.",
        question="What was seen or done at that minute?",
        example_bad="10:14 Culprit ingress object applied",
        example_good="10:14 Ingress object applied",
    ),
    Rule(
        code="LP", category="PERSONAL_DATA", loudness=Severity.NUDGE,
        title="Names somebody in a text for the public",
        reason="A text that leaves the organisation stays findable under the name of whoever is in it. A role tells a reader as much.",
        question="Which role says the same?",
        example_bad="Marta Keller (@mkeller) rolled the change back.",
        example_good="The on-call engineer rolled the change back.",
    ),
    Rule(
        code="LW", category="LIKENESS", loudness=Severity.NOTE,
        title="Reads like it",
        reason="People say a thing in more ways than rules can hold. Where no rule finds anything, the words of a sentence are weighed by how often they stood in sentences that accuse; what comes of it is a note with the code of the rule it is like, never louder, and it can be switched off by itself.",
        question="Would somebody who was there feel accused by this?",
        example_bad="The interruption is imputable to the contractor's project manager.",
        example_good="The contract gave no date by which the certificate had to be handed over.",
    ),
)  # fmt: skip
