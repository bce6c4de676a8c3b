"""What a call to the API of AWS is for an incident: a change, somebody's act, or only a question.

Knows how CloudTrail marks reads and writes, and which writes change nothing that runs. Refuses to take a question for
a change, and a refused call for one that came through.
"""

# ruff: noqa: E501 (a pattern reads better in one piece)
from __future__ import annotations

import re
from enum import StrEnum

from afteraction.core.json_payloads import Payload
from afteraction.core.records import ChangeKind

_READS = re.compile(
    r"(?:Get|List|Describe|Lookup|Head|Search|Query|Scan|Select|BatchGet|Test|Check|Preview|Validate|View|Simulate|Decrypt|GenerateDataKey|AssumeRole)"
)
# Writes by which agents and services keep their own books; there are thousands of them a day.
_BOOKKEEPING = frozenset({
    "CreateLogStream", "PutLogEvents", "UpdateInstanceInformation", "PutComplianceItems", "PutInventory",
    "PutMetricData", "UpdateInstanceAssociationStatus", "OpenDataChannel", "OpenControlChannel", "CreateControlChannel",
    "CreateDataChannel", "SubmitTaskStateChange", "SubmitContainerStateChange", "SubmitAttachmentStateChanges",
    "RegisterContainerInstance", "DiscoverPollEndpoint", "CreateGrant", "RetireGrant", "SharedSnapshotVolumeCreated",
    "PutCredentials", "BatchGetImage", "InitiateLayerUpload", "UploadLayerPart", "CompleteLayerUpload",
})  # fmt: skip
# Somebody went onto a machine, or ran something there.
_ACTS = re.compile(
    r"(?:StartSession|ResumeSession|TerminateSession|SendCommand|CancelCommand|ExecuteCommand|SendSSHPublicKey|SendSerialConsoleSSHPublicKey|StartAutomationExecution|RebootInstances|RebootDBInstance|RebootCacheCluster|StartInstances|StopInstances|StopTask|FailoverDBCluster|RedriveExecution|PurgeQueue|CreateInvalidation)"
)
_SIGNS_IN = ("signin.amazonaws.com", "sts.amazonaws.com", "sso.amazonaws.com", "portal.sso.amazonaws.com")
_DEPLOYS = re.compile(
    r"(?:UpdateFunctionCode|PublishVersion|UpdateAlias|UpdateService|CreateService|RegisterTaskDefinition|CreateDeployment|StartDeployment|StartPipelineExecution|UpdateEnvironment|CreateApplicationVersion|RunTask|StartInstanceRefresh|UpdateApp|PutImage)"
)
_CONFIGURES = re.compile(
    r"(?:PutParameter|DeleteParameter|PutSecretValue|UpdateSecret|RotateSecret|RestoreSecret|UpdateFunctionConfiguration|ModifyDBParameterGroup|ModifyDBClusterParameterGroup|ModifyCacheParameterGroup|PutBucket\w+|PutRule|PutTargets|DisableRule|EnableRule|PutMetricAlarm|DeleteAlarms|DisableAlarmActions|EnableAlarmActions|UpdateWebACL|UpdateStage|\w*Policy\w*|\w*LoggingConfiguration|StopLogging|StartLogging|UpdateTrail|UpdateConfiguration\w*|\w*AccountSetting\w*|\w*Attributes?)"
)
_SERVICE_NAMES = ("functionName", "serviceName", "service", "dBInstanceIdentifier", "dBClusterIdentifier", "stackName",
                  "applicationName", "environmentName", "pipelineName", "loadBalancerName", "tableName",
                  "queueName", "queueUrl", "cacheClusterId", "clusterName", "cluster", "autoScalingGroupName")  # fmt: skip
_NAMES = (*_SERVICE_NAMES, "name", "roleName", "userName", "bucketName", "instanceId", "groupId", "keyId", "secretId", "alarmName",
          "policyName", "target", "resourceArn", "loadBalancerArn", "hostedZoneId", "resolverQueryLogConfigId", "modelId")  # fmt: skip


class Call(StrEnum):
    """What a call is."""

    CHANGE = "change"
    ACT = "act"
    SIGN_IN = "sign_in"
    LINE = "line"
    INSIGHT = "insight"


def kind_of_call(record: Payload) -> Call:
    """What this call is; what only asked, or keeps books, is a line of a log."""
    name, source = record.text("eventName"), record.text("eventSource")
    if record.text("eventType") == "AwsCloudTrailInsight" or record.text("eventCategory") == "Insight":
        return Call.INSIGHT
    if source in _SIGNS_IN:
        return Call.SIGN_IN if name in ("ConsoleLogin", "SwitchRole") else Call.LINE
    if is_read(record) or record.at("managementEvent") is False or name in _BOOKKEEPING:
        return Call.LINE
    return Call.ACT if _ACTS.fullmatch(name) else Call.CHANGE


def is_read(record: Payload) -> bool:
    """Whether the call only asked; told from its name where CloudTrail does not say (older versions)."""
    stated = record.at("readOnly")
    if isinstance(stated, str) and stated.lower() in ("true", "false"):
        stated = stated.lower() == "true"
    return stated if isinstance(stated, bool) else bool(_READS.match(record.text("eventName")))


def kind_of_change(record: Payload) -> ChangeKind:
    """Which kind of change a write is; infrastructure unless its name says more."""
    name, source = record.text("eventName"), record.text("eventSource").split(".")[0]
    plain = re.sub(r"\d{8}(?:v\d)?$|V\d$", "", name)
    if source == "evidently" or (source == "appconfig" and "Flag" in name):
        return ChangeKind.FLAG
    if source in ("appconfig", "secretsmanager"):
        return ChangeKind.CONFIG
    if name in ("StopDeployment", "RollbackStack", "RollbackApplication", "RollbackPipelineExecution"):
        return ChangeKind.ROLLBACK
    if _DEPLOYS.fullmatch(plain):
        return ChangeKind.DEPLOYMENT
    return ChangeKind.CONFIG if source == "iam" or _CONFIGURES.fullmatch(plain) else ChangeKind.INFRASTRUCTURE


def about(record: Payload) -> tuple[str, str]:
    """(service, name) of what a call is about, by its parameters; empty where they tell neither."""
    asked = record.below("requestParameters")
    name = next((text for key in _NAMES if (text := asked.text(key))), "")
    name = name or asked.text("instancesSet", "items", "0", "instanceId") or record.text("resources", "0", "ARN")
    service = next((text for key in _SERVICE_NAMES if (text := asked.text(key))), "")
    source = record.text("eventSource").split(".")[0]
    if source in ("iam", "sts", "cloudtrail", "ssm", "signin", "kms"):
        service = ""
    return _last(service), _last(name)


def _last(name: str) -> str:
    """The name at the end of an ARN or an address."""
    return re.split(r"[:/]", name)[-1] if name.startswith(("arn:", "https://")) else name
