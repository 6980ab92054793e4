"""A WebSocket spoken by hand, frame by frame, so that it can say what no client library would."""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.board.served import Served

MASK = b"\0\0\0\0"
MEBIBYTE = 1 << 20


class Line:
    """A WebSocket spoken by hand, frame by frame."""

    sid = ""

    def __init__(self, hub: Served, login: str, **headers: str) -> None:
        self.sock = socket.socket()
        # Little room on this side, so that whoever does not read soon fills the server's side too.
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        self.sock.settimeout(20)
        self.sock.connect(("127.0.0.1", hub.port))
        self.kept, self.opened = b"", time.monotonic()
        lines = {
            "Host": f"127.0.0.1:{hub.port}", "Upgrade": "websocket", "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
            "Authorization": f"Bearer {hub.tokens[login]}", **headers,
        }  # fmt: skip
        head = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
        self.sock.sendall((head + "".join(f"{k}: {v}\r\n" for k, v in lines.items()) + "\r\n").encode())
        while b"\r\n\r\n" not in self.kept:
            more = self.sock.recv(4096)
            if not more:
                self.sock.close()
                raise ConnectionResetError("the server closed the line")
            self.kept += more
        self.head, _, self.kept = self.kept.partition(b"\r\n\r\n")
        if b" 101 " not in self.head.partition(b"\r\n")[0]:
            self.sock.close()
            raise ConnectionRefusedError(self.head[:40].decode())

    def send(self, text: str, *, code: int = 0x81) -> None:
        """One whole frame."""
        self.sock.sendall(self.framed(text, code))

    @staticmethod
    def framed(text: str, code: int = 0x81) -> bytes:
        """A message as one frame; what goes on in further frames has another code."""
        body = text.encode()
        length = bytes([0x80 | len(body)]) if len(body) < 126 else b"\xfe" + struct.pack(">H", len(body))
        return bytes([code]) + length + MASK + body

    def closed(self) -> bool:
        """Whether the server ends the line, by what comes next; what it still says is let pass."""
        try:
            while self.frame()[0] & 0x0F != 8:
                pass
        except ConnectionResetError:
            return True
        except TimeoutError:
            return False
        return True

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
        opened = made.frame()[1]
        assert opened.startswith(b"0")
        made.sid = json.loads(opened[1:])["sid"]
        made.send("40/live,{}")
        assert made.frame()[1].startswith(b"40/live,")
        yield made
    finally:
        made.sock.close()
