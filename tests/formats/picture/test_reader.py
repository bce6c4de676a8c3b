from __future__ import annotations

import hashlib
import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.instant import Precision
from afteraction.core.reading import HEAD_BYTES, DocumentReader, ReadOptions, Source
from afteraction.core.records import Document
from afteraction.formats.picture.reader import READER

DEMO = Path(__file__).parents[3] / "examples" / "demo" / "screenshots" / "grafana-ledger-db-pool.png"


def source(data: bytes, name: str = "board.png", zone: str | None = None) -> Source:
    key = hashlib.sha256(data).hexdigest()
    return Source(key, name, len(data), data[:HEAD_BYTES], lambda: io.BytesIO(data), options=ReadOptions(zone=zone))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks: bytes, end: bool = True) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 640, 320, 8, 0, 0, 0, 0))
    body = b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IDAT", zlib.compress(b"\0" * 20))
    return body + (chunk(b"IEND", b"") if end else b"")


def text(key: str, value: str) -> bytes:
    return chunk(b"tEXt", f"{key}\0{value}".encode("latin-1"))


def exif(taken: str, offset: str = "", order: str = "<", changed: str = "") -> bytes:
    """A TIFF block whose Exif directory states when the picture was taken and, if given, the offset."""
    outer: list[tuple[int, bytes]] = [(0x0132, changed.encode() + b"\0")] if changed else []
    inner = [(0x9003, taken.encode() + b"\0")] + ([(0x9011, offset.encode() + b"\0")] if offset else [])
    outer_at, inner_at = 8, 8 + 2 + 12 * (len(outer) + 1) + 4
    data_at = inner_at + 2 + 12 * len(inner) + 4
    store = b""

    def entries(rows: list[tuple[int, bytes]]) -> bytes:
        nonlocal store
        out = b""
        for tag, value in rows:
            out += struct.pack(order + "HHII", tag, 2, len(value), data_at + len(store))
            store += value
        return out

    first = struct.pack(order + "H", len(outer) + 1) + entries(outer)
    first += struct.pack(order + "HHII", 0x8769, 4, 1, inner_at) + struct.pack(order + "I", 0)
    second = struct.pack(order + "H", len(inner)) + entries(inner) + struct.pack(order + "I", 0)
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return mark + struct.pack(order + "I", outer_at) + first + second + store


def jpeg(block: bytes = b"", *segments: bytes) -> bytes:
    def segment(marker: int, body: bytes) -> bytes:
        return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body

    app1 = segment(0xE1, b"Exif\0\0" + block) if block else b""
    rest = b"".join(segment(0xE1, body) for body in segments)
    size = segment(0xC0, struct.pack(">BHHB", 8, 480, 800, 1) + b"\1\x11\0")
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0\1\1") + app1 + rest + size + b"\xff\xda\0\2\0\xff\xd9"


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"WEBP" + b"".join(kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
                              for kind, data in chunks)  # fmt: skip
    return b"RIFF" + struct.pack("<I", len(body)) + body


def read(data: bytes, name: str = "board.png", zone: str | None = None) -> tuple[Document, list[Failure]]:
    found = list(READER.read(source(data, name, zone)))
    document = found[0]
    assert isinstance(document, Document) and document.kind is EvidenceKind.PICTURE
    return document, [one for one in found[1:] if isinstance(one, Failure)]


def when(document: Document) -> str:
    return document.captured_at.utc.isoformat() if document.captured_at else ""


class TestWhatIsAPicture:
    def test_it_is_a_document_reader(self) -> None:
        assert isinstance(READER, DocumentReader)

    @pytest.mark.parametrize(
        ("data", "kind", "size"),
        [
            (png(), "png", ("640", "320")),
            (jpeg(), "jpeg", ("800", "480")),
            (b"GIF89a" + struct.pack("<HH", 120, 90) + b"\0\0\0;", "gif", ("120", "90")),
            (webp((b"VP8X", b"\0\0\0\0" + (299).to_bytes(3, "little") + (199).to_bytes(3, "little"))), "webp",
             ("300", "200")),
            (webp((b"VP8L", b"\x2f" + struct.pack("<I", 99 | 49 << 14))), "webp", ("100", "50")),
            (b'<?xml version="1.0"?>\n<!-- x -->\n<svg viewBox="0 0 64 32"></svg>', "svg", ("64", "32")),
            (b'<svg width="64px" height="32"></svg>', "svg", ("64", "32")),
        ],
    )  # fmt: skip
    def test_format_and_size_come_from_the_file_itself(self, data: bytes, kind: str, size: tuple[str, str]) -> None:
        assert READER.sniff(source(data)) > 0.9
        document, failures = read(data)
        assert document.attributes["format"] == kind
        assert (document.attributes["width"], document.attributes["height"]) == size
        assert failures == []

    @pytest.mark.parametrize("data", [b"", b"not a picture", b'{"svg": "<svg>"}', b"<html><svg></svg></html>"])
    def test_a_wrong_ending_makes_no_picture(self, data: bytes) -> None:
        assert READER.sniff(source(data)) == 0
        (failure,) = READER.read(source(data))
        assert isinstance(failure, Failure)

    def test_the_demo_s_screenshot_is_dated_and_named(self) -> None:
        document, failures = read(DEMO.read_bytes(), DEMO.name)
        assert when(document) == "2026-05-12T14:37:40+00:00"
        assert (document.place, document.url) == ("ledger-db pool", "https://grafana.example.test/d/ledger-pool")
        assert failures == []


class TestWhenItWasTaken:
    @pytest.mark.parametrize("order", ["<", ">"])
    def test_exif_with_an_offset_is_placed(self, order: str) -> None:
        document, _ = read(jpeg(exif("2026:05:12 16:20:11", "+02:00", order)), "IMG_1.jpg")
        assert when(document) == "2026-05-12T14:20:11+00:00"
        assert document.captured_from == "metadata"
        assert document.captured_at is not None and document.captured_at.tz_known

    def test_exif_without_a_zone_is_undated_and_says_what_to_do(self) -> None:
        document, failures = read(jpeg(exif("2026:05:12 16:20:11")), "IMG_1.jpg")
        assert document.captured_at is None
        assert document.attributes["stated_time"] == "2026-05-12T16:20:11"
        assert "--zone" in str(failures[0])

    def test_exif_without_a_zone_is_read_in_the_declared_one(self) -> None:
        document, failures = read(jpeg(exif("2026:05:12 16:20:11")), "IMG_1.jpg", zone="Europe/Berlin")
        assert when(document) == "2026-05-12T14:20:11+00:00"
        assert document.captured_at is not None and not document.captured_at.tz_known
        assert failures == []

    def test_the_moment_of_taking_comes_before_the_last_change(self) -> None:
        block = exif("2026:05:12 16:20:11", "+02:00", changed="2026:05:20 09:00:00")
        assert when(read(jpeg(block))[0]) == "2026-05-12T14:20:11+00:00"

    def test_an_unset_camera_clock_states_nothing(self) -> None:
        assert read(jpeg(exif("0000:00:00 00:00:00")), "x.jpg")[0].captured_at is None

    def test_exif_in_png_and_webp_counts_too(self) -> None:
        block = exif("2026:05:12 16:20:11", "+02:00")
        assert when(read(png(chunk(b"eXIf", block)))[0]) == "2026-05-12T14:20:11+00:00"
        size = b"\0\0\0\0" + (9).to_bytes(3, "little") * 2
        assert when(read(webp((b"VP8X", size), (b"EXIF", block)))[0]) == "2026-05-12T14:20:11+00:00"

    def test_xmp_with_an_offset_beats_exif_without_one(self) -> None:
        packet = b'http://ns.adobe.com/xap/1.0/\0<x xmp:CreateDate="2026-05-12T16:20:11+02:00"/>'
        assert when(read(jpeg(exif("2026:05:12 16:20:11"), packet), "x.jpg")[0]) == "2026-05-12T14:20:11+00:00"

    @pytest.mark.parametrize(
        "piece",
        [
            text("Creation Time", "2026-05-12T14:20:11Z"),
            text("Creation Time", "Tue, 12 May 2026 16:20:11 +0200"),
            chunk(b"zTXt", b"Creation Time\0\0" + zlib.compress(b"2026-05-12T14:20:11Z")),
            chunk(b"iTXt", b"Creation Time\0\0\0\0\0" + b"2026-05-12T14:20:11Z"),
            chunk(b"tIME", struct.pack(">HBBBBB", 2026, 5, 12, 14, 20, 11)),
        ],
    )
    def test_a_png_states_its_time_in_several_ways(self, piece: bytes) -> None:
        document, failures = read(png(piece))
        assert when(document) == "2026-05-12T14:20:11+00:00"
        assert (document.captured_from, failures) == ("metadata", [])

    def test_the_name_is_asked_before_the_last_change_of_the_file(self) -> None:
        marked_later = png(chunk(b"tIME", struct.pack(">HBBBBB", 2026, 5, 14, 9, 0, 0)))
        document, _ = read(marked_later, "grafana-2026-05-12T14-20Z.png")
        assert (when(document), document.captured_from) == ("2026-05-12T14:20:00+00:00", "file name")

    def test_the_name_gives_time_precision_and_place(self) -> None:
        document, _ = read(png(), "shots.zip!a/grafana-pool-2026-05-12T14-20Z.png")
        assert document.captured_at is not None
        assert (when(document), document.captured_at.precision) == ("2026-05-12T14:20:00+00:00", Precision.MINUTE)
        assert (document.place, document.title) == ("grafana-pool", "grafana-pool")

    def test_a_name_without_a_zone_needs_one(self) -> None:
        name = "screenshot 2026-05-12 at 14.20.11.png"
        document, failures = read(png(), name)
        assert document.captured_at is None and "--zone" in str(failures[0])
        document, failures = read(png(), name, zone="Europe/Berlin")
        assert (when(document), failures) == ("2026-05-12T12:20:11+00:00", [])

    def test_without_any_statement_it_is_undated(self) -> None:
        document, failures = read(png(), "board.png")
        assert (document.captured_at, document.captured_from, failures) == (None, "", [])

    def test_a_time_nobody_can_read_is_listed_and_the_name_asked(self) -> None:
        document, failures = read(png(text("Creation Time", "last Tuesday")), "a-2026-05-12T14-20Z.png")
        assert document.captured_from == "file name"
        assert "last Tuesday" in str(failures[0])

    def test_a_drawing_states_its_time_as_dublin_core(self) -> None:
        data = b"<svg><metadata><dc:date>2026-05-12T14:20:11+00:00</dc:date></metadata></svg>"
        assert when(read(data, "plot.svg")[0]) == "2026-05-12T14:20:11+00:00"


class TestSafety:
    @pytest.mark.parametrize(
        "inside",
        [b"<script>1</script>", b'<g onload="x()"/>', b'<image href="https://example.test/t.png"/>',
         b"<foreignObject/>", b'<a xlink:href="javascript:x"/>'],
    )  # fmt: skip
    def test_a_drawing_that_could_act_is_marked(self, inside: bytes) -> None:
        assert read(b"<svg>" + inside + b"</svg>", "a.svg")[0].attributes["active_content"] == "true"

    def test_a_plain_drawing_is_not(self) -> None:
        data = b'<svg><defs><g id="a"/></defs><use href="#a"/><text>on call = yes</text></svg>'
        assert "active_content" not in read(data, "a.svg")[0].attributes

    def test_owner_device_and_position_are_not_taken_along(self) -> None:
        document, _ = read(png(text("Author", "Ines Prado"), text("Camera", "Model X")))
        assert "Ines" not in str(document) and "Model X" not in str(document)

    def test_a_picture_that_breaks_off_keeps_what_it_said(self) -> None:
        document, failures = read(png(text("Creation Time", "2026-05-12T14:20:11Z"), end=False))
        assert when(document) == "2026-05-12T14:20:11+00:00"
        assert len(failures) == 1 and "breaks off" in failures[0].reason

    def test_compressed_text_stays_small(self) -> None:
        bomb = chunk(b"zTXt", b"Title\0\0" + zlib.compress(b"a" * 50_000_000))
        assert len(read(png(bomb))[0].title) <= 200

    @given(
        st.sampled_from([png(text("Creation Time", "x")), jpeg(exif("2026:05:12 16:20:11")), b"GIF89a",
                         webp((b"VP8X", b"\0" * 10), (b"EXIF", exif("2026:05:12 16:20:11"))), b"<svg viewBox=''>"]),
        st.integers(0, 400), st.binary(max_size=30),
    )  # fmt: skip
    def test_damaged_files_never_raise(self, good: bytes, at: int, noise: bytes) -> None:
        at %= len(good)
        for data in (good[:at] + noise + good[at + len(noise) :], good[:at], good[:at] + noise):
            READER.sniff(source(data))
            assert list(READER.read(source(data)))
