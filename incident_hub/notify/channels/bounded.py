"""Connections that end by a certain instant: a receiver that drips its answer holds a sender as long as a silent one.

The time limits of httpx are for each read. What is sent and received within `within(seconds)` has one limit in all, and
of an answer no more is taken in than its head needs.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import httpcore
import httpx

# An answer says yes or no in its first line.
MOST_ANSWER = 64 << 10
_now = threading.local()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Whatever this thread does over bounded connections ends by then."""
    _now.ends, _now.taken = time.monotonic() + seconds, 0
    try:
        yield
    finally:
        _now.ends = None


class Line:
    """An open connection that can be cut from outside, whoever reads from it at that moment."""

    def __init__(self) -> None:
        self._held: socket.socket | None = None
        self._over = False

    def holds(self, opened: socket.socket) -> None:
        """Keep hold of a connection; one that comes too late is cut at once."""
        self._held = opened.dup()
        if self._over:
            self.cut()

    def cut(self) -> None:
        """End it: whatever is read from it ends, and nothing more is sent."""
        self._over = True
        if self._held is not None:
            with suppress(OSError):
                self._held.shutdown(socket.SHUT_RDWR)

    def let_go(self) -> None:
        """Hold nothing any more."""
        if self._held is not None:
            self._held.close()


@contextmanager
def cut_off(seconds: float) -> Iterator[Line]:
    """A line that is cut when its time is over, for a conversation that has time limits for each word alone."""
    line = Line()
    timer = threading.Timer(seconds, line.cut)
    timer.daemon = True
    timer.start()
    try:
        yield line
    finally:
        timer.cancel()
        line.let_go()


def transport() -> httpx.HTTPTransport:
    """A transport of httpx on bounded connections, without the machine's proxies."""
    made: Any = httpx.HTTPTransport(trust_env=False)
    made._pool._network_backend = _Backend(made._pool._network_backend)
    return made


def _left(timeout: float | None) -> float:
    ends = getattr(_now, "ends", None)
    if ends is None:
        raise httpcore.PoolTimeout("nothing is sent without an end")
    left = ends - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("it took too long in all")
    return left if timeout is None else min(timeout, left)


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        read = self._inner.read(max_bytes, _left(timeout))
        _now.taken += len(read)
        if _now.taken > MOST_ANSWER:
            raise httpcore.ReadError("the answer is too long")
        return read

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> _Stream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, inner: httpcore.NetworkBackend) -> None:
        self._inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> _Stream:
        return _Stream(self._inner.connect_tcp(host, port, _left(timeout), local_address, socket_options))
