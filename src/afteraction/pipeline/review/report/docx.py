"""A report as a Word file, by pandoc, for those who comment in Word.

Knows the extra that brings pandoc. Refuses to carry the exact parts: a Word file is not read back.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from afteraction.core.errors import AfteractionError
from afteraction.pipeline.review.drawing.png import as_png
from afteraction.pipeline.review.report.blocks import Drawing, Report, reworded
from afteraction.pipeline.review.report.markdown import markdown


class NoWord(AfteractionError):
    """Word files cannot be made here."""


def docx(report: Report) -> bytes:
    """The report as DOCX with its drawings as pictures. Raises NoWord where pandoc is not installed."""
    try:
        import pypandoc  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError as problem:
        raise NoWord(
            "Word files need pandoc, which is not installed.",
            next_step="Type: pip install 'afteraction[docx]'. PDF, HTML and Markdown need nothing more.",
        ) from problem
    drawings = [block for section in report.sections for block in section.blocks if isinstance(block, Drawing)]
    with TemporaryDirectory(prefix="afteraction-docx-") as folder:
        pictures = {each.name: f"{each.name}.png" for each in drawings}
        for each in drawings:
            Path(folder, pictures[each.name]).write_bytes(as_png(each.file))
        out = Path(folder, "report.docx")
        pypandoc.convert_text(
            markdown(reworded(report, _without_pictures), pictures=pictures), "docx", format="gfm", outputfile=str(out),
            extra_args=[f"--resource-path={folder}"],
        )  # fmt: skip
        return out.read_bytes()


def _without_pictures(text: str) -> str:
    """Text in which nothing names a picture: pandoc would open whatever file or address stands there."""
    return text.replace("![", "! [")
