"""The listener: who is slow, idle or nameless costs little, and keeps no request of anybody else waiting.

A connection is nameless until a request on it came from somebody the Hub knows. Each address may hold a small number of
nameless ones; one more ends the oldest of them that waits. A body is taken in whole before the application is asked, so
that no slow sender holds a connection to the database.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import Any, cast

import gevent
from flask import Flask
from gevent import pywsgi
from gevent.pywsgi import Input

from incident_hub.board.live.gate import KNEW
from incident_hub.files.content import LARGEST
from incident_hub.kernel.pages import SAFE

log = logging.getLogger(__name__)

# To send the head of a first request; to begin the next one, for whoever is nameless and for whoever is known. Seconds.
HEAD_WITHIN, NAMELESS_IDLE, KNOWN_IDLE = 10.0, 15.0, 90.0
# Nameless connections of one address, and what one of them may send; behind a proxy all come from one address.
NAMELESS, NAMELESS_BEHIND = 150, 1000
NAMELESS_BODY = 128 << 10
# What anybody may send: the largest file there is, and the words around it.
LARGEST_BODY = LARGEST + (1 << 17)
# A body arrives within a while, and then at this rate at least.
BODY_WITHIN, SLOWEST = 20.0, 16 << 10
_TOO_LARGE = (
    '{"type":"urn:incident-hub:too-large","title":"Too large","status":413,"detail":"Send less at once.",'
    '"detail_zh":"一次提交的内容过大，请减少或分开提交。"}'
).encode()
_TOO_SLOW = (
    '{"type":"urn:incident-hub:too-slow","title":"Too slow","status":408,"detail":"Send it again.",'
    '"detail_zh":"提交太慢，已中断；请再提交一次。"}'
).encode()


# Both are gevent's own; what it says of their types does not hold of what they do.
_Handler: Any = pywsgi.WSGIHandler
_Server: Any = pywsgi.WSGIServer


class TooSlow(OSError):
    """What was being sent did not come in time."""


class Conversation(_Handler):
    """One connection, request after request."""

    server: Listener
    known = False
    busy = False
    _limit: gevent.Timeout | None = None
    _begun = False

    def handle(self) -> None:
        self.server.came(self)
        try:
            super().handle()
        except OSError:
            # It ended while it was being answered; there is nobody left to tell.
            log.debug("a connection ended in the middle", exc_info=True)
        finally:
            self.server.went(self)

    def read_requestline(self) -> str:
        idle = KNOWN_IDLE if self.known else NAMELESS_IDLE
        self._limit = gevent.Timeout.start_new(idle if self._begun else HEAD_WITHIN, TooSlow("no request came"))
        self._begun = True
        try:
            return super().read_requestline()
        except OSError:
            self._limit.close()
            raise

    def read_request(self, raw_requestline: str) -> bool:
        try:
            return super().read_request(raw_requestline)
        finally:
            if self._limit:
                self._limit.close()

    def get_environ(self) -> dict[str, Any]:
        if self._limit:
            self._limit.close()
        return super().get_environ() | {KNEW: partial(self.server.knew, self)}

    def run_application(self) -> None:
        """Take in the body, answer, and end a connection that was a socket; what is left in it is no second request."""
        refusal = self._take_in()
        if refusal:
            self.close_connection = True
            self.wsgi_input = Input(self.rfile, 0)
            status, body = refusal
            self.result = [body]
            self.start_response(status, [("Content-Type", "application/problem+json"), ("Connection", "close"), *SAFE])
            self.process_result()
            return
        self.busy = True
        try:
            super().run_application()
        finally:
            self.busy = False
        if self.environ.get("HTTP_UPGRADE"):
            self.close_connection = True

    def _take_in(self) -> tuple[str, bytes] | None:
        chunked = self.wsgi_input.chunked_input
        length = self.content_length or 0
        if self.environ.get("HTTP_UPGRADE") or not (length or chunked):
            return None
        most = LARGEST_BODY
        if (chunked or length > NAMELESS_BODY) and not (length <= LARGEST_BODY and self.server.knows(self.environ)):
            most = NAMELESS_BODY
        if length > most:
            return "413 Content Too Large", _TOO_LARGE
        try:
            with gevent.Timeout(BODY_WITHIN + (most if chunked else length) / SLOWEST, TooSlow("no body came")):
                taken = self._taken(most)
        except TooSlow:
            return "408 Request Timeout", _TOO_SLOW
        except OSError:
            return "400 Bad Request", b""
        if taken is None:
            return "413 Content Too Large", _TOO_LARGE
        return None

    def _taken(self, most: int) -> int | None:
        kept = cast("Any", SpooledTemporaryFile(max_size=NAMELESS_BODY))  # noqa: SIM115 - closed with the request
        taken = 0
        while block := self.wsgi_input.read(1 << 16):
            taken += len(block)
            if taken > most:
                kept.close()
                return None
            kept.write(block)
        kept.seek(0)
        self.environ["wsgi.input"] = kept
        self.environ["CONTENT_LENGTH"] = str(taken)
        self.environ.pop("HTTP_TRANSFER_ENCODING", None)
        return taken

    def drop(self) -> None:
        """End it from this side."""
        with suppress(OSError, AttributeError):
            self.socket.shutdown(socket.SHUT_RDWR)

    def _handle_client_error(self, ex: Exception) -> tuple[str, bytes]:
        # What cannot be read is not repeated in the log: it is whatever a stranger wrote.
        if not isinstance(ex, OSError):
            log.info("a request could not be read (%s)", type(ex).__name__)
        return ("400", BAD_REQUEST)


class Listener(_Server):
    """The server of one application."""

    def __init__(self, listener: socket.socket, app: Flask, knows: Callable[[dict[str, Any]], bool]) -> None:
        super().__init__(listener, app, log=None, error_log=log, handler_class=Conversation)
        self.knows = knows
        self._most = NAMELESS_BEHIND if app.config.get("HUB_PROXIES") else NAMELESS
        self._nameless: dict[str, dict[Conversation, None]] = {}

    def came(self, one: Conversation) -> None:
        """A connection; the oldest that waits gives way to one too many."""
        waiting = self._nameless.setdefault(_address(one), {})
        waiting[one] = None
        if len(waiting) > self._most:
            oldest = next((old for old in waiting if not old.busy), None)
            if oldest is not None:
                del waiting[oldest]
                oldest.drop()

    def knew(self, one: Conversation) -> None:
        """Somebody known speaks on this connection."""
        one.known = True
        self.went(one)

    def went(self, one: Conversation) -> None:
        """A connection is over, or no longer nameless."""
        address = _address(one)
        waiting = self._nameless.get(address, {})
        waiting.pop(one, None)
        if not waiting:
            self._nameless.pop(address, None)


def _address(one: Conversation) -> str:
    return str(one.client_address[0]) if isinstance(one.client_address, tuple) else ""


def _bare(status: str, body: bytes) -> bytes:
    lines = [f"HTTP/1.1 {status}", "Connection: close", f"Content-Length: {len(body)}", "Content-Type: text/plain"]
    lines += [f"{name}: {value}" for name, value in SAFE]
    return "\r\n".join([*lines, "", ""]).encode() + body


BAD_REQUEST = _bare("400 Bad Request", b"")
