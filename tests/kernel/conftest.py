"""The ground floor alone: a database, one operation's chain, three desks that are only numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from incident_hub.kernel import clock, record, registry
from incident_hub.kernel.clock import HeldClock
from incident_hub.kernel.database import Base, attach, db, unit_of_work
from incident_hub.kernel.record import By, Draft
from tests.databases import Database

KINDS = {"thing.happened": registry.ACCESS, "all.told": registry.OPERATION}
ANA = By("police", "police/duty", 11, "duty_officer", "m1", "Ana")
NIGHT = datetime(2026, 9, 1, 19, 10, tzinfo=UTC)


class Ground:
    """A chain with three desks taking part: 11, 12 and 13; only 11 and 12 may know of `thing/T1`."""

    def __init__(self, app: Flask, clock_: HeldClock, chain: int, url: str) -> None:
        self.app, self.clock, self.chain, self.url = app, clock_, chain, url

    def happen(
        self, kind: str = "thing.happened", ref: str = "T1", words: str = "seen at the gate", chain: int | None = None
    ) -> None:
        """Append one fact."""
        chain = chain or self.chain
        with unit_of_work(chain) as at:
            record.append(Draft(chain, kind, at, ANA, ("thing", ref), {"grade": None}, {"n": 1}, {"text": words}))

    def another(self, code: str) -> int:
        """A second operation's chain with the same three desks."""
        with unit_of_work() as at:
            return open_with_desks(code, at)


def open_with_desks(code: str, at: datetime) -> int:
    """A new chain in which all three desks take part."""
    chain = record.open_chain(code)
    for desk in (11, 12, 13):
        record.disclose(chain, ("operation", code), desk, "part", "full", at, "plan")
    return chain


@pytest.fixture
def ground(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ground]:
    """The ground floor with nothing above it, and two kinds of its own for as long as a test lasts."""
    for kind, audience in KINDS.items():
        monkeypatch.setitem(registry.kinds, kind, audience)
    held = HeldClock(NIGHT)
    clock.use(held)
    app = Flask("ground")
    url = database.empty(tmp_path)
    attach(app, url)
    kept, record.reactions[:] = list(record.reactions), []
    # Only as long as the test lasts: the laws read which kinds the house itself has.
    registry.kinds |= KINDS
    with app.app_context():
        Base.metadata.create_all(db.engine)
        with unit_of_work() as at:
            record.open_chain("house")
            chain = open_with_desks("EXPO", at)
            for desk in (11, 12):
                record.disclose(chain, ("thing", "T1"), desk, "support", "full", at, "plan")
        yield Ground(app, held, chain, url)
        db.session.remove()
        db.engine.dispose()
    database.drop(url)
    record.reactions[:] = kept
    for name in KINDS:
        registry.kinds.pop(name)
    clock.use(clock.SystemClock())
