"""The constructions in which English blames somebody, with pairs that use the same words and blame nobody."""

from __future__ import annotations

import pytest

from afteraction.engine.language.findings import check_text


def accuses(sentence: str) -> bool:
    return any(each.rule == "L1" for each in check_text(sentence))


CIRCUMSTANCES = [
    ("Without asking anyone, Fatima removed the firewall rule.", True),
    ("Without losing any message, the team moved the queue.", False),
    ("Not knowing the impact, Bogdan restarted all brokers at once.", True),
    ("Not wanting to lose data, the DBA took a snapshot first.", False),
    ("In his haste to finish, the technician swapped the two cables.", True),
    ("In a calm handover, the night shift passed the incident on.", False),
    ("Despite three warnings, the operator continued the upgrade.", True),
    ("Despite the noise, the on-call engineer found the right graph.", False),
    ("By not testing the rollback, the engineer put the whole platform at risk.", True),
    ("By restarting the proxy, the engineer restored the service.", False),
    ("The engineer, who had not been trained, deleted the volume.", True),
    ("The engineer, who had joined the call at 10:10, restarted the proxy.", False),
    ("Tyrell ran the drain against the west instead of the canary cell.", True),
    ("The engineer deployed to one region instead of all to limit the risk.", False),
]
OMISSIONS = [
    ("The author of the change did not add a test.", True),
    ("The operator did not get a warning.", False),
    ("They never tested the restore.", True),
    ("They had seen the same error in March.", False),
    ("The checklist was not followed by the operator.", True),
    ("The certificate was not renewed by the controller.", False),
    ("The change was not reviewed by anyone on the team.", True),
    ("The alert was not sent by the gateway.", False),
    ("None of the engineers verified the checksum.", True),
    ("Nobody noticed any impact.", False),
    ("Neither Paul nor Ana checked the replication lag.", True),
    ("Neither the dashboard nor the log showed the error.", False),
    ("The engineer did not have access to the vault.", False),
]
CAUSES = [
    ("The index was dropped because the DBA thought it was unused.", True),
    ("The outage ended because the engineer restarted the broker.", False),
    ("No data was lost because the DBA had taken a snapshot.", False),
    ("It was an engineer on the payments team who dropped the table.", True),
    ("It was Farid who noticed the pattern.", False),
    ("Blame for this incident goes to the storage admin.", True),
    ("The responsibility for the certificate moved to the platform team.", False),
    ("This one is on the DBA.", True),
    ("The runbook is on Confluence.", False),
    ("The cause was a lack of attention by the operator.", True),
    ("The outage was down to a faulty switch.", False),
    ("The change that Ivan made took down the login service.", True),
    ("The change by Ingrid fixed the queue.", False),
    ("The root cause was Nikhil's decision to deploy on a Friday evening.", True),
    ("Due to the engineer's quick action the loss was small.", False),
    ("Production was deleted by the intern.", True),
    ("The stale index was dropped by the DBA.", False),
]
PHRASES = [
    ("Sofia pushed directly to main.", True),
    ("The guard stops anyone from pushing directly to main.", False),
    ("The engineer pushed the fix straight to production, as the runbook says for emergencies.", False),
    ("The admin gave everyone write access.", True),
    ("The admin gave the contractor read access for a week.", False),
    ("Somebody had commented out the health check.", True),
    ("Someone turned off the alert and never turned it back on.", True),
    ("Someone turned the flag off at 12:03.", False),
    ("An employee leaked the token on GitHub.", True),
    ("A developer noticed the secret in the repository and rotated it.", False),
    ("The engineer was unaware that the host was in production.", True),
    ("The engineer was unaware of the change because no channel announces it.", False),
    ("The engineer broke the build.", True),
    ("The engineer broke the change into three parts.", False),
    ("The vendor rotated the key without telling us.", True),
    ("The vendor published a patch on Tuesday.", False),
    ("The etcd operator deleted the wrong member.", False),
]


@pytest.mark.parametrize(("sentence", "blames"), [*CIRCUMSTANCES, *OMISSIONS, *CAUSES, *PHRASES])
def test_blame_is_known_by_its_construction(sentence: str, blames: bool) -> None:
    assert accuses(sentence) is blames
