"""PDF exports are read as the text that they hold, with the page of every place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.evidence import Failure
from afteraction.formats.postmortem import portable
from afteraction.formats.postmortem.reader import READER
from tests.corpus import corpus
from tests.effort import examples
from tests.formats.originals import file, winner
from tests.formats.originals import read as reading
from tests.formats.postmortem.writing import Reading, source

FIRST = [
    "OWNER OF REVIEW PROCESS", "Ada Example", "IMPACT TIME", "May 6 at 10:28 to May 6 at 10:45", "DURATION", "17m 6s",
    "Ledger does not answer", "Overview", "The pool of the ledger was used up.", "Resolution", "The pool was doubled.",
]  # fmt: skip
SECOND = [
    "Timeline", "May 6, 2031", "10:26 AM The pool was halved.", "10:28 AM Triggered through the API.",
    "10:45 AM Resolved by Ada Example through the website.",
]  # fmt: skip


def pdf(*pages: list[str]) -> bytes:
    """A PDF with these lines on its pages, written by hand: no compression, one font."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        shown = "\n".join(f"({line}) Tj T*" for line in lines)
        stream = f"BT /F1 10 Tf 14 TL 50 780 Td\n{shown}\nET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return body + f"{head}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n".encode()


def test_a_pdf_is_read_as_its_text_would_be():
    of_pdf = Reading(pdf(FIRST, SECOND), "ledger.pdf")
    of_text = Reading("\n".join([*FIRST, *SECOND]), "ledger.pdf.txt")
    assert of_pdf.failures == of_text.failures == []
    assert (of_pdf.times(), of_pdf.titles()) == (of_text.times(), of_text.titles())
    assert of_pdf.times()[-1] == "2031-05-06 10:45"
    assert of_pdf.document.text.splitlines() == of_text.document.text.splitlines()
    assert [line.locator.line for line in (event.evidence for event in of_pdf.events)] == [
        event.evidence.locator.line for event in of_text.events
    ]


def test_every_place_names_its_page():
    found = Reading(pdf(FIRST, SECOND), "ledger.pdf")
    pages = {event.title: event.evidence.locator.pointer for event in found.events}
    assert {title: page for title, page in pages.items() if "pool was halved" in title}.popitem()[1] == "/pages/2"
    assert [ref.locator.pointer for _, _, ref in found.document.stated] == ["/pages/1"]


def test_an_account_is_claimed_and_other_pdfs_are_not():
    assert winner(source(pdf(FIRST, SECOND), "ledger.pdf")) == "postmortem"
    assert READER.sniff(source(pdf(["Invoice", "Total: 12 EUR"]), "invoice.pdf")) == 0


def test_a_pdf_of_pictures_and_a_damaged_one_say_what_to_do():
    (failure,) = READER.read(source(pdf([]), "scan.pdf"))
    assert isinstance(failure, Failure) and "holds no text" in str(failure)
    (failure,) = READER.read(source(b"%PDF-1.4\nnothing else", "cut.pdf"))
    assert isinstance(failure, Failure) and "damaged" in str(failure)


def test_too_many_pages_are_named(monkeypatch):
    monkeypatch.setattr(portable, "MOST_PAGES", 1)
    pages = portable.pages_of(source(pdf(FIRST, SECOND), "ledger.pdf"), 1)
    assert len(pages.texts) == 1 and "more text than is read" in str(pages.failures[0])


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_no_damage_makes_it_raise(data):
    whole = pdf(FIRST, SECOND)
    at = data.draw(st.integers(0, len(whole)))
    junk = data.draw(st.binary(max_size=6))
    keep = data.draw(st.booleans())
    damaged = whole[:at] + junk + (whole[at + len(junk) :] if keep else b"")
    records, failures = reading(READER, source(damaged, "ledger.pdf"))
    assert READER.sniff(source(damaged, "ledger.pdf")) >= 0
    if b"%PDF-" in damaged[:1024]:
        assert records or failures


@pytest.mark.parametrize("name", ["2025-10-15-earthscope-admin-start-failure", "2025-08-26-leap-out-of-gpus"])
def test_real_exports_read_as_the_text_that_another_tool_took_from_them(name):
    folder = corpus("postmortems/open/2i2c")
    of_pdf, failures = reading(READER, file(folder / f"{name}.pdf"))
    of_text, _ = reading(READER, file(folder / f"{name}.pdf.txt"))
    assert failures == []
    assert [getattr(each, "instant", None) for each in of_pdf] == [getattr(each, "instant", None) for each in of_text]
