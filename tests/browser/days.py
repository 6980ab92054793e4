"""Eleven days of returns of a made-up city, the last of them this morning, for screens and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

from argon2.profiles import CHEAPEST

from incident_hub.agencies import passwords
from incident_hub.cli.operations import open_from
from tests.night import FILES, Hub, held_night
from tests.returns.expo import QUIET

DAYS = 11
BEIJING = 8
DOOR = "/operations/DAILY/zero-reports"
PLACES = (
    "港湾路",
    "北站",
    "大学城",
    "会展中心",
    "老码头",
    "工业园",
    "滨河",
    "机场东",
    "南门",
    "果品市场",
    "体育场",
    "新区",
)


def write(folder: Path, url: str) -> None:
    """Play the days on a database in which the house is founded and nobody is in it."""
    now = datetime.now(UTC).replace(microsecond=0)
    with _opened(folder, url, now, DAYS - 1) as hub:
        begin = local(hub.clock.at, now)
        units = [_unit(f"A{n:03}", "carrier-a", PLACES[n % 12], n // 12 + 1, begin) for n in range(30)]
        units += [_unit("B001", "carrier-b", PLACES[0], 2, begin)]
        assert hub.as_("ben.leader").post("/operations/DAILY/units", {"units": units}).status_code == 201
        for _ in range(DAYS - 1):
            _day(hub, now)
        hub.clock.at = _morning(now)
        hub.tick()
        file(hub, "dan", [_line(f"A{n:03}", local(hub.clock.at, now)) for n in range(18)])


def write_morning(folder: Path, url: str, outlets: int) -> str:
    """Play only this morning, with so many outlets of one carrier; says the date that they owe."""
    now = datetime.now(UTC).replace(microsecond=0)
    with _opened(folder, url, now, 0) as hub:
        begin = local(hub.clock.at, now)
        units = [_unit(f"A{n:03}", "carrier-a", PLACES[n % 12], n % 3 + 1, begin) for n in range(outlets)]
        assert hub.as_("ben.leader").post("/operations/DAILY/units", {"units": units}).status_code == 201
        hub.tick()
        return begin.isoformat()


@contextmanager
def _opened(folder: Path, url: str, now: datetime, ago: int) -> Iterator[Hub]:
    """The operation, open since the morning of so many days ago."""
    passwords.use(CHEAPEST)
    with held_night(Hub(folder, url)) as hub:
        hub.people()
        hub.clock.at = _morning(now) - timedelta(days=ago)
        open_from(_described(folder, now))
        yield hub


def _day(hub: Hub, now: datetime) -> None:
    """One day: most file in time, some late, one never; one is sent back, one does not know a number."""
    on, start = local(hub.clock.at, now), hub.clock.at
    hub.tick()
    turn = on.toordinal() % 12
    late, out = {turn, turn + 12}, {29, (turn + 5) % 24}
    in_time = [n for n in range(30) if n not in late | out]
    lines = [_line(f"A{n:03}", on, found=(n + turn) % 9 == 0, unknown=n == (turn + 7) % 24) for n in in_time]
    told = file(hub, "dan", lines)
    file(hub, "cleo", [_line("B001", on)])
    hub.clock.at = datetime.combine(on, time(16, 30), _wall(now)).astimezone(UTC)
    hub.tick()
    # The roll-up goes up at the cut-off, so that nobody is called about it on the screen.
    assert hub.as_("ben").post("/operations/DAILY/roll-ups", {"date": on.isoformat()}).status_code == 201
    file(hub, "dan", [_line(f"A{n:03}", on, late_reason="系统断网，恢复后补报") for n in sorted(late)])
    if turn % 4 == 0:
        body = {"outcome": "returned", "reason": "与台账不符，请核对"}
        hub.as_("ben").post(f"/zero-reports/{told['items'][0]['zero_report']}/review", body)
    hub.clock.at = start + timedelta(days=1)


def file(hub: Hub, login: str, lines: list[dict[str, Any]]) -> Any:
    """File, all of it sound."""
    told = hub.as_(login).post(f"{DOOR}/batch", {"rows": lines}).json
    assert told["refusals"] == []
    return told


def local(at: datetime, now: datetime) -> date:
    """The date on the wall of the operation."""
    return at.astimezone(_wall(now)).date()


def _line(code: str, on: date, *, found: bool = False, unknown: bool = False, **more: Any) -> dict[str, Any]:
    n = 300 + (int(code[1:]) * 37 + on.toordinal() * 11) % 500
    counts = QUIET | {"accepted": n, "inspected": n, "sealed": n, "screened": n, "prohibited-c": 2 if found else 0}
    if unknown:
        del counts["screened"]
        by = f"{on + timedelta(days=1)}T12:00:00+00:00"
        more["unknown"] = [{"category": "screened", "reason": "安检机停机检修", "expected_by": by}]
    return {"unit": code, "date": on.isoformat(), "counts": counts, "stated_by": "值班员", **more}


def _unit(code: str, agency: str, place: str, number: int, begin: date) -> dict[str, Any]:
    title = {"zh": f"{place}{'一二三'[number - 1]}部", "en": f"Outlet {code}"}
    return {"unit": code, "title": title, "agency": agency, "first_day": begin.isoformat()}


def _described(folder: Path, now: datetime) -> Path:
    """An operation whose days are these, in a zone where it is morning now: in Beijing's if it is morning there."""
    plan = (FILES.parents[1] / "config" / "plans" / "expo.toml").read_text(encoding="utf-8")
    spans = (now.date() - timedelta(days=40), now.date() + timedelta(days=40))
    plan = re.sub(r"since = 2026-09-16\nuntil = 2026-09-26", f"since = {spans[0]}\nuntil = {spans[1]}", plan)
    (folder / "daily_plan.toml").write_text(plan, encoding="utf-8")
    text = (FILES / "operation.toml").read_text(encoding="utf-8")
    text = text.replace('"EXPO"', '"DAILY"').replace("../../config/plans/expo.toml", "daily_plan.toml")
    zone = "Asia/Shanghai" if _offset(now) == BEIJING else f"Etc/GMT{-_offset(now):+d}"
    path = folder / "daily.toml"
    path.write_text(text.replace("Asia/Shanghai", zone), encoding="utf-8")
    return path


def _offset(now: datetime) -> int:
    """Hours by which the operation's wall is before UTC's, so that the cut-off is hours away. Units: −12 to 12."""
    return BEIJING if 5 <= (now.hour + BEIJING) % 24 <= 12 else (10 - now.hour + 12) % 24 - 12


def _wall(now: datetime) -> timezone:
    return timezone(timedelta(hours=_offset(now)))


def _morning(now: datetime) -> datetime:
    """Nine o'clock of today on that wall, or an hour ago if that is still to come."""
    there = now.astimezone(_wall(now))
    return datetime.combine(there.date(), time(min(9, there.hour - 1)), _wall(now)).astimezone(UTC)
