"""A file of rotations, read from TOML into plain rows. Pure.

[[rotation]]                                # one for each post; `kind` is rotation, temporary or holidays
desk = "police/duty"
post = "deputy"
kind = "rotation"
zone = "Asia/Shanghai"
first_on = 2026-09-01                       # turns are counted from here; yesterday if left out
handovers = ["08:00", "20:00"]              # wall times; with one alone a shift lasts `days` or `hours`
crews = [["first.login"], ["second.login"]]
since = 2026-09-05T00:00:00+08:00           # from when to when: wanted for a temporary one
until = 2026-09-08T00:00:00+08:00
dates = [2026-10-01, 2026-10-02]            # wanted for holidays
signed = true                               # whether its hand-overs are signed
relieve = true                              # whether those who were appointed are relieved when it begins
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from incident_hub.kernel import toml

from .turns import Rotation, fault

KINDS = ("rotation", "temporary", "holidays")
_KNOWN = {
    "desk", "post", "kind", "zone", "first_on", "handovers", "days", "hours", "crews", "since", "until", "dates",
    "signed", "relieve",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One rotation of a file. Shape: its crews are logins."""

    desk: str
    post: str
    kind: str
    rotation: Rotation
    dates: tuple[date, ...]
    relieve: bool


def read(text: str, first_on: date) -> tuple[list[Row], list[str]]:
    """The rotations of a file and everything that is wrong with it, a sentence each; load them only without faults.

    Shape: turns are counted from `first_on` where the file does not say.
    """
    try:
        tables = toml.tables(text)
    except toml.TomlFault as wrong:
        return [], [f"It cannot be read as TOML: {wrong}."]
    faults = [f"{name} is not part of a roster; use [[rotation]]." for name in tables if name != "rotation"]
    rows: list[Row] = []
    given = tables.get("rotation", [])
    for number, table in enumerate(given if isinstance(given, list) else [], 1):
        try:
            rows.append(_row(table, first_on))
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            faults.append(f"[[rotation]] {number}: {_sentence(wrong)}")
    if not given:
        faults.append("There is no [[rotation]] in it.")
    return rows, faults


def _row(table: Mapping[str, Any], first_on: date) -> Row:
    for name in table.keys() - _KNOWN:
        raise ValueError(f"it knows no {name}; leave it out or correct the word")
    kind = str(table.get("kind", "rotation"))
    if kind not in KINDS:
        raise ValueError(f"its kind is one of {', '.join(KINDS)}, not {kind}")
    rotation = Rotation(
        str(table["zone"]), table.get("first_on", first_on), tuple(tuple(map(str, crew)) for crew in table["crews"]),
        tuple(time.fromisoformat(at) for at in table["handovers"]), int(table.get("days", 1)), table.get("hours"),
        _instant(table, "since"), _instant(table, "until"), bool(table.get("signed", True)),
    )  # fmt: skip
    if why := fault(rotation):
        raise ValueError(why[0].lower() + why[1:].rstrip("."))
    return Row(
        str(table["desk"]), str(table["post"]), kind, rotation, tuple(table.get("dates", ())),
        bool(table.get("relieve", False)),
    )  # fmt: skip


def _instant(table: Mapping[str, Any], name: str) -> datetime | None:
    found = table.get(name)
    if found is not None and (not isinstance(found, datetime) or found.tzinfo is None):
        raise ValueError(f"its {name} needs an offset, for example 2026-09-05T00:00:00+08:00")
    return found


def _sentence(wrong: Exception) -> str:
    return f"it has no {wrong.args[0]}." if isinstance(wrong, KeyError) else f"{wrong}."
