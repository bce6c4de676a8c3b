"""Every test of the web application with PostgreSQL in the place of SQLite: `python -m tests.web.on_postgresql`.

What is given goes on to pytest. The tests marked `both_databases` still run on both.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.web.databases import postgresql


def main() -> int:
    """What pytest ended with."""
    here = Path(__file__).parent
    with postgresql() as url:
        command = [sys.executable, "-m", "pytest", str(here), *sys.argv[1:]]
        return subprocess.run(command, cwd=here.parents[1], env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main())
