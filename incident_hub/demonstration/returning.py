"""Daily returns of the week: units that file in time, one that is late, one that is silent, one that is sent back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.standing import Asker
from incident_hub.kernel.errors import BadInput
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation
from incident_hub.returns import actions, queries
from incident_hub.returns.line import Line, Unknown

from .deeds import Deed
from .places import RETURNS, Table


@dataclass(frozen=True)
class _Days:
    """Days counted back from the first start, 0 being today, and what was otherwise on them."""

    today: date
    zone: ZoneInfo
    told: Table

    def on(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def at(self, ago: int, hour: str) -> datetime:
        return datetime.combine(self.on(ago), time.fromisoformat(hour), self.zone).astimezone(ZoneInfo("UTC"))

    def said(self, unit: str, ago: int | None) -> Table:
        """What was otherwise with a unit on a day; without a day, what holds for all of them."""
        rows = [one for one in self.told["otherwise"] if one["unit"] == unit and one.get("day") == ago]
        return rows[0] if rows else {}

    def owing(self, agency: str, ago: int) -> list[Table]:
        """The units of an agency that owe on a day."""
        return [
            one
            for one in self.told["unit"]
            if one["agency"] == agency and not _is_let_off(self.said(one["code"], None), ago)
        ]


def deeds(told: Table, begins: datetime, start: datetime, zone: str) -> list[Deed]:
    """Who registers, files and sends back, as far as it has happened by the first start."""
    days = _Days(start.astimezone(ZoneInfo(zone)).date(), ZoneInfo(zone), told)
    found = [Deed(begins, told["registered_by"], "unit.register", partial(_register, days))]
    for ago in range((days.today - begins.astimezone(days.zone).date()).days, -1, -1):
        for agency, hour in told["filed"].items():
            units = days.owing(agency, ago)
            rest = [one for one in units if not {"late", "missing"} & set(days.said(one["code"], ago))]
            found.append(_files(days, agency, ago, hour, rest))
            for unit in units:
                found += _otherwise(days, unit, ago, days.said(unit["code"], ago))
        for login, hour in told["rolled_up"].items():
            found.append(Deed(days.at(ago, hour), login, "return.roll_up", partial(_roll_up, days.on(ago))))
    return [one for one in found if one.at < start]


def _otherwise(days: _Days, unit: Table, ago: int, said: Table) -> list[Deed]:
    found: list[Deed] = []
    if late := said.get("late"):
        found.append(_files(days, unit["agency"], ago, late["at"], [unit]))
    if back := said.get("sent_back"):
        act = partial(_send_back, days.on(ago), unit["code"], back["reason"])
        found.append(Deed(days.at(ago, back["at"]), "postal", "return.review", act))
    if again := said.get("then"):
        found.append(_files(days, unit["agency"], ago, again, [unit], plain=True))
    return found


def _files(days: _Days, agency: str, ago: int, hour: str, units: list[Table], *, plain: bool = False) -> Deed:
    return Deed(days.at(ago, hour), agency, "return.file", partial(_file, days, ago, units, plain))


def _register(days: _Days, operation: Operation, asker: Asker, at: datetime) -> None:
    by, first = agencies.by_of(asker), days.on((days.today - at.astimezone(days.zone).date()).days)
    new: list[actions.NewUnit] = []
    for one in days.told["unit"]:
        joins = days.said(one["code"], None).get("joins")
        since = first if joins is None else days.on(joins)
        new.append(actions.NewUnit(one["code"], one["title"], one["agency"], one.get("site"), None, since))
    actions.register(operation, new, at, by)
    for one in days.told["unit"]:
        if off := days.said(one["code"], None).get("exempt"):
            unit, _ = queries.unit_known(operation.id, one["code"], asker.desk_id)
            actions.exempt(operation, unit, days.on(off["from"]), days.on(off["to"]), off["reason"], at, by)


def _file(
    days: _Days, ago: int, units: list[Table], plain: bool, operation: Operation, asker: Asker, at: datetime
) -> None:
    asked = operations.plan_of(operation.plan_version).zero_report
    codes = [one.code for one in asked.categories] if asked else []
    owed = {one["unit"]: one["id"] for one in queries.day(operation.id, asker.desk_id, days.on(ago))}
    lines: list[Line] = []
    for one in units:
        report, _ = queries.known(owed[one["code"]], asker.desk_id)
        offered = queries.suggested(report, asker.desk_id, at)
        lines.append(_line(days, ago, one, _usual(one, ago, codes) | offered, plain))
    for one in actions.file(operation, lines, at, agencies.by_of(asker)):
        if one.refused:
            raise BadInput(f"{RETURNS}: {one.unit} on {one.day}: {one.refused[0].words.zh}")


def _line(days: _Days, ago: int, unit: Table, usual: dict[str, int], plain: bool) -> Line:
    said = days.said(unit["code"], ago)
    moved: dict[str, int] = {} if plain else said.get("counts", {})
    unknown: dict[str, Any] = {} if plain else said.get("unknown", {})
    counts = {code: n + moved.get(code, 0) for code, n in usual.items() if code not in unknown}
    return Line(
        unit["code"], days.on(ago), counts,
        {code: Unknown(one["reason"], days.at(ago, one["expected"])) for code, one in unknown.items()},
        stated_by="网点负责人", origin="told" if "channel" in said else "own", channel=said.get("channel", "hub"),
        checked_how=said.get("checked_how", ""), late_reason=said.get("late", {}).get("reason", said.get("why", "")),
    )  # fmt: skip


def _usual(unit: Table, ago: int, codes: list[str]) -> dict[str, int]:
    """A quiet working day: about the base, the same number on every start."""
    swing = sha256(f"{unit['code']}/{ago}".encode()).digest()[0] % 31 - 15
    accepted = int(unit["base"]) * (100 + swing) // 100
    work = dict.fromkeys(("accepted", "inspected", "sealed", "screened"), accepted)
    work |= {"staff": unit["staff"], "vehicles": unit["vehicles"]}
    return {code: work.get(code, 0) for code in codes}


def _send_back(day: date, unit: str, reason: str, operation: Operation, asker: Asker, at: datetime) -> None:
    found = next(one for one in queries.day(operation.id, asker.desk_id, day) if one["unit"] == unit)
    report, role = queries.known(found["id"], asker.desk_id)
    actions.review(operation, report, role, "returned", reason, at, agencies.by_of(asker))


def _roll_up(day: date, operation: Operation, asker: Asker, at: datetime) -> None:
    actions.roll_up(operation, day, None, "", at, agencies.by_of(asker))


def _is_let_off(said: Table, ago: int) -> bool:
    off, joins = said.get("exempt"), said.get("joins")
    return bool(off and off["to"] <= ago <= off["from"]) or (joins is not None and ago > joins)
