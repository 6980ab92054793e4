"""People at browsers of their own: who has which password, PIN and authenticator."""

from __future__ import annotations

from typing import Any

import pytest
from pyotp.totp import TOTP

from incident_hub.agencies import admission, passwords
from incident_hub.agencies import queries as agencies
from incident_hub.agencies.models import Member
from incident_hub.kernel import clock
from incident_hub.kernel.database import db
from incident_hub.kernel.models import Entry
from tests.night import API, Hub

PASSWORD = "a sentence for the night"


class Browser:
    """One browser, and what somebody does at it."""

    def __init__(self, hub: Hub, **headers: str) -> None:
        self.client = hub.app.test_client()
        self.headers: dict[str, str] = headers

    def call(self, method: str, path: str, body: Any = None) -> Any:
        db.session.remove()
        said = {} if body is None else {"json": body}
        return self.client.open(API + path, method=method, headers=self.headers, **said)

    def get(self, path: str) -> Any:
        return self.call("GET", path)

    def post(self, path: str, body: Any = None) -> Any:
        return self.call("POST", path, {} if body is None else body)

    def sign_in(self, login: str, password: str = PASSWORD) -> Any:
        self.headers.pop("X-CSRF-Token", None)
        answer = self.post("/session", {"login": login, "password": password})
        return self._marked(answer)

    def show(self, code: str) -> Any:
        return self._marked(self.post("/session/factor", {"code": code}))

    def sit(self, login: str, pin: str) -> Any:
        self.headers.pop("X-CSRF-Token", None)
        return self._marked(self.post("/session/seat", {"login": login, "pin": pin}))

    def cookie(self, name: str = "hub_session") -> str | None:
        found = self.client.get_cookie(name)
        return found.value if found else None

    def _marked(self, answer: Any) -> Any:
        if answer.status_code == 201:
            self.headers["X-CSRF-Token"] = answer.json["csrf"]
        return answer


class Doors:
    """A small city whose members have passwords, and short ways to what tests ask."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        hashed = passwords.hashed(PASSWORD)
        db.session.query(Member).update({"password_hash": hashed})
        db.session.commit()

    def browser(self) -> Browser:
        return Browser(self.hub)

    def signed_in(self, login: str) -> Browser:
        made = self.browser()
        assert made.sign_in(login).status_code == 201
        return made

    def with_authenticator(self, login: str) -> tuple[Browser, TOTP, list[str]]:
        """Somebody who set up an authenticator a minute ago, with its recovery codes."""
        made = self.signed_in(login)
        secret = made.post("/account/totp").json["secret"]
        totp = TOTP(secret)
        answer = made.post("/account/totp/confirmation", {"code": self.code(totp)})
        assert answer.status_code == 200, answer.text
        self.hub.clock.forward(seconds=60)
        return made, totp, answer.json["codes"]

    def code(self, totp: TOTP, steps: int = 0) -> str:
        return totp.at(int(clock.now().timestamp()) + 30 * steps)

    def member(self, login: str) -> str:
        found = agencies.member_by_login(login)
        assert found is not None
        return found.id

    def kinds(self, *wanted: str) -> list[str]:
        db.session.rollback()
        rows = db.session.query(Entry.kind).filter(Entry.chain == 1).order_by(Entry.number).all()
        return [kind for (kind,) in rows if not wanted or kind in wanted]


@pytest.fixture
def doors(expo: Hub) -> Doors:
    admission.limiter.reset()
    return Doors(expo)
