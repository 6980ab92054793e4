"""`python -m tests.faults.revoking [--runs N]`: somebody is put out while fifty entries a second flow past them.

The real command on SQLite as one process, and on PostgreSQL as two web processes and an engine: the entries are written
through one of them, whoever is put out listens at the other, and the right is taken away by a third. A session ends, a
token is revoked, a member is disabled, a seat is lost, or a desk loses the incident. The last entry must not come later
than two seconds after that was committed. Prints the figures, ends with 1 when one came later.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from incident_hub.agencies import actions, askers
from incident_hub.agencies import queries as agencies
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel.database import db, unit_of_work
from tests.board.served import Served, Speaker
from tests.board.sockets import Ear
from tests.conftest import found_city
from tests.databases import POSTGRESQL, SQLITE
from tests.faults.served_apart import Apart
from tests.postgres import running

LIMIT, WANTED, WRITERS = 2.0, 50.0, 6
# How long it flows before somebody is put out, and is listened to afterwards. Units: seconds.
BEFORE, AFTER = 1.0, 3.0
WAYS = ("session ended", "token revoked", "member disabled", "seat lost", "access withdrawn")


class Listening(Ear):
    """A socket that knows when each entry about an incident arrived."""

    def __init__(self, url: str, headers: dict[str, str]) -> None:
        self.arrived: list[float] = []
        super().__init__(url, headers)

    def _hear(self, name: str) -> Callable[..., None]:
        hear = super()._hear(name)

        def timed(value: Any = None) -> None:
            if name == "entry" and value.get("kind") == "journal.added":
                self.arrived.append(time.monotonic())
            hear(value)

        return timed


@dataclass
class Measured:
    """What was seen. Shape: by way the seconds of the last entry after the commit of each run, 0 when none came."""

    rate: float = 0.0
    last: dict[str, list[float]] = field(default_factory=dict[str, list[float]])

    def worst(self) -> float:
        """The latest entry of all runs."""
        return max((max(found) for found in self.last.values()), default=0.0)


def measure(hub: Served, runs: int) -> Measured:
    """Put somebody out so many times in each way."""
    found = Measured()
    dan = Speaker(hub.url, hub.tokens["dan"])
    ref = dan.open(tlp="AMBER")
    for desk in ("police/duty", "postal/duty"):
        dan.post(f"/incidents/{ref}/access", {"desk": desk, "role": "support"})
    with _flowing(hub, ref) as written:
        began, first = time.monotonic(), len(written)
        for way in WAYS:
            found.last[way] = [_one(hub, ref, way) for _ in range(runs)]
        found.rate = (len(written) - first) / (time.monotonic() - began)
    return found


def _one(hub: Served, ref: str, way: str) -> float:
    headers, take = _ready(hub, ref, way)
    ear = Listening(hub.far, headers)
    try:
        ear.watch()
        time.sleep(BEFORE)
        assert ear.arrived, "nothing flows"
        take()
        taken = time.monotonic()
        time.sleep(AFTER)
        late = [at - taken for at in ear.arrived if at > taken]
        return max(late, default=0.0)
    finally:
        ear.close()
        _restore(hub, ref, way)


def _ready(hub: Served, ref: str, way: str) -> tuple[dict[str, str], Callable[[], Any]]:
    """What ana comes in with, and what takes it away; returns when that is committed."""
    token = hub.tokens["ana"]
    bearer = {"Authorization": f"Bearer {token}"}
    if way == "session ended":
        cookie = hub.session("ana")
        return {"Cookie": f"hub_session={cookie}"}, _beside(
            hub, lambda at: actions.end_session(askers.session_id(cookie), at=at, by=CONSOLE)
        )
    if way == "token revoked":
        with hub.beside(), unit_of_work() as at:
            member = _member()
            until = at + timedelta(days=1)
            desk = agencies.seats_of(member)[0][0].id
            fresh = actions.issue_token(member, desk, ["*"], label="run", expires_at=until, at=at, by=CONSOLE)
        revoke = _beside(hub, lambda at: actions.revoke_token(askers.token_id(fresh), at=at, by=CONSOLE))
        return {"Authorization": f"Bearer {fresh}"}, revoke
    if way == "member disabled":
        return bearer, _beside(hub, lambda at: actions.disable_member(_member(), at=at, by=CONSOLE))
    if way == "seat lost":
        return bearer, _beside(hub, lambda at: actions.unseat(_member(), "police/duty", at=at, by=CONSOLE))
    ben = Speaker(hub.url, hub.tokens["ben"])
    body = {"desk": "police/duty", "reason": "不再参与"}

    def withdraw() -> None:
        answer = ben.post(f"/incidents/{ref}/access/withdrawal", body)
        assert answer.status_code in (200, 201), answer.text

    return bearer, withdraw


def _restore(hub: Served, ref: str, way: str) -> None:
    if way == "member disabled":
        with hub.beside(), unit_of_work() as at:
            db.session.execute(text("UPDATE member SET disabled_at = NULL WHERE login = 'ana'"))
            db.session.execute(text("UPDATE token SET revoked_at = NULL"))
            assert at
    if way == "seat lost":
        with hub.beside(), unit_of_work() as at:
            actions.seat(_member(), "police/duty", "duty_officer", "duty_officer", at=at, by=CONSOLE)
    if way == "access withdrawn":
        body = {"desk": "police/duty", "role": "support"}
        answer = Speaker(hub.url, hub.tokens["ben"]).post(f"/incidents/{ref}/access", body)
        assert answer.status_code in (200, 201), answer.text


def _beside(hub: Served, act: Callable[[Any], Any]) -> Callable[[], None]:
    def take() -> None:
        with hub.beside(), unit_of_work() as at:
            act(at)

    return take


def _member() -> str:
    found = agencies.member_by_login("ana")
    assert found is not None
    return found.id


@contextmanager
def _flowing(hub: Served, ref: str) -> Iterator[list[float]]:
    """Entries in the journal of an incident at the wanted rate, until the block ends."""
    written: list[float] = []
    over = threading.Event()

    def write(number: int) -> None:
        dan = Speaker(hub.url, hub.tokens["dan"])
        due = time.monotonic() + number / WANTED
        while not over.wait(max(0.0, due - time.monotonic())):
            answer = dan.post(f"/incidents/{ref}/journal", {"kind": "note", "text": "流量"})
            assert answer.status_code == 201, answer.text
            written.append(time.monotonic())
            due = max(due + WRITERS / WANTED, time.monotonic() - 1)
        dan.client.close()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(WRITERS)]
    for one in threads:
        one.start()
    try:
        yield written
    finally:
        over.set()
        for one in threads:
            one.join(30)


@contextmanager
def hub_on(kind: str, folder: Path) -> Iterator[Served]:
    """The small city behind the real command, on one of the two backends."""
    with ExitStack() as held:
        if kind == SQLITE:
            url = f"sqlite:///{folder}/hub.db"
            found_city(url, folder)
            made = Served(folder)
        else:
            postgres = held.enter_context(running())
            url = postgres.url(postgres.fresh())
            found_city(url, folder)
            made = Apart(folder, url)
        held.callback(made.close)
        held.callback(made.kill)
        made.start()
        yield made


def main() -> int:
    """Both backends; 0 when nobody was shown anything later than the limit."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults.revoking", description=__doc__)
    asked.add_argument("--runs", type=int, default=10)
    runs, wrong = asked.parse_args().runs, 0
    for kind in (SQLITE, POSTGRESQL):
        with tempfile.TemporaryDirectory(prefix="hub-revoking-") as place, hub_on(kind, Path(place)) as hub:
            found = measure(hub, runs)
        print(f"{kind}: {found.rate:.0f} entries/s.")
        for way, seconds in found.last.items():
            print(f"  {way}: {len(seconds)} runs, last entry {max(seconds):.2f} s after the commit at the latest")
        wrong += found.worst() > LIMIT
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
