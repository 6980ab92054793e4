"""People who sit at a browser: signed in by password, not by a token."""

from __future__ import annotations

from typing import Any

from incident_hub.agencies import passwords
from incident_hub.agencies import queries as agencies
from incident_hub.kernel.database import db, unit_of_work
from tests.night import API, Caller, Hub

PASSWORD = "correct horse battery"


class Signed(Caller):
    """Somebody signed in under their own name; the session's mark goes with every change."""

    def __init__(self, hub: Hub, login: str, desk: str | None = None) -> None:
        self.client = hub.app.test_client()
        person = agencies.member_by_login(login)
        assert person is not None
        with unit_of_work():
            mark = passwords.hashed(PASSWORD)
            db.session.execute(
                db.text("UPDATE member SET password_hash = :m WHERE id = :i"), {"m": mark, "i": person.id}
            )
        sent = {"login": login, "password": PASSWORD}
        made: Any = self.client.post(f"{API}/session", json=sent)
        assert made.status_code == 201, made.text
        self.headers = {"X-CSRF-Token": self.client.get(f"{API}/me").json["csrf"]}
        if desk:
            self.headers["Hub-Desk"] = desk
