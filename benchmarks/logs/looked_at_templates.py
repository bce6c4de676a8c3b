"""Families that were sealed at first: the first figures on them are in the results. They were looked at after that."""

LOOKED_AT_TEMPLATES = (
    ("linux host", "syslog", r"""
20 INFO sshd(pam_unix) | authentication failure; logname= uid={small} euid={small} tty=NODEVssh ruser= rhost={ip}
9 INFO sshd(pam_unix) | authentication failure; logname= uid={small} euid={small} tty=NODEVssh ruser= rhost={fqdn}  user={user}
9 INFO sshd(pam_unix) | check pass; user unknown
9 INFO su(pam_unix) | session opened for user {user} by (uid={small})
9 INFO su(pam_unix) | session closed for user {user}
14 INFO ftpd | connection from {ip} ({fqdn}) at {clock}
6 INFO ftpd | connection from {ip} () at {clock}
3 INFO ftpd | ANONYMOUS FTP LOGIN FROM {ip}, {user}
3 ERROR logrotate | ALERT exited abnormally with [{small}]
3 INFO kernel | CPU {small}: Intel P6 machine check reporting enabled.
2 INFO kernel | usbcore: registered new driver {word}
2 INFO kernel | ACPI: PCI Interrupt Link [LNK{hex8}] (IRQs {ints})
2 INFO named | notify question section contains no SOA
2 INFO gpm | *** info [mice.c({int})]:
2 INFO xinetd | warning: can't get client address: Connection reset by peer
1 INFO rpc.statd | gethostbyname error for {b64}
0 INFO kernel | Linux version {ver} (bhcompile@{fqdn}) #{small} SMP
0 INFO kernel | Memory: {int}k/{int}k available ({int}k kernel code, {int}k reserved, {int}k data)
0 INFO kernel | audit: initializing netlink socket (disabled)
0 INFO kernel | audit: initializing netlink socket (enabled)
0 INFO kernel | Enabling fast FPU save and restore... done.
0 INFO kernel | Enabling unmasked SIMD FPU exception support... done.
0 INFO cups | cupsd startup succeeded
0 INFO cups | cupsd shutdown succeeded
0 INFO syslogd | restart.
0 INFO random | Initializing random number generator:  succeeded
"""),
    ("spark", "spark", r"""
20 INFO storage.BlockManager | Found block rdd_{small}_{small} locally
14 INFO executor.Executor | Finished task {float} in stage {float} (TID {int}). {int} bytes result sent to driver
14 INFO executor.Executor | Running task {float} in stage {float} (TID {int})
14 INFO executor.CoarseGrainedExecutorBackend | Got assigned task {int}
9 INFO storage.MemoryStore | Block broadcast_{small}_piece{small} stored as bytes in memory (estimated size {size}, free {size})
9 INFO storage.MemoryStore | Block broadcast_{small} stored as values in memory (estimated size {size}, free {size})
4 INFO storage.MemoryStore | Block rdd_{small}_{small} stored as values in memory (estimated size {size}, free {size})
4 INFO broadcast.TorrentBroadcast | Started reading broadcast variable {int}
4 INFO broadcast.TorrentBroadcast | Reading broadcast variable {int} took {int} ms
4 INFO python.PythonRunner | Times: total = {int}, boot = {neg}, init = {int}, finish = {small}
2 INFO rdd.HadoopRDD | Input split: hdfs://{hostport}{path}:{int}+{int}
2 INFO output.FileOutputCommitter | Saved output of task '{attempt}' to {url}
2 INFO mapred.SparkHadoopMapRedUtil | {attempt}: Committed
0 INFO spark.SecurityManager | Changing view acls to: {user},{user}
0 INFO spark.SecurityManager | Changing modify acls to: {user},{user}
0 INFO spark.SecurityManager | SecurityManager: authentication disabled; ui acls disabled; users with view permissions: Set({user}, {user})
0 INFO slf4j.Slf4jLogger | Slf4jLogger started
0 INFO Remoting | Starting remoting
0 INFO Remoting | Remoting started; listening on addresses :[akka.tcp://sparkExecutorActorSystem@{hostport}]
0 INFO util.Utils | Successfully started service '{word}' on port {port}.
0 INFO storage.DiskBlockManager | Created local directory at {path}
0 INFO executor.CoarseGrainedExecutorBackend | Registered signal handlers for [TERM, HUP, INT]
"""),
    ("servicing", "servicing", r"""
20 INFO cbs | SQM: Initializing online with Windows opt-in: False
14 INFO cbs | SQM: Cleaning up report files older than {small} days.
14 INFO cbs | SQM: Requesting upload of all unsent reports.
14 INFO cbs | SQM: Failed to start upload with file pattern: {winpath}, flags: {hex} [HRESULT = {hex} - E_FAIL]
9 INFO cbs | SQM: Queued {small} file(s) for upload with pattern: {winpath}, flags: {hex}
9 INFO cbs | Starting TrustedInstaller initialization.
9 INFO cbs | Ending TrustedInstaller initialization.
9 INFO cbs | Starting the TrustedInstaller main loop.
9 INFO cbs | TrustedInstaller service starts successfully.
6 INFO cbs | Loaded Servicing Stack v{ver} with Core: {winpath}
6 INFO cbs | Session: {int}_{int} initialized by client {word}.
6 INFO cbs | Session: {int}_{int} finalized by client {word}.
6 INFO cbs | Read out cached package applicability for package: Package_for_KB{int}~{hex8}~amd64~~{ver}, ApplicableState: {int}, CurrentState:{int}
4 WARNING cbs | Warning: Unrecognized packageExtended attribute.
4 INFO cbs | Expecting attribute name [HRESULT = {hex} - CBS_E_MANIFEST_INVALID_ITEM]
4 INFO cbs | Failed to get next element [HRESULT = {hex} - CBS_E_MANIFEST_INVALID_ITEM]
2 INFO cbs | NonStart: Checking to ensure startup processing was not required.
2 INFO cbs | NonStart: Windows is not in a startup-in-progress state
0 INFO cbs | Scavenge: Starts
0 INFO cbs | Scavenge: Completed, disposition: {word}
0 INFO cbs | No startup processing required, TrustedInstaller service was not set as autostart
0 INFO cbs | Reboot mark refs: {small}
0 INFO cbs | Idle processing thread terminated normally
0 INFO cbs | Startup processing thread terminated normally
"""),
    ("desktop", "mac", r"""
9 INFO kernel | ARPT: {float}: wl0: wl_update_tcpkeep_seq: Original Seq: {int}, Ack: {int}, Win size: {int}
9 INFO kernel | ARPT: {float}: AirPort_Brcm43xx::powerChange: System Sleep
9 INFO kernel | ARPT: {float}: AirPort_Brcm43xx::powerChange: System Wake - Full Wake/ Dark Wake / Maintenance wake
9 INFO kernel | en0: BSSID changed to {hex8}
9 INFO kernel | en0: channel changed to {small}
6 INFO com.apple.CDScheduler | Thermal pressure state: {small} Memory pressure state: {small}
6 INFO Safari | tcp_connection_tls_session_error_callback_imp {int} __tcp_connection_tls_session_callback_write_block_invoke.{int} error {small}
6 INFO QQ | FA||Url||taskID[{int}] dealloc
4 INFO mDNSResponder | mDNS_DeregisterInterface: Frequent transitions for interface awdl0 ({ip})
4 INFO configd | network changed: v4(en0:{ip}) DNS+ Proxy+ SMB
4 INFO configd | network changed: v4(en0-:{ip}) DNS- Proxy- SMB
4 INFO locationd | Location icon should now be in state 'Active'
4 INFO locationd | Location icon should now be in state 'Inactive'
4 INFO UserEventAgent | assertion failed: {hex8}: {path} + {int} [{uuid}]: {hex}
3 INFO corecaptured | CCFile::captureLog Received Capture notice id: {float}, reason = {title}
3 INFO corecaptured | CCLogTap::profileRemoved, Owner: {pkg}, Name: {word}
2 INFO symptomsd | __73-[NetworkAnalyticsEngine observeValueForKeyPath:ofObject:change:context:]_block_invoke unexpected switch value {small}
2 INFO WindowServer | send_datagram_available_ping: pid {int} failed to act on a ping it dequeued before timing out.
2 INFO GoogleSoftwareUpdateAgent | {clock} [{word}] -[KSAgentApp performSelfUpdate] Finished self-update check
0 INFO kernel | Wake reason: RTC (Alarm)
0 INFO kernel | Wake reason: EC.LidOpen (User)
0 INFO kernel | RTC: PowerByCalendarDate setting ignored
0 INFO kernel | USBMSC Identifier (non-unique): {hex} {hex} {hex}, {small}
0 INFO blued | hostControllerOnline - Number of Paired devices = {small}
0 INFO Preview | Page bounds {float} {float} {float} {float}
0 INFO launchd | Service only ran for {small} seconds. Pushing respawn out by {small} seconds.
"""),
    ("steps", "piped", r"""
20 INFO Step_LSC | onStandStepChanged {int}
14 INFO Step_LSC | onExtend:{epoch} {small} {small} {small}
14 INFO Step_SPUtils | getTodayTotalDetailSteps = {epoch}##{int}##{int}##{int}##{int}##{int}
14 INFO Step_SPUtils | setTodayTotalDetailSteps={epoch}##{int}##{int}##{int}##{int}##{int}
9 INFO Step_StandReportReceiver | REPORT : {int} {int} {int} {small}
9 INFO Step_ExtSDM | calculateCaloriesWithCache totalCalories={int}
9 INFO Step_ExtSDM | calculateAltitudeWithCache totalAltitude={small}
6 INFO Step_StandStepCounter | flush sensor data
5 INFO Step_LSC | onReceive action: android.intent.action.SCREEN_ON
5 INFO Step_LSC | onReceive action: android.intent.action.SCREEN_OFF
4 INFO Step_LSC | processHandleBroadcastAction action:android.intent.action.TIME_TICK
3 INFO HiH_HiSyncControl | checkFirstSyncByType not first sync! type is {small}
3 INFO HiH_HiHealthDataInsertStore | saveHealthDetailData() deviceID = {small},clientID={small},who={small}
2 INFO HiH_DataStatManager | new date ={int}, type={int},{float},old={float}
2 INFO HiH_ListenerManager | notifyDataInsert uid = {int}, time = {epoch}, success = {bool}
0 INFO HiH_HiSyncUtil | initDataPrivacy the dataPrivacy is {bool}
0 INFO HiH_HiAppUtil | getAppContext() isAppValid health or wear, packageName = {pkg}
0 INFO Step_DataCache | bulkSaveDetailHiHealthData() size = {small},mHistoryLastTimestamp={epoch}
0 INFO Step_FlushableStepDataCache | upLoadHealth result = true
0 INFO Step_FlushableStepDataCache | upLoadOneMinuteDataToEngine time={int},{small},{small},{small},{small}
"""),
    ("cluster hardware", "epochs", r"""
14 INFO state_change.unavailable | Component State Change: Component \042{word}\042 is in the unavailable state (HWID={int})
9 INFO state_change.available | Component State Change: Component \042{word}\042 is in the available state (HWID={int})
14 INFO boot_cmd | boot (command {int})
9 INFO boot_cmd | halt (command {int})
9 INFO clusterfilesystem | ClusterFileSystem: There is no server for ServerFileSystem domain {word}
6 INFO clusterfilesystem | ClusterFileSystem: ServerFileSystem domain {word} is full
9 INFO node | PSU status ( {psu} {psu} )
6 INFO gige | Fan speeds ( {fans} )
6 INFO gige | ambient={small}
6 INFO net | Link error on broadcast tree Interconnect-{hex8}:{small}:{small}:{small}
4 INFO net | Link in reset
4 INFO net | Link ok
3 INFO net.niff | NIFF: node {node} detected a failed network connection on network {ip} via interface {word}
2 INFO net.niff | NIFF: node {node} has detected an available network connection on network {ip} via interface {word}
2 INFO psu | Temperature ({small}C) exceeds warning threshold
2 INFO psu | psu failure\ ambient={small}
1 INFO lustre | Lustre mount FAILED : {word} : block_id : location
0 INFO node | Targeting domains:node-D{small} and nodes:{node} child of command {int}
0 INFO node | Node {node} has detected an unresponsive peer
0 INFO server | risBoot command ERROR : {word} : {int}
0 INFO server | linkerror event interval expired
"""),
    ("orchestrator", "klog", r"""
14 INFO kubelet | "SyncLoop UPDATE" source="api" pods=["{word}/{pod}"]
9 INFO kubelet | "SyncLoop DELETE" source="api" pods=["{word}/{pod}"]
9 INFO kubelet | "Pod has been deleted and must be forcibly removed" podUID="{uuid}"
9 ERROR pod_workers | "Error syncing pod, skipping" err="failed to \"StartContainer\" for \"{word}\" with CrashLoopBackOff: \"back-off {dur} restarting failed container\"" pod="{word}/{pod}"
9 INFO prober | Readiness probe for "{pod}_{word}({uuid}):{word}" failed (failure): Get http://{ipport}/healthz: dial tcp {ipport}: connect: connection refused
6 INFO prober | Liveness probe for "{pod}_{word}({uuid}):{word}" failed (failure): HTTP probe failed with statuscode: {int}
6 INFO reconciler | operationExecutor.MountVolume started for volume "{word}" (UniqueName: "kubernetes.io/secret/{uuid}-{word}") pod "{pod}" (UID: "{uuid}")
6 INFO reconciler | operationExecutor.UnmountVolume started for volume "{word}" (UniqueName: "kubernetes.io/secret/{uuid}-{word}") pod "{pod}" (UID: "{uuid}")
6 INFO operation | MountVolume.SetUp succeeded for volume "{word}" (UniqueName: "kubernetes.io/secret/{uuid}-{word}") pod "{pod}" (UID: "{uuid}")
6 INFO scale | Scaled up replica set {word}-{sha} to {small}
6 INFO scale | Scaled down replica set {word}-{sha} to {small}
4 INFO image | Pulling image "{fqdn}/{word}:{ver}"
4 INFO image | Successfully pulled image "{fqdn}/{word}:{ver}" in {dur}
3 WARNING manager | Node {node} status is now: NodeNotReady
3 INFO manager | Node {node} status is now: NodeReady
2 INFO leaderelection | successfully acquired lease {word}/{word}
2 WARNING leaderelection | failed to renew lease {word}/{word}: timed out waiting for the condition
2 INFO eviction | eviction manager: attempting to reclaim {word}
1 INFO trace | Trace[{int}]: "List etcd" (started: {clock}) (total time: {dur}): END
0 INFO server | Serving securely on [::]:{port}
0 INFO server | Shutting down controller queues
0 INFO cert | certificate rotation deadline is {clock}, waiting {dur} for next certificate rotation
0 ERROR csi | connection to {path} lost, reconnecting
"""),
    ("web server", "apache", r"""
20 NOTICE jk | jk2_init() Found child {int} in scoreboard slot {small}
20 NOTICE jk | workerEnv.init() ok {path}
20 ERROR jk | mod_jk child workerEnv in error state {small}
9 ERROR core | [client {ip}] Directory index forbidden by rule: {path}
9 ERROR core | [client {ip}] File does not exist: {path}
6 ERROR core | [client {ip}] client denied by server configuration: {path}
4 ERROR core | [client {ip}] script not found or unable to stat: {path}
3 ERROR jk | jk2_init() Can't find child {int} in scoreboard
2 ERROR jk | mod_jk child init {small} {neg}
2 ERROR auth | [client {ip}] user {user} not found: {path}
2 ERROR auth | [client {ip}] user {user}: authentication failure for "{path}": Password Mismatch
0 NOTICE core | caught SIGTERM, shutting down
0 NOTICE core | Graceful restart requested, doing restart
0 NOTICE core | Digest: generating secret for digest authentication ...
0 NOTICE core | Digest: done
"""),
    ("bird cluster", "tbird", r"""
14 INFO crond(pam_unix) | session closed for user {user}
14 INFO crond(pam_unix) | session opened for user {user} by (uid={small})
9 INFO crond | ({user}) CMD (run-parts {path})
6 INFO crond | ({user}) CMD ({path})
9 INFO dhcpd | DHCPDISCOVER from {hex8} via eth{small}: network {ip}/{small}: no free leases
6 INFO dhcpd | DHCPREQUEST for {ip} from {hex8} via eth{small}
9 INFO in.tftpd | tftp: client does not accept options
6 INFO ntpd | synchronized to {ip}, stratum {small}
6 INFO pbs_mom | Bad file descriptor (9) in tm_request, job {int}.{host} not running
6 WARNING postfix/postdrop | warning: unable to look up public/pickup: No such file or directory
4 INFO sendmail | {b64}: from={user}, size={int}, class={small}, nrcpts={small}, msgid=<{int}.{b64}@{fqdn}>, relay={user}@localhost
4 INFO sendmail | {b64}: to={user}, ctladdr={user} ({small}/{small}), delay={clock}, xdelay={clock}, mailer=relay, pri={int}, relay=[{ip}], dsn={ver}, stat=Sent
4 INFO sshd | Accepted publickey for {user} from {ip} port {port} ssh2
4 INFO sshd | Connection from {ip} port {port}
3 INFO ib_sm.x | [ib_sm_sweep.c:{int}]: No topology change
2 INFO ib_sm.x | [ib_sm_bringup.c:{int}]: *** TOPOLOGY CHANGE ***
2 INFO gmond | data_thread() got no answer from any [{word}] datasource
2 INFO snmpd | Received SNMP packet(s) from {ip}
2 INFO xinetd | START: rsync pid={int} from={ip}
2 INFO xinetd | EXIT: rsync pid={int} duration={small}(sec)
0 INFO kernel | Losing some ticks... checking if CPU frequency changed.
0 INFO kernel | e1000: eth{small}: e1000_watchdog_task: NIC Link is Up {int} Mbps Full Duplex
0 INFO kernel | e1000: eth{small}: e1000_watchdog_task: NIC Link is Down
0 INFO kernel | mptscsih: ioc{small}: attempting task abort! (sc={hex8})
"""),
    ("database", "iso", r"""
14 LOG postgres | duration: {float} ms  statement: SELECT * FROM {word} WHERE id = {int}
9 LOG postgres | checkpoint starting: time
9 LOG postgres | checkpoint complete: wrote {int} buffers ({float}%); {small} WAL file(s) added, {small} removed; write={float} s
9 LOG postgres | connection received: host={ip} port={port}
9 LOG postgres | connection authorized: user={user} database={word}
9 LOG postgres | disconnection: session time: {clock}.{int} user={user} database={word} host={ip} port={port}
6 ERROR postgres | duplicate key value violates unique constraint "{word}_pkey"
6 ERROR postgres | deadlock detected
6 ERROR postgres | relation "{word}" does not exist at character {small}
4 LOG postgres | process {int} still waiting for ShareLock on transaction {int} after {float} ms
4 LOG postgres | process {int} acquired ShareLock on transaction {int} after {float} ms
4 LOG postgres | automatic vacuum of table "{word}.public.{word}": index scans: {small}
4 LOG postgres | automatic analyze of table "{word}.public.{word}" system usage: CPU: user: {float} s
3 FATAL postgres | password authentication failed for user "{user}"
3 FATAL postgres | role "{user}" does not exist
3 FATAL postgres | sorry, too many clients already
2 LOG postgres | replication slot "{word}" is now active
2 LOG postgres | replication slot "{word}" is now inactive
0 LOG postgres | database system was shut down at {clock}
0 LOG postgres | database system is ready to accept connections
0 LOG postgres | received fast shutdown request
0 LOG postgres | received smart shutdown request
"""),
)  # fmt: skip
