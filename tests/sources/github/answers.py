"""A repository as GitHub's REST API answers for it: made up, in the shapes of its documentation."""

from __future__ import annotations

from typing import Any

from tests.sources.recorded import refusal

REPOSITORY = "acme/cart"
BASE = f"https://api.github.com/repos/{REPOSITORY}"
SHA = "9f2c51d0e7b84a6c3d1f0b5e2a7c94d6e8f01234"
PERSON = {"login": "ada", "id": 7, "type": "User"}


def deployment(number: int, created: str, updated: str) -> dict[str, Any]:
    return {
        "url": f"{BASE}/deployments/{number}", "id": number, "sha": SHA, "ref": "main", "task": "deploy",
        "environment": "production", "description": "Deploy main", "creator": PERSON, "created_at": created,
        "updated_at": updated, "statuses_url": f"{BASE}/deployments/{number}/statuses", "repository_url": BASE,
    }  # fmt: skip


def status(number: int, of: int, state: str, at: str) -> dict[str, Any]:
    return {
        "url": f"{BASE}/deployments/{of}/statuses/{number}", "id": number, "state": state, "creator": PERSON,
        "description": "", "environment": "production", "target_url": "", "created_at": at, "updated_at": at,
        "deployment_url": f"{BASE}/deployments/{of}", "repository_url": BASE,
    }  # fmt: skip


def commit(sha: str = SHA) -> dict[str, Any]:
    person = {"name": "Ada", "email": "ada@acme.example", "date": "2026-05-12T14:01:00Z"}
    return {
        "sha": sha, "node_id": "C_1", "url": f"{BASE}/commits/{sha}", "html_url": f"https://github.com/{REPOSITORY}",
        "commit": {"author": person, "committer": {**person, "date": "2026-05-12T14:02:30Z"},
                   "message": "Halve the pool of connections\n\nIt was too large."},
        "author": PERSON, "committer": PERSON, "parents": [{"sha": "0" * 40}],
        "files": [{"filename": "pool.py", "status": "modified", "patch": "@@ -1 +1 @@\n-SIZE = 20\n+SIZE = 10"},
                  {"filename": "logo.png", "status": "added"}],
    }  # fmt: skip


def release(number: int, published: str | None) -> dict[str, Any]:
    return {
        "url": f"{BASE}/releases/{number}", "id": number, "tag_name": f"v{number}", "target_commitish": "main",
        "author": PERSON, "created_at": "2026-05-12T13:00:00Z", "published_at": published, "body": "What is new",
        "html_url": f"https://github.com/{REPOSITORY}/releases/{number}", "prerelease": False, "draft": not published,
    }  # fmt: skip


def run(number: int) -> dict[str, Any]:
    return {
        "id": number, "name": "ship", "url": f"{BASE}/actions/runs/{number}", "head_sha": SHA, "head_branch": "main",
        "run_number": 31, "run_attempt": 1, "event": "push", "status": "completed", "conclusion": "failure",
        "created_at": "2026-05-12T14:03:00Z", "run_started_at": "2026-05-12T14:03:05Z",
        "updated_at": "2026-05-12T14:08:00Z", "actor": PERSON, "repository": {"name": "cart", "full_name": REPOSITORY},
    }  # fmt: skip


LISTS: dict[str, list[dict[str, Any]]] = {
    "deployments": [
        deployment(44, "2026-05-12T15:30:00Z", "2026-05-12T15:31:00Z"),
        deployment(43, "2026-05-12T14:10:00Z", "2026-05-12T14:12:00Z"),
        deployment(42, "2026-05-12T13:58:00Z", "2026-05-12T14:01:00Z"),
        deployment(41, "2026-05-10T10:00:00Z", "2026-05-10T10:05:00Z"),
    ],
    "releases": [release(9, None), release(8, "2026-05-12T14:09:00Z"), release(7, "2026-05-01T09:00:00Z")],
}


def answer(path: str, params: dict[str, str]) -> Any:
    """What GitHub answers for this repository."""
    below = path.removeprefix(f"/repos/{REPOSITORY}/")
    page = slice((int(params.get("page", 1)) - 1) * 100, int(params.get("page", 1)) * 100)
    if below in LISTS:
        return LISTS[below][page]
    if below == "commits":
        return [{key: value for key, value in commit().items() if key != "files"}][page]
    if below == f"commits/{SHA}":
        return commit()
    if below == "actions/runs":
        return {"total_count": 1, "workflow_runs": [run(501)][page]}
    kind, _, rest = below.partition("/")
    number = rest.partition("/")[0]
    if below.endswith("/statuses"):
        return [
            status(2, int(number), "success", "2026-05-12T14:11:40Z"),
            status(1, int(number), "in_progress", "2026-05-12T14:10:20Z"),
        ]
    found = next((each for each in LISTS.get(kind, ()) if str(each["id"]) == number), None)
    return found or refusal(404, {"message": "Not Found"})
