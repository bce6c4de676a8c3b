"""Records with values of the wrong kind at random places, as tools and people write them."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator

from hypothesis import strategies as st

ODD = st.sampled_from(
    [
        None, True, 0, -1, 1e308, float("inf"), float("nan"), 10**25, "", "x", "\ud800", "0001-01-01T00:00:00Z",
        "2026-02-30", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:01+14:00", 1778594400, 1778594400000, "1778594400",
        1778594340123456789, "Next update by 25:99 UTC", "next update in 999 hours", [], {}, [[]], [{}],
        {"a": {"b": {"c": 1}}}, [None], "NaN", "12/May/2026:14:00:00 +0000", "2026-05-12T14:00:00 Europe/Berlin",
    ]
)  # fmt: skip


def places(value: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    """Every path into a JSON value but the empty one."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*path, key)
        yield from places(inner, (*path, key))


@st.composite
def mutated(draw: st.DrawFn, originals: list[object]) -> str:
    """The JSON text of one of these values with one to three of its inner values exchanged or left out."""
    value = copy.deepcopy(draw(st.sampled_from(originals)))
    for _ in range(draw(st.integers(1, 3))):
        paths = list(places(value))
        if not paths:
            break
        *above, last = draw(st.sampled_from(paths))
        parent = value
        for key in above:
            parent = parent[key]
        if isinstance(parent, dict) and draw(st.booleans()) and draw(st.booleans()):
            del parent[last]
        else:
            parent[last] = copy.deepcopy(draw(ODD))
    return json.dumps(value, indent=draw(st.sampled_from([None, 1])))
