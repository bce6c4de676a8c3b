"""The image and the compose file, as far as they can be checked without a container engine: every path they copy is
there, every command they run exists, and what the image would install serves (slow lane). Neither was ever built by
these tests."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
import venv
from pathlib import Path

import pytest
import yaml
from django.urls import resolve

from afteraction.cli.main import VERBS
from afteraction.web.config.serve import serve
from tests.web import databases
from tests.web.entering import signed_in_opener
from tests.web.serving import COMMAND, Served, children, environment, served, until

ROOT = Path(__file__).parents[3]
OPTIONS = {option for parameter in serve.params for option in parameter.opts}


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions with their arguments, continued lines joined."""
    text = re.sub(r"\\\n", " ", (ROOT / "Dockerfile").read_text())
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in lines)]


def of(name: str) -> list[str]:
    return [rest for instruction, rest in instructions() if instruction == name]


def check_command(words: list[str]) -> None:
    assert words[0] == "serve" and words[0] in VERBS
    for word in words[1:]:
        assert not word.startswith("--") or word in OPTIONS, word


def test_what_the_image_copies_is_in_the_repository_and_not_ignored():
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    copied = [words for rest in of("COPY") if not (words := rest.split())[0].startswith("--from")]
    assert copied
    for *sources, _ in copied:
        for source in sources:
            assert (ROOT / source).exists(), source
            assert source in kept, source


def test_the_image_runs_a_command_that_exists_as_an_ordinary_user():
    assert json.loads(of("ENTRYPOINT")[0]) == ["afteraction"]
    check_command(json.loads(of("CMD")[0]))
    names = [name for name, _ in instructions()]
    assert names.index("USER") > max(index for index, name in enumerate(names) if name == "RUN")
    assert of("USER") == ["afteraction"]


def test_the_image_asks_an_address_that_is_there():
    (path,) = re.findall(r"http://127\.0\.0\.1:8000(/\w+)", of("HEALTHCHECK")[0])
    assert resolve(path).url_name == "healthy"


def test_the_image_takes_a_python_that_the_package_allows():
    assert all(rest.split()[0] == "python:3.11-slim" for rest in of("FROM"))


def composed() -> dict:
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


def test_the_compose_file_starts_web_and_worker_on_one_database():
    services = composed()["services"]
    assert set(services) == {"database", "web", "worker"}
    for name in ("web", "worker"):
        check_command(services[name]["command"])
        assert services[name]["environment"]["DATABASE_URL"].startswith("postgresql://afteraction:")
        assert services[name]["volumes"] == ["evidence:/data"]
        assert services[name]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert services["database"]["environment"]["POSTGRES_DB"] == "afteraction"
    assert set(composed()["volumes"]) == {"database", "evidence"}


def test_every_variable_of_image_and_compose_file_is_read_somewhere():
    source = "".join(path.read_text() for path in (ROOT / "src").rglob("*.py"))
    set_there = {
        *re.findall(r"AFTERACTION_[A-Z_]+", (ROOT / "Dockerfile").read_text()),
        *composed()["services"]["web"]["environment"],
    }
    assert len(set_there) > 4
    assert [name for name in sorted(set_there) if f'"{name}"' not in source and f"`{name}`" not in source] == []


def test_no_password_is_written_down():
    assert composed()["services"]["database"]["environment"]["POSTGRES_PASSWORD"] == "${POSTGRES_PASSWORD:?choose one}"
    assert composed()["services"]["web"]["ports"] == ["127.0.0.1:8000:8000"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A fresh environment in which the built wheel is installed; its dependencies are those of the tests."""
    uv = shutil.which("uv") or str(ROOT / ".venv/bin/uv")
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [uv, "build", "--wheel", "--quiet", "--out-dir", folder, ROOT], capture_output=True, text=True
    )
    if "dns error" in built.stderr or "Could not connect" in built.stderr or "Failed to fetch" in built.stderr:
        pytest.skip("THE WHEEL WAS NOT BUILT: the build tool could not be fetched. Give this machine a network.")
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    place = folder / "environment"
    venv.create(place)
    subprocess.run(
        [uv, "pip", "install", "--quiet", "--no-deps", "--python", place / "bin" / "python", wheel], check=True
    )
    packages = next((place / "lib").glob("python*")) / "site-packages"
    # A path in a .pth file is not searched for further .pth files, so the checkout itself is not found by this.
    (packages / "dependencies.pth").write_text(str(Path(sys.executable).parent.parent / packages.relative_to(place)))
    return place


@pytest.mark.slow
def test_the_built_wheel_serves_the_demo(installed: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("tests.web.serving.COMMAND", installed / "bin" / "afteraction")
    monkeypatch.setattr("tests.web.serving.ROOT", tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    where = subprocess.run(
        [installed / "bin" / "python", "-c", "import afteraction; print(afteraction.__file__)"],
        capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(installed)
    with served(tmp_path, "--demo") as server:
        until(lambda: "/enter/" in server.told(), 10, "the way in")
        opener = signed_in_opener(server.told())
        page = opener.open(f"{server.address}/incidents/INC-2041/", timeout=20).read().decode()
        assert "Checkout errors" in page
        for address in set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page)):
            assert opener.open(server.address + address, timeout=10).status == 200, address


@pytest.mark.slow
@pytest.mark.both_databases
def test_web_and_worker_apart_work_on_one_postgresql(tmp_path: Path):
    with databases.postgresql() as url:
        variables = environment(tmp_path, DATABASE_URL=url)
        with (tmp_path / "worker").open("w") as told:
            worker = subprocess.Popen([COMMAND, "serve", "--worker-only"], env=variables, stdout=told, stderr=told)
        try:
            with served(tmp_path, "--web-only", DATABASE_URL=url) as web:
                assert [line for line in children(web.process.pid).values() if "jobs.worker" in line] == []
                until(lambda: is_ready(web), 30, "readiness with a worker of another parent")
                worker.terminate()
                assert worker.wait(15) == 0
        finally:
            worker.kill()


def is_ready(server: Served) -> bool:
    try:
        with urllib.request.urlopen(f"{server.address}/readyz", timeout=5) as answer:
            return json.load(answer)["ready"]
    except (urllib.error.URLError, OSError):
        return False
