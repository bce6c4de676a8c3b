"""A real Spark cluster on loopback: a master and workers from the wheel, each a process of its own."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

STARTING = 180.0  # seconds; a Java machine on a busy computer takes its time


def missing() -> str:
    """What this machine lacks for a cluster; empty when nothing."""
    if shutil.which("java") is None:
        return "no Java: apt-get install openjdk-17-jre-headless"
    if importlib.util.find_spec("pyspark") is None:
        return "no pyspark: scripts/spark installs it"
    return ""


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[str]:
    """The address of a running master with its workers registered."""
    with ExitStack() as running:
        log = folder / "master.log"
        said = running.enter_context(_process(
            folder, log, "master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0"
        ))  # fmt: skip
        address = _wait(log, said, r"Starting Spark master at (spark://\S+)")
        for number in range(workers):
            own = folder / f"worker-{number}.log"
            worker = running.enter_context(_process(
                folder, own, "worker.Worker", "--cores", "1", "--memory", "2g", "--webui-port", "0",
                "--host", "127.0.0.1", "--work-dir", str(folder / f"work-{number}"), address,
            ))  # fmt: skip
            _wait(own, worker, r"Successfully registered with master (\S+)")
        yield address


@contextmanager
def _process(folder: Path, log: Path, which: str, *said: str) -> Iterator[subprocess.Popen[bytes]]:
    import pyspark

    home = Path(pyspark.__file__).parent
    environment = os.environ | {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_DIRS": str(folder)}
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{which}", *said]
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=environment)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(log: Path, process: subprocess.Popen[bytes], pattern: str) -> str:
    until = time.monotonic() + STARTING
    while time.monotonic() < until:
        text = log.read_text(errors="replace")
        if found := re.search(pattern, text):
            return found[1]
        assert process.poll() is None, f"it ended at once:\n{text[-2000:]}"
        time.sleep(0.2)
    raise AssertionError(f"it did not start:\n{log.read_text(errors='replace')[-2000:]}")
