"""Families of logs that were not looked at while the method was written: rows as in `tuned_templates`."""

SEALED_TEMPLATES = (
    ("message broker", "hadoop", r"""
14 INFO log.Log | [Log partition={word}-{small}, dir={path}] Rolled new log segment at offset {int} in {small} ms.
9 INFO log.LogCleaner | Cleaner {small}: Beginning cleaning of log {word}-{small}.
9 INFO log.LogCleaner | Cleaner {small}: Swapping in cleaned segment {int} for segment(s) {intlist} in log {word}-{small}
9 INFO coordinator.group.GroupCoordinator | [GroupCoordinator {small}]: Preparing to rebalance group {word} in state PreparingRebalance with old generation {small} (reason: {pkg} left)
9 INFO coordinator.group.GroupCoordinator | [GroupCoordinator {small}]: Stabilized group {word} generation {small} with {small} members
6 INFO coordinator.group.GroupCoordinator | [GroupCoordinator {small}]: Member {word}-{uuid} in group {word} has failed, removing it from the group
6 INFO cluster.Partition | [Partition {word}-{small} broker={small}] Shrinking ISR from {ints} to {ints}. Leader: (highWatermark: {int}, endOffset: {int}).
6 INFO cluster.Partition | [Partition {word}-{small} broker={small}] Expanding ISR from {ints} to {ints}
6 WARN server.ReplicaFetcherThread | [ReplicaFetcher replicaId={small}, leaderId={small}, fetcherId={small}] Error in response for fetch request
4 INFO controller.KafkaController | [Controller id={small}] Newly added brokers: {small}, deleted brokers: , all live brokers: {ints}
3 INFO zookeeper.ZooKeeperClient | [ZooKeeperClient {word}] Waiting until connected.
3 INFO zookeeper.ZooKeeperClient | [ZooKeeperClient {word}] Connected.
2 WARN network.Processor | Unable to authenticate client {ipport} as {user}
2 INFO network.Selector | Failed authentication with /{ip} (SSL handshake failed)
2 INFO server.KafkaServer | [KafkaServer id={small}] started
0 INFO server.KafkaServer | [KafkaServer id={small}] shutting down
0 INFO server.KafkaServer | [KafkaServer id={small}] shut down completed
0 INFO server.DynamicConfigManager | Processing override for entityPath: topics/{word} with config: Map()
0 ERROR server.LogDirFailureChannel | Error while writing to checkpoint file {path}
"""),
    ("search engine", "hadoop", r"""
12 INFO IndexShard | [{word}][{small}] flush completed in {dur}
12 INFO MetaDataCreateIndex | [{word}-2025.05.{small}] creating index, cause [auto(bulk api)], templates [{word}], shards [{small}]/[{small}]
9 WARN JvmGcMonitor | [gc][{int}] overhead, spent [{dur}] collecting in the last [{dur}]
9 INFO JvmGcMonitor | [gc][young][{int}][{int}] duration [{dur}], collections [{small}]/[{dur}], total [{dur}]/[{dur}], memory [{size}]->[{size}]/[{size}]
9 INFO AllocationService | Cluster health status changed from [YELLOW] to [GREEN] (reason: [shards started [[{word}][{small}]]]).
6 INFO AllocationService | Cluster health status changed from [GREEN] to [YELLOW] (reason: [{host} left]).
6 INFO AllocationService | Cluster health status changed from [YELLOW] to [RED] (reason: [{host} left]).
6 WARN DiskThresholdMonitor | low disk watermark [{pct}] exceeded on [{b64}][{host}][{path}] free: {size}[{pct}], replicas will not be assigned to this node
6 WARN DiskThresholdMonitor | high disk watermark [{pct}] exceeded on [{b64}][{host}][{path}] free: {size}[{pct}], shards will be relocated away from this node
4 WARN SlowLog | [{word}][{small}] took[{dur}], took_millis[{int}], total_hits[{int} hits], types[], stats[], search_type[QUERY_THEN_FETCH]
3 ERROR RestSuppressed | path: /{word}/_search, params: {index={word}}
3 INFO MasterService | node-left[{{host}}{{b64}}{{ip}}{{ipport}}], term: {small}, version: {int}
2 INFO MetaDataMapping | [{word}/{b64}] update_mapping [_doc]
2 INFO MetaDataMapping | [{word}/{b64}] create_mapping [_doc]
0 INFO Node | initialized
0 INFO Node | starting ...
0 INFO Node | started
0 INFO Node | stopping ...
0 INFO Node | stopped
0 INFO Security | publish_address {{ipport}}, bound_addresses {[::]:{port}}
"""),
    ("mail gate", "syslog", r"""
14 INFO postfix/smtpd | connect from {fqdn}[{ip}]
14 INFO postfix/smtpd | disconnect from {fqdn}[{ip}] ehlo={small} mail={small} rcpt={small} data={small} quit={small} commands={small}
9 INFO postfix/smtpd | lost connection after AUTH from unknown[{ip}]
6 INFO postfix/smtpd | lost connection after CONNECT from {fqdn}[{ip}]
9 INFO postfix/qmgr | {hex8}: from=<{user}@{fqdn}>, size={int}, nrcpt={small} (queue active)
9 INFO postfix/qmgr | {hex8}: removed
9 INFO postfix/cleanup | {hex8}: message-id=<{b64}@{fqdn}>
6 INFO postfix/smtp | {hex8}: to=<{user}@{fqdn}>, relay={fqdn}[{ip}]:25, delay={float}, delays={float}/{float}/{float}/{float}, dsn={ver}, status=sent (250 OK)
4 INFO postfix/smtp | {hex8}: to=<{user}@{fqdn}>, relay=none, delay={float}, delays={float}/{float}/{float}/{float}, dsn={ver}, status=deferred (connect to {fqdn}[{ip}]:25: Connection timed out)
4 WARN postfix/smtpd | warning: hostname {fqdn} does not resolve to address {ip}: Name or service not known
4 WARN postfix/smtpd | warning: {fqdn}[{ip}]: SASL LOGIN authentication failed: authentication failure
3 INFO dovecot | imap-login: Login: user=<{user}>, method=PLAIN, rip={ip}, lip={ip}, mpid={int}, TLS, session=<{b64}>
3 INFO dovecot | imap({user}): Disconnected: Logged out in={int} out={int}
2 INFO dovecot | imap({user}): Disconnected: Inactivity in={int} out={int}
2 INFO amavis | ({int}-{small}) Passed CLEAN {RelayedInbound}, [{ip}] <{user}@{fqdn}> -> <{user}@{fqdn}>, Hits: {neg}, size: {int}, {int} ms
2 INFO amavis | ({int}-{small}) Blocked SPAM {DiscardedInbound}, [{ip}] <{user}@{fqdn}> -> <{user}@{fqdn}>, Hits: {neg}, size: {int}, {int} ms
0 INFO postfix/master | daemon started -- version {ver}, configuration /etc/postfix
0 INFO postfix/master | terminating on signal {small}
0 INFO postfix/anvil | statistics: max connection rate {int}/60s for (smtp:{ip}) at May {small} {clock}
0 INFO postfix/anvil | statistics: max cache size {small} at May {small} {clock}
"""),
    ("router", "syslog", r"""
14 INFO %LINK-3-UPDOWN | Interface GigabitEthernet{small}/{small}, changed state to up
14 INFO %LINK-3-UPDOWN | Interface GigabitEthernet{small}/{small}, changed state to down
9 INFO %LINEPROTO-5-UPDOWN | Line protocol on Interface Vlan{small}, changed state to up
9 INFO %LINEPROTO-5-UPDOWN | Line protocol on Interface Vlan{small}, changed state to down
9 INFO %OSPF-5-ADJCHG | Process {small}, Nbr {ip} on GigabitEthernet{small}/{small} from LOADING to FULL, Loading Done
6 INFO %OSPF-5-ADJCHG | Process {small}, Nbr {ip} on GigabitEthernet{small}/{small} from FULL to DOWN, Neighbor Down: Dead timer expired
6 INFO %BGP-5-ADJCHANGE | neighbor {ip} Up
6 INFO %BGP-5-ADJCHANGE | neighbor {ip} Down Peer closed the session
6 INFO %SEC-6-IPACCESSLOGP | list {word} denied tcp {ip}({port}) -> {ip}({port}), {small} packets
6 INFO %SEC-6-IPACCESSLOGP | list {word} permitted tcp {ip}({port}) -> {ip}({port}), {small} packets
4 INFO %SYS-5-CONFIG_I | Configured from console by {user} on vty{small} ({ip})
2 INFO %ENVMON-4-FAN | Fan {small} had a rotation error reported.
2 INFO %SNMP-3-AUTHFAIL | Authentication failure for SNMP req from host {ip}
0 INFO %SYS-5-RESTART | System restarted --
0 INFO %ENVMON-1-POWER | PSU {small} has failed
"""),
    ("build farm", "iso", r"""
12 INFO queue | build {word} #{int} started by {user}
12 INFO queue | build {word} #{int} finished: SUCCESS
9 INFO queue | build {word} #{int} finished: FAILURE
3 INFO queue | build {word} #{int} finished: ABORTED
9 INFO agent | agent {host} came online
9 INFO agent | agent {host} went offline: {cls}
9 INFO git | Checking out Revision {sha} (refs/remotes/origin/{word})
6 INFO maven | Downloading from central: {url}
6 INFO maven | Downloaded from central: {url} ({size} at {float} kB/s)
6 INFO maven | Tests run: {int}, Failures: {small}, Errors: {small}, Skipped: {small}, Time elapsed: {float} s - in {cls}
4 ERROR maven | Failed to execute goal on project {word}: Could not resolve dependencies
4 WARN docker | layer {sha}: Retrying in {small} seconds
4 INFO docker | layer {sha}: Pushed
4 INFO docker | layer {sha}: Layer already exists
3 INFO cache | restored cache from key {word}-linux-{sha} ({size})
2 INFO cache | no cache found for key {word}-linux-{sha}
1 INFO deploy | promoting image {fqdn}/{word}@sha256:{sha} to staging
1 INFO deploy | promoting image {fqdn}/{word}@sha256:{sha} to production
0 ERROR disk | no space left on device
0 INFO server | quiet period enabled by {user}
0 INFO server | quiet period disabled by {user}
"""),
    ("game server", "program", r"""
12 INFO server.exe | Player {user} joined from {ipport} (ping {small})
12 INFO server.exe | Player {user} left: Timed out
6 INFO server.exe | Player {user} left: Kicked by {user}
9 INFO server.exe | {user} killed {user} with rifle
6 INFO server.exe | {user} killed {user} with grenade
9 INFO server.exe | Saving world '{word}' ... {int} chunks in {dur}
9 INFO server.exe | Can't keep up! Running {int}ms behind, skipping {small} tick(s)
6 INFO server.exe | Loading map {file} (checksum {hex})
4 INFO server.exe | Vote to change map to "{word}" started by {user}
4 INFO server.exe | Vote passed: {small} yes, {small} no
3 INFO server.exe | Vote failed: {small} yes, {small} no
3 INFO auth.exe | Rejected connection from {ip}: bad challenge
2 INFO auth.exe | Rejected connection from {ip}: banned until {clock}
0 INFO server.exe | Server is empty, pausing simulation
0 INFO server.exe | Server resumed simulation
0 INFO server.exe | Shutting down in {small} seconds
"""),
)  # fmt: skip
