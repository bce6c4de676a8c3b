"""Names of what can be odd about a time or a statement (SPEC §3.1, T-1 to T-6).

Knows the codes and the sentence behind each. Refuses to decide: a flag is shown, the value stays as it was written.
"""

from __future__ import annotations

from enum import StrEnum


class Flag(StrEnum):
    """A reason for people to look at a time again; the code is stable and goes into reports and exports."""

    ZONE_ASSUMED = "zone_assumed"
    DATE_INFERRED = "date_inferred"
    YEAR_INFERRED = "year_inferred"
    FOLD = "ambiguous_local_time"
    GAP = "nonexistent_local_time"
    IMPLAUSIBLE_YEAR = "implausible_year"
    FIVE_DIGIT_YEAR = "five_digit_year"
    IMPLAUSIBLE_MONTH = "implausible_month"
    IMPLAUSIBLE_DAY = "implausible_day"
    DAY_MONTH_SWAP = "day_month_swap"
    DOT_NOTATION = "dot_notation"
    AMPM_MISSING = "ampm_missing"
    BEFORE_START = "before_start"
    IN_FUTURE = "in_future"
    FAR_FROM_NEIGHBOURS = "far_from_neighbours"
    UNIT_GUESSED = "epoch_unit_guessed"
    LEAP_SECOND = "leap_second"


SENTENCES: dict[Flag, str] = {
    Flag.ZONE_ASSUMED: "the text states no zone; it was read in the declared or assumed one",
    Flag.DATE_INFERRED: "the text states no date; it follows from the entries before it",
    Flag.YEAR_INFERRED: "the text states no year; it follows from the incident's other times",
    Flag.FOLD: "this local time happened twice when clocks went back; both candidates are kept",
    Flag.GAP: "this local time never happened: clocks went forward over it",
    Flag.IMPLAUSIBLE_YEAR: "the year differs from the incident's other times",
    Flag.FIVE_DIGIT_YEAR: "the year has five digits",
    Flag.IMPLAUSIBLE_MONTH: "the month differs from the incident's other times",
    Flag.IMPLAUSIBLE_DAY: "the day differs from the incident's other times",
    Flag.DAY_MONTH_SWAP: "day and month may be the other way round",
    Flag.DOT_NOTATION: "the time is written with a dot",
    Flag.AMPM_MISSING: "morning or afternoon is not stated",
    Flag.BEFORE_START: "earlier than the incident can have begun",
    Flag.IN_FUTURE: "later than the evidence was collected",
    Flag.FAR_FROM_NEIGHBOURS: "more than 30 days from the entries around it",
    Flag.UNIT_GUESSED: "a bare number; its unit was told from its size",
    Flag.LEAP_SECOND: "a leap second; kept as the last second before it",
}
