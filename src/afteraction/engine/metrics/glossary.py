"""Which metric answers the words people search for.

Knows MTTD, MTTR, TTR and their relatives. Refuses to use them as labels: TTR alone means two different things.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A term, the metrics that answer it, and one sentence of explanation."""

    term: str
    metrics: tuple[str, ...]
    meaning: str


GLOSSARY: tuple[Word, ...] = (
    Word("TTD", ("M01",), "Time to detect: from the start of impact to the first detection that reached the team."),
    Word("MTTD", ("M01", "M02"), "Mean time to detect: the mean of M01 over incidents; M02 is monitoring's own."),
    Word("TTA", ("M03",), "Time to acknowledge: from the flag to the first person."),
    Word("MTTA", ("M03",), "Mean time to acknowledge: the mean of M03 over incidents."),
    Word("TTR", ("M03", "M07", "M08", "M09"), "Used for time to respond (M03), to mitigate (M07), to restore (M08) and "
         "to resolve (M09). They differ, so each is shown under its full name."),
    Word("MTTR", ("M08", "M09"), "Mean time to restore (M08), in some places to resolve (M09) or to respond (M03): the "
         "mean over incidents."),
    Word("MTTM", ("M07",), "Mean time to mitigate: the mean of M07 over incidents."),
    Word("Time to respond", ("M03", "M04"), "From the flag to the first person (M03) or the first action (M04)."),
    Word("Downtime", ("M10", "M11"), "Minutes with impact (M10), or the same weighted by how much of it (M11)."),
)  # fmt: skip


def explain(term: str) -> Word | None:
    """The entry of a term in any spelling; None when the glossary does not know it."""
    wanted = " ".join(term.replace("-", " ").split()).casefold()
    return next((word for word in GLOSSARY if word.term.casefold() == wanted), None)
