"""Families of logs that the method was written on: (name, header, rows of `weight level who | template`)."""

TUNED_TEMPLATES = (
    ("file system", "compact", r"""
20 INFO DataNode$DataXceiver | Receiving block {blk} src: /{ipport} dest: /{ipport}
20 INFO FSNamesystem | BLOCK* NameSystem.addStoredBlock: blockMap updated: {ipport} is added to {blk} size {int}
18 INFO DataNode$PacketResponder | PacketResponder {small} for block {blk} terminating
18 INFO DataNode$PacketResponder | Received block {blk} of size {int} from /{ip}
9 INFO FSDataset | Deleting block {blk} file {path}
9 INFO FSNamesystem | BLOCK* NameSystem.delete: {blk} is added to invalidSet of {ipport}
6 INFO FSNamesystem | BLOCK* NameSystem.allocateBlock: {path}. {blk}
3 INFO DataBlockScanner | Verification succeeded for {blk}
2 WARN DataNode$DataXceiver | {ipport}:Got exception while serving {blk} to /{ip}:
2 INFO DataNode$DataXceiver | {ipport} Served block {blk} to /{ip}
2 INFO FSNamesystem | BLOCK* ask {ipport} to delete {blks}
1 INFO DataNode | {ipport} Starting thread to transfer block {blk} to {ipport}
1 INFO DataNode$DataTransfer | {ipport}:Transmitted block {blk} to /{ipport}
0 WARN PendingReplicationMonitor | PendingReplicationMonitor timed out block {blk}
0 INFO FSNamesystem | BLOCK* Removing block {blk} from neededReplications as it does not belong to any file.
0 WARN FSDataset | Unexpected error trying to delete block {blk}. BlockInfo not found in volumeMap.
"""),
    ("secure shell", "syslog", r"""
20 INFO sshd | Failed password for invalid user {user} from {ip} port {port} ssh2
20 INFO sshd | Failed password for {user} from {ip} port {port} ssh2
15 INFO sshd | Received disconnect from {ip}: 11: Bye Bye [preauth]
6 INFO sshd | Received disconnect from {ip}: {small}: Closed due to user request. [preauth]
9 INFO sshd | input_userauth_request: invalid user {user} [preauth]
9 INFO sshd | Invalid user {user} from {ip}
9 INFO sshd | pam_unix(sshd:auth): check pass; user unknown
9 INFO sshd | pam_unix(sshd:auth): authentication failure; logname= uid={small} euid={small} tty=ssh ruser= rhost={ip}
4 INFO sshd | reverse mapping checking getaddrinfo for {fqdn} [{ip}] failed - POSSIBLE BREAK-IN ATTEMPT!
4 INFO sshd | Connection closed by {ip} [preauth]
2 INFO sshd | message repeated {small} times: [ Failed password for {user} from {ip} port {port} ssh2]
2 INFO sshd | Accepted password for {user} from {ip} port {port} ssh2
2 INFO sshd | pam_unix(sshd:session): session opened for user {user} by (uid={small})
2 INFO sshd | pam_unix(sshd:session): session closed for user {user}
1 INFO sshd | Disconnecting: Too many authentication failures for {user} [preauth]
1 ERROR sshd | error: Received disconnect from {ip}: {small}: com.jcraft.jsch.JSchException: Auth fail [preauth]
0 INFO sshd | fatal: Write failed: Connection reset by peer [preauth]
0 INFO sshd | Did not receive identification string from {ip}
0 INFO sshd | Bad protocol version identification 'GET / HTTP/1.1' from {ip} port {port}
0 INFO sshd | Server listening on {ip} port {port}.
0 INFO sshd | Server listening on :: port {port}.
"""),
    ("map and reduce", "hadoop", r"""
9 INFO TaskImpl | {task} Task Transitioned from NEW to SCHEDULED
9 INFO TaskImpl | {task} Task Transitioned from SCHEDULED to RUNNING
9 INFO TaskAttemptImpl | {attempt} TaskAttempt Transitioned from NEW to UNASSIGNED
9 INFO TaskAttemptImpl | {attempt} TaskAttempt Transitioned from UNASSIGNED to ASSIGNED
9 INFO TaskAttemptImpl | {attempt} TaskAttempt Transitioned from ASSIGNED to RUNNING
14 WARN LeaseRenewer | Failed to renew lease for [DFSClient_NONMAPREDUCE_{int}_1] for {int} seconds. Will retry shortly ...
14 WARN Client | Address change detected. Old: {hostport}/{ipport} New: {hostport}
14 INFO Client | Retrying connect to server: {hostport}. Already tried {small} time(s); maxRetries={small}
9 ERROR RMContainerAllocator | ERROR IN CONTACTING RM.
9 INFO RMContainerAllocator | Recalculating schedule, headroom=<memory:{int}, vCores:{neg}>
9 INFO RMContainerAllocator | Reduce slow start threshold not met. completedMapsForReduceSlowstart {small}
6 INFO TaskAttemptListenerImpl | Progress of TaskAttempt {attempt} is : {float}
3 INFO JvmManager | JVM with ID : jvm_{int}_{small}_m_{int} asked for a task
3 INFO JvmManager | JVM with ID: jvm_{int}_{small}_m_{int} given task: {attempt}
2 INFO MRAppMaster | Created MRAppMaster for application appattempt_{int}_{int}_{small}
2 INFO EventDispatcher | Registering class {cls} for class {cls}
2 INFO ContainerLauncher | Opening proxy : {hostport}
2 INFO RackResolver | Resolved {fqdn} to /default-rack
1 FATAL Task | Task: {attempt} - exited : {cls}: No Route to Host from {host}/{ip} to {hostport} failed on socket timeout
1 INFO Shuffle | assigned {small} of {small} to {hostport} to fetcher#{small}
0 INFO MetricsConfig | loaded properties from {file}
0 INFO MetricsSystemImpl | Scheduled snapshot period at {small} second(s).
0 INFO MetricsSystemImpl | MapTask metrics system started
0 INFO MetricsSystemImpl | MapTask metrics system stopped.
0 INFO HttpServer | Jetty bound to port {port}
0 INFO WebApps | Web app /mapreduce started at {port}
0 INFO JobImpl | job_{int}_{small}Job Transitioned from INITED to SETUP
0 INFO JobImpl | job_{int}_{small}Job Transitioned from SETUP to RUNNING
"""),
    ("proxy", "program", r"""
40 INFO chrome.exe | {hostport} open through proxy {hostport} HTTPS
30 INFO chrome.exe | {hostport} close, {int} bytes sent, {int} bytes received, lifetime {life}
10 INFO Dropbox.exe | {hostport} close, {int} bytes ({size}) sent, {int} bytes ({size}) received, lifetime {life}
10 INFO firefox.exe | {hostport} close, {int} bytes ({size}) sent, {int} bytes received, lifetime {life}
9 INFO svchost.exe | {hostport} error : Could not connect through proxy {hostport} - Proxy server cannot establish a connection with the target, status code {int}
2 INFO svchost.exe | {hostport} error : Could not connect to proxy {hostport} - connection attempt failed with error {int}
3 INFO System | open through proxy {hostport} SOCKS5
0 INFO System | {hostport} error : A connection request was canceled before the completion.
"""),
    ("phone", "mobile", r"""
12 DEBUG PowerManagerService | acquire lock={int}, flags={hex}, tag={title}, name={pkg}, ws=null, uid={int}, pid={int}
12 DEBUG PowerManagerService | release:lock={int}, flg={hex}, tag={title}, name={pkg}", ws=null, uid={int}, pid={int}
8 DEBUG PowerManagerService | ready={bool},policy={small},wakefulness={small},wksummary={hex},uasummary={hex},bootcompleted={bool}
8 VERBOSE WindowManager | Skipping AppWindowToken{{hex8} token=Token{{hex8} ActivityRecord{{hex8} u0 {pkg}/.Main t{small}}}} -- going to hide
8 VERBOSE WindowManager | getTasks: caller {int} does not hold REAL_GET_TASKS; limiting output
8 INFO ActivityManager | START u0 {act=android.intent.action.MAIN cmp={pkg}/.Main} from uid {int} on display {small}
7 INFO ActivityManager | Killing {int}:{pkg}/u0a{small} (adj {int}): empty #{small}
7 INFO ActivityManager | Start proc {int}:{pkg}/u0a{small} for service {pkg}/.Sync
5 DEBUG AudioManager | getRingerModeInternal() mode={small}
5 DEBUG PhoneStatusBar | setSystemUiVisibility vis={hex8} mask={hex8} oldVal={int} newVal={int} diff={int}
4 DEBUG PhoneInterfaceManager | [PhoneIntfMgr] getDataEnabled: subId={small} phoneId={small}
4 DEBUG PhoneInterfaceManager | [PhoneIntfMgr] getDataEnabled: retVal=true
3 DEBUG StackScrollAlgorithm | updateClipping isOverlap:false, getTopPadding={float}, Translation={neg}
3 DEBUG StackScrollAlgorithm | updateClipping isOverlap:true, getTopPadding={float}, Translation={neg}
2 INFO DisplayPowerController | Blocking screen off
2 INFO DisplayPowerController | Unblocked screen off after {int} ms
2 INFO DisplayPowerController | Blocking screen on until initial contents have been drawn.
1 ERROR KeyguardUpdateMonitor | onSimStateChanged(subId={small}, slotId={small}, state=READY)
1 ERROR KeyguardUpdateMonitor | onSimStateChanged(subId={small}, slotId={small}, state=ABSENT)
1 WARN NotificationManager | notifyPostedLocked: listener service {pkg} not bound
0 DEBUG TextView | visible is system.time.showampm
0 DEBUG TextView | mVisiblity.getValue is false
0 INFO PackageManager | installed package {pkg} version {int}
0 INFO PackageManager | removed package {pkg}
"""),
    ("supercomputer", "ras", r"""
40 INFO KERNEL | instruction cache parity error corrected
20 INFO KERNEL | generating core.{int}
10 FATAL KERNEL | data TLB error interrupt
9 INFO KERNEL | CE sym {small}, at {hex}, mask {hex}
9 INFO KERNEL | {int} double-hummer alignment exceptions
9 INFO KERNEL | {int} floating point alignment exceptions
8 FATAL APP | ciod: failed to read message prefix on control stream (CioStream socket to {ipport}
8 FATAL APP | ciod: LOGIN chdir({path}) failed: No such file or directory
8 FATAL APP | ciod: LOGIN chdir({path}) failed: Input/output error
6 FATAL APP | ciod: Error loading {path}: invalid or missing program image, Exec format error
6 FATAL APP | ciod: Error loading {path}: program image too big, {int} > {int}
6 FATAL KERNEL | rts: kernel terminated for reason {int}
6 FATAL KERNEL | lr:{hex8} cr:{hex8} xer:{hex8} ctr:{hex8}
5 INFO KERNEL | iar {hex8} dear {hex8}
5 INFO KERNEL | total of {small} ddr error(s) detected and corrected over {int} seconds
5 INFO KERNEL | ddr: excessive soft failures, consider replacing the card
3 FATAL KERNEL | machine check interrupt (bit={hex}): L2 DCU read error
3 FATAL KERNEL | machine check interrupt (bit={hex}): TLB parity error
2 ERROR MMCS | idoproxydb hit ASSERT condition: ASSERT expression={small} Source file={path} Source line={int} Function={b64}
2 INFO DISCOVERY | Node card VPD check: missing {loc} node, VPD ecid {b64} in processor card slot
2 WARNING MONITOR | Node card is not fully functional
1 FATAL LINKCARD | MidplaneSwitchController performing bit sparing on {loc} bit {small}
0 FATAL LINKCARD | MidplaneSwitchController::receiveTrain() iap failed: {loc}, status={hex8}
0 INFO KERNEL | shutdown complete
0 INFO KERNEL | suppressing further interrupts of same type
0 FATAL KERNEL | wait state enable....................0
0 FATAL KERNEL | wait state enable....................1
0 INFO KERNEL | NFS Mount failed on {loc}, slept {small} seconds, retrying ({small})
"""),
    ("cloud compute", "cloud", r"""
24 INFO api | {ip} "GET {route} HTTP/1.1" status: {int} len: {int} time: {float}
6 INFO api | {ip} "POST {route} HTTP/1.1" status: {int} len: {int} time: {float}
4 INFO api | {ip} "DELETE {route} HTTP/1.1" status: {int} len: {int} time: {float}
6 INFO compute | [instance: {uuid}] VM Started (Lifecycle Event)
6 INFO compute | [instance: {uuid}] VM Paused (Lifecycle Event)
6 INFO compute | [instance: {uuid}] VM Resumed (Lifecycle Event)
5 INFO compute | [instance: {uuid}] During sync_power_state the instance has a pending task (spawning). Skip.
5 INFO compute | [instance: {uuid}] Took {float} seconds to build instance.
5 INFO compute | [instance: {uuid}] Took {float} seconds to spawn the instance on the hypervisor.
5 INFO compute | [instance: {uuid}] Total memory: {int} MB, used: {float} MB
5 INFO compute | [instance: {uuid}] memory limit: {float} MB, free: {float} MB
5 INFO compute | [instance: {uuid}] vcpu limit not specified, defaulting to unlimited
5 INFO compute | [instance: {uuid}] disk limit not specified, defaulting to unlimited
4 INFO compute | Creating event network-vif-plugged:{uuid} for instance {uuid}
4 INFO compute | image {uuid} at ({path}): checking
4 INFO compute | image {uuid} at ({path}): in use: on this node {small} local, {small} on other nodes sharing this instance storage
3 WARNING compute | Unknown base file: {path}
3 INFO compute | Active base files: {path}
2 INFO compute | Removable base files: {path} {path}
2 INFO compute | Final resource view: name={fqdn} phys_ram={int}MB used_ram={int}MB phys_disk={int}GB total_vcpus={small} pci_stats=[]
2 WARNING compute | While synchronizing instance power states, found {small} instances in the database and {small} instances on the hypervisor.
0 INFO scheduler | Successfully synced instances from host '{fqdn}'.
0 WARNING scheduler | The instance sync for host '{fqdn}' did not match. Re-created its InstanceList.
0 INFO compute | Loading compute driver '{word}'
0 ERROR compute | No compute node record for host {host}
"""),
    ("quorum", "quorum", r"""
12 INFO NIOServerCnxn | Received connection request /{ipport}
12 WARN SendWorker | Interrupted while waiting for message on queue
12 WARN RecvWorker | Connection broken for id {int}, my id = {small}, error =
12 WARN RecvWorker | Interrupting SendWorker
9 INFO FastLeaderElection | Notification time out: {int}
9 WARN QuorumCnxManager | Cannot open channel to {small} at election address /{ipport}
6 INFO NIOServerCnxn | Client attempting to establish new session at /{ipport}
6 INFO ZooKeeperServer | Established session {hex} with negotiated timeout {int} for client /{ipport}
6 INFO NIOServerCnxn | Closed socket connection for client /{ipport} which had sessionid {hex}
6 INFO NIOServerCnxn | Closed socket connection for client /{ipport} (no session established for client)
4 INFO ZooKeeperServer | Expiring session {hex}, timeout of {int}ms exceeded
4 INFO PrepRequestProcessor | Processed session termination for sessionid: {hex}
3 WARN NIOServerCnxn | caught end of stream exception
3 INFO FastLeaderElection | Notification: {small} (n.leader), {hex} (n.zxid), {hex} (n.round), LOOKING (n.state), {small} (n.sid), {hex} (n.peerEPoch), LOOKING (my state)
2 INFO FastLeaderElection | Notification: {small} (n.leader), {hex} (n.zxid), {hex} (n.round), FOLLOWING (n.state), {small} (n.sid), {hex} (n.peerEPoch), LOOKING (my state)
2 WARN Learner | Unexpected exception, tries={small}, connecting to /{ipport}
1 INFO Learner | ******* GOODBYE /{ipport} ********
1 INFO QuorumPeer | LOOKING
1 INFO QuorumPeer | FOLLOWING
1 INFO QuorumPeer | LEADING
0 INFO Environment | Server environment:host.name={fqdn}
0 INFO Environment | Server environment:java.version={ver}
0 INFO Environment | Server environment:user.name={user}
0 INFO Environment | Server environment:java.home={path}
0 INFO QuorumPeer | tickTime set to {int}
0 INFO QuorumPeer | minSessionTimeout set to {neg}
0 INFO FileSnap | Reading snapshot {path}
0 INFO DatadirCleanupManager | Purge task started.
0 INFO DatadirCleanupManager | Purge task completed.
"""),
    ("shop service", "iso", r"""
12 INFO checkout | order {int} placed by {user} total {float} EUR
12 INFO checkout | order {int} paid with {word}
8 INFO auth | user {user} logged in from {ip}
8 INFO auth | user {user} logged out
8 INFO gateway | request completed method=GET path={path} status={int} duration={dur} request_id={uuid}
6 INFO gateway | request completed method=POST path={path} status={int} duration={dur} request_id={uuid}
5 WARN gateway | upstream {word} responded slowly ({dur}), retrying ({small}/{small})
5 ERROR gateway | upstream {word} timed out after {dur}
4 INFO breaker | circuit breaker {word} opened
4 INFO breaker | circuit breaker {word} closed
4 INFO jobs | job {word} finished in {dur} with {int} rows
3 INFO jobs | job {word} started
3 INFO cache | cache miss for key {word}:{b64}
3 DEBUG flags | feature {word} enabled={bool} for tenant {user}
2 INFO kafka | partitions assigned: {wordlist}
2 INFO kafka | partitions revoked: {wordlist}
2 INFO deploy | deploying {word} {ver} to {word} (sha {sha})
1 ERROR db | could not acquire connection from pool within {int} ms (active={small}, idle={small}, waiting={small})
0 INFO server | listening on {ipport}
0 INFO server | shutting down gracefully
0 WARN server | config reload requested by {user}
0 ERROR checkout | unhandled error while placing order: {cls}: basket is empty
0 ERROR checkout | unhandled error while placing order: {cls}: payment declined by issuer
"""),
)  # fmt: skip
