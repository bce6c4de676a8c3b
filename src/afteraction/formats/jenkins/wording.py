"""How Jenkins names jobs, results and what a build was for.

Knows results, causes and the parameters that teams use for versions and environments. Refuses to call a build a
deployment unless its job is named so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from afteraction.core.records import ChangeKind
from afteraction.core.secrets import HIDDEN, without_secrets

STATES = {"SUCCESS": "success", "FAILURE": "failure", "UNSTABLE": "failure"}
_QUOTED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_DEPLOYS = re.compile(r"(?:^|[\W_])(?:deploy\w*|release|promote|rollout|ship)(?:$|[\W_])", re.I)
_BACK = re.compile(r"(?:^|[\W_])(?:roll[ _-]?back|revert)(?:$|[\W_])", re.I)
_ENVIRONMENT = ("environment", "env", "target_env", "target_environment", "deploy_env", "stage")
_VERSION = ("version", "image_tag", "tag", "release", "build_version", "revision", "commit")
_SERVICE = ("service", "service_name", "app", "application", "component")
_SECRET = re.compile(r"pass|secret|token|credential|key", re.I)


def job_of(address: str) -> str:
    """The job's full name out of the address of a build: `.../job/payments/job/main/12/` is payments/main."""
    return "/".join(_unquoted(part) for part in re.findall(r"(?:^|/)job/([^/]+)", address))


def _unquoted(part: str) -> str:
    """The part of an address as text: `%2F` is a slash (RFC 3986, 2.1)."""
    return _QUOTED.sub(lambda found: bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace"), part)


def kind_of(job: str) -> ChangeKind:
    """What a build of this job changes: what runs only where its name says that it deploys."""
    if _BACK.search(job):
        return ChangeKind.ROLLBACK
    return ChangeKind.DEPLOYMENT if _DEPLOYS.search(job) else ChangeKind.PIPELINE


def told_by(parameters: Mapping[str, str]) -> tuple[str, str, str]:
    """(service, environment, version) as the parameters of a build name them; empty where they do not."""
    plain = {name.lower().replace("-", "_"): value for name, value in parameters.items() if value}
    named = tuple(
        next((plain[name] for name in names if name in plain), "") for names in (_SERVICE, _ENVIRONMENT, _VERSION)
    )
    return named[0], named[1], named[2]


def shown(parameters: Mapping[str, str]) -> dict[str, str]:
    """Parameters as attributes; what is named like a secret is masked."""
    return {
        f"parameter.{name}": HIDDEN if _SECRET.search(name) else without_secrets(value[:200])
        for name, value in parameters.items()
    }
