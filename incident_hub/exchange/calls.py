"""Rows gathered into calls: one call per key, its own instants once, a line of the log per later instant. Pure.

Every row is accounted for: used, or put aside with the reason. Rows of one call may stand anywhere in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from .mapping import Mapping as Plan
from .mapping import Moment, coordinates
from .rows import Row

LONGEST_KEY = 128


@dataclass(frozen=True)
class Aside:
    """A row that was not used, and why."""

    line: int
    reason: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Word:
    """One line of a call's log. Shape: `key` is the same on every run; `at` is aware UTC, as the file has it."""

    key: str
    text: str
    at: datetime
    milestone: str | None
    live: str | None


@dataclass(frozen=True)
class Call:
    """What happened once, with its log in order of the instants as they are written."""

    key: str
    type: str
    title: str
    summary: str
    place: Mapping[str, str] | None
    occurred_at: datetime
    words: tuple[Word, ...]


@dataclass(frozen=True)
class _Used:
    line: int
    fields: tuple[str, ...]
    happened: datetime
    instants: tuple[datetime | None, ...]
    type: str


@dataclass
class Gathered:
    """The rows of a file by call, and what became of each row.

    Shape: `read` = `used` + the length of `aside`; `remarks` are (line, sentence) about rows that
    were used all the same.
    """

    mapping: Plan
    read: int = 0
    used: int = 0
    aside: list[Aside] = field(default_factory=list[Aside])
    remarks: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    _rows: dict[str, list[_Used]] = field(default_factory=dict[str, list[_Used]])
    _lines: dict[str, int] = field(default_factory=dict[str, int])

    def __len__(self) -> int:
        return len(self._rows)

    def calls(self) -> Iterator[Call]:
        """Every call, in the order they happened; built one at a time, so that a large file is never held twice."""
        for key, _ in sorted(self._rows.items(), key=lambda one: (one[1][0].happened, one[0])):
            yield self._call(key)

    def take(self, row: Row, latest: datetime) -> None:
        """Take one row in, or put it aside. Units: no instant of it may lie after `latest`."""
        self.read += 1
        fault = row.fault or self._misfit(row)
        instants: list[datetime | None] = []
        for moment in () if fault else (*self.mapping.calls, *self.mapping.units):
            words = row.fields[moment.column].strip()
            at = _instant(self.mapping, words) if words else None
            if words and at is None:
                fault = f"{moment.column} {words!r} is not an instant written as the mapping says"
            elif at and at > latest:
                fault = f"{moment.column} {words!r} lies in the future"
            instants.append(at)
        happened = instants[0] if instants else None
        if fault is None and happened is None:
            fault = f"{self.mapping.calls[0].column} is empty, so nothing says when it happened"
        if fault is not None or happened is None:
            self.aside.append(Aside(row.line, str(fault), row.fields))
            return
        self._keep(row, happened, tuple(instants))

    def _misfit(self, row: Row) -> str | None:
        mapping, fields = self.mapping, row.fields
        key, line = fields[mapping.key].strip(), fields[mapping.row].strip()
        for column, value, longest in ((mapping.key, key, LONGEST_KEY), (mapping.row, line, LONGEST_KEY)):
            if not value:
                return f"{column} is empty"
            if len(value) > longest:
                return f"{column} is longer than {longest} characters"
        if line in self._lines:
            return f"{mapping.row} {line} is on line {self._lines[line]} already"
        word = fields[mapping.type_column].strip()
        if mapping.type_of(word) is None:
            return f"{mapping.type_column} {word!r} has no type in the mapping"
        return None

    def _keep(self, row: Row, happened: datetime, instants: tuple[datetime | None, ...]) -> None:
        mapping = self.mapping
        key, line = row.fields[mapping.key].strip(), row.fields[mapping.row].strip()
        fields = tuple(row.fields[column].strip() for column in mapping.columns)
        self.used += 1
        self._lines[line] = row.line
        kept = self._rows.setdefault(key, [])
        type_ = str(mapping.type_of(row.fields[mapping.type_column].strip()))
        kept.append(_Used(row.line, fields, happened, instants, type_))
        first, shared = kept[0], len(mapping.calls)
        if first.instants[:shared] != instants[:shared]:
            self.remarks.append((row.line, f"gives {key} other instants than line {first.line}, which was followed"))
        place = mapping.place
        if len(kept) == 1 and place and place.location and not coordinates(row.fields[place.location]):
            self.remarks.append((row.line, f"{place.location} is not two coordinates; {key} has its place in words"))

    def _call(self, key: str) -> Call:
        mapping, kept = self.mapping, self._rows[key]
        first = dict(zip(mapping.columns, kept[0].fields, strict=True))
        shared = len(mapping.calls)
        words = list(_words(mapping.calls, kept[0].instants[:shared], first, ""))
        for one in kept:
            fields = dict(zip(mapping.columns, one.fields, strict=True))
            words += _words(mapping.units, one.instants[shared:], fields, f"{fields[mapping.row]}/")
        return Call(
            key=key,
            type=kept[0].type,
            title=mapping.title.of(first) or key,
            summary=mapping.summary.of(first),
            place=_place(mapping, first),
            occurred_at=kept[0].happened,
            words=tuple(sorted(words, key=lambda word: word.at)),
        )


def gather(mapping: Plan, rows: Iterable[Row], latest: datetime) -> Gathered:
    """Go through the rows of a file once."""
    gathered = Gathered(mapping)
    for row in rows:
        gathered.take(row, latest)
    return gathered


def _instant(mapping: Plan, words: str) -> datetime | None:
    try:
        return mapping.instant(words)
    except (ValueError, OverflowError):
        return None


def _words(
    moments: tuple[Moment, ...], instants: tuple[datetime | None, ...], fields: Mapping[str, str], before: str
) -> Iterator[Word]:
    for moment, at in zip(moments, instants, strict=True):
        if at is not None:
            yield Word(before + moment.code, moment.words.of(fields), at, moment.milestone, moment.live)


def _place(mapping: Plan, fields: Mapping[str, str]) -> dict[str, str] | None:
    if mapping.place is None:
        return None
    place = {"text": mapping.place.words.of(fields)}
    pair = coordinates(fields[mapping.place.location]) if mapping.place.location else None
    if pair:
        place |= {"lat": pair[0], "lon": pair[1], "datum": mapping.place.datum}
    return place
