"""The gate before the socket: who knocks is known, comes from a page of ours and finds room, or is sent away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from flask import Flask
from werkzeug.sansio.utils import host_is_trusted

from incident_hub.agencies.askers import asker_of_environ
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock, hosts
from incident_hub.kernel.database import db
from incident_hub.kernel.logbook import ASKER
from incident_hub.kernel.pages import SAFE

from .lines import Lines

Served = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
PATH = "/socket.io"
# Under which names in the environment of a request its line is found further in, and whom to tell that somebody known
# speaks on this connection.
LINE, KNEW = "hub.line", "hub.knew"


def gate(app: Flask, inner: Served, lines: Lines) -> Served:
    """Refuse a socket without credentials before Engine.IO hears of it (rulings 22), and every way in but one."""

    def guarded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not environ.get("PATH_INFO", "").startswith(PATH):
            return inner(environ, start_response)
        refusal = _misfit(environ, app.config)
        asker = None if refusal else asker_behind(app, environ)
        if refusal is None and asker is None:
            refusal = "401 Unauthorized"
        if refusal is None and not _ours(environ, asker, app.config):
            lines.tell("refused: it came from a page that is not ours")
            refusal = "403 Forbidden"
        if refusal or asker is None:
            return _refused(refusal, start_response)
        owner, machine = asker.session or asker.token or "", asker.session is None
        line = lines.knock(environ.get("REMOTE_ADDR", ""), owner, machine=machine)
        if line is None:
            return _refused("429 Too Many Requests", start_response)
        environ[LINE] = line
        known(environ, asker)
        try:
            return inner(environ, start_response)
        finally:
            lines.leave(line)

    return guarded


def asker_behind(app: Flask, environ: dict[str, Any]) -> Asker | None:
    """Who is behind a request, by what it shows, before the application hears of it."""
    with app.app_context():
        asker = asker_of_environ(environ, clock.now())
        db.session.rollback()
        return asker


def known(environ: dict[str, Any], asker: Asker) -> None:
    """Keep who asks beside the request, and tell the listener that its connection is not nameless."""
    environ[ASKER] = asker
    environ.get(KNEW, lambda: None)()


def _misfit(environ: dict[str, Any], settings: hosts.Settings) -> str | None:
    if not host_is_trusted(environ.get("HTTP_HOST", ""), hosts.hosts(settings)):
        return "400 Bad Request"
    asked = parse_qs(environ.get("QUERY_STRING", ""))
    # A session of Engine.IO belongs to the line that opened it; nobody comes back to one by its name.
    if "sid" in asked:
        return "401 Unauthorized"
    upgrade = environ.get("REQUEST_METHOD") == "GET" and environ.get("HTTP_UPGRADE", "").lower() == "websocket"
    return None if upgrade and asked.get("transport") == ["websocket"] and "j" not in asked else "400 Bad Request"


def _ours(environ: dict[str, Any], asker: Asker | None, settings: hosts.Settings) -> bool:
    origin = environ.get("HTTP_ORIGIN")
    if origin is None:
        # A program says who it is by its token; no browser adds one by itself.
        return asker is not None and asker.session is None
    return hosts.is_ours(environ.get("HTTP_HOST", ""), origin, environ.get("wsgi.url_scheme", "http"), settings)


def _refused(status: str | None, start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response(status or "401 Unauthorized", [("Content-Type", "text/plain"), ("Content-Length", "0"), *SAFE])
    return [b""]
