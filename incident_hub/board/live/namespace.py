"""The door of the socket: who may come in, and what they may follow (contract: Live)."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, request
from flask_socketio import Namespace, SocketIO, join_room

from incident_hub.agencies import askers
from incident_hub.agencies.standing import may
from incident_hub.kernel import clock, feeds
from incident_hub.kernel.database import db, read_snapshot
from incident_hub.kernel.errors import Refusal
from incident_hub.kernel.logbook import ASKER
from incident_hub.operations import queries as operations

from .gate import LINE
from .pump import NAMESPACE, plain
from .watchers import Watcher, Watchers, room_of

log = logging.getLogger(__name__)
CATCH_UP = 500


class Live(Namespace):
    """Events of the live namespace."""

    def __init__(self, watchers: Watchers) -> None:
        super().__init__(NAMESPACE)
        self.watchers = watchers

    def on_connect(self, auth: Any = None) -> bool:
        """Let a socket in at the desk it names, if the person behind it sits there."""
        asker = request.environ.get(ASKER)
        desk = auth.get("desk") if isinstance(auth, dict) else None
        seated = askers.asker_again(asker, desk or asker.desk, clock.now()) if asker else None
        if seated is None or seated.lacks("incidents:read") or may(seated, "board.read"):
            return False
        self.watchers.join(sid(), seated)
        request.environ[LINE].entered = True
        return True

    def on_disconnect(self, _reason: Any = None) -> None:
        """A socket is gone."""
        self.watchers.leave(sid())

    def on_watch(self, asked: Any = None, *_more: Any) -> dict[str, Any]:
        """Follow an operation from a position on: the entries in between, or word to fetch the board anew."""
        watcher = self.watchers.by_sid.get(sid())
        if watcher is None or not isinstance(asked, dict):
            return {"error": "Say which operation to watch, from which position on."}
        try:
            return self._follow(watcher, str(asked.get("operation")), asked.get("after"))
        except Refusal as refusal:
            return {"error": refusal.detail}
        except Exception:
            # An answer that never comes would leave the client waiting with an old picture.
            log.exception("a watch failed; the client is told so and asks again")
            return {"error": "The Hub failed on this; ask again."}
        finally:
            db.session.rollback()

    def _follow(self, watcher: Watcher, code: str, after: Any) -> dict[str, Any]:
        desk = watcher.asker.desk_id
        feed = (operations.for_desk(code, desk).id, desk)
        # In the room first and the head afterwards, so that what is committed in between is pushed or answered.
        join_room(room_of(feed))
        read_snapshot()
        head = feeds.head(*feed)
        self.watchers.follow(watcher.sid, feed, head)
        if type(after) is not int or not 0 <= after <= head or head - after > CATCH_UP:
            return {"head": head, "reset": True}
        entries = feeds.feed(*feed, after, CATCH_UP)
        return {"head": head, "entries": [plain(entry) for entry in entries]}


def sid() -> str:
    """The socket that is speaking."""
    return str(getattr(request, "sid"))  # noqa: B009 - Flask-SocketIO adds it to the request


def open_socket(app: Flask, mode: str) -> SocketIO:
    """A Socket.IO server that speaks WebSocket only, one event at a time; the gate has judged whence it comes."""
    options: dict[str, Any] = {
        "async_mode": mode, "transports": ["websocket"], "async_handlers": False, "manage_session": False,
        "max_http_buffer_size": 64 * 1024, "http_compression": False, "websocket_compression": False,
        "ping_interval": 10, "ping_timeout": 15, "cors_allowed_origins": [],
    }  # fmt: skip
    return SocketIO(app, **options)
