"""The WebSocket under Socket.IO, made safe for gevent: whole writes, one at a time, and no message over 64 KiB.

simple-websocket 1.1 sends with `send`, which under gevent may write a part of a frame and corrupt the stream of a
slow reader; and Engine.IO checks the size of a message only after it has read all of it.
"""

from __future__ import annotations

import threading
from typing import Any, cast

import simple_websocket

LARGEST_MESSAGE = 64 * 1024


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


class _Server(simple_websocket.Server):
    def handshake(self) -> None:
        self.sock = cast("Any", _Whole(self.sock))
        # simple-websocket takes up compression whenever it is offered; the contract has none, and a small message
        # that unpacks to megabytes would be unpacked before its size is known.
        self.environ = {name: value for name, value in self.environ.items() if name != "HTTP_SEC_WEBSOCKET_EXTENSIONS"}
        super().handshake()


def install(socketio: Any) -> None:
    """Put the safe WebSocket under a Socket.IO server; asks for the parts of Engine.IO it replaces by name."""
    engine = socketio.server.eio
    base = engine._async["websocket"]

    class Safe(base):
        def __init__(self, handler: Any, inner: Any) -> None:
            super().__init__(handler, inner)
            self.server_args["max_message_size"] = LARGEST_MESSAGE

        def __call__(self, environ: Any, start_response: Any) -> Any:
            self.ws = _Server(environ, **self.server_args)
            given = self.app(self)
            if self.ws.mode == "gunicorn":
                raise StopIteration
            if self.ws.mode == "werkzeug":
                raise ConnectionError
            return given

    engine._async = {**engine._async, "websocket": Safe}
