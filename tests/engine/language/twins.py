"""Sentences of our own with what should be said of them; those of SPEC §4.2 stand among them.

Accusing ones first, then traps: sentences that hold the same words and accuse nobody.
"""

from __future__ import annotations

PERSON = """
The developer forgot to think about the fact that this change affected the crate download endpoint
[name] deployed the revert (or so he thought: he failed to do a rebase)
a technician failed to copy the new code to one of eight servers
dylanfour@ completely ignored the fact that the turnup had already executed once
CP team member did 'terraform destroy components' on the live cluster by mistake
The developer creating the pull request misjudged the potential impact
The culprit was determined to be this commit which was made by [name].
John deployed without review.
Dev deployed bad code
The outage was caused by an engineer who ran the wrong script.
An engineer accidentally deleted the production database.
The on-call engineer did not acknowledge the page for 30 minutes.
Marta pushed a broken config to all hosts.
This happened because Anna Kovacs forgot to renew the certificate.
A DBA dropped the wrong table.
The config was mistakenly applied by an operator to all regions.
The release manager bypassed the canary stage.
Someone had forgotten to remove the old DNS record.
The incident was triggered by a developer merging an untested migration.
Nobody is to blame, but the reviewer missed the off-by-one.
The fault lies with the person who approved the change.
It was the intern's mistake.
The admin, while cleaning up old volumes, accidentally removed a live one.
An SRE ran the cleanup script and mistakenly targeted production.
The contractor misconfigured the firewall.
She overlooked the warning in the log.
One of the engineers neglected to update the runbook.
Due to the developer's lack of experience, the index was not created.
The engineer was careless.
he mistakenly used an out-dated json-refine wrapper script
The operator entered an incorrect value in the form.
Our lead engineer had not tested the patch before rollout.
@bob broke the build.
an oversight by the engineer on duty
The database team forgot to tell us about the maintenance.
The engineer typed the hostname incorrectly.
A misunderstanding by the operator led to the wrong cluster being drained.
An employee unplugged the wrong cable.
The author of the change did not realise that the flag was global.
A member of the network team unplugged the wrong fibre during the rack move.
The on-call developer never looked at the second dashboard.
Our contractor had left debug logging on by accident.
The script was run twice because the administrator misread the output.
The change author was unaware of the dependency and broke the login page.
Two of our engineers mistakenly assumed that the replica was in sync.
Joanna approved the pull request without reading the diff.
Dmitri typed the wrong hostname and shut down the primary.
The outage was caused by a junior engineer who applied the patch to production.
The person running the migration skipped the backup step.
The admins failed to notice that the disk was filling up.
A support employee inadvertently disabled billing for 300 accounts.
The deployer ignored the canary warning.
This was due to the operator entering the wrong VLAN id.
Because the reviewer overlooked the missing index, the query scanned the whole table.
The release engineer pushed an untested build to the store.
Poor judgement by the incident commander delayed the failover.
The SRE on duty neglected to escalate.
The dev who wrote the parser did not handle empty input.
Tom screwed up the DNS change.
The blame lies with the author of the commit.
He had forgotten to remove the feature flag.
The team member responsible for the certificate let it expire.
The technician connected the cable to the wrong port.
Staff did not follow the change procedure.
The developer's carelessness led to a leak.
An engineer ran a destructive command against the wrong cluster.
The administrator accidentally rebooted all hypervisors at once.
Lena merged the branch without waiting for CI.
The root cause is an engineer rotating the key too early.
One of the operators executed the playbook with an incorrect inventory.
The bug was introduced by Paul last March.
The maintainer made an error when tagging the release.
The night shift operator misconfigured the relay.
A colleague from the billing squad deleted the topic without telling anyone.
Priya rotated the wrong credential during the drill.
The engineers on the call ignored three separate alerts.
An intern pushed directly to main by mistake.
This happened because somebody forgot to raise the quota.
The ops person who ran the playbook did not check the target.
The issue was caused by our DBA running an unindexed query.
The committer neglected the style guide and broke the parser.
Responsibility for the outage rests with the deployer who skipped the checklist.
Sven accidentally typed rm -rf in the production shell.
The reviewer approved the change without testing it.
The administrator entered the wrong threshold.
Due to an oversight by the release manager the flag stayed on.
The team lead made the wrong call.
A data engineer inadvertently dropped the staging schema in production.
The on-call person slept through the page.
The outage was the result of an engineer not following the procedure.
The engineer's failure to test led to the crash.
Her mistake took the site down.
The new hire ran the migration in the wrong order.
Engineers were careless with the secrets.
The developer introduced a bug in the retry loop.
The sysadmin upgraded the wrong host.
During the handover the previous engineer forgot to mention the silenced alert.
Carlos deleted the volume without checking for attachments.
The mistake was made by one of the contractors.
An administrator set the TTL incorrectly.
The developers did not communicate the schema change.
She ran the job against production by accident.
The on-call ignored the page because of alert fatigue.
Two operators independently restarted the primary and caused a split brain outage.
The person who configured the probe misunderstood the timeout.
It was the fault of the deployment engineer.
The engineer on duty incorrectly assessed the severity.
The backend engineer failed to add a rollback step.
Some engineers bypass the review process and broke staging.
""".strip().splitlines()

HUMAN_ERROR = """
Entirely operator error.
Cause: Human error (restarted too many squids too fast)
The main trigger for this is human error.
was the result of human error
Human error in not knowing that Hellman logs are stored in a different AWS account
Due to operator error there was a 4 min outage
Root cause: operator mistake during the switch
The second region went down through simple user error.
It was an admin error that emptied the queue.
Plain human error, nothing else.
The deletion happened because of a human mistake.
The wrong volume was picked due to user error.
The trigger was a human mistake in the config.
Root cause: human error during a routine upgrade.
Another case of operator error.
The deletion was attributed to human error.
We traced the incident back to an operator error in the maintenance window.
User error led to the wrong bucket being emptied.
It came down to human oversight.
Human error was the root cause of the outage.
This incident can be explained by human error.
A manual error in the spreadsheet shifted all rates.
Caused by an error made by a human during the data entry.
""".strip().splitlines()

SELF = """
I totally forgot about the second region.
That was my mistake.
I accidentally deleted the wrong namespace.
I failed to check the runbook.
My fault, I did not read the output.
We forgot to renew the certificate.
""".strip().splitlines()

ASKS_FOR_SOMEBODY = """
Who did this?
Why did they do it?
Who caused this?
Why did the developer forget to check this?
Why was the potential impact misjudged?
You're the manager; why aren't you making sure of it?
Someone must have known about this, so why didn't you listen?
Who approved this?
Why did Anna skip the tests?
Who deployed the change?
What were you thinking?
Whose fault was it?
We need to find out who did this.
Didn't anybody test this?
Who is to blame?
Why did nobody notice?
""".strip().splitlines()

ASKS_ABOUT_THINGS = """
Why did the test plan not include crate downloads?
Why was the bug not caught in staging?
Who was paged?
What allowed this to happen?
How can we prevent this in the future?
What caused this?
Why did the pods restart?
Why did they fail over?
Who owns the service?
Why did Kafka drop messages?
Focus on what failed, not on who made a mistake.
Who was on call?
Why was the alert not routed to the team?
How did the engineer see the alert?
Why did we not have an alert?
Who noticed it first?
Who reported it?
""".strip().splitlines()

HARMLESS = """
Cloud Platform team member observed failed DockerHub login attempts
It tentatively assigns blame to 'bloguser' based on query sampling
enormous queries are to blame for the OOM
Culprit Ingress object applied
'operator error' is never a root cause
robust emergency stop mechanisms to prevent human error
Assumed user error at the time
The Kafka operator failed to reconcile the topics.
The operator failed to reconcile the CRD.
The developer portal failed to load.
The Kinesis front-end fleet, responsible for authentication, was down.
A customer accidentally triggered a large export.
The engineer restarted the pod, which failed to start.
The engineer noticed that the server failed to start.
The reviewer noticed the wrong value and reverted it.
The on-call engineer rolled back the bad deploy.
Engineers identified the faulty node and removed it.
The script written by the developer failed to start.
The tool allowed an operator to accidentally delete the table.
Guardrails prevent engineers from accidentally deleting data.
If an engineer forgets to set the flag, nothing warns them.
It is easy for a developer to forget this step.
The deployment process allowed changes to production without an automated review.
No engineer made a mistake here.
The team deployed v2 at 14:02 and paged the database on-call.
Anna quickly found the failing query and added an index.
Puppet failed to run on all hosts.
Jenkins accidentally triggered two builds.
Kafka ignored the header.
The cache manager failed to evict old entries.
Parser cache was missed for most requests.
The new member failed to join the cluster.
We failed over to the secondary at 10:03.
The engineer failed over the database.
The engineer failed to reproduce the problem locally.
We should not blame the developer.
This is not human error but a missing check.
The risk of human error is high.
The process is prone to human error.
The API returned a user error (HTTP 400).
Human errors can happen; the tool must catch them.
The blast radius included user error pages.
Deployment of version 1.2 initiated
The engineers deployed without issues.
Use `git blame` to find the change.
> The developer forgot to test.
Ben merged the fix without downtime.
The operator confirmed that the backup failed.
Developers did not have access to the logs.
The engineer was not paged.
The engineer did not receive an alert because the route was wrong.
Will not be repeated.
We failed to reproduce it in staging.
A user uploaded the wrong file.
The author field was missing.
Our admin page failed to load.
The engineer's laptop failed to boot.
Access review found no mistake by any engineer.
The team learnt that the flag defaults to on.
Training does not eliminate human error.
Automation would leave less room for human error.
Kubernetes reported an operator error in the log.
The on-call rotation failed to page because the schedule was empty.
The client library forgot its session after the restart.
The platform ignored malformed requests, as designed.
The engineer found that the script had accidentally deleted the bucket.
An engineer was misled by the dashboard.
The developer was not told about the freeze.
The change was reviewed by two engineers and deployed by the pipeline.
Could an engineer accidentally run this against production?
To keep anyone from mistakenly running it, the tool asks twice.
The load balancer was responsible for the outage.
Developers could not have seen this in the logs.
The operator was able to restart the node at 12:10.
Maria confirmed that the error rate had dropped.
The support engineer escalated without delay.
The process allowed a merge without review.
Ops restarted the failed node by hand.
The operator pod failed to start after the upgrade.
The engineer on call opened an incident at 10:14.
Two engineers reviewed the change and approved it.
The developer reported that the build had failed.
The author field is wrong in 3 records.
Helen identified the wrong route and withdrew it.
The responder restarted the broken node.
The administrators disabled the faulty plugin.
Engineers were not able to log in because SSO was down.
The on-call engineer was paged twice and acknowledged at 10:20.
The reviewers had no way to see the generated config.
Developers can accidentally commit secrets; a hook now prevents this.
The reviewer could not see that the flag was off.
The engineer had not been given access.
Oscar noticed an incorrect value and asked in the channel.
The user mistakenly uploaded an old file.
A customer reported the error at 12:00.
The tooling makes it easy to apply the wrong file.
The new policy stops people from accidentally deleting volumes.
The database administrator manually failed over the cluster.
The failure of node 7 was reported by the technician.
The engineer failed the service over to the second region.
Human error is never the end of an analysis.
The design reduces the impact of human error.
Mistakes will happen; the system has to absorb them.
The operators of the data centre confirmed the power failure.
The scheduler mistakenly evicted healthy pods.
Mark the node as failed and drain it.
Grant access only to the pipeline.
The deployment failed because the check did not run.
The team was notified by customers before any alert.
An engineer wrote a script to find the incorrect rows.
The developer created a fix for the broken parser and deployed it without downtime.
The investigators asked the operator what they saw.
The engineers missed a lot of sleep, thank you all.
Nina removed the bad host from the pool.
The engineer did not need to restart anything.
The technician replaced the failed power supply.
A reviewer suggested testing with an invalid token.
Marketing sent the newsletter while the site was down.
The operator restarted three pods and the errors stopped.
An engineer from the storage team joined at 11:05.
The developer wrote a test that failed as expected.
The admin console showed the wrong region.
A reviewer asked for a second test.
The incident commander handed over to the next shift.
The vendor confirmed a broken fibre.
The responders found a misconfigured route and fixed it.
The on-call engineer checked the logs and saw no errors.
The engineers had never seen this alert before.
Anyone could have made the same change.
The script skipped hosts without a label.
The technician on site replaced the faulty card.
The process relied on an engineer to remember the flag.
The engineer was right to stop the rollout.
The dashboard misled two engineers.
The developers of the library released a patched version.
Authors get an email when a build fails.
The staff were told to work from home.
The team chose to fail over.
Rose merged the revert at 14:20.
The maintainers did not publish a release in March.
The database operator did not expose the setting.
Customers mistakenly received two invoices.
The engineer manually removed the wrong entries that the script had added.
The runbook told the operator to restart the wrong service.
A person with access could delete everything.
Developers who forget the label get a warning.
The administrator disabled the account of the attacker.
The error was caused by the user agent string.
Reviewers see only the diff, so the missing file was not visible.
The engineer lost connection because the VPN failed.
The new engineer asked why the alert had been silenced.
The engineer set the flag to false and the errors stopped.
The host was upgraded by the automation, not by a person.
Carlos created the volume at 09:00.
A contractor found the leak.
The schema change was announced by the developers.
On-call received 40 pages in ten minutes.
The primary was restarted by two operators after the vote.
The probe timeout was too short.
An engineer raised the severity to SEV-1.
The secret was rotated by the security engineer.
The rollback step was missing from the runbook.
The operator's console froze.
The engineers agreed to stop the rollout without further testing.
The developers shipped the hotfix within an hour.
Ines saw that the settings were stale and restored them.
The deployer did not have permission to roll back.
The team lead communicated the decision to support.
The person on shift was handling another incident.
The admins have since automated the check.
""".strip().splitlines()

COUNTERFACTUAL = """
Had the engineer restricted the change to one zone, this would have been largely avoided.
The deployer should have understood how the changes were interrelated.
The new tool shouldn't have been rushed to production.
The disk failure should have been handled with higher priority.
If we had picked up on the retirement, we could have recycled the node gracefully.
More verification should have been done prior to the start of the maintenance.
The outage could have been avoided by deploying the two records separately.
We should have posted to the status page sooner.
The migration ought to have been tested on a copy.
Had this been postponed, the second failure could have been prevented.
""".strip().splitlines()
GATE = """
It could have been caught by tests that render invalid input.
There should have been an alert for this error rate.
The outage would have been detected much earlier if the full test paged.
A second reviewer might have spotted the typo.
Feature flags would have enabled a rapid rollback.
We did not notice the queue until a customer wrote to us.
A canary would have caught this before it reached everyone.
It should have been noticed much sooner.
""".strip().splitlines()
NO_REPROACH = """
Service owners shouldn't have to escalate to another team.
The job queues seem affected even though they should have failed over.
This would have affected the first group of sites.
Users could have been exposed to the malware.
Add a link to what someone responding to this alert should have (runbook).
Trusting the forwarded header would have been safe here.
The service should have retried.
Investigate what should have paged and why it did not.
In hindsight, we can't know if we would have noticed the issue in staging.
A failover would not have mitigated the issue.
It could have been much worse.
The outage could not have been avoided.
Our checks should have a meaningful user agent.
Records should have been purged automatically after 30 days.
Some people might have seen pages without styles.
The backup should have completed at 04:00.
Without the cache this would have taken longer.
Things that could have gone better
""".strip().splitlines()
