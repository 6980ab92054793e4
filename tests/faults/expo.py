"""`python -m tests.faults.expo [--seed S]`: an expo of eleven days, 28 carriers and a thousand units, day by day.

The script is `expo_world`; everything in it is done through the API by the people whose task it is, under a held clock
that moves from deed to deed, the engine looking in at every instant at which something falls due. Every day, before and
after the cut-off and at the end, what is owed, the matrix, the roll-up and the reminders are compared with what the
script says by itself. Prints the seconds, ends with 1 when one cell, name or reminder is another.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time as stopwatch
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from argon2.profiles import CHEAPEST
from sqlalchemy import text

from incident_hub.agencies import passwords
from incident_hub.cli.place import Place, migrate
from incident_hub.kernel import clock
from incident_hub.kernel.database import db
from tests.faults.expo_city import PLAN, officer, populate
from tests.faults.expo_played import DOOR, OVERSEER, Played, do, join, let_off, stand_down
from tests.faults.expo_world import DAY, ZONE, Unit, World, due_at
from tests.night import Hub, held_night

# Before each cut-off and after it, when much is still to come and much is late.
LOOKS = (timedelta(minutes=-20), timedelta(minutes=21))


def play(hub: Hub, world: World) -> Played:
    """Everything at its instant, from the evening before the first day to the day after the last one."""
    played = Played(hub, world)
    for at, _, act in sorted(_acts(played), key=lambda one: (one[0], one[1])):
        played.wait_until(at.astimezone(UTC))
        act()
    played.wait_until(due_at(world.days[-1]) + DAY)
    _at_the_end(played)
    return played


def _acts(played: Played) -> Iterator[tuple[datetime, str, Callable[[], None]]]:
    """Everything that is done and looked at. Shape: the instant, what it comes after among those of it, and the act."""
    world = played.world
    evening, begins = datetime.combine(world.days[0] - DAY, time(20), ZONE), world.days[0]
    for first in sorted({one.first for one in world.units.values()}):
        joining = [one for one in world.units.values() if one.first == first]
        at = evening if first == begins else datetime.combine(first, time(9), ZONE)
        yield at, "join", partial(join, played, joining)
    for one in (unit for unit in world.units.values() if unit.exempt):
        days = sorted(one.exempt)
        morning = datetime.combine(max(days[0], one.first), time(9, 1), ZONE)
        at = evening if one.early and one.first == begins else morning
        yield at, f"let off {one.code}", partial(let_off, played, one, days[0], days[-1])
    for deed in world.deeds:
        yield deed.at, deed.unit, partial(do, played, deed)
    for day in world.days:
        for look in LOOKS:
            yield due_at(day) + look, "look", partial(_look, played, day)
    yield due_at(world.days[-1]) + timedelta(hours=7), "end", partial(stand_down, played)


def _look(played: Played, day: date) -> None:
    """The matrix of the day for whoever oversees and for one carrier, and the roll-up by names and sums."""
    world, at = played.world, played.hub.clock.at
    _compare_matrix(played, [day], OVERSEER, list(world.units.values()))
    carrier = world.carriers[world.days.index(day) % len(world.carriers)]
    mine = [one for one in world.units.values() if one.carrier == carrier]
    _compare_matrix(played, [day], officer(carrier), mine)
    told = played.get(f"{DOOR}/roll-up?date={day}")
    played.same(f"roll-up {day}", (told["received"], told["owed"]), world.tally(day, at))
    played.same(f"missing {day}", sorted(told["missing"]), sorted(world.missing(day, at)))
    totals = told["totals"]
    sums = (totals["accepted"]["n"], totals["prohibited-c"]["n"], totals["prohibited-c"]["unknown"])
    played.same(f"sums {day}", sums, world.items(day, at))
    past = [one for one in world.days if due_at(one) <= at]
    brief = played.get("/operations/EXPO/briefing")["sections"]["returns"]["to_date"]
    tallies = [world.tally(one, at) for one in past]
    wanted = (sum(n for n, _ in tallies), sum(m for _, m in tallies))
    played.same(f"briefing {day}", (brief["received"], brief["owed"]), wanted)


def _compare_matrix(played: Played, days: list[date], login: str, units: list[Unit]) -> None:
    world, at = played.world, played.hub.clock.at
    told = played.get(f"{DOOR}/matrix?from={days[0]}&to={days[-1]}", login)
    said = {(row["unit"], on): one["cell"] for row in told["rows"] for on, one in row["cells"].items()}
    for unit in units:
        for day in days:
            wanted = world.cell(unit.code, day, at) if unit.first <= at.astimezone(ZONE).date() else None
            played.same(f"cell {unit.code} {day}", said.pop((unit.code, day.isoformat()), None), wanted)
    played.same(f"cells of others, for {login}", said, {})


def _at_the_end(played: Played) -> None:
    world = played.world
    _compare_matrix(played, world.days, OVERSEER, list(world.units.values()))
    _compare_matrix(played, world.days, "ana", [])
    heads = {one["date"]: (one["received"], one["owed"]) for one in played.get(_matrix_of(world))["days"]}
    for day in world.days:
        played.same(f"head {day}", heads.get(day.isoformat()), world.tally(day, played.hub.clock.at))
    rows = db.session.execute(text("SELECT u.code, z.date FROM zero_report z JOIN unit u ON u.ref = z.unit"))
    kept = Counter((str(code), date.fromisoformat(str(day)[:10])) for code, day in rows)
    for one in world.owed() | kept.keys():
        played.same(f"owed {one}", kept[one], int(one in world.owed()))
    sent, wanted = _reminders(), {(carrier, at) for carrier, _, at, _, _ in world.rungs()}
    for one in sorted(wanted | sent.keys()):
        played.same(f"reminder {one[0]} {one[1]:%m-%d %H:%M}", sent[one], int(one in wanted))


def _matrix_of(world: World) -> str:
    return f"{DOOR}/matrix?from={world.days[0]}&to={world.days[-1]}"


def _reminders() -> Counter[tuple[str, datetime]]:
    """How often each carrier was reminded of its returns at each instant."""
    rows = db.session.execute(
        text(
            "SELECT o.agency, s.taken_at FROM step s JOIN obligation o ON o.id = s.obligation_id "
            "WHERE o.rule IN ('K11', 'K11-R') AND s.state = 'taken'"
        )
    )
    return Counter((agency, datetime.fromisoformat(str(at)).replace(tzinfo=UTC)) for agency, at in rows)


def run(folder: Path, world: World) -> Played:
    """One expo from the founding of the city to the last comparison."""
    url = f"sqlite:///{folder}/hub.db"
    begins = datetime.combine(world.days[0] - DAY, time(19), ZONE).astimezone(UTC)
    passwords.use(CHEAPEST)
    clock.use(clock.HeldClock(begins))
    migrate(Place(folder, url))
    with held_night(Hub(folder, url)) as hub:
        hub.clock.at = begins
        populate(hub, world.carriers, PLAN.read_text(), str(ZONE))
        return play(hub, world)


def main() -> int:
    """Play it once; 0 when everything is as the script says."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults.expo", description=__doc__)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--units", type=int, default=1000)
    asked.add_argument("--carriers", type=int, default=28)
    asked.add_argument("--days", type=int, default=11)
    given = asked.parse_args()
    world, began = World(given.seed, given.units, given.carriers, given.days), stopwatch.monotonic()
    with tempfile.TemporaryDirectory(prefix="hub-expo-") as place:
        played = run(Path(place), world)
    took = stopwatch.monotonic() - began
    print(*played.faults[:30], sep="\n")
    print(f"{len(world.owed())} owed, {len(world.deeds)} deeds, {len(list(world.rungs()))} reminders; {took:.0f} s.")
    print("Compared: " + ", ".join(f"{n} {what}" for what, n in played.compared.items()))
    print("Seconds: " + ", ".join(f"{what} {n:.0f}" for what, n in played.spent.items()))
    print(f"{len(played.faults)} differ.")
    return 1 if played.faults else 0


if __name__ == "__main__":
    sys.exit(main())
