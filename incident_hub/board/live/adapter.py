"""The WebSocket under Socket.IO, made safe for gevent: whole writes, one at a time, and no message over 64 KiB.

simple-websocket 1.1 sends with `send`, which under gevent may write a part of a frame and corrupt the stream of a
slow reader; Engine.IO checks the size of a message only after it has read all of it; and neither counts what a client
says, nor what waits for one that does not read.
"""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, cast

import orjson
import simple_websocket
from wsproto.events import BytesMessage, Message

from .gate import LINE
from .lines import MOST_WAITING, Line, Lines

LARGEST_MESSAGE = 64 * 1024
# Whoever takes nothing and says nothing for so long, pings included, is gone. Units: seconds.
PATIENCE = 30.0
# What a client says is small: a word and an object. Anything nested deeper than this is an attack.
MOST_BRACKETS = 32
# Engine.IO: close, pong, message; Socket.IO: connect, disconnect, event. No acknowledgements and nothing binary.
_SAID = re.compile(r"(?:[13]$|4[012](?:/[\w/?=&.-]*(?:,|$))?\d{0,15})")


class _Whole:
    """A socket whose send writes everything or fails."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self._lock = threading.RLock()

    def send(self, block: bytes) -> int:
        with self._lock:
            self._sock.sendall(block)
        return len(block)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class _Counted:
    """A connection whose every finished message and every control frame is counted before it is looked at."""

    def __init__(self, inner: Any, line: Line) -> None:
        self._inner, self._line = inner, line

    def events(self) -> Iterator[Any]:
        for event in self._inner.events():
            if isinstance(event, BytesMessage):
                self._line.abused = True
            if self._line.abused or not (_unfinished(event) or self._line.may_say()):
                raise OSError("binary, or too much at once")
            yield event

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class _Server(simple_websocket.Server):
    sock: Any

    def handshake(self) -> None:
        self.sock.settimeout(PATIENCE)
        self.sock = _Whole(self.sock)
        # simple-websocket takes up compression whenever it is offered; the contract has none, and a small message
        # that unpacks to megabytes would be unpacked before its size is known.
        self.environ = {name: value for name, value in self.environ.items() if name != "HTTP_SEC_WEBSOCKET_EXTENSIONS"}
        self.ws = cast("Any", _Counted(self.ws, self.environ[LINE]))
        super().handshake()

    def hang_up(self) -> None:
        """End it from this side at once, whatever it is doing."""
        self.connected = False
        self.event.set()
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)


def install(socketio: Any, lines: Lines) -> None:
    """Put the safe WebSocket under a Socket.IO server; asks for the parts of Engine.IO it replaces by name."""
    engine = socketio.server.eio
    base = engine._async["websocket"]

    class Safe(base):
        line: Line

        def __init__(self, handler: Any, inner: Any) -> None:
            super().__init__(handler, inner)
            self.server_args["max_message_size"] = LARGEST_MESSAGE

        def __call__(self, environ: Any, start_response: Any) -> Any:
            self.line = environ[LINE]
            self.ws = _Server(environ, **self.server_args)
            self.line.end = self.ws.hang_up
            _weigh(self.app.__self__, self.line, lines)
            given = self.app(self)
            if self.ws.mode == "gunicorn":
                raise StopIteration
            if self.ws.mode == "werkzeug":
                raise ConnectionError
            return given

        def send(self, message: Any) -> Any:
            sent = super().send(message)
            self.line.waiting = max(0, self.line.waiting - len(message))
            return sent

        def wait(self) -> Any:
            said = super().wait()
            if said is None or sensible(said):
                return said
            self.line.abused = True
            return None

    engine._async = {**engine._async, "websocket": Safe}


def sensible(said: Any) -> bool:
    """Whether a message is one a board could have sent; judged before Socket.IO unpacks it."""
    start = _SAID.match(said) if isinstance(said, str) else None
    if start is None:
        return False
    rest = said[start.end() :]
    if not rest:
        return True
    if rest.count("[") + rest.count("{") > MOST_BRACKETS:
        return False
    try:
        told = orjson.loads(rest)
    except orjson.JSONDecodeError:
        return False
    # An event is a list that begins with its name; what comes with a connect is an object.
    named = isinstance(told, list) and bool(told) and isinstance(told[0], str)
    return named if said.startswith("42") else isinstance(told, dict)


def _weigh(client: Any, line: Line, lines: Lines) -> None:
    # Engine.IO keeps whatever waits for a client without an end. It asks `send` for each; here it is weighed first.
    send = client.send

    def weighed(packet: Any) -> None:
        line.waiting += len(packet.data) + 1 if isinstance(packet.data, str) else 64
        if line.waiting > MOST_WAITING:
            lines.cut(line, "too much waited for it")
            return
        send(packet)

    client.send = weighed


def _unfinished(event: Any) -> bool:
    return isinstance(event, Message) and not event.frame_finished
