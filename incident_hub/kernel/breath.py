"""Taking breath: a request that reads for long lets others go first every few milliseconds.

Everything in the process runs by turns, and whoever counts a whole operation together would stop everybody else for as
long. Breath is taken between statements and between the pieces of a page, never inside a unit of work (rulings 12).
"""

from __future__ import annotations

import time
from collections.abc import Iterable

import gevent
from flask import Flask, g, has_request_context, request
from gevent import monkey
from sqlalchemy import event

from .database import db
from .turns import WEIGHS

# What is short is not interrupted; afterwards so much is done at a stretch, and so long is waited. Units: seconds.
SHORT, STRETCH, PAUSE = 0.020, 0.005, 0.0005


def attach(app: Flask) -> None:
    """Have the application's requests take breath while they read and while their pages are drawn."""
    app.jinja_env.concat = drawn  # type: ignore[method-assign]
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *_: breathe())


def breathe() -> None:
    """Let others go first, if this request has kept them waiting for a while."""
    if not monkey.is_module_patched("threading") or not has_request_context():
        return
    weighs = request.environ.get(WEIGHS)
    if weighs is None:
        # What was said on a live line: it reads a head and what came before it, and nothing may be pushed in between.
        return
    now, due = time.perf_counter(), g.get("hub_breath")
    if due is None:
        g.hub_breath = now + (STRETCH if weighs else SHORT)
    elif now >= due and db.session.info.get("work") is None:
        gevent.sleep(PAUSE)
        g.hub_breath = time.perf_counter() + STRETCH


def drawn(pieces: Iterable[str]) -> str:
    """The text of a page, piece by piece."""
    whole: list[str] = []
    for piece in pieces:
        whole.append(piece)
        if not len(whole) % 64:
            breathe()
    return "".join(whole)
