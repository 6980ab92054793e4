"""The listener before a stranger who is slow, many, or says too much: it is put off, and nobody else waits for it."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack

import httpx
import pytest

from incident_hub.cli.listening import HEAD_WITHIN, NAMELESS, NAMELESS_BODY
from tests.board.conftest import hub
from tests.board.served import Served

__all__ = ["hub"]
pytestmark = pytest.mark.served

MEBIBYTE = 1 << 20


def opened(hub: Served, said: bytes = b"") -> socket.socket:
    """A bare connection on which something was said."""
    made = socket.create_connection(("127.0.0.1", hub.port), 20)
    made.sendall(said)
    return made


def rest(one: socket.socket) -> bytes:
    """Whatever the server still says on a connection until it ends it."""
    said = b""
    try:
        while more := one.recv(65536):
            said += more
    except ConnectionResetError:
        pass
    return said


def post(hub: Served, length: int | None, *more: str, path: str = "/sign-in") -> bytes:
    """The head of a POST whose body may never come."""
    size = f"Content-Length: {length}" if length is not None else "Transfer-Encoding: chunked"
    lines = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{hub.port}", size, "Content-Type: application/json", *more]
    return "\r\n".join([*lines, "", ""]).encode()


def test_of_a_thousand_that_only_hold_on_few_are_held_and_the_known_are_not_touched(hub: Served) -> None:
    with ExitStack() as held:
        ana = hub.as_("ana")
        assert ana.get("/me").status_code == 200
        crowd = [held.enter_context(opened(hub, b"GET /sign-in HTTP/1.1\r\n")) for _ in range(NAMELESS * 3)]
        assert ana.get("/me").status_code == 200
        with httpx.Client(base_url=hub.url, trust_env=False) as stranger:
            assert stranger.get("/healthz").status_code == 200
        for one in crowd[: NAMELESS * 2]:
            assert rest(one) == b"", "the oldest give way"
        crowd[-1].sendall(f"Host: 127.0.0.1:{hub.port}\r\nConnection: close\r\n\r\n".encode())
        assert rest(crowd[-1]).startswith(b"HTTP/1.1 200")


def test_a_head_that_does_not_end_is_not_waited_for_though_it_never_stops(hub: Served) -> None:
    with opened(hub, b"GET / HTTP/1.1\r\n") as slow:
        began = time.monotonic()
        slow.settimeout(0.5)
        ended = False
        while not ended and time.monotonic() - began < HEAD_WITHIN + 5:
            try:
                slow.sendall(b"X")
                ended = slow.recv(4096) == b"" or True
            except TimeoutError:
                continue
            except OSError:
                ended = True
        assert ended
        assert HEAD_WITHIN - 1 < time.monotonic() - began < HEAD_WITHIN + 4


@pytest.mark.parametrize("length", [NAMELESS_BODY + 1, 128 * MEBIBYTE, 1 << 40])
def test_what_a_stranger_says_at_length_is_not_read(hub: Served, length: int) -> None:
    with opened(hub, post(hub, length)) as one:
        answer = rest(one)
        assert answer.startswith(b"HTTP/1.1 413")
        assert b"Content-Security-Policy" in answer
    with opened(hub, post(hub, length, "Cookie: hub_session=forged", "Authorization: Bearer ih_x_y")) as one:
        assert rest(one).startswith(b"HTTP/1.1 413")


def test_a_body_in_pieces_without_a_length_is_counted_as_it_comes(hub: Served) -> None:
    before = hub.memory
    with opened(hub, post(hub, None)) as one:
        piece = b"10000\r\n" + b"x" * 65536 + b"\r\n"
        sent = 0
        try:
            while sent < 64 * MEBIBYTE:
                one.sendall(piece)
                sent += 65536
        except OSError:
            pass
        assert sent < 16 * MEBIBYTE
    assert hub.memory - before < 8 * MEBIBYTE


def test_many_who_send_slowly_keep_nobody_from_the_database(hub: Served) -> None:
    token = f"Authorization: Bearer {hub.tokens['dan']}"
    with ExitStack() as held:
        slow = [
            held.enter_context(opened(hub, post(hub, 100_000, token, path="/api/v1/operations/EXPO/incidents")))
            for _ in range(60)
        ]
        for one in slow:
            one.sendall(b'{"type":')
        began = time.monotonic()
        hub.as_("ana").open()
        assert time.monotonic() - began < 3


def test_a_large_body_of_somebody_known_arrives_whole(hub: Served) -> None:
    words = "字" * 100_000
    answer = hub.as_("ana").post("/operations/EXPO/incidents", {"type": "PROH-XRAY", "title": words})
    assert answer.status_code == 422
    assert (
        hub.as_("ana")
        .post("/operations/EXPO/incidents", {"type": "PROH-XRAY", "title": "x" * (2 * MEBIBYTE)})
        .status_code
        == 413
    )


@pytest.mark.parametrize(
    "said",
    [
        b"nonsense\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n\r\n", b"\x1b[2J\x1b[31m FAKE\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 2000 + b"\r\n",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_answered_and_not_written_down(hub: Served, said: bytes) -> None:
    with opened(hub, said) as one:
        assert rest(one)[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 414")
    log = hub.log()
    assert "FAKE" not in log
    assert "\x1b" not in log
    assert "Traceback" not in log, log
