"""A client that costs next to nothing: one kept connection, requests written and answers read as bytes."""

from __future__ import annotations

import socket
from types import TracebackType
from typing import Any

import orjson

TIMEOUT = 30.0


class Connection:
    """One kept HTTP connection."""

    def __init__(self, port: int, token: str | None = None) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), TIMEOUT)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._token = f"Authorization: Bearer {token}\r\n" if token else ""
        self._left = b""

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def post(self, path: str, body: Any) -> bytes:
        """POST and give the answer's body.

        Raises: RuntimeError when it is not a 201.
        """
        sent = orjson.dumps(body)
        head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{self._token}Content-Type: application/json\r\n"
        self._socket.sendall(f"{head}Content-Length: {len(sent)}\r\n\r\n".encode() + sent)
        status, answer = self._answer()
        if status != 201:
            raise RuntimeError(f"{path} answered {status}: {answer[:300]!r}")
        return answer

    def _answer(self) -> tuple[int, bytes]:
        got = self._left
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _, rest = got.partition(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next(int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length"))
        while len(rest) < length:
            rest += self._more()
        self._left = rest[length:]
        return int(lines[0].split()[1]), rest[:length]

    def _more(self) -> bytes:
        got = self._socket.recv(65536)
        if not got:
            raise RuntimeError("the server closed the connection")
        return got
