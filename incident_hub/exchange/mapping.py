"""A mapping: how the columns of another system's file become incidents and journal entries. Pure.

The file has rows; rows with the same key are one call. A call's own instants (received, entered) are the same on each
of its rows and are taken once, from the first; a unit's instants (dispatched, on scene …) are taken from every row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Table
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

FORMATS = ("csv", "jsonl")
ISO = "iso"
MILESTONES = ("informed", "set_out", "arrived", "handed_over", "released")
STATUSES = ("reported", "responding", "contained", "lifted", "closed", "false_alarm", "transferred")
LIVE = ("taken", "responding", "closed")
_FIELD = re.compile(r"\{([^{}]*)\}")
_PAIR = re.compile(r"\(?\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*\)?")


@dataclass(frozen=True)
class Template:
    """Words with columns in braces: `{Unit ID} on scene`."""

    words: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it reads."""
        return tuple(_FIELD.findall(self.words))

    def of(self, row: Table[str, str]) -> str:
        """The words for a row; what an empty column leaves behind is closed up."""
        filled = _FIELD.sub(lambda found: row[found[1]], self.words)
        return re.sub(r"\s*,(\s*,)+", ",", re.sub(r"\(\s*\)", "", filled)).strip(" ,;").replace("  ", " ")


@dataclass(frozen=True)
class Moment:
    """One column with an instant, and the journal entry it makes.

    Shape: `live` says what else it is when the file is played as live traffic: the first `taken` is the lead's
    acknowledgement, the first `responding` moves the status, and the last `closed` ends the incident.
    """

    code: str
    column: str
    words: Template
    milestone: str | None = None
    live: str | None = None


@dataclass(frozen=True)
class Circle:
    """Who may know of the incidents of some types. Shape: desks are `agency/desk`; the lead's comes first."""

    desks: tuple[tuple[str, str], ...]
    types: tuple[str, ...] = ()

    @property
    def lead(self) -> str:
        """The agency in the lead."""
        return self.desks[0][0].partition("/")[0]


@dataclass(frozen=True)
class Where:
    """The place of an incident: words, and a column that holds both coordinates as `(latitude, longitude)`."""

    words: Template
    location: str | None
    datum: str


@dataclass(frozen=True)
class Mapping:
    """A mapping as its file says it.

    Shape: `types` gives the plan's type for a word of `type_column`; `default` serves every other word, and without
    it such a row is put aside. The first of `calls` is when the incident happened.
    """

    code: str
    format: str
    key: str
    row: str
    zone: str
    instants: str
    status: str
    title: Template
    summary: Template
    place: Where | None
    type_column: str
    types: Table[str, str]
    default: str | None
    calls: tuple[Moment, ...]
    units: tuple[Moment, ...]
    circles: tuple[Circle, ...]
    opener: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column it reads, each once, in the order it is first named."""
        named = [self.key, self.row, self.type_column, *self.title.columns, *self.summary.columns]
        if self.place:
            named += [*self.place.words.columns, *([self.place.location] if self.place.location else [])]
        for moment in (*self.calls, *self.units):
            named += [moment.column, *moment.words.columns]
        return tuple(dict.fromkeys(named))

    @property
    def plan_types(self) -> tuple[str, ...]:
        """Every type of the plan it can give."""
        given = [*self.types.values(), *([self.default] if self.default else [])]
        return tuple(dict.fromkeys(given))

    @property
    def desks(self) -> tuple[str, ...]:
        """Every desk it lets know of anything."""
        return tuple(dict.fromkeys(desk for circle in self.circles for desk, _ in circle.desks))

    def type_of(self, word: str) -> str | None:
        """The plan's type for a word of the file."""
        return self.types.get(word, self.default)

    def circle(self, type_: str) -> Circle:
        """Who may know of incidents of a type: the circle that names it, otherwise the one that names none."""
        named = next((one for one in self.circles if type_ in one.types), None)
        return named or next(one for one in self.circles if not one.types)

    def instant(self, words: str) -> datetime:
        """An instant of the file as aware UTC.

        A wall-clock time that came twice, when clocks went back, is read as the first of the two. One that never was,
        when clocks went forward, is moved on by as much as they were.
        Raises: ValueError when it cannot be read.
        """
        iso = self.instants == ISO
        # The zone is put in below, for it is the mapping that knows it.
        given = datetime.fromisoformat(words) if iso else datetime.strptime(words, self.instants)  # noqa: DTZ007
        # A zone reads fold 0 as the earlier of two instants, and inside a gap by the offset that held before it.
        return (given if given.tzinfo else given.replace(tzinfo=ZoneInfo(self.zone), fold=0)).astimezone(UTC)


def coordinates(words: str) -> tuple[str, str] | None:
    """Latitude and longitude as they are written in `(37.7, -122.4)`; None when that is not two coordinates."""
    found = _PAIR.fullmatch(words.strip())
    if found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        return None
    return found[1], found[2]
