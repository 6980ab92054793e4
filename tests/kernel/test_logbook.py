"""The log tells who changed what and who was refused, and holds neither a secret nor a line that nobody wrote."""

from __future__ import annotations

import logging
import sys

import pytest

from incident_hub.kernel.logbook import Lines, said
from tests.night import Hub

SECRETS = [
    "ih_abc123_ThisIsTheSecretOfAToken", "Authorization: Bearer eyJhbGciOi.secret", "Cookie: hub_session=s3cr3ts3cr3t",
    "/socket.io/?EIO=4&transport=websocket&sid=Zm9vYmFyc2Vj", "/operations/EXPO/roster.ics?token=verysecrettoken",
    "whsec_c2VjcmV0c2VjcmV0", "{'password': 'hunter2hunter2'}", '{"csrf": "abcdefabcdef"}',
    "X-CSRF-Token=mark-of-session",
    "GET /filing/abcdefghijklmnopqrstuvwxyz0123", "Set-Cookie: hub_session=othersecret; HttpOnly",
]  # fmt: skip
PARTS = [
    "ThisIsTheSecretOfAToken", "eyJhbGciOi", "s3cr3ts3cr3t", "Zm9vYmFyc2Vj", "verysecrettoken", "c2VjcmV0c2VjcmV0",
    "hunter2hunter2", "abcdefabcdef", "mark-of-session", "abcdefghijklmnopqrstuvwxyz0123", "othersecret",
]  # fmt: skip


def line(message: str, *more: object, fault: bool = False) -> str:
    record = logging.LogRecord("x", logging.ERROR, "x", 1, message, more, sys.exc_info() if fault else None)
    return Lines().format(record)


@pytest.mark.parametrize(("words", "part"), list(zip(SECRETS, PARTS, strict=True)))
def test_no_secret_is_written(words: str, part: str) -> None:
    assert part not in said(words)
    assert part not in line("it said %s", words)
    try:
        raise ValueError(words)
    except ValueError:
        assert part not in line("it broke", fault=True)


@pytest.mark.parametrize(
    "words", ["a\r\n2026-01-01 INFO fake", "\x1b[31mred", "a\u2028b", "\u202egpj", "\x00", "\x9b31m"]
)
def test_nothing_said_ends_a_line_or_paints_a_terminal(words: str) -> None:
    written = line("it said %s", words)
    assert written.splitlines() == [written]
    assert written.isprintable()
    try:
        raise ValueError(words)
    except ValueError:
        below = line("it broke", fault=True).split("\n")[1:]
        assert below
        assert all(one.startswith("    | ") and one.isprintable() for one in below)


def test_what_is_no_secret_stays() -> None:
    for words in (
        "POST /api/v1/operations/<op>/incidents 201 by police/duty from 127.0.0.1",
        "sidelined",
        "the code is here",
    ):
        assert said(words) == words


def test_a_change_and_a_refusal_are_told_with_who_and_whence(expo: Hub, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "incident_hub.requests"):
        ref = expo.as_("dan").open()
        assert expo.as_("cleo").get(f"/incidents/{ref}").status_code == 404
        assert expo.as_("dan").get(f"/incidents/{ref}").status_code == 200
        assert (
            expo.app.test_client().get("/api/v1/me", headers={"Authorization": "Bearer ih_a_guess"}).status_code == 401
        )
    told = [one.getMessage() for one in caplog.records]
    assert [one.split()[:3] for one in told] == [
        ["POST", "/api/v1/operations/<op>/incidents", "201"],
        ["GET", "/api/v1/incidents/<ref>", "404"],
        ["GET", "/api/v1/me", "401"],
    ]
    assert "by carrier-a/duty " in told[0]
    assert "by carrier-b/duty " in told[1]
    assert told[2].endswith("by unknown from 127.0.0.1")
    assert ref not in "".join(told)
    assert "guess" not in "".join(told)
