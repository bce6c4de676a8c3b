"""What the reasons of Kubernetes events mean for an incident, and to which service an object belongs.

Knows the reasons that kubelet, scheduler and controllers give, and how workloads name their pods. Refuses to rank them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from afteraction.core.records import EventKind, Lane

# Signals whatever their type says: several of these are "Normal" to the cluster.
SIGNALS = frozenset({
    "OOMKilling", "OOMKilled", "SystemOOM", "Evicted", "EvictionThresholdMet", "NodeNotReady", "NodeHasDiskPressure",
    "NodeHasInsufficientMemory", "NodeHasInsufficientPID", "FailedScheduling", "Unhealthy", "BackOff",
    "CrashLoopBackOff", "FailedMount", "FailedAttachVolume", "FailedCreate", "FailedCreatePodSandBox",
    "FailedKillPod", "ErrImagePull", "ImagePullBackOff", "Failed", "Preempted", "TaintManagerEviction", "Rebooted",
    "ProgressDeadlineExceeded", "ProbeWarning", "NetworkNotReady", "ContainerGCFailed", "ImageGCFailed",
    "FreeDiskSpaceFailed", "FailedGetResourceMetric", "FailedComputeMetricsReplicas", "BackoffLimitExceeded",
    "DeadlineExceeded", "HostPortConflict", "InsufficientFreeCPU", "InsufficientFreeMemory", "OutOfDisk",
})  # fmt: skip
RECOVERIES = frozenset({"NodeReady", "NodeHasSufficientMemory", "NodeHasNoDiskPressure", "NodeHasSufficientPID"})
# What somebody or something changed about how much runs, and which version.
CHANGES = frozenset({
    "ScalingReplicaSet", "SuccessfulRescale", "NodeSchedulable", "NodeNotSchedulable", "DeploymentRollback",
    "RolloutCompleted", "RolloutUpdated", "ScaledUpGroup", "TriggeredScaleUp", "ScaleDown",
})  # fmt: skip
# A rollout takes the old pods away after the new ones came: only the coming is the change.
_AFTERWARDS = re.compile(r"Scaled down replica set")
_PROBE_KILL = re.compile(r"failed (?:liveness|startup|readiness) probe|OOMKilled|\bunhealthy\b", re.IGNORECASE)
# Kubernetes draws the random parts of names from these letters, which spell no words.
_POD = re.compile(r"-[bcdfghjklmnpqrstvwxz2456789]{6,10}-[bcdfghjklmnpqrstvwxz2456789]{5}$")
_REPLICA_SET = re.compile(r"-[bcdfghjklmnpqrstvwxz2456789]{6,10}$")
_MEMBER = re.compile(r"(?:-\d{1,4}|-[bcdfghjklmnpqrstvwxz2456789]{5})$")
_JOB = re.compile(r"-\d{8,10}(?:-[bcdfghjklmnpqrstvwxz2456789]{5})?$")
_CLUSTER = frozenset({"Node", "Namespace", "PersistentVolume", "PersistentVolumeClaim", "Lease", "ConfigMap", "Secret"})
_LABELS = ("app.kubernetes.io/name", "app", "k8s-app", "app.kubernetes.io/instance")


def meaning_of(reason: str, kind: str, message: str) -> tuple[EventKind, Lane]:
    """(kind, lane) of an event: what Kubernetes warns of and what ends or moves workloads are signals."""
    if reason in CHANGES and not _AFTERWARDS.match(message):
        return EventKind.NOTE, Lane.CHANGES
    if reason in RECOVERIES:
        return EventKind.RECOVERY, Lane.LOGS
    if kind == "Warning" or reason in SIGNALS or (reason == "Killing" and _PROBE_KILL.search(message)):
        return EventKind.SIGNAL, Lane.LOGS
    return EventKind.NOTE, Lane.LOGS


def service_of_object(about: Mapping[str, Any]) -> str:
    """The workload an object belongs to: by its labels, else by its name without what controllers append; empty for
    what belongs to the cluster."""
    labels = about.get("labels")
    if isinstance(labels, dict):
        for name in _LABELS:
            if isinstance(labels.get(name), str) and labels[name]:
                return str(labels[name])
    kind, name = str(about.get("kind") or ""), str(about.get("name") or "")
    if kind in _CLUSTER:
        return ""
    if kind == "Pod":
        for pattern in (_POD, _JOB, _MEMBER):
            if pattern.search(name):
                return pattern.sub("", name)
    if kind == "ReplicaSet":
        return _REPLICA_SET.sub("", name)
    return _JOB.sub("", name) if kind == "Job" else name
