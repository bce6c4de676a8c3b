"""Unpacks what evidence arrives in: gzip, zstandard, zip and tar, each inside the other.

Knows how far an archive may grow and that nothing in it may leave its place. Refuses to write files: it hands out
streams, and whoever takes them freezes them.
"""

from __future__ import annotations

import gzip
import io
import posixpath
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, BinaryIO, cast

import pyarrow as pa

from afteraction.core.errors import UnsafeArchive
from afteraction.core.evidence import Failure

MAX_MEMBERS = 20_000
MAX_DEPTH = 4
# Logs of one repeated line compress 200 times and more; a bomb does so a thousand times, and only size makes it one.
MAX_RATIO = 1_000
RATIO_FLOOR = 64 * 2**20
MAX_UNPACKED = 64 * 2**30

_OFFICE = "[Content_Types].xml"
BROKEN = (EOFError, zlib.error, zipfile.BadZipFile, tarfile.TarError, pa.ArrowInvalid, OSError)


@dataclass
class Allowance:
    """What one top-level archive may still unpack to, shared by everything nested in it. `packed` is in bytes."""

    packed: int
    unpacked: int = 0
    members: int = 0
    failures: list[Failure] = field(default_factory=list)

    def spend(self, count: int, name: str) -> None:
        """Counts unpacked bytes; raises UnsafeArchive past the ratio or the size that is allowed."""
        self.unpacked += count
        if self.unpacked > MAX_UNPACKED:
            raise UnsafeArchive(
                f"unpacks to more than {MAX_UNPACKED // 2**30} GiB.", where=name, next_step="Unpack it yourself."
            )
        if self.unpacked > RATIO_FLOOR and self.unpacked > MAX_RATIO * max(self.packed, 1):
            raise UnsafeArchive(
                f"unpacks to more than {MAX_RATIO} times its size, as an archive bomb does.",
                where=name,
                next_step="If it is genuine, unpack it yourself and give the folder.",
            )

    def admit(self, name: str) -> None:
        """Counts a member; raises UnsafeArchive past the number that is allowed."""
        self.members += 1
        if self.members > MAX_MEMBERS:
            raise UnsafeArchive(
                f"holds more than {MAX_MEMBERS:,} files.", where=name, next_step="Unpack what matters yourself."
            )


class _Metered(io.RawIOBase):
    """A stream that counts what is read from it against an allowance. Where it breaks off it ends, and says so."""

    def __init__(self, inner: IO[bytes], allowance: Allowance, name: str) -> None:
        self._inner, self._allowance, self._name = inner, allowance, name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            data = self._inner.read(len(view))
        except BROKEN as error:
            reason = f"the archive breaks off or is damaged: {error}."
            self._allowance.failures.append(
                Failure(self._name, reason, "What came before was kept. Fetch the file again.")
            )
            return 0
        view[: len(data)] = data
        self._allowance.spend(len(data), self._name)
        return len(data)


def kind_of(head: bytes) -> str:
    """Which archive these first bytes begin: gzip, zstd, zip, tar or nothing. The extension is not asked."""
    if head.startswith(b"\x1f\x8b\x08"):
        return "gzip"
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return "zstd"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head[257:262] == b"ustar":
        return "tar"
    return ""


def safe_member(name: str) -> str | None:
    """A member's path below its archive, or None when it would leave it."""
    plain = name.replace("\\", "/")
    path = posixpath.normpath(plain)
    if path.startswith(("../", "/")) or path == ".." or (len(path) > 1 and path[1] == ":") or "\0" in path:
        return None
    return path


def members(stream: BinaryIO, head: bytes, name: str, allowance: Allowance) -> Iterator[tuple[str, BinaryIO] | Failure]:
    """What an archive holds, as (name with `!` before the member, stream), in its order.

    A member that cannot be read is a Failure; the others come all the same. Raises UnsafeArchive at once when the
    whole grows past what is allowed. A stream is to be read before the next one is asked for.
    """
    kind = kind_of(head)
    if kind in ("gzip", "zstd"):
        yield _inner_name(name), _metered(_decompressed(stream, kind), allowance, name)
    elif kind == "zip":
        yield from _zip_members(stream, name, allowance)
    elif kind == "tar":
        yield from _tar_members(stream, name, allowance)


def _metered(inner: IO[bytes], allowance: Allowance, name: str) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_Metered(inner, allowance, name), 2**20))


def _decompressed(stream: BinaryIO, kind: str) -> IO[bytes]:
    if kind == "gzip":
        return cast(IO[bytes], gzip.GzipFile(fileobj=stream))
    return cast(IO[bytes], pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), "zstd"))


def _inner_name(name: str) -> str:
    for ending, instead in ((".tgz", ".tar"), (".gz", ""), (".zst", ""), (".zstd", "")):
        if name.lower().endswith(ending):
            return name[: -len(ending)] + instead
    return name + "!content"


def _zip_members(stream: BinaryIO, name: str, allowance: Allowance) -> Iterator[tuple[str, BinaryIO] | Failure]:
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield Failure(name, f"the zip archive cannot be opened: {error}.", "Export it again, or unpack it yourself.")
        return
    if any(info.filename == _OFFICE for info in archive.infolist()):
        return
    for info in archive.infolist():
        if info.is_dir():
            continue
        allowance.admit(name)
        member = safe_member(info.filename)
        if member is None:
            yield Failure(name, f'the member "{info.filename}" points outside the archive and was left out.')
            continue
        try:
            inner = archive.open(info)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
            yield Failure(f"{name}!{member}", f"the member cannot be opened: {error}.", "Unpack it yourself.")
            continue
        yield f"{name}!{member}", _metered(inner, allowance, name)


def _tar_members(stream: BinaryIO, name: str, allowance: Allowance) -> Iterator[tuple[str, BinaryIO] | Failure]:
    try:
        archive = tarfile.open(fileobj=stream, mode="r|")  # noqa: SIM115 - the stream belongs to the caller
        for info in archive:
            if not info.isfile():
                if not info.isdir():
                    yield Failure(name, f'the member "{info.name}" is a link or a device and was left out.')
                continue
            allowance.admit(name)
            member = safe_member(info.name)
            inner = archive.extractfile(info)
            if member is None or inner is None:
                yield Failure(name, f'the member "{info.name}" points outside the archive and was left out.')
                continue
            yield f"{name}!{member}", _metered(inner, allowance, name)
    except BROKEN as error:
        yield Failure(name, f"the tar archive breaks off: {error}.", "What came before was read. Fetch it again.")
