"""Actions of our own with the rules they draw and the class they are, by the definitions of SPEC §5.2 and §5.5.

Each line of a block draws the rule of its name and none of the other A rules, unless `also` says so.
"""

from __future__ import annotations

GOOD = """
Add an index on orders.customer_id
Set the connection time-out of the ledger client to 2 s
Reject a config file whose schema version is unknown in the deploy job
Page the on-call when the consumer lag of mail-out exceeds 10000 messages for 10 minutes
Move the scheduler to its own node pool
Delete the unused DNS records of the old mail gateway
Raise the memory limit of the search pods from 1 GiB to 2 GiB
Rename the two dashboards called Overview to the names of their services
Write the restore steps of orders-db into runbooks/restore.md
Fail the build when a migration has no rollback script
Store the session tokens in Redis with a TTL of 15 minutes
Replace the shared admin account of the print gateway with personal ones
Block merges to main that lack an approval from CODEOWNERS
Expire feature flags 90 days after they were created
Split the nightly export into one job per tenant
Return HTTP 429 from the import API above 50 requests per second
Deploy every change of routing tables to the canary region first
Print the name of the cluster in red before every destructive command of the deploy tool
Document how the failover of ledger-db is started, with the expected output of each step
Compare two ways to fail over under 60 s and record the decision by 12 May 2031
For new tenants, set the quota to 100 jobs
Also remove the retry in the mobile client
Ops should rotate the signing key of the webhook service
The importer should stop after 3 retries
banned users should be notified with HTTP 403
**Detection:** Alert on 5xx above 2 % for 5 minutes and page the payments rota
- [ ] PAY-118: Drop the column legacy_id from invoices
3. Close port 9200 on the public subnet of search-3
[#482] Send a heartbeat from the scheduler every 30 s
T55310 - exports: Cap the number of parallel exports at 4
Standardise the naming of queues as team.service.purpose
Analyse the slow query log of orders-db and add the three missing indexes
Prevent replacement of stateful resources in Terraform with prevent_destroy
Automate the renewal of the certificates of all edge hosts
Version-lock the ingress controller in charts/ingress
Keep 14 daily snapshots of ledger-db instead of 3
Don't retry a request that was answered with 409
Require a change ticket for every production deploy in the release tool
Do not send cached responses to signed-in users
Kim to move the cron jobs of billing to the scheduler
Load the feature list from disk when the flag service cannot be reached
Test the restore of ledger-db in staging on the first Monday of each month
Back up the configuration of all switches to the vault nightly
Reduce the DNS TTL of api.example.org to 60 s
Increase max_connections of orders-db from 200 to 400
Fix the race in orders/worker.py
Fix PodReflector missing events (#71)
The pipeline refuses every release that did not pass the canary
Every deployment waits for two green health checks before it takes traffic
Turn on deletion protection for all buckets that hold invoices
""".strip().splitlines()

A1 = """
Rate limiting for the import API
A dashboard with the state of all queues
Circuit breaker between checkout and the tax service
Canary stage for the config pipeline
Adding a time-out to the mail client
Moving the secrets of the batch jobs to the vault
Query plans of the three slowest reports
Runbook for the loss of a zone
Automatic rollback of failed deployments
Feature flag for the new price engine
Test coverage of the tax rules
Alert routing for the night shift
Database migration checklist entry
Second DNS provider
A list of all certificates with their owners
Removal of the legacy login
Connection pool monitoring
Staging environment with production-like data
Log retention policy
Migration of the batch jobs to the new cluster
Release notes for the schema change
Read replica in the second region
Ownership of the purge script
Disk pressure mitigation on the brokers
Backup verification for ledger-db
""".strip().splitlines()

A2 = """
Improve monitoring
Improve our alerting
Improve observability of the billing stack
Enhance the deployment process
Strengthen our on-call culture
Make the importer more robust
Make deployments safer
Increase test coverage
Increase reliability
Reduce alert fatigue
Reduce technical debt in the search module
Minimise the risk of data loss
Fix the issue
Fix it
Resolve the bug
Address the underlying problem
Handle errors properly
Add more tests
Add monitoring
Implement better logging
Set up better dashboards
Have better documentation
Streamline the release process
Optimise performance
Harden the infrastructure
Take measures against overload
Prevent this from happening again
Ensure stability of the platform
Modernise the pipeline
Prioritise the upgrade of the cluster
Improve monitoring by 15 April 2031
Boost resilience across services
Simplify the architecture
Tune the alerts to be more useful
The cleanup job should be improved
""".strip().splitlines()

A3 = """
Investigate why the standby was two minutes late
Look into the memory growth of the indexer
Explore other queue systems for mail-out
Consider moving the flags to their own Redis
Review the alert thresholds of checkout
Discuss whether the freeze should cover config changes
Evaluate a second transit provider
Assess the blast radius of the purge job
Think about splitting the monolith's cron jobs
Ensure that the snapshot job of ledger-db runs before midnight
Make sure the canary covers the mobile endpoints
Figure out how the flag reached production
Continue to work on the migration of the brokers
Keep an eye on the disk usage of kafka-3
Research managed offerings for the message bus
Revisit the retention of audit logs
Try the new connection pooler in staging
Reflect on how we announce maintenance
Decide whether the second region is worth it
Follow up on the vendor's answer about the firmware
""".strip().splitlines()

A4 = """
Be more careful when running migrations
Pay more attention to the canary graphs
Remember to drain the node first
Double-check the target cluster before applying
Train humans not to run unsafe commands
Remind everyone to read the release notes
Engineers should communicate before touching DNS
Everyone to test their own rollback
Don't forget the second region
Always check the dashboard after a deploy
Never deploy on a Friday afternoon
Follow the runbook more closely
Communicate better with support
Ensure that everybody reads the handover notes
Nobody to use the shared token going forward
Think twice before scaling down
Reviewers must pay attention to migrations
Keep in mind that the cache is shared
Avoid such mistakes in the future
Raise awareness of the change calendar
Ravi to inform the channel before every release in future
@lena needs to learn the handoff protocol
Developers should be more diligent with feature flags
Learn from this incident
""".strip().splitlines()

A5 = """
Can we use a managed certificate instead?
Should the freeze cover config changes?
Who owns the purge script?
Do we need a second transit provider?
Why did the canary not see it?
Is shadow mode possible for the fraud rules?
Several root causes can show the same symptoms
The change took effect after working hours
We do not offer support at night
Backups are not the same as restores
Time zones are hard
The alert would have caught this an hour earlier
If we had paged the storage team, it would have been shorter
There was no alert for the queue
Our replicas were in the same zone
It was not clear who could approve the rollback
The dashboard showed the wrong region
Note that the vendor changed its limits in March
Lack of ownership for the purge script
The cache is shared between tenants
""".strip().splitlines()

A6 = """
Fixed the limiter in #12
Added an alert on replication lag
Rolled back v2.14
[x] Remove the shared token
Done: raise the quota of scratch
Status: Done - Add the second resolver
We increased the pool size to 50
We've moved the cron jobs to the new scheduler
The certificate has been renewed
Disabled the nightly purge (done)
✅ Delete the stale DNS records
Close port 9200 DONE
This has already been done
Paused the ingestion of the audit topic
Ran the backfill for March
""".strip().splitlines()

LABELLED = tuple(
    (text, rule)
    for rule, block in (("", GOOD), ("A1", A1), ("A2", A2), ("A3", A3), ("A4", A4), ("A5", A5), ("A6", A6))
    for text in block
)

# Two rules of §5.2 that hold beside the verb.
S3 = """
Define and implement a cache strategy for sessions
Design the new queue and migrate all consumers
Upgrade Kafka to 3.7, then move the brokers to new disks
Add a limit to the import API and rewrite the client
Rotate the token and update every pipeline that uses it
""".strip().splitlines()
NOT_S3 = """
Document and publish the rollback steps
Remove and replace the disk in db-3
Drain and cordon the nodes of pool B
Write and share the decision record
Alert on lag and page the on-call
Log the request id and the tenant
""".strip().splitlines()
S4 = """
Add a retry to the client if possible
Maybe cap the pool at 50
Let someone rotate the signing key
Set the quota to something like 100 jobs
Alert when the number of consumer groups is high (what high is: TBD)
Ideally move the flags to their own Redis
Expire stale sessions where possible
""".strip().splitlines()
NOT_S4 = """
Release the limiter by 4 May 2031
Page the on-call when someone-else.example.org stops answering for 5 minutes
Return 409 when the version may not be overwritten
""".strip().splitlines()
