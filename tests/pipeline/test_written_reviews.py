"""A written review becomes a report that a colleague may read: no names, its own title, one incident's figures."""

from __future__ import annotations

from pathlib import Path

from afteraction.pipeline.analyze import Request, analyze
from afteraction.pipeline.report.document import Json, as_text, to_json
from afteraction.pipeline.report.html import html
from afteraction.pipeline.report.markdown import markdown
from afteraction.stores.evidence import EvidenceStore


def report(folder: Path, text: str, name: str = "review.md") -> Json:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return to_json(analyze(Request(paths=[path]), EvidenceStore(folder / "store")))


REVIEW = """# How Wilhelmina fixed the 2026-03-04 cart outage

Incident commander: Wilhelmina Qvist

## Timeline (UTC)

- 10:00 Kwabena deployed cart 7 to Kubernetes
- 10:04 Carts were empty for all users after Kwabena's deployment, and Traefik logged errors
- 10:09 Grafana alerted; Wilhelmina noticed and asked @kwabena to look
- 10:20 Qvist rolled back cart, all clear

## Impact

Kwabena Osei-Mensah found that carts were empty between 10:04 and 10:20.
"""


def test_no_name_is_left_in_any_form_of_the_report(tmp_path: Path) -> None:
    document = report(tmp_path, REVIEW)
    for shown in (as_text(document), markdown(document), html(document)):
        lowered = shown.casefold()
        assert not [name for name in ("wilhelmina", "qvist", "kwabena", "osei", "mensah") if name in lowered]
        assert "Traefik" in shown
        assert "Grafana" in shown
    assert document["incident"]["title"] == "How Responder 1 fixed the 2026-03-04 cart outage"


def moment(document: Json, name: str) -> str:
    found = document["milestones"][name]
    return str(found[0]["value"]) if found else ""


def conflicts(document: Json, subject: str) -> list[str]:
    return [each["sentence"] for each in document["conflicts"] if each["subject"] == subject]


def test_a_vendors_status_page_is_neither_our_monitor_nor_our_update(tmp_path: Path) -> None:
    document = report(
        tmp_path,
        "# Outage of 2026-03-04\n\n## Timeline (UTC)\n\n- 10:00 GitHub updates their status page to report an outage\n"
        "- 10:04 Alert fired: uploads fail\n- 10:06 Engineer starts investigating\n"
        "- 10:20 Cloudflare updated its status page\n- 10:30 Fix deployed, uploads work again\n"
        "- 10:40 Vendor's status page says that it is resolved\n",
    )
    assert moment(document, "t_detect") == "2026-03-04T10:04:00Z"
    assert document["updates"] == []
    assert [each["at"]["value"] for each in document["detections"]] == ["2026-03-04T10:04:00Z"]


def test_recoveries_that_come_in_are_no_noticing(tmp_path: Path) -> None:
    document = report(
        tmp_path,
        "# Outage of 2026-03-04\n\n## Timeline (UTC)\n\n- 10:04 Outage begins, uploads fail\n"
        "- 10:05 Alert fired: uploads\n"
        "- 10:20 Rolled back, uploads work again\n- 10:36 Recoveries for the upload alerts start to come in\n",
    )
    assert moment(document, "t_detect") == "2026-03-04T10:05:00Z"
    assert document["metrics"]["M07"]["value"] == 15 * 60


def test_what_was_declared_had_been_noticed(tmp_path: Path) -> None:
    document = report(
        tmp_path,
        "# Outage of 2026-03-04\n\n## Timeline (UTC)\n\n- 10:00 Incident declared\n"
        "- 10:32 Uptime check fails, alert fired\n"
        "- 10:37 Users report that the hub is down\n- 10:50 Hub redeployed\n- 11:00 Incident resolved\n",
    )
    assert moment(document, "t_detect") == "2026-03-04T10:00:00Z"
    assert document["metrics"]["M05"]["value"] == 0
    assert document["metrics"]["M01"]["value"] is None


def test_the_last_minutes_of_a_check_are_no_duration_and_about_an_hour_is_rough(tmp_path: Path) -> None:
    text = (
        "# Outage of 2026-03-04\n\nDown for ~1hr. Two servers failed to start in the last 30m. Kafka keeps the last 4"
        " hours on disk.\n\n## Timeline (UTC)\n\n- Impact start: 10:00\n- Impact end: 10:42\n"
    )
    assert conflicts(report(tmp_path, text), "stated_duration") == []
    sharp = report(tmp_path, text.replace("~1hr", "1h 10m"), "sharp.md")
    assert len(conflicts(sharp, "stated_duration")) == 1


def test_a_text_without_heading_is_called_by_the_line_above_its_status_or_its_first_sentence(tmp_path: Path) -> None:
    timeline = "\nTimeline (UTC)\n2026-03-04 10:00 Uploads fail\n2026-03-04 10:20 Fixed, uploads work again\n"
    export = (
        "OWNER OF REVIEW\nMara Lind\n*All times listed are in\nUTC.\nUploads fail for everybody\nStatus: Reviewed\n"
    )
    note = "This is a template for a report.\n\nUploads failed for twenty minutes after a release. More follows.\n"
    assert report(tmp_path, export + timeline, "2026-03-04-x.txt")["incident"]["title"] == "Uploads fail for everybody"
    told = report(tmp_path, note + timeline, "2026-03-04-y.txt")["incident"]["title"]
    assert told == "Uploads failed for twenty minutes after a release"


SEVERAL = """# Two outages of March 2026

## 3 March 2026

**Duration:** 10:00 to 10:30 UTC

- 10:02 UTC - Alert fired: uploads fail
- 10:05 UTC - Root cause identified: full disk
- 10:30 UTC - Service fully recovered

## 5 March 2026

**Duration:** 14:00 to 14:20 UTC

No alert existed (12-minute detection delay).

- 14:12 UTC - Customers report that downloads fail
- 14:20 UTC - Service fully recovered
"""


def test_nothing_is_computed_across_two_incidents_of_one_text(tmp_path: Path) -> None:
    document = report(tmp_path, SEVERAL)
    assert {name: document["metrics"][name]["value"] for name in ("M01", "M07", "M08", "M09", "M10")} == {
        "M01": 120, "M07": 28 * 60, "M08": 1800, "M09": 1800, "M10": 50,
    }  # fmt: skip
    assert moment(document, "t_first_user_report") == ""
    assert conflicts(document, "stated_duration") == []
    assert "2 incidents" in conflicts(document, "several_incidents")[0]
    assert len(document["impact_windows"]) == 2


def test_days_of_one_incident_are_one_incident(tmp_path: Path) -> None:
    text = SEVERAL.replace("**Duration:** 14:00 to 14:20 UTC", "Still cleaning up.").replace("Two outages", "An outage")
    document = report(tmp_path, text)
    assert conflicts(document, "several_incidents") == []
    assert not any("episode" in event["attributes"] for event in document["events"])


def test_a_window_a_day_beside_its_timeline_is_doubted_and_nothing_is_computed_from_it(tmp_path: Path) -> None:
    timeline = (
        "2026-03-05 10:00 Hub redeployed, marking the beginning of the outage\n"
        "2026-03-05 10:20 Users report that the hub is down\n2026-03-05 10:40 Team starts investigating\n"
        "2026-03-05 11:00 Redeployed, the hub works again\n"
    )
    text = f"# Hub down\n\nImpact time: Mar 4, 2026 10:00 to 11:00 UTC\n\n## Timeline (UTC)\n\n{timeline}"
    document = report(tmp_path, text)
    assert moment(document, "t_impact_start") == "2026-03-05T10:00:00Z"
    assert any("2026-03-05 10:00 UTC may be meant" in each["sentence"] for each in document["conflicts"])
    assert all((metric["value"] or 0) >= 0 for metric in document["metrics"].values())


def test_what_a_review_says_did_not_work_is_quoted_for_its_own_window(tmp_path: Path) -> None:
    text = SEVERAL.replace(
        "**Duration:** 10:00", "**Impact:** Uploads failed for everybody. Retries too.\n**Duration:** 10:00"
    )
    text = text.replace("**Duration:** 14:00", "**Impact:** Downloads were slow in Europe\n**Duration:** 14:00")
    told = [window["degradation"] for window in report(tmp_path, text)["impact_windows"]]
    assert told == ["Uploads failed for everybody.", "Downloads were slow in Europe"]


def test_a_window_of_another_day_is_shown_with_its_day(tmp_path: Path) -> None:
    shown = markdown(report(tmp_path, SEVERAL))
    assert "Thu 5 Mar 2026, 14:00 to 14:20" in shown
    assert "2 incidents, and this is the first" in shown


def test_impact_without_a_window_is_told_all_the_same(tmp_path: Path) -> None:
    text = (
        "# Slow search on 2026-03-04\n\n## Impact\n\nSearch answered late for all customers.\n\n## Timeline (UTC)\n\n"
    )
    shown = markdown(report(tmp_path, text + "- 10:00 Index rebuilt\n- 10:40 Looking at the graphs\n"))
    assert "**What did not work**: Search answered late for all customers" in shown
