"""What a whole served run writes down: everything that was done in it, and no secret that was used in it."""

from __future__ import annotations

import http.client
from urllib.parse import quote

import httpx
import pytest

from tests.board.conftest import hub
from tests.board.served import Served
from tests.board.sockets import ear
from tests.board.wire import line

__all__ = ["hub"]
pytestmark = pytest.mark.served


def test_a_run_is_told_without_the_secrets_it_used(hub: Served) -> None:
    secrets = [*hub.tokens.values(), hub.session("ana"), "pw-ana", "wrong-password-of-dan"]
    with httpx.Client(base_url=hub.url, trust_env=False, cookies={"hub_session": secrets[-3]}) as browser:
        mark = browser.get("/api/v1/me").json()["csrf"]
        secrets.append(mark)
        ref = hub.as_("dan").open()
        told = browser.post(f"/api/v1/incidents/{ref}/journal", json={"text": "x"}, headers={"X-CSRF-Token": mark})
        assert told.status_code == 201
        assert browser.post(f"/api/v1/incidents/{ref}/journal", json={"text": "x"}).status_code == 403
        assert browser.get(f"/api/v1/incidents/{ref}?token={secrets[0]}&password=pw-ana").status_code in (200, 422)
        sign_in = {"login": "dan\r\n2026-01-01 INFO forged", "password": "wrong-password-of-dan"}
        assert browser.post("/api/v1/session", json=sign_in).status_code == 401
        assert browser.get(f"/{quote('%1b[31m')}%0d%0a2026-01-01%20INFO%20forged").status_code == 404
    with line(hub, "ben") as ben, ear(hub, "ana") as ana:
        ana.watch()
        secrets.append(ben.sid)
        ben.send("9")
        assert ben.closed()
    knock = http.client.HTTPConnection("127.0.0.1", hub.port, timeout=5)
    knock.request("GET", f"/socket.io/?EIO=4&transport=polling&sid={ben.sid}")
    assert knock.getresponse().status == 401
    knock.close()
    log = hub.log()
    assert [one for one in secrets if one in log] == []
    assert "POST /api/v1/incidents/<ref>/journal 201 by police/duty" in log
    assert "POST /api/v1/incidents/<ref>/journal 403 by " in log
    assert "POST /api/v1/session 401 by unknown from 127.0.0.1" in log
    assert "a live line was cut" in log
    assert "forged" not in log
    assert all(letter.isprintable() or letter == "\n" for letter in log)
