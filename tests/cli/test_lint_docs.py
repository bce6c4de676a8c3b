"""What is written about the linter holds: its page of rules, its schema, its hook, its examples."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from afteraction.cli.lint import lint as command
from afteraction.cli.main import main
from afteraction.engine.language.rules import CATALOGUE
from afteraction.pipeline.lint.rules_page import rules_page

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/language-rules.md").read_text(encoding="utf-8")
HOW_TO = (ROOT / "docs/how-to/lint-in-ci.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs/reference/command-line.md").read_text(encoding="utf-8")


def test_the_page_of_rules_is_what_the_catalogue_makes() -> None:
    assert rules_page() == PAGE, "Run make language-rules."


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.code)
def test_each_rule_is_explained_with_its_reason_and_how_to_switch_it_off(rule) -> None:
    _, _, said = PAGE.partition(f'<a id="{rule.code.lower()}"></a>')
    part = said.partition("<a id=")[0]
    for text in (rule.title, rule.reason, rule.question, rule.example_bad, rule.example_good, f"--off {rule.code}"):
        assert text in part


def test_the_json_fits_its_schema(tmp_path: Path) -> None:
    schema = json.loads((ROOT / "docs/reference/lint.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    bad = "\n".join(rule.example_bad.rstrip(".") + "." for rule in CATALOGUE if rule.code.startswith("L"))
    actions = "\n".join(f"- {rule.example_bad}" for rule in CATALOGUE if not rule.code.startswith("L"))
    (tmp_path / "a.md").write_text(f"## Root cause\n\n{bad}\n\n## Action items\n\n{actions}\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["lint", str(tmp_path / "a.md"), "--json"])
    found = json.loads(result.stdout)
    assert {"L1", "L4", "A2"} <= {row["rule"] for row in found}
    jsonschema.validate(found, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([{**found[0], "line": 0}], schema)


def test_the_hook_runs_the_command_over_files(tmp_path: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["id"] in HOW_TO
    program, *words = shlex.split(hook["entry"])
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert scripts[program] == "afteraction.cli.main:main"
    (tmp_path / "a.md").write_text("The cause was human error.\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("The disk was full.\n", encoding="utf-8")
    files = [str(tmp_path / "a.md"), str(tmp_path / "b.md")]
    assert CliRunner().invoke(main, [*words, "--fail-on", "nudge", *files]).exit_code == 1
    assert CliRunner().invoke(main, [*words, "--fail-on", "nudge", files[1]]).exit_code == 0


def test_every_option_is_in_the_reference_and_no_other() -> None:
    part = COMMANDS.partition("## `afteraction lint")[2].partition("\n## ")[0]
    table = part.partition("| Option |")[2].partition("\n\n")[0]
    named = set(re.findall(r"`(--[\w-]+)", table))
    assert named == {option for each in command.params for option in each.opts if option.startswith("--")}


def test_the_settings_of_the_how_to_can_be_used(tmp_path: Path) -> None:
    blocks = re.findall(r"```toml\n# (\S+?)[,:].*\n((?:.*\n)*?)```", HOW_TO)
    assert [name for name, _ in blocks] == [".afteraction.toml", "words.toml"]
    for name, text in blocks:
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "people.txt").write_text("Kim Arlt\n", encoding="utf-8")
    (tmp_path / "a.md").write_text("The outage began when the wizard forgot the flag.\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["lint", str(tmp_path / "a.md"), "--json"])
    assert (result.exit_code, [row["rule"] for row in json.loads(result.stdout)]) == (1, ["L1"])


def test_the_workflow_of_the_how_to_is_a_workflow() -> None:
    (text,) = [each for each in re.findall(r"```yaml\n(.*?)```", HOW_TO, re.DOTALL) if each.startswith("name:")]
    steps = yaml.safe_load(text)["jobs"]["language"]["steps"]
    assert [each["run"] for each in steps if "lint" in each.get("run", "")] == [
        "afteraction lint postmortems --format sarif > language.sarif"
    ]
