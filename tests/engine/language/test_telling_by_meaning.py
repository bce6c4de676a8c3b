"""How a sentence tells it, by meaning: hindsight, judgement, making small, hidden agency, one cause."""

from __future__ import annotations

import pytest

from afteraction.engine.language.findings import check_text

TOLD = """
HINDSIGHT: Everybody could have told you that this would end badly.
HINDSIGHT: Of course the disk was going to fill up.
HINDSIGHT: It goes without saying that one replica is never enough.
HINDSIGHT: A child could see that the limit was too low.
HINDSIGHT: How the risk could be overlooked is hard to understand.
HINDSIGHT: The writing had been on the wall since spring.
HINDSIGHT: Clearly this design could never survive Black Friday.
HINDSIGHT: It was only to be expected.
HINDSIGHT: Knowing what we know today, the move was doomed.
HINDSIGHT: There was no way this could have worked.
HINDSIGHT: You did not need to be an expert to see the problem.
HINDSIGHT: Nobody can have been surprised when the lift stopped.
JUDGEMENT: The handling of the move was a shambles.
JUDGEMENT: The import script is a pile of rubbish.
JUDGEMENT: Frankly, the planning was pathetic.
JUDGEMENT: This alerting setup is embarrassing.
JUDGEMENT: A lack of diligence on all sides.
JUDGEMENT: The rollout was bungled from start to finish.
JUDGEMENT: An idiotic default.
JUDGEMENT: The team's attitude to backups is irresponsible.
JUDGEMENT: Their documentation is laughable.
JUDGEMENT: Whoever designed that form was an amateur; the thing is horrible.
JUDGEMENT: The response was slow and disorganised.
JUDGEMENT: That was an unprofessional way to announce it.
DIMINISHING: Hardly worth a review.
DIMINISHING: Nobody really missed the service.
DIMINISHING: In the grand scheme of things this is nothing.
DIMINISHING: Such incidents are unavoidable in a company of our size.
DIMINISHING: Fortunately it was only the intranet.
DIMINISHING: Things break, that is life.
DIMINISHING: Only one customer complained.
DIMINISHING: The damage was kept within limits.
DIMINISHING: It could have happened to any company.
DIMINISHING: No big drama.
AGENCY: By mistake the wrong valve was closed.
AGENCY: Errors crept in during the migration.
AGENCY: The wrong cable was unplugged.
AGENCY: Somehow two copies have been sent.
AGENCY: A rule got lost at some point.
AGENCY: Prices were incorrectly entered.
AGENCY: The key was inadvertently published.
AGENCY: The wrong tenant got deleted.
AGENCY: It so happened that the flag was turned off.
SINGLE_CAUSE: Sole cause: a worn bearing.
SINGLE_CAUSE: One thing alone caused it: the missing index.
SINGLE_CAUSE: The cause of everything was a full disk.
SINGLE_CAUSE: The outage has exactly one explanation, the expired certificate.
SINGLE_CAUSE: Nothing else but the typo caused the failure.
SINGLE_CAUSE: The root cause is a race in the scheduler.
SINGLE_CAUSE: Ultimately it was just the cable.
"""

NOT_TOLD = """
By 12:40 it was clear that the database was down.
Of course we kept the old system running meanwhile.
We expected the load to double, and it did.
Everyone could see the dashboard during the call.
It is clear from the logs that the lease expired.
Afterwards the cache was warm again.
The garbage collector ran for 40 seconds.
The link had poor signal quality, -28 dBm.
The response was slow, 12 s at the median.
The fragile label was on the crate.
An unprofessional translation service was not among the suppliers.
The script is 40 lines long.
Nobody was on site between 02:00 and 05:00.
Only the intranet was down, from 10:00 to 10:40, for 312 people.
The service restarted within limits.
Minor version 4.2 was installed.
The damage to the mirror is being assessed.
The valve was closed at 10:03.
The values were incorrectly rounded by the driver.
The door was left open for ventilation, as the procedure says.
The packet was lost.
The wrong page was shown to 12 users.
There was no single cause.
The cause is under investigation.
Several things had to come together.
One cause among several was the full disk.
<!-- markdownlint-disable -->
Summary: the disk was full.
"""


@pytest.mark.parametrize("line", TOLD.strip().splitlines())
def test_what_a_sentence_does_besides_telling_is_found(line: str) -> None:
    category, _, sentence = line.partition(": ")
    assert category in {found.category for found in check_text(sentence)}


@pytest.mark.parametrize("sentence", NOT_TOLD.strip().splitlines())
def test_sentences_with_the_same_words_that_only_tell_are_left_alone(sentence: str) -> None:
    assert not {found.category for found in check_text(sentence)}
