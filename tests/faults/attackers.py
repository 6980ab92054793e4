"""What an attacker does at the door of the socket and of the listener; each for some seconds, from this machine alone.

Each returns a sentence about what became of it. None waits for an answer it does not need.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, suppress

import httpx

from tests.board.served import Served
from tests.board.wire import MASK, MEBIBYTE, Line

KNOCK = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{more}"
)
WATCH = '42/live,["watch",{"operation":"EXPO","after":0}]'
Attack = Callable[[Served, float], str]


def held(hub: Served, seconds: float) -> str:
    """A thousand sockets without credentials: a third says nothing, a third half a head, a third knocks whole."""
    ended, crowd = time.monotonic() + seconds, []
    with ExitStack() as open_:
        for number in range(1000):
            one = _opened(hub)
            if one is None:
                continue
            open_.callback(one.close)
            crowd.append(one)
            said = ("", "GET / HTTP/1.1\r\nX: ", KNOCK.format(port=hub.port, more="\r\n"))[number % 3]
            with suppress(OSError):
                one.sendall(said.encode())
        while time.monotonic() < ended:
            time.sleep(0.1)
            for one in crowd[::10]:
                with suppress(OSError):
                    one.sendall(b"x")
        return f"{len(crowd)} opened, {sum(_alive(one) for one in crowd)} still open after {seconds:.0f} s"


def unfinished(hub: Served, seconds: float) -> str:
    """128 MiB that never end: a body from a stranger, a body in pieces, and a frame from somebody who is known."""
    body = f"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1:{hub.port}\r\nContent-Type: text/plain\r\n"
    ended = time.monotonic() + seconds
    took = [0, 0, 0]
    while time.monotonic() < ended:
        took[0] += _poured(hub, (body + f"Content-Length: {128 * MEBIBYTE}\r\n\r\n").encode(), b"x" * 65536)
        pieces = b"10000\r\n" + b"x" * 65536 + b"\r\n"
        took[1] += _poured(hub, (body + "Transfer-Encoding: chunked\r\n\r\n").encode(), pieces)
        with suppress(OSError):
            line = _entered(hub)
            line.begin(128 * MEBIBYTE)
            took[2] += line.until_closed(b"x" * 65536, 128 * MEBIBYTE)
            line.sock.close()
    return "taken until refused, MiB: body {:.1f}, pieces {:.1f}, frame {:.1f}".format(*[n / MEBIBYTE for n in took])


def never_entering(hub: Served, seconds: float) -> str:
    """Sockets of somebody known that answer pings and never enter; more than a session may have, again and again."""
    ended, refused, crowd = time.monotonic() + seconds, 0, list[Line]()
    while time.monotonic() < ended and len(crowd) < 200:
        try:
            crowd.append(Line(hub, "cleo"))
        except OSError:
            refused += 1
    while time.monotonic() < max(ended, crowd[0].opened + 13 if crowd else 0):
        time.sleep(0.2)
    left = sum(_alive(one.sock) for one in crowd)
    for one in crowd:
        one.sock.close()
    return f"{len(crowd)} let knock, {refused} refused, {left} still open 13 s after the first"


def storm(hub: Served, seconds: float) -> str:
    """Strangers who knock as fast as they can, with made-up credentials and without."""
    ways = [
        "\r\n",
        "Cookie: hub_session=made-up\r\nOrigin: http://evil.example\r\n\r\n",
        "Authorization: Bearer ih_x_y\r\n\r\n",
    ]
    ended, knocked = time.monotonic() + seconds, 0
    while time.monotonic() < ended:
        one = _opened(hub)
        if one is None:
            continue
        with one, suppress(OSError):
            one.sendall(KNOCK.format(port=hub.port, more=ways[knocked % 3]).encode())
            if knocked % 2:
                one.recv(64)
        knocked += 1
    return f"{knocked / seconds:.0f} knocks a second"


def flood(hub: Served, seconds: float) -> str:
    """Somebody known who says 1,500 things a second, and comes back whenever the line is cut."""
    ended, said, cut = time.monotonic() + seconds, 0, 0
    block = Line.framed(WATCH) * 15
    while time.monotonic() < ended:
        try:
            line = _entered(hub)
        except (OSError, AssertionError):
            time.sleep(0.05)
            continue
        try:
            while time.monotonic() < ended:
                line.sock.sendall(block)
                said += 15
                time.sleep(0.01)
        except OSError:
            cut += 1
        line.sock.close()
    return f"{said / seconds:.0f} events a second said, {cut} lines cut"


def attachments(hub: Served, seconds: float) -> str:
    """Somebody known who announces 999,999,999 attachments and sends what it can of them, large frames and pongs."""
    ended, sent, cut = time.monotonic() + seconds, 0, 0
    large = b"\x82\xff" + struct.pack(">Q", 60_000) + MASK + b"x" * 60_000
    pongs = b"\x8a\x80" + MASK
    openers = ['4599999999-/live,["watch",{"_placeholder":true,"num":0}]', "43/live,1[]", "42/live," + "[" * 60_000, ""]
    while time.monotonic() < ended:
        try:
            line = _entered(hub)
        except (OSError, AssertionError):
            time.sleep(0.05)
            continue
        opener = openers[cut % 4]
        try:
            line.sock.sendall(Line.framed(opener) if opener else pongs * 5000)
            for _ in range(150):
                line.sock.sendall(large)
                sent += len(large)
        except OSError:
            cut += 1
        line.sock.close()
    return f"{sent / MEBIBYTE:.0f} MiB sent into {cut} lines that were cut"


def theft(hub: Served, seconds: float) -> str:
    """Somebody who read the name of another's socket in a log and speaks in it, by every way there is."""
    line, ended, answers = _entered(hub, "dan"), time.monotonic() + seconds, list[str]()
    try:
        while time.monotonic() < ended and len(answers) < 200:
            for query in (f"transport=polling&sid={line.sid}", f"transport=websocket&sid={line.sid}"):
                with _opened(hub) or socket.socket() as one:
                    token = f"Authorization: Bearer {hub.tokens['ben']}\r\nConnection: close\r\n\r\n"
                    head = KNOCK.format(port=hub.port, more=token).replace("transport=websocket", query, 1)
                    one.sendall(head.encode())
                    answers.append(one.recv(64).decode(errors="replace")[9:12])
            time.sleep(0.02)
    finally:
        line.sock.close()
    return f"{len(answers)} tries, answered {', '.join(sorted(set(answers)))}"


def hammering(hub: Served, seconds: float) -> str:
    """One member on fifty connections, each asking again as soon as it is answered: boards, paper, nights, searches."""
    doors = [
        "/api/v1/operations/EXPO/board", "/operations/EXPO/review.pdf", "/operations/EXPO/board",
        "/operations/EXPO/plan/simulation?scenario=nobody-answers", "/api/v1/operations/EXPO/review",
        "/api/v1/operations/EXPO/incidents?q=X", "/operations/EXPO/review.xlsx", "/api/v1/me",
    ]  # fmt: skip
    ended, answers, count = time.monotonic() + seconds, Counter[int](), threading.Lock()
    headers = {"Authorization": f"Bearer {hub.tokens['ana']}"}

    def ask(number: int) -> None:
        with httpx.Client(base_url=hub.url, headers=headers, trust_env=False, timeout=60) as line:
            while time.monotonic() < ended:
                with suppress(httpx.TransportError):
                    status = line.get(doors[number % len(doors)]).status_code
                    with count:
                        answers[status] += 1
                number += 1

    crowd = [threading.Thread(target=ask, args=(number,)) for number in range(50)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    return ", ".join(f"{n / seconds:.0f} a second answered {status}" for status, n in sorted(answers.items()))


def together(attack: Attack, many: int) -> Attack:
    """The same by several attackers at once."""

    def all_at_once(hub: Served, seconds: float) -> str:
        told: list[str] = []
        crowd = [threading.Thread(target=lambda: told.append(attack(hub, seconds))) for _ in range(many)]
        for one in crowd:
            one.start()
        for one in crowd:
            one.join()
        return "; ".join(told)

    return all_at_once


def _entered(hub: Served, login: str = "ana") -> Line:
    line = Line(hub, login)
    opened = line.frame()[1]
    line.send("40/live,{}")
    assert line.frame()[1].startswith(b"40/live,")
    line.sid = opened.decode().partition('"sid":"')[2].partition('"')[0]
    return line


def _opened(hub: Served) -> socket.socket | None:
    try:
        return socket.create_connection(("127.0.0.1", hub.port), 5)
    except OSError:
        return None


def _poured(hub: Served, head: bytes, block: bytes) -> int:
    one, sent = _opened(hub), 0
    if one is None:
        return 0
    with one, suppress(OSError):
        one.settimeout(2)
        one.sendall(head)
        while sent < 128 * MEBIBYTE:
            one.sendall(block)
            sent += len(block)
    return sent


def _alive(one: socket.socket) -> bool:
    one.settimeout(0.01)
    try:
        while more := one.recv(65536):
            _ = more
    except TimeoutError:
        return True
    except OSError:
        return False
    return False
