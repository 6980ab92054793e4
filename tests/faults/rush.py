"""`python -m tests.faults.rush [--reports N] [--boards N] [--kill]`: the last fifteen minutes before the cut-off.

A served Hub with 28 carriers; a thousand zero reports filed one by one through HTTP, as fast as eight clients can; four
hundred more by one paste in the midst of them; a hundred boards that watch by WebSocket, and somebody who reads the
matrix all the while. Afterwards the tables, the record and what every board was shown are compared with what was
acknowledged. With `--kill` the Hub is killed in the middle, and each client sends again under the same Idempotency-Key.
Prints the figures, ends with 1 when a report was lost, doubled or shown to somebody it does not concern.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue
from typing import Any
from zoneinfo import ZoneInfo

from argon2.profiles import CHEAPEST

from incident_hub.agencies import passwords
from tests.board.served import Served, served
from tests.conftest import found
from tests.faults.boards import Seen, watching
from tests.faults.expo_city import PLAN, officer, populate
from tests.faults.filing import DOOR, Rush, file_all, paste, read_matrix
from tests.night import Hub, held_night

CARRIERS = [f"carrier-{n:02}" for n in range(1, 29)]
CLIENTS, LEFT = 8, timedelta(minutes=15)


def prepare(folder: Path, reports: int) -> Rush:
    """The city on a day of its expo, a quarter of an hour before the cut-off; opened two hours ago."""
    now = datetime.now(UTC)
    # A zone in which it is past noon, so that the day is long enough on both sides.
    hours = 12 - now.hour
    zone = f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"
    wall = (now + LEFT + timedelta(seconds=59)).astimezone(ZoneInfo(zone))
    url = f"sqlite:///{folder}/hub.db"
    passwords.use(CHEAPEST)
    found(url, folder)
    with held_night(Hub(folder, url)) as hub:
        hub.clock.at = now - timedelta(hours=2)
        populate(hub, CARRIERS, _plan(wall, zone), zone)
    units = {f"U{n:04}": CARRIERS[n % len(CARRIERS)] for n in range(reports)}
    return Rush(f"{wall:%Y-%m-%d}", units, [f"P{n:04}" for n in range(reports * 2 // 5)], CARRIERS[0])


def _plan(wall: datetime, zone: str) -> str:
    """The plan of the demonstration with its days around today, and the cut-off of units at a wall time."""
    plan = PLAN.read_text().replace("Asia/Shanghai", zone)
    plan = re.sub(r"(?m)^since = 2026-09-16$", f"since = {wall - timedelta(days=1):%Y-%m-%d}", plan)
    plan = re.sub(r"(?m)^until = 2026-09-26$", f"until = {wall + timedelta(days=1):%Y-%m-%d}", plan)
    plan = plan.replace('every = "day at 15:00"', f'every = "day at {wall - timedelta(hours=1):%H:%M}"')
    return plan.replace('cut_off = "16:00"', f'cut_off = "{wall:%H:%M}"')


def rushed(hub: Served, rush: Rush, boards: int, *, kill: bool) -> list[Seen]:
    """File everything while boards watch and somebody reads the matrix; what each board was shown."""
    listed = [_unit(code, carrier, rush.day) for code, carrier in rush.units.items()]
    listed += [_unit(code, CARRIERS[0], rush.day) for code in rush.pasted]
    made = hub.as_("ben.leader").post("/operations/EXPO/units", {"units": listed})
    assert made.status_code == 201, made.text
    logins = ["ben" if n % 2 else officer(CARRIERS[n // 2 % 28]) if n % 7 else "ana" for n in range(boards)]
    work, ending = SimpleQueue[str](), threading.Event()
    for code in rush.units:
        work.put(code)
    with watching(hub.port, [(login, hub.tokens[login]) for login in logins]) as watchers:
        reader = threading.Thread(target=read_matrix, args=(hub, rush, ending))
        reader.start()
        with ThreadPoolExecutor(CLIENTS + 1) as crowd:
            acts = [crowd.submit(file_all, hub, work, rush) for _ in range(CLIENTS)]
            acts.append(crowd.submit(paste, hub, rush))
            if kill:
                _kill_midway(hub, rush)
            for one in acts:
                one.result(300)
        ending.set()
        reader.join(30)
        heads = {login: hub.as_(login).get("/operations/EXPO/board").json["head"] for login in set(logins)}
        return [] if kill else watchers.seen(heads)


def _unit(code: str, carrier: str, day: str) -> dict[str, Any]:
    return {"unit": code, "title": {"zh": code, "en": code}, "agency": carrier, "first_day": day}


def _kill_midway(hub: Served, rush: Rush) -> None:
    until = time.monotonic() + 120
    while len(rush.acknowledged) < len(rush.units) // 2 and time.monotonic() < until:
        time.sleep(0.01)
    hub.kill()
    print(f"killed after {len(rush.acknowledged)} answers, ready again in {hub.start():.2f} s.")


def faults(hub: Served, rush: Rush, seen: Iterable[Seen]) -> list[str]:
    """Everything that is not once in the tables, in the record and on every board that may see it."""
    wanted = dict.fromkeys([*rush.units, *rush.pasted], 1)
    told = [f"refused: {one}" for one in rush.refused]
    told += _differences("acknowledged", Counter(rush.acknowledged), wanted)
    told += _differences("in the tables", in_tables(hub, rush.day), wanted)
    told += _differences("in the record", in_record(hub), wanted)
    for board in seen:
        mine = {
            code for code in wanted
            if board.login == "ben" or officer(rush.units.get(code, CARRIERS[0])) == board.login
        }  # fmt: skip
        filed = [one for one in board.entries if one["kind"] == "return.filed"]
        shown = Counter(unit["unit"] for one in filed for unit in one["data"]["units"])
        told += _differences(f"on the board of {board.login}", shown, dict.fromkeys(mine, 1))
        told += [f"a hole on the board of {board.login}: {hole}" for hole in board.holes()]
    last = hub.as_("ben").get(f"{DOOR}/matrix?from={rush.day}&to={rush.day}").json
    cells = Counter(row["cells"][rush.day]["cell"] for row in last["rows"])
    if cells != {"zero": len(wanted)} or {last["days"][0][name] for name in ("received", "owed")} != {len(wanted)}:
        told.append(f"the matrix says {dict(cells)}, {last['days']}")
    verdict = hub.command("record", "verify", "EXPO")
    return told if "holds" in verdict else [*told, verdict]


def _differences(where: str, found_: Counter[str], wanted: dict[str, int]) -> list[str]:
    return [
        f"{one} is {found_[one]} times {where}"
        for one in wanted.keys() | found_.keys()
        if found_[one] != wanted.get(one, 0)
    ]


def in_tables(hub: Served, day: str) -> Counter[str]:
    """How many versions each unit's return of the day has, and counts, by the tables."""
    base = sqlite3.connect(f"file:{hub.folder}/hub.db?mode=ro", uri=True)
    try:
        asked = (
            "SELECT u.code FROM filing f JOIN zero_report z ON z.id = f.zero_report JOIN unit u ON u.ref = z.unit "
            "WHERE z.date = ? AND z.state = 'received'"
        )
        return Counter(code for (code,) in base.execute(asked, (day,)))
    finally:
        base.close()


def in_record(hub: Served) -> Counter[str]:
    """How often each unit's return was filed, by the exported record."""
    file = hub.folder / "record.jsonl"
    hub.command("record", "export", "EXPO", "-o", str(file))
    entries = [json.loads(line) for line in file.read_text().splitlines()[1:]]
    return Counter(
        unit["unit"] for one in entries if one["kind"] == "return.filed" for unit in one["data"]["units"]
    )  # fmt: skip


def processor(pid: int) -> float:
    """Seconds of processor that a process has used."""
    used = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")


def ms(taken: list[float]) -> str:
    """The median, the ninety-ninth and the worst."""
    cuts = statistics.quantiles(taken, n=100) if len(taken) > 1 else [0.0] * 99
    return f"ms p50 {cuts[49] * 1000:.0f}, p99 {cuts[98] * 1000:.0f}, worst {max(taken, default=0) * 1000:.0f}"


def run(folder: Path, reports: int, boards: int, *, kill: bool = False) -> tuple[Rush, list[str]]:
    """One rush from the founding of the city to the comparison."""
    rush = prepare(folder, reports)
    with served(folder) as hub:
        began, used = time.monotonic(), processor(hub.pid)
        seen = rushed(hub, rush, boards, kill=kill)
        took, used = time.monotonic() - began, processor(hub.pid) - (0 if kill else used)
        told = faults(hub, rush, seen)
    entries = sum(len(one.entries) for one in seen)
    print(f"{len(rush.acknowledged)} returns in {took:.1f} s, of which the Hub worked {used:.1f} s on the processor.")
    print(f"{CLIENTS} clients; {boards} boards were shown {entries} entries.")
    print(
        f"Filing one: {ms(rush.filing)}; sent again {rush.repeated}. "
        f"The matrix, {len(rush.matrix)} times: {ms(rush.matrix)}."
    )
    return rush, told


def main() -> int:
    """Run it once; 0 when everything acknowledged is there once, and nothing else."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults.rush", description=__doc__)
    asked.add_argument("--reports", type=int, default=1000)
    asked.add_argument("--boards", type=int, default=100)
    asked.add_argument("--kill", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="hub-rush-") as place:
        _, told = run(Path(place), given.reports, given.boards, kill=given.kill)
    print(*told[:20], sep="\n")
    print(f"{len(told)} differ.")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
