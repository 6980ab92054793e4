"""The WebSocket under the line: nothing too large gets in, and whoever reads slowly gets every frame whole."""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from incident_hub.app import create_app, enliven
from tests.board.served import Served
from tests.board.sockets import ear

pytestmark = pytest.mark.served

MEBIBYTE = 1 << 20
MASK = b"\0\0\0\0"


class Line:
    """A WebSocket spoken by hand, frame by frame."""

    def __init__(self, hub: Served, login: str, **headers: str) -> None:
        self.sock = socket.socket()
        # Little room on this side, so that whoever does not read soon fills the server's side too.
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        self.sock.settimeout(20)
        self.sock.connect(("127.0.0.1", hub.port))
        self.kept = b""
        lines = {
            "Host": f"127.0.0.1:{hub.port}", "Upgrade": "websocket", "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
            "Authorization": f"Bearer {hub.tokens[login]}", **headers,
        }  # fmt: skip
        head = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
        self.sock.sendall((head + "".join(f"{k}: {v}\r\n" for k, v in lines.items()) + "\r\n").encode())
        while b"\r\n\r\n" not in self.kept:
            self.kept += self.sock.recv(4096)
        self.head, _, self.kept = self.kept.partition(b"\r\n\r\n")

    def send(self, text: str, *, code: int = 0x81) -> None:
        """One whole frame."""
        body = text.encode()
        length = bytes([0x80 | len(body)]) if len(body) < 126 else b"\xfe" + struct.pack(">H", len(body))
        self.sock.sendall(bytes([code]) + length + MASK + body)

    def begin(self, length: int) -> None:
        """The head of a frame whose body may never come."""
        self.sock.sendall(b"\x81\xff" + struct.pack(">Q", length) + MASK)

    def until_closed(self, block: bytes, most: int) -> int:
        """Send the same block again and again until the server closes the line; the bytes it let through.

        Raises: TimeoutError when it takes everything and stays.
        """
        sent = 0
        try:
            while sent < most:
                self.sock.sendall(block)
                sent += len(block)
            while self.sock.recv(65536):
                pass
        except (BrokenPipeError, ConnectionResetError):
            pass
        return sent

    def frame(self) -> tuple[int, bytes]:
        """The next frame from the server."""
        first, second = self._take(2)
        length = second & 0x7F
        if length == 126:
            length = struct.unpack(">H", self._take(2))[0]
        elif length == 127:
            length = struct.unpack(">Q", self._take(8))[0]
        return first, self._take(length)

    def _take(self, count: int) -> bytes:
        while len(self.kept) < count:
            more = self.sock.recv(65536)
            if not more:
                raise ConnectionResetError("the server closed the line")
            self.kept += more
        taken, self.kept = self.kept[:count], self.kept[count:]
        return taken


@contextmanager
def line(hub: Served, login: str, **headers: str) -> Iterator[Line]:
    """A line that has entered the live namespace."""
    made = Line(hub, login, **headers)
    try:
        assert made.frame()[1].startswith(b"0")
        made.send("40/live,{}")
        assert made.frame()[1].startswith(b"40/live,")
        yield made
    finally:
        made.sock.close()


def test_an_upgrade_without_credentials_leaves_no_session_behind(tmp_path) -> None:
    app: Flask = create_app(f"sqlite:///{tmp_path}/hub.db", {"SECRET_KEY": "x"})
    running = enliven(app, "threading")
    answer = app.test_client().get(
        "/socket.io/?EIO=4&transport=websocket", headers={"Upgrade": "websocket", "Connection": "Upgrade"}
    )
    assert answer.status_code == 401
    assert running.socketio.server.eio.sockets == {}


def test_a_message_over_64_kib_closes_the_line_and_is_not_kept_in_memory(hub: Served) -> None:
    before = hub.memory
    with line(hub, "ana") as ana:
        ana.begin(64 * MEBIBYTE)
        sent = ana.until_closed(b"x" * 65536, 64 * MEBIBYTE)
    assert sent < 16 * MEBIBYTE, "the server took most of it"
    assert hub.memory - before < 8 * MEBIBYTE


def test_a_message_in_many_small_parts_counts_as_the_one_it_is(hub: Served) -> None:
    before = hub.memory
    with line(hub, "ana") as ana:
        ana.send("4", code=0x01)
        sent = ana.until_closed(b"\0\xfe" + struct.pack(">H", 16384) + MASK + b"x" * 16384, 64 * MEBIBYTE)
    assert sent < 16 * MEBIBYTE, "the server took most of it"
    assert hub.memory - before < 8 * MEBIBYTE


def test_compression_is_not_taken_up(hub: Served) -> None:
    with line(hub, "ana", **{"Sec-WebSocket-Extensions": "permessage-deflate"}) as ana:
        assert b"sec-websocket-extensions" not in ana.head.lower()


def test_a_slow_reader_gets_every_entry_whole_and_holds_nobody_up(hub: Served) -> None:
    ref = hub.as_("dan").open()
    with line(hub, "ben") as slow, ear(hub, "ana") as quick:
        slow.send('42/live,1["watch",{"operation":"EXPO"}]')
        head = json.loads(slow.frame()[1].partition(b"[")[2][:-1])["head"]
        quick.watch()
        texts = [f"{number:04d}" + "字" * 19_000 for number in range(50)]
        for text in texts:
            said = hub.as_("dan").post(f"/incidents/{ref}/journal", {"text": text})
            assert said.status_code == 201, said.text
        last = hub.as_("ben").get("/operations/EXPO/board").json["head"]
        # The quick one has it all while the slow one has not read a byte.
        quick.wait(lambda: texts[-1] in str(quick.heard[-3:]))
        heard, positions = [], []
        while not positions or positions[-1] < last:
            _, body = slow.frame()
            if body == b"2":
                slow.send("3")
                continue
            name, entry = json.loads(body.partition(b",")[2])
            if name == "entry":
                positions.append(entry["position"])
                heard += [entry["data"]["text"]] if "text" in entry["data"] else []
        assert positions == list(range(head + 1, last + 1))
        assert heard == texts


def test_one_who_never_reads_does_not_stop_the_server(hub: Served) -> None:
    ref = hub.as_("dan").open()
    with line(hub, "ben") as deaf:
        deaf.send('42/live,1["watch",{"operation":"EXPO"}]')
        for _ in range(40):
            hub.as_("dan").post(f"/incidents/{ref}/journal", {"text": "字" * 19_000})
        began = time.monotonic()
        assert hub.as_("ana").get("/operations/EXPO/board").status_code == 200
        assert time.monotonic() - began < 2
