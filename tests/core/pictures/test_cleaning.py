"""What leaves the house is the picture, its time and which side is up. The makers of files are the reader's tests'."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.pictures.cleaning import without_metadata
from afteraction.core.pictures.exif import time_in
from afteraction.core.pictures.parts import jpeg_segments, png_chunks, webp_chunks
from afteraction.formats.picture.containers import look_at
from tests.effort import examples
from tests.formats.picture.test_reader import DEMO, chunk, exif, jpeg, png, text, webp

OWNER = b"Mira Okafor"
TAKEN = "2026:05:12 14:20:11"


def with_owner(block: bytes) -> bytes:
    """A block with a text that no directory points to, as a maker's note or a thumbnail would be."""
    return block + OWNER


def gif() -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", 2, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    comment = b"\x21\xfe\x0b" + OWNER + b"\0"
    loop = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
    xmp = b"\x21\xff\x0bXMP DataXMP\x0b" + OWNER + b"\0"
    image = b"\x2c" + struct.pack("<HHHHB", 0, 0, 2, 1, 0) + b"\x02\x02\x4c\x01\0"
    return head + comment + loop + xmp + b"\x21\xf9\x04\0\0\0\0\0" + image + b"\x3b" + OWNER


FULL = {
    "png": png(
        text("Author", OWNER.decode()), text("Creation Time", "2026-05-12T14:20:00Z"),
        chunk(b"eXIf", with_owner(exif(TAKEN, "+02:00"))), chunk(b"iCCP", b"serial\0\0" + OWNER),
        chunk(b"zTXt", b"Comment\0\0" + zlib.compress(OWNER)),
        chunk(b"tIME", struct.pack(">HBBBBB", 2026, 5, 12, 1, 2, 3)),
    ) + OWNER,
    "jpeg": jpeg(with_owner(exif(TAKEN, "+02:00")), b"http://ns.adobe.com/xap/1.0/\0" + OWNER) + OWNER,
    "gif": gif(),
    "webp": webp(
        (b"VP8X", b"\x2c\0\0\0" + (639).to_bytes(3, "little") + (319).to_bytes(3, "little")), (b"ICCP", OWNER),
        (b"VP8 ", b"\0" * 10), (b"EXIF", with_owner(exif(TAKEN, "+02:00"))), (b"XMP ", OWNER),
    ) + OWNER,
}  # fmt: skip


@pytest.mark.parametrize("name", FULL)
def test_owner_and_device_are_gone_and_the_picture_stays(name: str) -> None:
    clean = without_metadata(FULL[name])
    assert clean is not None
    assert OWNER not in clean
    before, after = look_at(FULL[name]), look_at(clean)
    assert (after.format, after.width, after.height, after.broken) == (name, before.width, before.height, "")
    assert without_metadata(clean) == clean


@pytest.mark.parametrize("name", ["png", "jpeg", "webp"])
def test_the_time_stays_with_its_offset(name: str) -> None:
    stated = look_at(without_metadata(FULL[name]) or b"").stated
    assert stated is not None
    assert stated.text == "2026-05-12T14:20:11+02:00"


def test_pixels_are_the_same_bytes() -> None:
    demo = DEMO.read_bytes()
    clean = without_metadata(demo) or b""
    pixels = [[body for kind, body in png_chunks(data) if kind == b"IDAT"] for data in (demo, clean)]
    assert pixels[0] == pixels[1] != []
    assert [body for marker, body in jpeg_segments(FULL["jpeg"]) if marker == 0xDA] == [
        body for marker, body in jpeg_segments(without_metadata(FULL["jpeg"]) or b"") if marker == 0xDA
    ]
    assert (b"VP8 ", b"\0" * 10) in list(webp_chunks(without_metadata(FULL["webp"]) or b""))


def test_scans_with_restarts_and_stuffed_bytes_are_kept_whole() -> None:
    scans = b"\xff\xda\0\2\1\xff\0\2\xff\xd0\3" + b"\xff\xc4\0\3\7" + b"\xff\xda\0\2\4\xff\xd9"
    picture = b"\xff\xd8" + scans
    assert without_metadata(picture) == picture


def test_a_photograph_keeps_the_side_that_is_up() -> None:
    block = b"II*\0\x08\0\0\0" + struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, 6, 0, 0) + OWNER
    clean = without_metadata(jpeg(block)) or b""
    assert b"\x01\x12\0\x03\0\0\0\x01\0\x06" in clean
    assert OWNER not in clean
    assert time_in(block) is None


def test_loops_of_an_animation_stay() -> None:
    assert b"NETSCAPE2.0" in (without_metadata(FULL["gif"]) or b"")


@pytest.mark.parametrize("data", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"", png(end=False),
                                  FULL["jpeg"][:60], FULL["gif"][:30]])  # fmt: skip
def test_what_cannot_be_taken_apart_to_its_end_is_not_given(data: bytes) -> None:
    assert without_metadata(data) is None


@settings(max_examples=examples(150), deadline=None)
@given(st.sampled_from(sorted(FULL)), st.integers(0, 400), st.binary(max_size=6))
def test_damaged_pictures_never_raise(name: str, at: int, noise: bytes) -> None:
    data = FULL[name]
    without_metadata(data[:at] + noise + data[at + len(noise) :])
