"""Units as a list of them says: one a row, each row that cannot be taken with its reason. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from . import written
from .rows import Row

HEADINGS = {
    "code": ("code", "unit", "单元代码", "代码"),
    "zh": ("zh", "title", "单元名称", "名称"),
    "en": ("en", "英文名称"),
    "agency": ("agency", "单位"),
    "site": ("site", "场所"),
    "desk": ("desk", "值守席"),
    "first_day": ("first_day", "first day", "起报日期"),
    "last_day": ("last_day", "last day", "止报日期"),
}
NEEDED = ("code", "zh", "agency")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}")


@dataclass(frozen=True)
class Listed:
    """One unit of a list. Shape: `place` is its row, from 1; what is not said is None."""

    place: int
    code: str
    zh: str
    en: str
    agency: str
    site: str | None
    desk: str | None
    first_day: date
    last_day: date | None


@dataclass(frozen=True)
class Fault:
    """Why a row cannot be taken."""

    place: int
    sentence: str


def read(rows: Sequence[Row], today: date) -> tuple[list[Listed], list[Fault]]:
    """The units of a list whose first row says what its columns are; a first day that is not said is today."""
    if not rows:
        return [], [Fault(1, "There is nothing in it; the first row names the columns.")]
    columns = {
        field: place
        for place, cell in enumerate(rows[0].cells)
        for field, names in HEADINGS.items()
        if written.plain(cell).casefold() in names
    }
    if lacking := [field for field in NEEDED if field not in columns]:
        known = ", ".join(HEADINGS)
        return [], [Fault(rows[0].place, f"The heading lacks {', '.join(lacking)}; columns are {known}.")]
    found: list[Listed] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for row in rows[1:]:
        said = {field: _cell(row, place) for field, place in columns.items()}
        one = _listed(row.place, said, today)
        if isinstance(one, Listed) and one.code in seen:
            one = Fault(row.place, f"{one.code} stands in row {seen[one.code]} already; keep one of the two.")
        if isinstance(one, Fault):
            faults.append(one)
        else:
            seen[one.code] = row.place
            found.append(one)
    return found, faults


def _listed(place: int, said: Mapping[str, str], today: date) -> Listed | Fault:
    if empty := [field for field in NEEDED if not said[field]]:
        return Fault(place, f"{', '.join(empty)} is empty.")
    if not CODE.fullmatch(said["code"]):
        told = f"{said['code'][:64]!r} is no code; write letters, digits, dot, dash, stroke and underscore, at most 64."
        return Fault(place, told)
    days: dict[str, date | None] = {}
    for field in ("first_day", "last_day"):
        try:
            days[field] = written.day(said[field], today) if said.get(field) else None
        except written.Unwritten:
            return Fault(place, f"{field} says {said[field]!r}; write it like {today.isoformat()}.")
    return Listed(
        place, said["code"], said["zh"], said.get("en") or said["zh"], said["agency"], said.get("site") or None,
        said.get("desk") or None, days["first_day"] or today, days["last_day"],
    )  # fmt: skip


def _cell(row: Row, place: int) -> str:
    return written.plain(row.cells[place]).strip() if place < len(row.cells) else ""
