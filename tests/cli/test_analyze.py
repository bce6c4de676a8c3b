"""`afteraction analyze` from files to reports."""

import json

import pytest

from tests.cli.case import alert, analysis, file_of, log_line, run


@pytest.fixture
def case(tmp_path):
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "good.json").write_text(json.dumps(alert()))
    return folder


def test_it_writes_three_reports_that_say_the_same(case, tmp_path):
    result = run("analyze", case, "--out", tmp_path / "out", "--title", "Lookups fail")
    assert result.exit_code == 0
    assert "Lookups fail" in result.stdout
    document = json.loads((tmp_path / "out/report.json").read_text())
    assert document["schema"] == "afteraction/analysis/1"
    assert "# Lookups fail" in (tmp_path / "out/report.md").read_text()
    assert "<h1>Lookups fail</h1>" in (tmp_path / "out/report.html").read_text()


def test_json_goes_to_standard_output_and_writes_nothing(case, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    analysis(case)
    assert [path.name for path in tmp_path.iterdir()] == ["case"]


def test_json_with_out_writes_the_same_object(case, tmp_path):
    printed = analysis(case, "--out", tmp_path / "out")
    assert json.loads((tmp_path / "out/report.json").read_text())["events"] == printed["events"]


def test_its_own_reports_are_never_evidence(case):
    run("analyze", case, "--out", case / "afteraction-report")
    assert [file["name"] for file in analysis(case, "--out", case / "afteraction-report")["files"]] == ["good.json"]


def test_two_files_of_one_name_are_both_read(tmp_path):
    for folder, name in (("a", "One"), ("b", "Two")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "alert.json").write_text(json.dumps(alert(name, fingerprint=folder * 4)))
    document = analysis(tmp_path / "a" / "alert.json", tmp_path / "b" / "alert.json")
    assert {event["fingerprint"] for event in document["events"]} == {"aaaa", "bbbb"}
    assert len({file["name"] for file in document["files"]}) == 2


def test_a_saved_mapping_says_which_column_is_the_time(case, tmp_path):
    (case / "odd.csv").write_text(
        "when,series,reading\n" + "".join(f"2026-05-12T14:0{i}:00Z,queue,{i}\n" for i in range(9))
    )
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"odd.csv": {"time": "when", "metric": "series", "value": "reading"}}))
    file = file_of(analysis(case, "--mapping", mapping, "--format", "metric_table=odd.csv"), "odd.csv")
    assert file["rows"] == 9


def test_a_broken_mapping_is_named_with_an_example(case, tmp_path):
    mapping = tmp_path / "mapping.json"
    mapping.write_text("{not json")
    result = run("analyze", case, "--mapping", mapping)
    assert result.exit_code == 2
    assert "tickets.csv" in result.output


def test_the_declared_start_gives_the_year(case):
    (case / "messages").write_text("May 12 14:02:11 web-1 lookup[42]: started\n" * 3)
    file = file_of(analysis(case, "--zone", "UTC", "--incident-start", "2024-05-12T14:00Z"), "messages")
    assert file["rows"] == 3


def test_the_other_evidence_gives_the_year_where_nobody_declares_one(case):
    (case / "messages").write_text("May 12 14:02:11 web-1 lookup[42]: started\n" * 3)
    file = file_of(analysis(case, "--zone", "UTC"), "messages")
    assert file["rows"] == 3
    assert any("2026" in told for told in file["assumptions"])


def test_the_placeholder_cost_is_labelled(case):
    lines = [
        log_line(f"2026-05-12T14:{i // 60:02}:{i % 60:02}Z", status=503 if 600 < i < 1800 else 200) for i in range(2400)
    ]
    (case / "app.jsonl").write_text("\n".join(lines))
    without = analysis(case)["metrics"]["M12"]
    assert (without["state"], without["value"]) == ("unknown", None)
    assumed = analysis(case, "--assume-cost")["metrics"]["M12"]
    assert assumed["value"] > 0
    assert "4,200" in json.dumps(assumed, ensure_ascii=False)


@pytest.mark.parametrize("kind", ["near_miss", "milestone"])
def test_what_does_not_apply_is_said_so(case, kind):
    assert analysis(case, "--kind", kind)["metrics"]["M10"]["state"] == "not_applicable"


def test_an_unknown_kind_is_refused_with_the_choices(case):
    result = run("analyze", case, "--kind", "catastrophe")
    assert result.exit_code == 2
    assert "near_miss" in result.output


def test_formats_lists_every_reader_with_an_example():
    listed = json.loads(run("formats", "--json").stdout)
    assert {"alertmanager_webhook", "slack_export", "postmortem"} <= {row["name"] for row in listed}
    assert all(row["example"].strip() and row["title"] for row in listed)
    assert "slack_export" in run("formats").stdout
