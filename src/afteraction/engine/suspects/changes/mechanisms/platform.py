"""Mechanisms of the platform: resources, replicas, health checks, runtimes, dependencies and switches."""

from __future__ import annotations

from afteraction.engine.suspects.changes.mechanisms.shape import Gains, Loses, Mechanism, Shows, Turns, Way, pattern
from afteraction.engine.suspects.changes.symptoms.kinds import K

ROWS = (
    Mechanism(
        "less memory", "leaves a process less memory",
        "It is killed once it needs what it needed before, or collects garbage without end.",
        (Turns(pattern(r"^(memory|mem|heap|xmx|maxheap|gomemlimit|maxmemory|ram|memorylimit|oldspace|mx)$"), Way.DOWN),
        Shows("heap smaller", 0.9)),
        {K.MEMORY: 1.0, K.CRASH: 0.9, K.CAPACITY: 0.4, K.CONNECT: 0.4, K.ERRORS: 0.4, K.LATENCY: 0.3, K.CPU: 0.2,
            K.CACHE: 0.2, K.PROBE: 0.2},
    ),
    Mechanism(
        "more memory than there is", "lets a process take more memory than its host or limit has",
        "The kernel or the orchestrator ends it.",
        (Turns(pattern(r"^(heap|xmx|gogc|maxheap|oldspace|buffer)$"), Way.UP), Shows("heap larger", 0.6)),
        {K.MEMORY: 1.0, K.CRASH: 0.8, K.ERRORS: 0.3, K.NODE: 0.3},
    ),
    Mechanism(
        "less processor", "leaves a process less processor time",
        "It is throttled: slow at the load it used to carry.",
        (Turns(pattern(r"^(cpu|millicpu|vcpu|gomaxproc|instancetype|share)$"), Way.DOWN),),
        {K.CPU: 0.9, K.THROTTLE: 0.7, K.LATENCY: 0.8, K.TIMEOUT: 0.5, K.PROBE: 0.4, K.QUEUE: 0.5, K.ERRORS: 0.2},
            delayed=True,
    ),
    Mechanism(
        "fewer replicas", "leaves fewer replicas",
        "Those that are left carry all the load.",
        (Turns(pattern(r"^(replica|minreplica|maxreplica|mincapacity|maxcapacity|desiredcount|instance|autoscaling|desiredcapacity|node|shard|minsize|maxsize|"
                       r"targetcpu|maxunavailable|broker)$"), Way.DOWN),
         Turns(pattern(r"^(averageutilization|targetcpuutilizationpercentage|maxunavailable)$"), Way.UP)),
        {K.CAPACITY: 1.0, K.CPU: 0.8, K.QUEUE: 0.9, K.LATENCY: 0.7, K.ERRORS: 0.4, K.TIMEOUT: 0.4, K.THREADS: 0.3,
            K.CONNECT: 0.2}, delayed=True,
    ),
    Mechanism(
        "stricter health checks", "makes health checks stricter or point elsewhere",
        "Healthy instances are taken out or restarted, and the rest gets their load.",
        (Turns(pattern(r"^(probe|livenes|livenessprobe|readines|readinessprobe|startupprobe|healthcheck|healthz|initialdelay|initialdelaysecond|periodsecond|failurethreshold|"
                       r"timeoutsecond|outlier|unhealthythreshold|graceperiod)$"), Way.DOWN),
         Loses(pattern(r"readinessProbe|startupProbe|livenessProbe|preStop|healthcheck|terminationGracePeriod"), 0.6),
         Gains(pattern(r"livenessProbe|outlier_?detection"), 0.5)),
        {K.PROBE: 1.0, K.CRASH: 0.8, K.CAPACITY: 0.9, K.CONNECT: 0.5, K.ERRORS: 0.4, K.TIMEOUT: 0.4},
    ),
    Mechanism(
        "a dependency of another version", "runs with another version of a library or image",
        "A larger step may have removed what the code or another library needs: most show at the start.",
        (Shows("major version", 0.75), Shows("minor version", 0.3), Shows("patch version", 0.08), Shows("base image",
        0.35)),
        {K.STARTUP: 1.0, K.CRASH: 0.7, K.UNKNOWN: 0.3, K.PARSE: 0.4, K.TLS: 0.3, K.ERRORS: 0.5, K.CAPACITY: 0.5,
            K.CONNECT: 0.3, K.PROBE: 0.3, K.NULL: 0.3},
    ),
    Mechanism(
        "a switch turned", "turns something on or off by default",
        "Code that nearly nobody ran is run by everybody, or the other way round.",
        (Shows("switch turned", 0.6),),
        {K.ERRORS: 0.5, K.LATENCY: 0.6, K.CPU: 0.6, K.UNKNOWN: 0.4, K.CALLS: 0.4, K.MEMORY: 0.3, K.WRONG: 0.4,
            K.AUTH: 0.3, K.CRASH: 0.3, K.SLOW_QUERY: 0.3,
         K.CACHE: 0.4, K.QUEUE: 0.3, K.LOGS: 0.2, K.PARSE: 0.3, K.NULL: 0.3, K.STALL: 0.4},
    ),
    Mechanism(
        "another value of a setting", "gives a setting another value",
        "What a setting does is not in its name; that it was turned is.",
        (Shows("setting turned", 0.4),),
        {K.ERRORS: 0.5, K.LATENCY: 0.5, K.UNKNOWN: 0.5, K.REJECTS: 0.5, K.CONNECT: 0.4, K.AUTH: 0.4, K.WRONG: 0.4,
            K.CPU: 0.4, K.QUEUE: 0.4,
         K.TIMEOUT: 0.4, K.MEMORY: 0.4, K.PARSE: 0.3, K.STARTUP: 0.5, K.CRASH: 0.4, K.THROTTLE: 0.4, K.PROBE: 0.4,
         K.SETTING: 0.5},
    ),
    Mechanism(
        "garbage collection tuned", "changes how the runtime collects garbage",
        "Pauses grow, or memory does.",
        (Gains(pattern(r"-XX:|GOGC|gc\.(disable|set)|SetGCPercent|UseSerialGC|UseParallelGC|--max-old|MALLOC_ARENA"),
        0.7), Turns(pattern(r"^(gogc|gc|gcpercent)$"))),
        {K.MEMORY: 0.9, K.CPU: 0.7, K.LATENCY: 0.7, K.STALL: 0.5, K.CRASH: 0.3},
    ),
    Mechanism(
        "a schedule", "changes when or how often something runs",
        "A job that runs more often, at another hour or beside another takes what requests need.",
        (Gains(pattern(r"cron|schedule|@Scheduled|every\s*\("), 0.45), Turns(pattern(r"^(cron|schedule|scheduled|"
                                                                                     r"interval|every|period|poll|"
                                                                                     r"polling|refresh)$"), Way.DOWN,
                                                                                     texts=False)),
        {K.CPU: 0.6, K.CALLS: 0.8, K.LOCK_WAIT: 0.5, K.LATENCY: 0.4, K.QUEUE: 0.4, K.THROTTLE: 0.5, K.DISK: 0.2,
            K.LOAD: 0.4},
    ),
    Mechanism(
        "less storage or shorter retention", "leaves less room on disk, or keeps more",
        "The disk fills, or what is still needed is gone.",
        (Turns(pattern(r"^(disk|storage|volume|allocatedstorage|ephemeral|ephemeralstorage)$"), Way.DOWN),
        Turns(pattern(r"^(retention|maxlog|backup)$"), Way.UP)),
        {K.DISK: 1.0, K.ERRORS: 0.3, K.NODE: 0.3}, delayed=True,
    ),
)  # fmt: skip
