"""What log lines of one template may differ in, as SQL over the column `message` of stored lines.

Knows the one expression by which digests, witnesses and the counts of the feature step tell templates apart, written
so that DuckDB and Spark give the same text. Refuses to mine: `stores.templates` masks on its own and harder, since it
sees whole lines of an original, header and times included, and hands `engine.logs.mining` as few shapes as it can.
"""

from __future__ import annotations

from afteraction.stores.times import literal

# How many characters of a message's first line are looked at.
_LOOKED_AT = 300
_MASK = "<*>"
# Longest shapes first: quoted text, UUIDs, long hex, addresses, numbers.
_MASKED = (
    r'"[^"\n]*"|\B\'[^\'\n]*\'|0[xX][0-9a-fA-F]+|[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}'
    r"|\b[0-9a-fA-F]*[0-9][0-9a-fA-F]*[a-fA-F][0-9a-fA-F]*\b|[0-9]+(?:[.:,_-][0-9]+)*"
)
MASKED_MESSAGE = (
    f"regexp_replace(left(split_part(message, chr(10), 1), {_LOOKED_AT}), {literal(_MASKED)}, {literal(_MASK)}, 'g')"
)
