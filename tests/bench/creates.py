"""Incident creates a second through the real server, in turns with a bare Flask and ORM create.

The Hub's create resolves the parties, discloses, opens five debts with their ladders, seals a chained entry, writes
every desk's feed and draws the card. With the engine in the same process, that also takes the first steps of what was
just opened and repeats them every minute; with the engine in another, the server has creates alone to do.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .client import Connection
from .figures import in_ms
from .servers import hub, plain

TITLE = "X 光机发现可疑物品"
OURS = {"type": "PROH-XRAY", "title": TITLE, "site": "carrier-a/site-001", "summary": "三号分拨线", "attention": "B"}
THEIRS = OURS | {"category": "S", "lead": "postal", "tlp": "AMBER+STRICT", "grade": None}
# A server's first answers are slower than all others.
WARM_UP = 0.5
# How long it took, how long each create took, and the processor time of the server: all in seconds.
Round = tuple[float, list[float], float]
Rounds = list[Round]
# Who logs; each client has a kept connection of its own.
LOGIN = "dan"


def measure(seconds: float, rounds: int) -> list[dict[str, Any]]:
    """One row for each place of the engine and number of clients, each round on fresh servers, in turns."""
    found: dict[tuple[str, bool, int], Rounds] = {}
    for _ in range(rounds):
        for engine, clients in ((False, 1), (False, 8), (True, 1), (True, 8)):
            theirs, ours = one_round(seconds, clients, engine=engine)
            found.setdefault(("hub", engine, clients), []).append(ours)
            found.setdefault(("plain", engine, clients), []).append(theirs)
    cases = sorted((engine, clients) for name, engine, clients in found if name == "hub")
    return [
        row(engine, clients, found["hub", engine, clients], found["plain", engine, clients])
        for engine, clients in cases
    ]


def one_round(seconds: float, clients: int, *, engine: bool) -> tuple[Round, Round]:
    """Load the rival, then the Hub, each after a short warm-up; the other one has nothing to do meanwhile."""
    with ExitStack() as open_now:
        folders = [Path(open_now.enter_context(TemporaryDirectory())) for _ in range(2)]
        rival = open_now.enter_context(plain(folders[0]))
        ours = open_now.enter_context(hub(folders[1], [LOGIN], engine=engine))
        rounds: list[Round] = []
        for server, token, path, body in (
            (rival, None, "/incidents", THEIRS),
            (ours, ours.tokens[LOGIN], "/api/v1/operations/EXPO/incidents", OURS),
        ):
            connect = partial(Connection, server.port, token)
            load(connect, path, body, 1, WARM_UP)
            before = server.seconds()
            took, each = load(connect, path, body, clients, seconds)
            rounds.append((took, each, server.seconds() - before))
    return rounds[0], rounds[1]


def load(
    connect: Callable[[], Connection], path: str, body: dict[str, Any], clients: int, seconds: float
) -> tuple[float, list[float]]:
    """Create for so long with so many clients: how long it took and how long each create did."""
    until = time.perf_counter() + seconds
    each: list[list[float]] = [[] for _ in range(clients)]
    faults: list[Exception] = []

    def work(mine: list[float]) -> None:
        try:
            with connect() as connection:
                while (start := time.perf_counter()) < until:
                    connection.post(path, body)
                    mine.append(time.perf_counter() - start)
        except Exception as fault:
            faults.append(fault)
            raise

    threads = [threading.Thread(target=work, args=(mine,)) for mine in each]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return time.perf_counter() - start, [one for mine in each for one in mine]


def row(engine: bool, clients: int, ours: Rounds, rival: Rounds) -> dict[str, Any]:
    """Both rates over all rounds, their ratio, and how long a create takes."""
    rates = [sum(len(each) for _, each, _ in rounds) / sum(took for took, _, _ in rounds) for rounds in (ours, rival)]
    by_round = [len(a[1]) / a[0] / (len(b[1]) / b[0]) for a, b in zip(ours, rival, strict=True)]
    made = sum(len(each) for _, each, _ in ours)
    return {
        "engine": "here" if engine else "elsewhere",
        "clients": clients,
        "hub creates/s": round(rates[0], 1),
        "plain creates/s": round(rates[1], 1),
        "hub : plain": round(rates[0] / rates[1], 3),
        "ratio by round": " ".join(f"{one:.3f}" for one in by_round),
        "hub CPU ms/create": round(sum(cpu for _, _, cpu in ours) / made * 1000, 1),
        "hub ms p50/p99": "{p50}/{p99}".format(**in_ms([one for _, each, _ in ours for one in each])),
        "plain ms p50/p99": "{p50}/{p99}".format(**in_ms([one for _, each, _ in rival for one in each])),
    }
