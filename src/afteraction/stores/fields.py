"""How a layout's lines become fields, as SQL: JSON objects, lines of a pattern, cells of a table.

Knows how a line is cut, how one of its fields is read, and what is left when every column took its own. Refuses to know
what a field means.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from afteraction.core.errors import AfteractionError
from afteraction.core.reading import Source
from afteraction.core.readplan import ReadPlan
from afteraction.core.tables import header_names
from afteraction.stores.times import literal


@dataclass(frozen=True, slots=True)
class Fields:
    """How one layout gives fields: `cut` makes the column f, `named` reads one of them, `broken` is the reason why a
    line could not be cut (SQL, null when it could), `sound` a test that holds when a line with a time was cut well,
    `rest` the fields that no column took, as JSON. `given` are columns that rows bring along besides their text, and
    `numbered` the places (1-based) of cells that are given or cut, whichever a row has."""

    cut: str
    places: dict[str, str]
    broken: str
    rest: str
    sound: str = "true"
    given: tuple[str, ...] = ()
    numbered: dict[str, int] = field(default_factory=dict)

    def named(self, sources: tuple[str, ...]) -> str | None:
        """The first of `sources` that has a value, as SQL; None when the layout has none of them."""
        found = [sql for source in sources for sql in (self.places.get(source),) if sql]
        return None if not found else found[0] if len(found) == 1 else f"coalesce({', '.join(found)})"


def used(plan: ReadPlan) -> set[str]:
    """The fields that the plan reads or leaves out by name."""
    taken = set(plan.time.sources) | set(plan.melt) | set(plan.left_out)
    return taken.union(*(column.sources for column in plan.columns))


def _pointers(source: str) -> list[str]:
    """JSON pointers of a name: as one key, as a path, then as a path whose last keys hold dots themselves."""
    escaped = source.replace("~", "~0").replace("/", "~1")
    parts = escaped.split(".")
    mixed = ["/" + "/".join((*parts[:cut], ".".join(parts[cut:]))) for cut in range(1, len(parts) - 1)]
    return list(dict.fromkeys((f"/{escaped}", "/" + "/".join(parts), *mixed)))


def of_json(source: Source, plan: ReadPlan) -> Fields:
    """The fields of an object per line, nested ones by dotted names."""
    keys = sorted(used(plan))
    pointers = list(dict.fromkeys(pointer for key in keys for pointer in _pointers(key)))
    place = {pointer: f"f[{number}]" for number, pointer in enumerate(pointers, start=1)}
    places = {}
    for key in keys:
        found = [place[pointer] for pointer in _pointers(key)]
        present = [f"nullif({one}, '')" for one in found]
        places[key] = present[0] if len(found) == 1 else f"coalesce({', '.join(present)})"
    rest, emptied = _rest(source, keys)
    wanted = ", ".join(map(literal, pointers))
    return Fields(
        # TRY alone would do, but where one line of 2,048 is broken it starts over line by line.
        cut=f"TRY(CASE WHEN json_valid(text) THEN json_extract_string(text, [{wanted}]) END)",
        places=places,
        broken="CASE WHEN try_cast(text AS JSON) IS NULL THEN 'the line is not JSON.'"
        " WHEN json_type(try_cast(text AS JSON)) <> 'OBJECT' THEN 'the line is not a JSON object.' END",
        rest=f"nullif({emptied(rest)}, '{{}}')",
    )


def _rest(source: Source, keys: list[str]) -> tuple[str, Callable[[str], str]]:
    """The object without `keys`, as SQL, and what cleans up after it."""
    head = source.head_text()
    removed: dict[str, object] = dict.fromkeys(keys)
    parents = set()
    for key in keys:
        # A dotted name is one key or a path; what the first lines show decides what is taken out.
        if "." in key and f'"{key}"' not in head:
            _remove_path(removed, key)
            parents.add(re.escape(key.split(".")[0]))
    rest = f"TRY(CASE WHEN f IS NOT NULL THEN json_merge_patch(text, {literal(json.dumps(removed))}) END)::VARCHAR"
    # Taking a path out of an object that lacks it makes an empty parent.
    hollow = rf'"(?:{"|".join(sorted(parents))})":\{{\}}'

    def emptied(sql: str) -> str:
        if not parents:
            return sql
        behind = f"regexp_replace({sql}, {literal(',' + hollow)}, '', 'g')"
        return f"regexp_replace({behind}, {literal(hollow + ',?')}, '', 'g')"

    return rest, emptied


def _remove_path(removed: dict[str, object], key: str) -> None:
    """Adds the nested spelling of a dotted key to a merge patch, unless another key takes the whole parent."""
    parts = key.split(".")
    inner = removed
    for part in parts[:-1]:
        below = inner.setdefault(part, {})
        if not isinstance(below, dict):
            return
        inner = below
    inner[parts[-1]] = None


def of_text(source: Source, plan: ReadPlan) -> Fields:
    """The named groups of the plan's pattern. AfteractionError where it is none."""
    try:
        names = re.compile(plan.pattern).groupindex
        count = re.compile(plan.pattern).groups
    except re.error as error:
        raise AfteractionError(f"the pattern cannot be used: {error}.", where=source.name) from None
    by_place = {place: name for name, place in names.items()}
    groups = ["whole", *(by_place.get(place, f"group{place}") for place in range(1, count + 1))]
    pattern = literal(f"^({plan.pattern})")
    fields = {name: f"nullif(f['{name}'], '')" for name in names}
    others = [name for name in names if name not in used(plan)]
    pairs = ", ".join(f"{literal(name)}, {fields[name]}" for name in others)
    return Fields(
        cut=f"regexp_extract(text, {pattern}, [{', '.join(map(literal, groups))}])",
        places=fields,
        broken="CASE WHEN f['whole'] = '' THEN 'the line does not look like the others of this format.' END",
        rest=_object(pairs),
    )


def of_row(source: Source, plan: ReadPlan, *, cut_before: bool = False) -> Fields:
    """The cells of a row: the given ones, else cut from its text, unless all rows were `cut_before`."""
    header = header_of(source, plan)
    d = plan.delimiter
    cell = rf'{re.escape(d)}("(?:[^"]|"")*"|[^{re.escape(d)}]*)'
    bare = "CASE WHEN starts_with(x, '\"') AND length(x) > 1 THEN replace(x[2:-2], '\"\"', '\"') ELSE x END"
    careful = f"list_transform(regexp_extract_all({literal(d)} || text, {literal(cell)}, 1), lambda x: {bare})"
    cell_of = "c{}".format if cut_before else _cell
    fields = {name: cell_of(place) for place, name in reversed(list(enumerate(header, start=1)))}
    others = [name for name in header if name not in used(plan)]
    # Rows without a text were cut before, by `stores.cells`, into just the cells of the header.
    sound = f"text IS NULL OR len(f) = {len(header)} OR (len(f) = {len(header) + 1} AND f[-1] = '')"
    pairs = ", ".join(f"{literal(name)}, {fields[name]}" for name in others)
    cut = f"CASE WHEN contains(text, '\"') THEN {careful} ELSE string_split(text, {literal(d)}) END"
    return Fields(
        cut="NULL::VARCHAR[]" if cut_before else cut,
        places=fields,
        broken=f"CASE WHEN NOT ({sound}) THEN 'the row has ' || len(f) || ' cells, its header has {len(header)}.' END",
        rest=_object(pairs),
        sound="true" if cut_before else sound,
        given=tuple(f"c{place}" for place in range(1, len(header) + 1)),
        numbered={} if cut_before else {name: place for place, name in reversed(list(enumerate(header, start=1)))},
    )


def _cell(place: int) -> str:
    return f"coalesce(c{place}, nullif(trim(f[{place}]), ''))"


def _object(pairs: str) -> str:
    """A JSON object of the pairs that have a value; null when none has."""
    return f"nullif(json_merge_patch('{{}}', json_object({pairs}))::VARCHAR, '{{}}')" if pairs else "NULL"


def header_of(source: Source, plan: ReadPlan) -> list[str]:
    """The names in a table's header. AfteractionError when the first bytes do not reach it."""
    lines = source.head_text().splitlines()
    if len(lines) < plan.header_line:
        raise AfteractionError(
            f"the table's header on line {plan.header_line} is not within the first {len(source.head)} bytes.",
            where=source.name,
            next_step="Shorten what stands above the header.",
        )
    return list(header_names(lines[plan.header_line - 1], plan.delimiter))
