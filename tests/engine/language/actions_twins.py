"""Actions with the class that SPEC §5.5 gives them: its own table, and sentences of ours beside it."""

# ruff: noqa: E501
from __future__ import annotations

PROCESS_CHANGE = """
load testing is a required automated gate in CI/CD for any change touching data-access layers, with defined thresholds, enforced by pipeline configuration
create an assertion to ensure the cluster name is equal to the terraform workspace name
Run `terraform plan` in CI step to test commits
Implement least-privilege in Hellman Kubernetes cluster
Add automated presubmit check for schema changes.
MDB should reject operations that do not provide values for an expected-present constraint.
Disallow any single operation from affecting servers spanning namespace/class boundaries.
Enhance daily pipeline run with synthetic monitoring during execution
Added per-node and per-pod CPU alerts at 80 % sustained for 5 minutes, paging on-call
Remove DROP permissions from the cron database user
Add alerts for database connection pool usage exceeding 80%
Automatically roll back when the canary error rate exceeds 1 %
Require two approvals for every pull request through branch protection
Fail the build when a migration has no rollback script
Block deployments to production while an incident is open
Ensure every namespace has a quota, enforced by admission policy
Reject config files that fail schema validation in the pipeline
Set an IAM policy that denies deletion of buckets in all production accounts
Add a nightly job that verifies every backup by restoring it and pages when it fails
Limit the rate of all bulk deletes to 10 per minute
""".strip().splitlines()

ASSISTED_PRACTICE = """
add load testing to the release checklist
Increased the scrutiny any PR modifying a workflow file gets (requiring a specific review from security)
Automate the staging environment smoke tests
Include crate downloads in the smoke test plan
Develop rules on which pull requests require explicit code review
Create a runbook to handle ErrorsInExternalDNS alarm
Assign someone to be the 'hammer' on Fridays
Update the user guide to request teams to speak to the platform team before migrating
Subscribe to the ubuntu-announce mailing list
Document the failover procedure in the wiki
Mandatory security training for all engineers
All pull requests must be reviewed by two engineers
Write a runbook for database failover
Add a --safe flag, disabled by default, to the delete tool
Hold a game day every quarter
Add the new check to the PR template
""".strip().splitlines()

ONE_OFF = """
Change the ErrorsInExternalDNS alarm to high priority
Do not use a single team member's email address for letsencrypt
run load tests before the next major release
Fix PodReflector missing events (#71)
Replace the failed disk in db-3
Increase the memory limit of the checkout pods to 2 GiB
Add a regression test for the parser bug
Upgrade Kafka to 3.7
Rotate the leaked token
Delete the old bucket and its policy
Backfill the missing invoices
""".strip().splitlines()

INTENTION = """
Clear communication if merges breaks the master branch
Be more careful to test the service end-to-end
Prioritize upgrading our kubernetes prometheus stack.
improve monitoring
fix the issue
Improve paging and alerting.
Make automation better.
Better monitoring of namespaces.
Better governance of excluded namespaces.
Better monitoring and visibility
Improve coverage of readiness/liveness probes
Minimize copy-paste errors by user
Train humans not to run unsafe commands.
sydneythree@ needs to learn proper cross-site handoff protocol
Ensure that everyone gets notification on alerts and reacts to them.
Nobody to use the token going forward
Consider moving to a managed database
Remember to check the dashboard after each deploy
Developers should communicate better before merging
Look into better retry handling
Engineers must double-check the target cluster before running terraform
Improve test coverage
Raise awareness about the freeze
Reduce alert fatigue
""".strip().splitlines()
