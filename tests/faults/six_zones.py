"""`python -m tests.faults.six_zones [--days N] [--seed S]`: six operations in six zones, a report a unit and day.

The engine looks in at random, now after ten minutes, now after a day and a half. What it opened is compared with a
reader who walks the minutes of the world's time and looks at the clock on the wall: who knows no rule of folds and
gaps, counts the minutes of each day, and expects one report a unit on it, be it of 23 hours, of 25 or of 24 and a half.
A whole year takes a few minutes; prints what was compared, ends with 1 when a report is owed twice or not at all.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time as stopwatch
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import text

from incident_hub.cli.operations import open_from
from incident_hub.cli.place import Place, migrate
from incident_hub.kernel import clock
from incident_hub.kernel.database import db
from tests.faults.six_plans import PARTY, RETURNS, RULE
from tests.night import FILES, Hub, held_night

# Clocks that never change, that change by an hour in spring and autumn, by half an hour, and around a month of fasting.
ZONES = {
    "SHA": "Asia/Shanghai", "URU": "Asia/Urumqi", "NYC": "America/New_York", "LON": "Europe/London",
    "LHI": "Australia/Lord_Howe", "CAS": "Africa/Casablanca",
}  # fmt: skip
UNITS = ("police", "carrier-a", "carrier-b")
# At quiet hours, and at the very hours that are leapt over or come twice somewhere.
HOURS = {"CUT": time(16), "HALF": time(1, 30), "GAP": time(2, 15)}
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
BEGINS = datetime(2026, 1, 1, 12, tzinfo=UTC)
OWED = {
    "return": "SELECT u.code, z.date, z.due_at FROM zero_report z JOIN unit u ON u.ref = z.unit "
    "JOIN operation p ON p.id = z.chain WHERE p.code = :code",
    "debt": "SELECT o.agency, o.occurrence, o.due_at FROM obligation o JOIN operation p ON p.id = o.chain "
    "WHERE p.code = :code AND o.rule = 'RETURN'",
}
# Units owe a return a date by a cut-off that is leapt over or comes twice somewhere.
CUT_OFF = {"RETURN": time(2, 15)}


@dataclass(frozen=True)
class Expected:
    """One report by the reader of walls: from the first minute at which the day's clock shows the hour, or more."""

    rule: str
    day: date
    earliest: datetime


def expected(zone: str, since: datetime, until: datetime, hours: Mapping[str, time] = HOURS) -> Iterator[Expected]:
    """What a unit owes after `since` and up to `until`, by walking the minutes and looking at the wall."""
    place = ZoneInfo(zone)
    done: set[tuple[str, date]] = set()
    at = since + MINUTE
    # What the wall showed up to `since` was asked for before.
    before = since.astimezone(place)
    done |= {(code, before.date()) for code, hour in hours.items() if before.time() >= hour}
    while at <= until:
        wall = at.astimezone(place)
        for code, hour in hours.items():
            if wall.time() >= hour and (code, wall.date()) not in done:
                done.add((code, wall.date()))
                yield Expected(code, wall.date(), at)
        at += MINUTE


def lengths(zone: str, since: datetime, until: datetime) -> dict[date, int]:
    """How many minutes each whole local day of a span has, counted one by one."""
    place, counted, at = ZoneInfo(zone), Counter[date](), since
    while at <= until:
        counted[at.astimezone(place).date()] += 1
        at += MINUTE
    return {day: counted[day] for day in sorted(counted)[1:-1]}


def opened(hub: Hub, folder: Path, at: datetime) -> None:
    """The small city with six operations, each on the clock of its zone."""
    plan = (FILES / "seconds.toml").read_text().replace("[[type]]", PARTY.lstrip("\n"), 1)
    plan += "".join(RULE.format(code=code, hour=hour) for code, hour in HOURS.items()) + RETURNS
    hub.clock.at = at
    hub.people()
    for code, zone in ZONES.items():
        (folder / "seconds.toml").write_text(plan.replace('zone = "UTC"', f'zone = "{zone}"'))
        form = (FILES / "seconds_operation.toml").read_text().replace('zone = "UTC"', f'zone = "{zone}"')
        form = form.replace('"EXPO"', f'"{code}"').replace('["police", "carrier-a"]', str([*UNITS]).replace("'", '"'))
        (folder / "operation.toml").write_text(form + f"unit = {[*UNITS]!r}\n".replace("'", '"'))
        open_from(folder / "operation.toml")
        # From the first date whose cut-off is still to come.
        wall = at.astimezone(ZoneInfo(zone))
        first = (wall.date() + (DAY if wall.time() >= CUT_OFF["RETURN"] else 0 * DAY)).isoformat()
        units = [
            {"unit": unit, "title": {"zh": unit, "en": unit}, "agency": unit, "first_day": first} for unit in UNITS
        ]
        made = hub.as_("anna.leader").post(f"/operations/{code}/units", {"units": units})
        assert made.status_code == 201, made.text


def passing(hub: Hub, until: datetime, chance: random.Random) -> int:
    """Let time pass with an engine that looks in at random; how often it did."""
    looks = 0
    while hub.clock.at < until:
        hub.tick()
        looks += 1
        hub.clock.at = min(hub.clock.at + timedelta(minutes=chance.choice((10, 55, 240, 700, 2160))), until)
    hub.tick()
    return looks + 1


def owed(code: str) -> dict[tuple[str, str, str], list[datetime]]:
    """What the product opened in an operation, read from its table: by rule, local date and agency, the starts."""
    rows = db.session.execute(
        text(
            "SELECT o.rule, o.occurrence, o.agency, o.starts_at FROM obligation o JOIN operation p ON p.id = o.chain "
            "WHERE p.code = :code AND o.rule != 'RETURN'"
        ),
        {"code": code},
    )
    opened: dict[tuple[str, str, str], list[datetime]] = {}
    for rule, occurrence, agency, starts_at in rows:
        start = datetime.fromisoformat(str(starts_at))
        opened.setdefault((rule, occurrence[:10], agency), []).append(start.replace(tzinfo=UTC))
    db.session.rollback()
    return opened


def differences(code: str, since: datetime, until: datetime) -> tuple[int, list[str]]:
    """How many reports of an operation were compared, and every one that is owed otherwise than the wall says."""
    kept, faults, count = owed(code), list[str](), 0
    for one in expected(ZONES[code], since, until):
        for unit in UNITS:
            count += 1
            starts = kept.pop((one.rule, one.day.isoformat(), unit), [])
            # An hour that was leapt over is asked for when the clock has gone on by as much as it leapt.
            if len(starts) != 1 or not one.earliest <= starts[0] <= one.earliest + timedelta(hours=1):
                faults.append(
                    f"{code} {one.rule} {one.day} {unit}: owed at {starts}, expected once from {one.earliest}"
                )
    # At the very end of the span an hour that was leapt over may still be to come, or just have come.
    late = [key for key, starts in kept.items() if any(start <= until for start in starts)]
    return count, faults + [f"{code} {key}: owed, and no wall asked for it" for key in late]


def returned(code: str, since: datetime, until: datetime) -> tuple[int, list[str]]:
    """The same for the returns of units and their desks' debts: each date is owed once, by its cut-off on the wall."""
    zone, count, faults = ZONES[code], 0, list[str]()
    for what, asked in OWED.items():
        kept: dict[tuple[str, date], list[datetime]] = {}
        for unit, day, due_at in db.session.execute(text(asked), {"code": code}):
            due = datetime.fromisoformat(str(due_at)).replace(tzinfo=UTC)
            kept.setdefault((str(unit), date.fromisoformat(str(day))), []).append(due)
        for one in expected(zone, since, until, CUT_OFF):
            for unit in UNITS:
                count += 1
                dues = kept.pop((unit, one.day), [])
                if len(dues) != 1 or not one.earliest <= dues[0] <= one.earliest + timedelta(hours=1):
                    faults.append(f"{code} {what} {one.day} {unit}: owed by {dues}, expected once by {one.earliest}")
        early = [key for key, dues in kept.items() if any(due <= until for due in dues)]
        faults += [f"{code} {what} {key}: owed, and no wall asked for it" for key in early]
    db.session.rollback()
    return count, faults


def compare(folder: Path, days: int, seed: int, begins: datetime = BEGINS) -> tuple[int, int, list[str]]:
    """Run six operations over some days: how often the engine looked, how many reports there were, what differs."""
    url = f"sqlite:///{folder}/hub.db"
    clock.use(clock.HeldClock(begins))
    migrate(Place(folder, url))
    with held_night(Hub(folder, url)) as hub:
        opened(hub, folder, begins)
        until = begins + days * DAY
        looks = passing(hub, until, random.Random(seed))
        each = [asked(code, begins, until) for code in ZONES for asked in (differences, returned)]
    return looks, sum(count for count, _ in each), [fault for _, faults in each for fault in faults]


def main() -> int:
    """Compare a year; 0 when every day owes exactly one report a unit."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults.six_zones", description=__doc__)
    asked.add_argument("--days", type=int, default=365)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    began = stopwatch.monotonic()
    with tempfile.TemporaryDirectory(prefix="hub-zones-") as place:
        looks, count, faults = compare(Path(place), given.days, given.seed)
    took = stopwatch.monotonic() - began
    print(*faults[:20], sep="\n")
    for code, zone in ZONES.items():
        odd = {day: n for day, n in lengths(zone, BEGINS, BEGINS + given.days * DAY).items() if n != 1440}
        print(f"{code} {zone}: " + (", ".join(f"{day} has {n / 60:g} h" for day, n in odd.items()) or "24 h each day"))
    print(f"{given.days} days, {looks} looks, {count} reports compared, {len(faults)} differ; {took:.0f} s.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
