"""An expo as it is played: a clock moved by hand, an engine that looks in, and people who do what the script says."""

from __future__ import annotations

import time as stopwatch
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from incident_hub.engine import loop
from incident_hub.kernel.database import db
from tests.faults.expo_city import CODES, officer
from tests.faults.expo_world import DAY, Deed, Unit, World, due_at
from tests.night import Hub

DOOR = "/operations/EXPO/zero-reports"
OVERSEER, ABOVE = "ben", "ben.leader"
QUARTER = timedelta(minutes=15)


@dataclass
class Played:
    """The expo as it went. Shape: `reports` are the product's own ids by unit and day, from its answers."""

    hub: Hub
    world: World
    reports: dict[tuple[str, date], str] = field(default_factory=dict[tuple[str, date], str])
    faults: list[str] = field(default_factory=list[str])
    aside: loop.Aside = field(default_factory=loop.Aside)
    rounds: dict[str, datetime] = field(default_factory=dict[str, datetime])
    compared: Counter[str] = field(default_factory=Counter[str])
    spent: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def post(self, login: str, path: str, body: dict[str, Any]) -> Any:
        """Somebody does something, and must be answered well."""
        began = stopwatch.perf_counter()
        answer = self.hub.as_(login).post(path, body)
        assert answer.status_code in (200, 201), f"{self.hub.clock.at} {login} {path} {body}: {answer.text}"
        self.spent["deeds"] += stopwatch.perf_counter() - began
        return answer.json

    def get(self, path: str, login: str = OVERSEER) -> Any:
        """Somebody reads."""
        began = stopwatch.perf_counter()
        answer = self.hub.as_(login).get(path)
        assert answer.status_code == 200, answer.text
        self.spent["readings"] += stopwatch.perf_counter() - began
        return answer.json

    def wait_until(self, at: datetime) -> None:
        """Let time pass; the engine looks in at every instant at which something falls due, and each quarter."""
        began, hub = stopwatch.perf_counter(), self.hub
        while hub.clock.at < at:
            before, due = hub.clock.at, loop.next_due() or at
            db.session.rollback()
            hub.clock.at = min(max(due, before), _next_quarter(before), at)
            going = loop.Pass(hub.app, self.aside, rounds=self.rounds)
            # It chases as it does when served; letters are another proof's matter.
            while loop.run(going, loop.CHASE):
                continue
            if hub.clock.at == before and not going.done:
                # Something is put aside and waits for its turn.
                hub.clock.at = min(_next_quarter(before), at)
        self.spent["engine"] += stopwatch.perf_counter() - began

    def same(self, what: str, said: object, wanted: object) -> None:
        """Compare one thing."""
        self.compared[what.split()[0]] += 1
        if said != wanted:
            self.faults.append(f"{self.hub.clock.at:%m-%d %H:%M} {what}: {said} instead of {wanted}")


def join(played: Played, joining: list[Unit]) -> None:
    units = [
        {
            "unit": one.code, "title": {"zh": f"{one.code}营业部", "en": f"Outlet {one.code}"}, "agency": one.carrier,
            "first_day": one.first.isoformat(), "last_day": one.last.isoformat() if one.last else None,
        }
        for one in joining
    ]  # fmt: skip
    played.post(ABOVE, "/operations/EXPO/units", {"units": units})


def let_off(played: Played, unit: Unit, since: date, until: date) -> None:
    body = {"unit": unit.code, "since": since.isoformat(), "until": until.isoformat(), "reason": "停业"}
    played.post(ABOVE, "/operations/EXPO/exemptions", body)


def stand_down(played: Played) -> None:
    played.post(ABOVE, "/operations/EXPO/phase", {"to": "standing_down", "statement": "博览会结束"})


def do(played: Played, deed: Deed) -> None:
    unit, key = played.world.units[deed.unit], (deed.unit, deed.day)
    if deed.what == "returned":
        body = {"outcome": "returned", "reason": "请核实"}
        played.post(OVERSEER, f"/zero-reports/{played.reports[key]}/review", body)
        return
    counts = dict.fromkeys(CODES, 0) | dict.fromkeys(("accepted", "inspected", "sealed"), unit.accepted)
    unknown: list[dict[str, str]] = []
    if deed.what == "nonzero":
        counts["prohibited-c"] = 2
    if deed.what == "unknown":
        del counts["prohibited-c"]
        unknown = [{"category": "prohibited-c", "reason": "清点中", "expected_by": (deed.at + DAY).isoformat()}]
    body = {
        "unit": deed.unit, "date": deed.day.isoformat(), "counts": counts, "unknown": unknown, "statement": "属实",
        "stated_by": "duty_officer", "late_reason": "网络中断" if deed.at > due_at(deed.day) else "",
    }  # fmt: skip
    played.reports[key] = played.post(officer(unit.carrier), DOOR, body)["zero_report"]


def _next_quarter(at: datetime) -> datetime:
    return at - (at - datetime.min.replace(tzinfo=UTC)) % QUARTER + QUARTER
