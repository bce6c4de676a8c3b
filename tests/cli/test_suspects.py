"""`afteraction analyze DIR --suspects`: a case folder in, ranked suspects out, each with its terms and evidence."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from afteraction.cli.main import main

ROOT = Path(__file__).parents[2]
CASE = ROOT / "examples" / "case"
SCHEMA = json.loads((ROOT / "docs/reference/analysis-1.schema.json").read_text(encoding="utf-8"))


def ranked(*options: str) -> dict[str, Any]:
    outcome = CliRunner().invoke(main, ["analyze", *options, "--suspects", "--json"])
    assert outcome.exit_code == 0, outcome.output
    document: dict[str, Any] = json.loads(outcome.stdout)
    return document


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return ranked(str(CASE), "--top", "4")


def test_the_document_fits_its_schema(document: dict[str, Any]):
    Draft202012Validator(SCHEMA).validate(document)


def test_probabilities_and_the_rest_sum_to_one(document: dict[str, Any]):
    listed = [one["probability"] for one in document["suspects"]]
    assert 0 < len(listed) <= 4 and listed == sorted(listed, reverse=True)
    assert math.isclose(sum(listed) + document["remaining"], 1, abs_tol=1e-9)


def test_every_term_of_the_first_suspect_cites_its_evidence(document: dict[str, Any]):
    terms = document["suspects"][0]["terms"]
    assert terms and all(term["evidence"] for term in terms if term["log_odds"] > 0.5)
    assert {cited["file"] for term in terms for cited in term["evidence"]} <= {path.name for path in CASE.iterdir()}


def test_a_case_without_anything_measured_abstains_with_what_is_missing(tmp_path: Path):
    (tmp_path / "alert.json").write_text('{"fired_at": "2026-05-12T14:11:08Z"}')
    document = ranked(str(tmp_path))
    assert document["abstained"] and document["suspects_note"]
    assert math.isclose(sum(one["probability"] for one in document["suspects"]) + document["remaining"], 1)


def test_without_the_option_nothing_is_ranked():
    outcome = CliRunner().invoke(main, ["analyze", str(CASE), "--json"])
    assert outcome.exit_code == 0 and "suspects" not in json.loads(outcome.stdout)
