"""A small house: two agencies, Ana at the police's duty desk, Ben at a carrier's, and an administrator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import Parameters, Type
from flask import Flask
from jinja2 import DictLoader
from sqlalchemy import select

from incident_hub.agencies import actions, admission, directory, passwords, queries, routes
from incident_hub.agencies.api import room
from incident_hub.agencies.standing import Asker, may
from incident_hub.kernel import clock, doors, record
from incident_hub.kernel.chains import verify_database
from incident_hub.kernel.database import HOUSE, Base, attach, db, unit_of_work
from incident_hub.kernel.errors import Refusal
from incident_hub.kernel.models import Entry, Wording

START = datetime(2026, 11, 23, 3, 10, tzinfo=UTC)
CHEAP = Parameters(Type.ID, 19, 16, 32, 1, 8, 1)
PASSWORD = "correct horse"

DIRECTORY = """
[[area]]
code = "harbour"
title = {zh = "港区", en = "Harbour"}
[[agency]]
code = "ministry"
kind = "government"
[[agency]]
code = "police"
title = {zh = "公安局", en = "Police"}
kind = "police"
parent = "ministry"
areas = ["harbour"]
desks = ["joint"]
[[agency]]
code = "carrier-a"
kind = "carrier"
[[site]]
code = "carrier-a/site-017"
agency = "carrier-a"
area = "harbour"
[[member]]
login = "ana"
name = "Ana"
language = "en"
seats = [
    {desk = "police/duty", role = "duty_officer", post = "duty_officer"},
    {desk = "police/joint", role = "observer"},
]
[[member]]
login = "ben"
name = "Ben"
seats = [{desk = "carrier-a/duty", role = "reporter"}]
[[member]]
login = "root"
name = "Rosa"
seats = [{desk = "ministry/duty", role = "administrator"}]
"""


@dataclass
class House:
    """The application with its clock, and short ways to act in it and to read its record."""

    app: Flask
    clock: clock.HeldClock

    @contextmanager
    def acting(self) -> Iterator[datetime]:
        with unit_of_work() as at:
            yield at
        db.session.rollback()

    def fresh(self, ask: Callable[[], Any]) -> Any:
        """Ask after forgetting what this context has read before."""
        db.session.rollback()
        return ask()

    def kinds(self) -> list[str]:
        return list(self.fresh(lambda: db.session.scalars(select(Entry.kind).order_by(Entry.number)).all()))

    def entries(self, kind: str) -> list[Entry]:
        return list(
            self.fresh(lambda: db.session.scalars(select(Entry).where(Entry.kind == kind).order_by(Entry.number)).all())
        )

    def words(self, number: int) -> dict[str, str | None]:
        rows = db.session.execute(select(Wording.field, Wording.value).where(Wording.number == number))
        return {field: value for field, value in rows}

    def whole(self) -> bool:
        return self.fresh(lambda: verify_database(HOUSE))[1] is None

    def browser(self) -> Any:
        return self.app.test_client()

    def member(self, login: str) -> queries.Member:
        found = queries.member_by_login(login)
        assert found is not None
        return found

    def desk(self, code: str) -> queries.Desk:
        found = queries.desk(code)
        assert found is not None
        return found


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[House]:
    """An empty house with its record opened."""
    held = clock.HeldClock(START)
    clock.use(held)
    passwords.use(CHEAP)
    app = Flask("house")
    app.jinja_env.loader = DictLoader({"agencies/sign_in.html": "{{ lang }}|{{ csrf }}|{{ login }}|{{ fault or '' }}"})
    app.register_error_handler(Refusal, doors.refuse)
    app.register_blueprint(routes.pages)
    routes.attach(app)
    attach(app, f"sqlite:///{tmp_path / 'hub.sqlite'}")
    doors.mount(app, [room, _trial_room()], routes.identify)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        with unit_of_work():
            record.open_chain("house")
        admission.limiter.reset()
        yield House(app, held)
        db.session.remove()
        db.engine.dispose()
    clock.use(clock.SystemClock())


@pytest.fixture
def house(bare: House) -> House:
    """The small house, with a password for everybody."""
    rows, faults = directory.read(DIRECTORY)
    assert faults == []
    hashes = {row.login: passwords.hashed(PASSWORD) for row in rows.members}
    with bare.acting() as at:
        actions.load_directory(rows, hashes, at=at, by=actions.HUB)
    return bare


def _trial_room() -> doors.Room:
    """A door such as any room above hangs, to try scopes and roles on."""
    room = doors.Room("trial")

    @room.door("POST", "/trial", scope="incidents:write", gives=dict[str, str])
    def open_trial(asker: Asker) -> dict[str, str]:
        return {"desk": asker.desk, "may": may(asker, "incident.open") or "yes"}

    return room
