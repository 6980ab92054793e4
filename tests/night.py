"""A night in minutes: a Hub on a fresh database, a clock that moves by hand, and people who sign in by name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event

from incident_hub.agencies import actions as agencies_actions
from incident_hub.agencies import directory
from incident_hub.agencies import queries as agencies
from incident_hub.app import create_app
from incident_hub.cli.directory import appoint_all
from incident_hub.cli.operations import open_from
from incident_hub.cli.place import CONSOLE
from incident_hub.engine import loop
from incident_hub.kernel import clock
from incident_hub.kernel.clock import HeldClock
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.operations import queries as operations
from tests import described, once

FILES = Path(__file__).parent / "files"
# 03:10 on the second day, Beijing time.
NIGHT = datetime(2026, 9, 1, 19, 10, tzinfo=UTC)
API = "/api/v1"


class Hub:
    """A Hub of one's own for the length of a test."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        self.clock = HeldClock(NIGHT)
        clock.use(self.clock)
        self.settings: dict[str, Any] = {"TESTING": True, "HUB_FOLDER": str(folder), "SECRET_KEY": "held"}
        self.tokens: dict[str, str] = {}
        self.app = self._start()

    def _start(self) -> Flask:
        app = create_app(self.url, self.settings)
        described.hold(app)
        once.templates(app)
        self.context = app.app_context()
        self.context.push()
        if db.engine.dialect.name == "sqlite":
            # Nobody pulls the plug of a held night; what a kill leaves behind is tried on served Hubs.
            event.listen(db.engine, "connect", lambda raw, _: raw.execute("pragma synchronous=off"))
        self.going = loop.Pass(app, loop.Aside())
        return app

    def restart(self) -> None:
        """End the process's state and begin again on the same database."""
        self.close()
        self.app = self._start()

    def close(self) -> None:
        """Let go of the database."""
        db.session.remove()
        db.engine.dispose()
        self.context.pop()

    def forward(self, *, minutes: float = 0, seconds: float = 0, engine: bool = True, step: float = 15) -> None:
        """Let time pass; the engine looks every `step` seconds on the way, as it would."""
        left = minutes * 60 + seconds
        if engine:
            self.tick()
        while left > 0:
            self.clock.forward(seconds=min(step, left))
            left -= step
            if engine:
                self.tick()

    def tick(self) -> int:
        """One pass of the engine now."""
        return loop.tick(self.going)

    def as_(self, login: str, desk: str | None = None) -> Caller:
        """Somebody at the API, with a token of their own."""
        key = f"{login}@{desk}"
        if key not in self.tokens:
            with unit_of_work() as at:
                person = agencies.member_by_login(login)
                assert person is not None
                seats = agencies.seats_of(person.id)
                where = next(one for one, _, _ in seats if desk in (None, one.code))
                until = at + timedelta(days=365)
                made = agencies_actions.issue_token(
                    person.id, where.id, ["*"], label="test", expires_at=until, at=at, by=CONSOLE
                )
            self.tokens[key] = made
        return Caller(self.app, self.tokens[key])

    def populate(self) -> None:
        """The small city and its expo."""
        self.people()
        open_from(FILES / "operation.toml")

    def people(self, city: str = "") -> None:
        """The small city, or another, with nothing going on."""
        rows, faults = directory.read(city or (FILES / "directory.toml").read_text(), agencies.known())
        assert not faults
        with unit_of_work() as at:
            agencies_actions.load_directory(rows, {}, at=at, by=CONSOLE)
            appoint_all(rows, at)

    @property
    def expo(self) -> operations.Operation:
        """The operation of the small city."""
        found = operations.operation("EXPO")
        assert found is not None
        return found


class Caller:
    """Somebody who speaks to the API."""

    def __init__(self, app: Flask, token: str) -> None:
        self.client = app.test_client()
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **more: Any) -> Any:
        """GET, as JSON."""
        return self.call("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> Any:
        """POST, as JSON."""
        return self.call("POST", path, json={} if body is None else body, **more)

    def patch(self, path: str, body: Any, version: int | str, **more: Any) -> Any:
        """PATCH on a version."""
        headers = {"If-Match": f'"{version}"'}
        return self.call("PATCH", path, json=body, headers=headers, **more)

    def delete(self, path: str, **more: Any) -> Any:
        """DELETE."""
        return self.call("DELETE", path, **more)

    def call(self, method: str, path: str, headers: dict[str, str] | None = None, **more: Any) -> Any:
        """Any method; the response has `.json` and `.status_code`."""
        db.session.remove()
        return self.client.open(API + path, method=method, headers={**self.headers, **(headers or {})}, **more)

    def open(self, type_: str = "PROH-XRAY", title: str = "X 光机发现可疑物品", **more: Any) -> str:
        """Log an incident and return its reference."""
        response = self.post("/operations/EXPO/incidents", {"type": type_, "title": title, **more})
        assert response.status_code == 201, response.text
        return response.json["ref"]


@contextmanager
def held_night(hub: Hub) -> Iterator[Hub]:
    """A Hub that lets go of everything at the end."""
    try:
        yield hub
    finally:
        hub.close()
        clock.use(clock.SystemClock())
