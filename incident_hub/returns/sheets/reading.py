"""From the rows of a sheet to lines of returns; what cannot be taken is refused in a sentence. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from incident_hub.plan.frame import Category
from incident_hub.plan.words import Words
from incident_hub.returns.line import CHANNELS, ORIGINS, Line, Unknown

from . import heading, written
from .refusing import LONGEST, NOTHING, Fault, Unreadable
from .rows import Row

_WORDS = ("stated_by", "checked_how", "explanation", "late_reason", "compiled_by", "approved_by")
_CHOICES = {
    "channel": dict(zip(CHANNELS, ("平台", "链接", "电话", "对讲机", "传真", "纸质", "当面"), strict=True)),
    "origin": dict(zip(ORIGINS, ("自报", "他报", "系统", "推定"), strict=True)),
}


@dataclass(frozen=True)
class Known:
    """A unit the sheet may speak of."""

    code: str
    title: Words


@dataclass(frozen=True)
class Asked:
    """What the sheet is read against.

    Shape: `units` are those that whoever sends it files for, and no others, so that a refusal tells nothing of the
    rest; `like` holds what is true of every row that does not say otherwise, its date among it. Units: `zone` is the
    operation's.
    """

    categories: Sequence[Category]
    units: Sequence[Known]
    like: Line
    zone: str
    today: date


@dataclass(frozen=True)
class Reading:
    """A sheet, read. Shape: `ignored` are headings of columns that were not looked at."""

    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    ignored: tuple[str, ...]


def read(rows: Sequence[Row], asked: Asked) -> Reading:
    """Every row below the heading, as a line or as the reasons why it is none.

    Raises: Unreadable when the sheet as a whole cannot be taken.
    """
    head = heading.found(rows, asked.categories)
    below = [row for row in rows if row.place > head.place]
    if not below:
        raise Unreadable("no-rows")
    named = _named(asked.units)
    lines: list[Line] = []
    faults: list[Fault] = []
    for row in below:
        reader = _Reader(row, head, asked, named)
        line = reader.line()
        if line:
            lines.append(line)
        faults += reader.faults
    lines, doubled = _once(lines)
    return Reading(tuple(lines), tuple(sorted(faults + doubled, key=lambda one: one.row)), head.ignored)


class _Reader:
    """One row at its reading."""

    def __init__(self, row: Row, head: heading.Heading, asked: Asked, named: Mapping[str, Sequence[str]]) -> None:
        self.row, self.head, self.asked, self.named = row, head, asked, named
        self.faults: list[Fault] = []

    def line(self) -> Line | None:
        if len(self.row.cells) > self.head.width:
            self._refuse("too-wide")
        unit, day = self._unit(), self._day()
        words = {field: said for field in _WORDS if (said := self._text(field))}
        words |= {field: said for field in _CHOICES if (said := self._choice(field))}
        like = replace(self.asked.like, **words)
        stated_at = self._instant("stated_at", day) or like.stated_at
        counts, unknown = self._numbers(day)
        if self.faults or unit is None or day is None:
            return None
        return replace(
            like, unit=unit, day=day, counts=counts, unknown=unknown, stated_at=stated_at, place=self.row.place
        )

    def _unit(self) -> str | None:
        said = self._text("code") or self._text("unit")
        if not said:
            self._refuse("no-unit")
            return None
        codes = self.named.get(_bare(said), ())
        if len(codes) == 1:
            return codes[0]
        self._refuse("two-units" if codes else "strange-unit", cell=said)
        return None

    def _day(self) -> date | None:
        if "date" not in self.head.fields:
            return self.asked.like.day
        said = self._text("date")
        if not said:
            self._refuse("no-date")
            return None
        try:
            return written.day(said, self.asked.today)
        except written.Unwritten as fault:
            self._refuse(str(fault), heading.FIELDS["date"], said)
            return None

    def _numbers(self, day: date | None) -> tuple[dict[str, int], dict[str, Unknown]]:
        cells = {one.code: self._cell(self.head.counts[one.code]) for one in self.asked.categories}
        if not any(cells.values()):
            self._refuse("nothing")
            return {}, {}
        counts: dict[str, int] = {}
        unknown: dict[str, Unknown] = {}
        for one in self.asked.categories:
            said = cells[one.code]
            why = written.unknown(said)
            if why is not None:
                if told := self._unknown(one.title, why, day):
                    unknown[one.code] = told
            elif (n := self._number(one, said)) is not None:
                counts[one.code] = n
        return counts, unknown

    def _number(self, category: Category, said: str) -> int | None:
        if not said or written.is_formula(said):
            self._refuse("formula" if said else "empty", category.title, said)
            return None
        try:
            return written.number(said, (category.unit.zh, category.unit.en))
        except written.Unwritten as fault:
            self._refuse(str(fault), category.title, said)
            return None

    def _unknown(self, title: Words, why: str, day: date | None) -> Unknown | None:
        reason = why or self._text("unknown_reason")
        expected_by = self._instant("expected_by", day)
        if not reason:
            self._refuse("no-reason", title)
        elif not expected_by:
            self._refuse("no-expected", title)
        else:
            return Unknown(reason, expected_by)
        return None

    def _instant(self, field: str, day: date | None) -> datetime | None:
        said = self._text(field)
        if not said:
            return None
        try:
            return written.instant(said, day or self.asked.today, self.asked.zone)
        except written.Unwritten as fault:
            self._refuse(str(fault), heading.FIELDS[field], said)
            return None

    def _choice(self, field: str) -> str | None:
        said = self._text(field)
        if not said:
            return None
        chosen = next((code for code, zh in _CHOICES[field].items() if said.casefold() in (code, zh)), None)
        if not chosen:
            either = Words("、".join(_CHOICES[field].values()), ", ".join(_CHOICES[field]))
            self._refuse("strange-word", heading.FIELDS[field], said, either)
        return chosen

    def _text(self, field: str) -> str:
        column = self.head.fields.get(field)
        said = self._cell(column) if column is not None else ""
        if written.is_formula(said):
            self._refuse("formula", heading.FIELDS[field], said)
            return ""
        if len(said) > LONGEST:
            self._refuse("too-long", heading.FIELDS[field])
            return ""
        return said

    def _cell(self, column: int) -> str:
        return written.plain(self.row.cells[column]) if column < len(self.row.cells) else ""

    def _refuse(self, code: str, column: Words = NOTHING, cell: str = "", choices: Words = NOTHING) -> None:
        fault = Fault(self.row.place, code, column, cell, choices=choices)
        if fault not in self.faults:
            self.faults.append(fault)


def _named(units: Sequence[Known]) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for unit in units:
        for name in {_bare(unit.title.zh), _bare(unit.title.en)} - {""}:
            named.setdefault(name, []).append(unit.code)
    # A code is one unit's alone, whatever the others are called.
    return named | {_bare(unit.code): [unit.code] for unit in units}


def _bare(said: str) -> str:
    return "".join(written.plain(said).split()).casefold()


def _once(lines: Sequence[Line]) -> tuple[list[Line], list[Fault]]:
    """One line for a unit and a date: the same said twice counts once; where two differ, neither is taken."""
    first: dict[tuple[str, date], Line] = {}
    differ: set[tuple[str, date]] = set()
    faults: list[Fault] = []
    for line in lines:
        key = (line.unit, line.day)
        other = first.setdefault(key, line)
        if other is line:
            continue
        if replace(line, place=other.place) == other:
            faults.append(Fault(line.place, "repeated", other=other.place))
            continue
        if key not in differ:
            faults.append(Fault(other.place, "twice", other=line.place))
        differ.add(key)
        faults.append(Fault(line.place, "twice", other=other.place))
    return [line for key, line in first.items() if key not in differ], faults
