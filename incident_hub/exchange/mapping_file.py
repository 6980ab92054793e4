"""A mapping read from its TOML file; every fault is named with what to do about it. Pure.

[mapping]   code, format = csv | jsonl, key and row (columns), zone, instants (as strptime writes it, or "iso"),
            clocks = "none", status, title, summary (words with {Columns}), opener (desk that logs in a live replay)
[place]     words, location (column with "(latitude, longitude)"), datum
[type]      column, default;  [type.words]  "Word of the file" = "type_of_the_plan"
[[call]]    code, column, words            instants of the whole call; the first is when it happened
[[unit]]    code, column, words, milestone, live      instants of each row
[[circle]]  types (none: all others), lead, support, informed
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from incident_hub.kernel import toml

from .mapping import FORMATS, ISO, LIVE, MILESTONES, STATUSES, Circle, Mapping, Moment, Template, Where

_DESK = re.compile(r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")
_KEYS: dict[str, tuple[str, ...]] = {
    "the file": ("mapping", "place", "type", "call", "unit", "circle"),
    "mapping": (
        "code", "format", "key", "row", "zone", "instants", "clocks", "status", "title", "summary", "opener",
    ),
    "place": ("words", "location", "datum"),
    "type": ("column", "default", "words"),
    "call": ("code", "column", "words"),
    "unit": ("code", "column", "words", "milestone", "live"),
    "circle": ("types", "lead", "support", "informed"),
}  # fmt: skip
_SAMPLE = datetime(2001, 12, 23, 16, 45, 56)  # noqa: DTZ001 - a wall-clock time, to try the format on


def read(text: str) -> tuple[Mapping | None, list[str]]:
    """The mapping in a file's text, or the sentences that say what is wrong with it."""
    try:
        whole = toml.tables(text)
    except toml.TomlFault as fault:
        return None, [f"The mapping cannot be read as TOML: {fault}."]
    reading = _Reading()
    mapping = reading.whole(whole)
    return (None, reading.faults) if reading.faults else (mapping, [])


@dataclass
class _Reading:
    """One pass over a file, gathering faults."""

    faults: list[str] = field(default_factory=list[str])

    def whole(self, file: Table[str, Any]) -> Mapping:
        self.only(file, "the file", "the file")
        head, kind = self.table(file, "mapping"), self.table(file, "type")
        self.only(head, "mapping", "[mapping]")
        self.only(kind, "type", "[type]")
        if head.get("clocks", "none") != "none":
            self.fault('[mapping] clocks is not "none": measuring debts on what was imported is not possible yet.')
        words = cast("dict[str, Any]", kind.get("words") if isinstance(kind.get("words"), dict) else {})
        if not words:
            self.fault('[type.words] is missing: give a line "word of the file" = "type of the plan" for each word.')
        mapping = Mapping(
            code=self.text(head, "code", "[mapping]"),
            format=self.word(head, "format", FORMATS, "[mapping]"),
            key=self.text(head, "key", "[mapping]"),
            row=self.text(head, "row", "[mapping]"),
            zone=self.zone(head),
            instants=self.format(head),
            status=self.word(head, "status", STATUSES, "[mapping]"),
            title=self.template(head, "title", "[mapping]"),
            summary=self.template(head, "summary", "[mapping]"),
            place=self.place(file),
            type_column=self.text(kind, "column", "[type]"),
            types={word: str(given) for word, given in words.items()},
            default=self.text(kind, "default", "[type]") if "default" in kind else None,
            calls=self.moments(file, "call"),
            units=self.moments(file, "unit"),
            circles=self.circles(file),
            opener=self.desk(head.get("opener"), "[mapping] opener"),
        )
        self.agree(mapping)
        return mapping

    def place(self, file: Table[str, Any]) -> Where | None:
        if "place" not in file:
            return None
        table = self.table(file, "place")
        self.only(table, "place", "[place]")
        location = self.text(table, "location", "[place]") if "location" in table else None
        datum = self.word(table, "datum", ("WGS84", "GCJ02", "BD09"), "[place]") if location else "WGS84"
        return Where(self.template(table, "words", "[place]"), location, datum)

    def moments(self, file: Table[str, Any], noun: str) -> tuple[Moment, ...]:
        made: list[Moment] = []
        for number, table in enumerate(self.tables(file, noun), 1):
            where = f"[[{noun}]] {number}"
            self.only(table, noun, where)
            milestone = self.word(table, "milestone", MILESTONES, where) if "milestone" in table else None
            live = self.word(table, "live", LIVE, where) if "live" in table else None
            words = self.template(table, "words", where)
            code, column = self.text(table, "code", where), self.text(table, "column", where)
            made.append(Moment(code, column, words, milestone, live))
        return tuple(made)

    def circles(self, file: Table[str, Any]) -> tuple[Circle, ...]:
        made: list[Circle] = []
        for number, table in enumerate(self.tables(file, "circle"), 1):
            where = f"[[circle]] {number}"
            self.only(table, "circle", where)
            desks = [(self.desk(table.get("lead"), f"{where} lead"), "lead")]
            for role in ("support", "informed"):
                desks += [(self.desk(one, f"{where} {role}"), role) for one in self.many(table, role, where)]
            codes = [desk for desk, _ in desks]
            for twice in sorted({one for one in codes if codes.count(one) > 1}):
                self.fault(f"{where} names the desk {twice} twice; give it one role.")
            made.append(Circle(tuple(desks), tuple(str(one) for one in self.many(table, "types", where))))
        return tuple(made)

    def agree(self, mapping: Mapping) -> None:
        """Check what must fit together."""
        codes = [moment.code for moment in (*mapping.calls, *mapping.units)]
        for twice in sorted({code for code in codes if code and codes.count(code) > 1}):
            self.fault(f"The code {twice} is given to two instants; each makes its own entry and needs its own code.")
        if not mapping.calls:
            self.fault("There is no [[call]]: the first of them says which column tells when the incident happened.")
        if sum(not circle.types for circle in mapping.circles) != 1:
            self.fault("Exactly one [[circle]] has no types: it serves every type that no other circle names.")
        named = [type_ for circle in mapping.circles for type_ in circle.types]
        for twice in sorted({type_ for type_ in named if named.count(type_) > 1}):
            self.fault(f"The type {twice} stands in two circles; leave it in one.")
        for stray in sorted(set(named) - set(mapping.plan_types)):
            self.fault(f"A [[circle]] names the type {stray}, which [type] never gives; correct the one or the other.")

    def zone(self, head: Table[str, Any]) -> str:
        zone = self.text(head, "zone", "[mapping]")
        try:
            ZoneInfo(zone or "UTC")
        except (ZoneInfoNotFoundError, ValueError):
            self.fault(f"[mapping] zone {zone} is not an IANA zone; write for example America/Los_Angeles.")
        return zone

    def format(self, head: Table[str, Any]) -> str:
        given = self.text(head, "instants", "[mapping]")
        try:
            back = _SAMPLE if given in ("", ISO) else datetime.strptime(_SAMPLE.strftime(given), given)  # noqa: DTZ007
        except ValueError:
            back = None
        if back is None or back.replace(tzinfo=None) != _SAMPLE:
            self.fault(
                f"[mapping] instants {given!r} does not carry a whole date and time; write it as strptime does, for "
                'example "%m/%d/%Y %I:%M:%S %p", or "iso".'
            )
        return given

    def desk(self, given: Any, where: str) -> str:
        if isinstance(given, str) and _DESK.fullmatch(given):
            return given
        self.fault(f"{where} is {given!r}; it must be a desk written agency/desk.")
        return ""

    def template(self, table: Table[str, Any], name: str, where: str) -> Template:
        words = self.text(table, name, where)
        made = Template(words)
        rest = re.sub(r"\{[^{}]+\}", "", words)
        if "{" in rest or "}" in rest:
            self.fault(f"{where} {name} has a brace that does not close around a column's name.")
        return made

    def text(self, table: Table[str, Any], name: str, where: str) -> str:
        value = table.get(name)
        if isinstance(value, str) and value.strip():
            return value
        self.fault(f"{where} lacks {name}, or it is not a text; add it.")
        return ""

    def word(self, table: Table[str, Any], name: str, words: tuple[str, ...], where: str) -> str:
        value = table.get(name)
        if value not in words:
            self.fault(f"{where} {name} is {value!r}; it must be one of {', '.join(words)}.")
        return str(value)

    def table(self, file: Table[str, Any], name: str) -> dict[str, Any]:
        if isinstance(file.get(name), dict):
            return cast("dict[str, Any]", file[name])
        self.fault(f"The table [{name}] is missing.")
        return {}

    def tables(self, file: Table[str, Any], name: str) -> list[dict[str, Any]]:
        given = cast("list[Any]", file.get(name, []) if isinstance(file.get(name, []), list) else [None])
        if any(not isinstance(one, dict) for one in given):
            self.fault(f"{name} must be written as [[{name}]].")
        return [one for one in given if isinstance(one, dict)]

    def many(self, table: Table[str, Any], name: str, where: str) -> list[Any]:
        given = table.get(name, [])
        if isinstance(given, list):
            return cast("list[Any]", given)
        self.fault(f"{where} {name} must be a list.")
        return []

    def only(self, table: Table[str, Any], noun: str, where: str) -> None:
        for name in sorted(table.keys() - set(_KEYS[noun])):
            self.fault(f"{where} has the unknown key {name}; it knows {', '.join(_KEYS[noun])}.")

    def fault(self, sentence: str) -> None:
        self.faults.append(sentence)
