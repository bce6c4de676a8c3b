"""What `git log` prints. The cast: Ada writes a change in Berlin, Otto commits it, `renovate[bot]` is a machine."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import Change, ChangeKind
from afteraction.formats.git_log.reader import READER
from tests.effort import examples
from tests.formats.originals import original, read, winner

SHA = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d"
OTHER = "2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e"
COMMITTED = datetime(2026, 5, 12, 13, 52, 7, tzinfo=UTC)
AUTHORED = datetime(2026, 5, 12, 13, 41, 20, tzinfo=UTC)
MEDIUM = f"""commit {SHA} (HEAD -> main)
Merge: 1a2b3c4 2b3c4d5
Author: Ada <ada@example.com>
Date:   Tue May 12 15:41:20 2026 +0200

    Raise the pool size

    Author: this line is a message
    commit {OTHER}
"""
FULLER = f"""commit {SHA}
Author:     Ada <Ada@example.com>
AuthorDate: Tue May 12 15:41:20 2026 +0200
Commit:     Otto <otto@example.com>
CommitDate: Tue May 12 15:52:07 2026 +0200

    Raise the pool size
"""
RAW = f"""commit {SHA}
tree {OTHER}
parent {OTHER}
author Ada <ada@example.com> 1778593280 +0200
committer Otto <otto@example.com> 1778593927 +0200
gpgsig -----BEGIN PGP SIGNATURE-----
 iQEzBAAB
 -----END PGP SIGNATURE-----

    Raise the pool size
"""
STAT = """
 cart/pool.py                | 4 ++--
 cart/{old => new}/limits.py | 2 +-
 logo.png                    | Bin 0 -> 9 bytes
 3 files changed, 3 insertions(+), 3 deletions(-)
"""
FILES = ("cart/pool.py", "cart/new/limits.py", "logo.png")


def changes(text: str, **options: object) -> list[Change]:
    records, failures = read(READER, original(text, "changes.txt", **options))
    assert failures == []
    return [record for record in records if isinstance(record, Change)]


def test_a_medium_log_gives_the_authors_time_and_the_whole_message():
    (change,) = changes(MEDIUM)
    assert (change.kind, change.reference, change.fingerprint) == (ChangeKind.COMMIT, SHA, f"commit:{SHA}")
    assert (change.instant.utc, change.instant.source_tz) == (AUTHORED, "+0200")
    assert change.title == "Raise the pool size"
    assert change.attributes["message"].endswith(f"commit {OTHER}")
    assert (change.attributes["merge"], change.attributes["refs"]) == ("1a2b3c4 2b3c4d5", "HEAD -> main")
    assert change.actor is not None and (change.actor.name, change.actor.key) == ("Ada", "email:ada@example.com")


@pytest.mark.parametrize("text", [FULLER, RAW])
def test_the_committers_time_counts_where_it_is_printed(text):
    (change,) = changes(text)
    assert change.instant.utc == COMMITTED
    assert change.attributes["authored"]
    assert change.actor is not None and change.actor.key == "email:ada@example.com"
    assert (change.title, change.files) == ("Raise the pool size", ())


@pytest.mark.parametrize(
    ("listing", "files"),
    [
        (STAT, FILES),
        ("\ncart/pool.py\ncart/new/limits.py\nlogo.png\n", FILES),
        ("\nM\tcart/pool.py\nR087\tcart/old/limits.py\tcart/new/limits.py\nA\tlogo.png\n", FILES),
        ("\n2\t2\tcart/pool.py\n1\t1\tcart/{old => new}/limits.py\n-\t-\tlogo.png\n", FILES),
        ("\n1\t1\told.py => new.py\n", ("new.py",)),
        ("\nNotes:\n    seen by Otto\n", ()),
    ],
)
def test_files_come_from_every_kind_of_list(listing, files):
    first, second = changes(f"{FULLER}{listing}\n{FULLER.replace(SHA, OTHER)}")
    assert first.files == files
    assert (second.reference, second.files) == (OTHER, ())


def test_a_patch_is_kept_with_its_files():
    patch = "diff --git a/cart/pool.py b/cart/pool.py\n--- a/cart/pool.py\n+++ b/cart/pool.py\n@@ -1 +1 @@\n-4\n+8\n"
    first, second = changes(f"{FULLER}\n{patch}\n{FULLER.replace(SHA, OTHER)}")
    assert first.files == ("cart/pool.py",)
    assert first.diff.startswith("diff --git") and "+8" in first.diff
    assert second.diff == ""


def test_a_graph_in_front_of_the_lines_is_left_out():
    lines = (FULLER + STAT).splitlines()
    graph = "\n".join(["* " + lines[0], *(f"| {line}" for line in lines[1:]), "|\\"])
    (change,) = changes(graph)
    assert (change.instant.utc, change.title, change.files) == (COMMITTED, "Raise the pool size", FILES)


@pytest.mark.parametrize(
    "date",
    [
        "Tue May 12 15:41:20 2026 +0200", "2026-05-12 15:41:20 +0200", "2026-05-12T15:41:20+02:00",
        "Tue, 12 May 2026 15:41:20 +0200", "1778593280", "1778593280 +0200",
    ],
)  # fmt: skip
def test_every_way_to_print_a_date_is_read(date):
    assert changes(MEDIUM.replace("Tue May 12 15:41:20 2026 +0200", date))[0].instant.utc == AUTHORED
    for separator in ("|", "\t", "\x1f", ";", ","):
        (change,) = changes(separator.join((SHA, "Ada", date, "Raise | the, pool; size")))
        assert (change.instant.utc, change.title) == (AUTHORED, "Raise | the, pool; size")
        assert change.actor is not None and change.actor.name == "Ada"


@pytest.mark.parametrize(
    ("line", "title", "name"),
    [
        (f"{SHA}|Raise the pool size|Ada|2026-05-12T15:41:20+02:00", "Raise the pool size", None),
        (f"{SHA[:9]} 2026-05-12 15:41:20 +0200 Raise the pool size", "Raise the pool size", None),
        (f"{SHA};1778593280;Raise the pool size", "Raise the pool size", None),
        (f"{SHA}|Ada|ada@example.com|1778593280|Raise the pool size", "Raise the pool size", "Ada"),
        (f"{SHA}|1778593280|Ada|ada@example.com|Raise the pool size", "Raise the pool size", "Ada"),
        (f"{SHA}|{OTHER}|Ada|1778593280|Raise the pool size", "Raise the pool size", "Ada"),
    ],
)
def test_fields_of_a_line_are_told_by_what_is_in_them(line, title, name):
    (change,) = changes(line + "\n")
    assert (change.instant.utc, change.title) == (AUTHORED, title)
    assert (change.actor.name if change.actor else None) == name


def test_of_two_times_on_a_line_the_later_one_is_the_committers():
    for times in ("2026-05-12T15:41:20+02:00|2026-05-12T15:52:07+02:00", "1778593927|1778593280"):
        (change,) = changes(f"{SHA}|Ada|{times}|Raise the pool size\n")
        assert change.instant.utc == COMMITTED
        assert change.attributes["authored"] in ("2026-05-12T15:41:20+02:00", "1778593280")


def test_a_machine_is_a_bot():
    (change,) = changes(MEDIUM.replace("Ada <ada@example.com>", "renovate[bot] <1+renovate[bot]@users.example>"))
    assert change.actor is not None and change.actor.is_bot


def test_a_local_time_needs_a_zone_and_says_so_when_it_got_one():
    local = MEDIUM.replace(" +0200", "")
    records, (failure,) = read(READER, original(local))
    assert records == [] and "--zone" in str(failure)
    (change,) = changes(local, zone="Europe/Berlin")
    assert (change.instant.utc, change.instant.tz_known) == (AUTHORED, False)


@pytest.mark.parametrize(
    "text",
    [
        MEDIUM.replace("Tue May 12 15:41:20 2026 +0200", "3 days ago"),
        MEDIUM.replace("12 15:41:20 2026", "32 15:41:20 2026"),
        f"commit {SHA}\nAuthor: Ada <ada@example.com>\nCommit: Otto <otto@example.com>\n\n    Raise\n",
    ],
)
def test_a_commit_without_a_readable_time_is_listed_and_the_others_are_kept(text):
    records, (failure,) = read(READER, original(FULLER.replace(SHA, OTHER) + "\n" + text))
    assert len(records) == 1
    assert failure.locator.line == 9 and failure.next_step


def test_lines_that_are_no_commits_are_listed():
    lines = f"{SHA}|Ada|1778593280|Raise\nwarning: something\n{OTHER}|Ada|1778593280|Lower\n"
    records, (failure,) = read(READER, original(lines))
    assert [record.evidence.locator.line for record in records] == [1, 3]
    assert failure.locator.line == 2
    assert len(read(READER, original(f"{SHA[:7]} Raise the pool size\n"))[1]) == 1


def test_it_wins_its_own_files_and_leaves_others():
    for text in (MEDIUM, FULLER, RAW, "* " + MEDIUM, f"{SHA}|Ada|2026-05-12T15:41:20+02:00|Raise\n" * 3):
        assert winner(original(text, "changes.txt")) == "git_log"
    table = "id,at,what\n9632825,2026-05-12T14:02:00Z,up\n9632826,2026-05-12T14:02:00Z,down\n"
    for text in (
        "",
        table,
        table.split("\n", 1)[1],
        "commit to this!\n",
        f"{SHA}  file.bin\n",
        "deadbeef,1,2\nabcdef12,3,4\n",
        f"{SHA[:7]} Raise\n",
    ):
        assert READER.sniff(original(text, "changes.txt")) == 0


PIECES = (MEDIUM + FULLER + RAW + STAT).encode().splitlines()


@settings(max_examples=examples(80), deadline=None)
@given(
    st.lists(
        st.one_of(st.binary(max_size=40), st.sampled_from((MEDIUM + FULLER + RAW + STAT).encode().splitlines())),
        max_size=14,
    )
)
def test_any_lines_give_changes_and_failures_and_no_error(lines):
    source = original(b"\n".join(lines))
    assert 0 <= READER.sniff(source) <= 1
    read(READER, source)
