"""The command answers at once, and importing a verb waits until it is used."""

import subprocess
import sys

HEAVY = ("django", "duckdb", "numpy", "pyarrow", "jinja2", "afteraction.stores", "afteraction.engine")


def modules_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint('\\n'.join(sys.modules), file=sys.stderr)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


def test_help_imports_nothing_heavy():
    loaded = modules_after(
        "from afteraction.cli.main import main\n"
        "try:\n    main(['--help'])\n"
        "except SystemExit as stop:\n    assert stop.code == 0"
    )
    assert [name for name in HEAVY if name in loaded] == []


def test_help_names_every_verb():
    done = subprocess.run([sys.executable, "-m", "afteraction", "--help"], capture_output=True, text=True, check=True)
    for verb in ("analyze", "formats", "serve"):
        assert verb in done.stdout
