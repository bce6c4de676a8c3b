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
All Terraform plans that would destroy a stateful resource are rejected by the pipeline
Make the deploy tool refuse to run against production without a change ticket
Turn on deletion protection for all RDS instances
Every merge to main now runs the contract tests and is blocked on failure
Configure Argo Rollouts to abort any rollout whose error rate is above 2%
Expire all feature flags automatically after 90 days
Introduce a pod disruption budget for every stateful service
Page the owning team when any certificate is within 14 days of expiry
Require a successful restore test before any backup job is marked green
Run the schema linter as a required status check on all repositories
Revoke write access to production databases from all personal accounts
Cap retries at three with exponential backoff in the shared HTTP client library
Add a merge check that fails when a config key is renamed without a migration
Restrict kubectl delete on production namespaces to the break-glass role
Enforce two approvals on the infra repository with branch protection rules
Alert the on-call when replication lag on any replica exceeds 30 seconds for 2 minutes
Validate every feed at ingestion and drop records that fail the schema
Deny public ACLs on all buckets through an organisation policy
Replace shell access with a tool that only accepts reviewed commands, for all operators
Run chaos tests nightly against staging and fail the pipeline on regressions
Refuse any schema migration in the release pipeline that locks a table for more than 5 seconds
Drop traffic from clients above 200 requests per second at the edge
Continuously compare DNS records with the inventory and page when they differ
Store all secrets in the vault and forbid plain-text values through a pre-receive hook
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
Have a second engineer look at every database migration
Put the failover steps into the on-call handbook
Hold a monthly review of open alerts
Add a question about capacity to the design document template
Create an escalation matrix for the payments domain
Teach new joiners how the queue works during onboarding
Announce maintenance windows in #releases one day ahead
Set up a rotation for checking the backup report
Provide a cheat sheet for the failover commands
Establish a naming convention for buckets
Write down who to call when the vendor is down
Keep a list of risky migrations in the wiki
Practise the restore every quarter in a game day
Add a reminder to the deploy bot to check the dashboard
Review alert thresholds every sprint
Ask reviewers to tick the rollback box in the pull request template
Create a decision tree for choosing the failover region
Add a section on dependencies to the launch checklist
Document which dashboards to open first during a database incident
Let a second person confirm every manual failover
Publish the maintenance calendar on the intranet
Include the on-call engineer in every release meeting
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
Delete the orphaned volumes in eu-west-1
Correct the typo in the ingress annotation
Set max_connections to 500 on orders-db
Upgrade the load balancer firmware to 4.2
Restore the lost rows from the 3 May snapshot
Write a unit test for the date parser
Move the worker to the new node pool
Find out why the standby was two hours behind
Refund the affected customers
Enable TLS on the legacy endpoint
Increase the disk of broker-2 to 2 TB
Migrate the last two services off the old cluster
Remove the deprecated endpoint from the gateway
Add the missing index to the orders table
Rename the two confusing flags
Replace the expired certificate on mail-2
Reprocess the events from 12 June
Analyse the core dump of the crashed worker
Split the monolith's billing table
Switch the report job to the read replica
Kill the stuck replication slot on pg-main
Repair the two corrupted partitions
Update the TTL of the apex record to 60 seconds
Port the fix for the parser crash to the 2.x branch
Turn off the legacy cron host
Reconfigure the bond interface of the storage node
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
Pay more attention to warnings in the log
Better communication between teams
Improve our deployment process
Be quicker to escalate
Make the system more resilient
Think about how we do releases
Engineers should test more thoroughly
Increase reliability
Ensure this does not happen again
Have better dashboards
Try to reduce the number of manual steps
Strive for higher test coverage
Everyone must follow the change process
Fix the flaky stuff
Improve how we handle incidents
Communicate changes earlier
Strengthen our on-call culture
Make sure we test this next time
Get better at estimating load
More monitoring
Developers need to be aware of the limits
Consider a better queue
Optimize database performance
Handle errors properly
Take more care during migrations
Improve observability across the board
Work on our alert quality
Be mindful of timezones
Clean up our processes
Foster a culture of testing
""".strip().splitlines()
