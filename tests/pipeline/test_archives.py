"""Archives are opened within bounds; what is broken or hostile is named, and everything else is kept."""

import gzip
import io
import tarfile
import zipfile

import pytest

from afteraction.core.errors import UnsafeArchive
from afteraction.core.evidence import Failure
from afteraction.pipeline.archives import Allowance, kind_of, members, safe_member


def unpacked(data: bytes, name: str) -> tuple[dict[str, bytes], list[Failure]]:
    allowance = Allowance(len(data))
    found, failures = {}, []
    for member in members(io.BytesIO(data), data[:600], name, allowance):
        if isinstance(member, Failure):
            failures.append(member)
        else:
            found[member[0]] = member[1].read()
    return found, failures + allowance.failures


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_the_bytes_tell_the_kind_and_not_the_extension():
    assert kind_of(gzip.compress(b"x")) == "gzip"
    assert kind_of(zipped({"a": b"b"})) == "zip"
    assert kind_of(b"PK is not enough") == ""


def test_members_of_a_zip_are_named_below_it():
    found, failures = unpacked(zipped({"a/b.log": b"one", "c.json": b"{}"}), "case.zip")
    assert found == {"case.zip!a/b.log": b"one", "case.zip!c.json": b"{}"}
    assert failures == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\windows\\x", "a/../../x"])
def test_a_member_never_leaves_its_archive(name):
    assert safe_member(name) is None
    found, failures = unpacked(zipped({name: b"x", "good.log": b"y"}), "case.zip")
    assert list(found) == ["case.zip!good.log"]
    assert "outside the archive" in failures[0].reason


def test_a_tar_is_read_member_by_member_and_links_are_left_out():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("logs/app.log")
        info.size = 3
        archive.addfile(info, io.BytesIO(b"abc"))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    found, failures = unpacked(out.getvalue(), "case.tar")
    assert found == {"case.tar!logs/app.log": b"abc"}
    assert len(failures) == 1


def test_a_truncated_gzip_keeps_what_came_before():
    whole = b"".join(b"line %d of a log that is long enough\n" % i for i in range(50_000))
    found, failures = unpacked(gzip.compress(whole)[:-4000], "app.log.gz")
    kept = found["app.log"]
    assert kept
    assert whole.startswith(kept)
    assert "breaks off" in failures[0].reason


def test_a_bomb_is_refused_before_it_fills_the_disk():
    bomb = gzip.compress(gzip.compress(b"\0" * 300_000_000))
    allowance = Allowance(len(bomb))
    inner = next(iter(members(io.BytesIO(bomb), bomb[:600], "bomb.gz", allowance)))
    packed = inner[1].read()
    with pytest.raises(UnsafeArchive, match="bomb"):
        deep = next(iter(members(io.BytesIO(packed), packed[:600], inner[0], allowance)))
        while deep[1].read(2**20):
            pass


def test_an_archive_of_too_many_members_is_refused():
    many = zipped({f"{i}.txt": b"" for i in range(20_001)})
    with pytest.raises(UnsafeArchive, match="holds more than"):
        unpacked(many, "many.zip")
