"""The committed bundle is the one that its sources make, checked without Node and without a network."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

ROOT = Path(__file__).parents[2]
DIST = ROOT / "src/afteraction/web/ui/static/dist"


def test_the_bundle_was_built_from_these_sources() -> None:
    frontend = ROOT / "frontend"
    sources = sorted(path.relative_to(frontend / "src").as_posix() for path in (frontend / "src").rglob("*.ts"))
    digest = hashlib.sha256()
    for name in [
        "build.mjs",
        "package-lock.json",
        "package.json",
        "tsconfig.json",
        *(f"src/{each}" for each in sources),
    ]:
        digest.update(f"{name}\n".encode())
        digest.update((frontend / name).read_bytes())
    manifest = json.loads((DIST / "manifest.json").read_text())
    assert manifest["sources"] == digest.hexdigest(), "the bundle is stale. Type: scripts/frontend"
    for part, name in (("bundle", "afteraction.js"), ("arranger", "arranger.js")):
        made = hashlib.sha256((DIST / name).read_bytes()).hexdigest()
        assert manifest[part] == made, f"{name} was changed by hand. Type: scripts/frontend"


def test_packages_come_from_the_public_registry_with_their_hashes() -> None:
    for lock in (ROOT / "frontend/package-lock.json", ROOT / "scripts/browser-package-lock.json"):
        for name, package in json.loads(lock.read_text())["packages"].items():
            if name:
                assert package.get("resolved", "https://registry.npmjs.org/").startswith(
                    "https://registry.npmjs.org/"
                ), name
                assert package["integrity"].startswith("sha512-"), name
