"""The pump: pushes what the feeds have gained to the sockets that follow them, in order, once."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from flask import Flask

from incident_hub.agencies import askers
from incident_hub.board import queries
from incident_hub.kernel import clock, feeds
from incident_hub.kernel.database import HOUSE, db
from incident_hub.kernel.text import instant
from incident_hub.operations import queries as operations
from incident_hub.plan.words import grave

from .lines import Lines
from .watchers import Watchers, room_of

log = logging.getLogger(__name__)
PAUSE = 1.0
HEAD_EVERY = 10.0
CHECK_EVERY = 30.0
BATCH = 200
NAMESPACE = "/live"


class Pump:
    """Follows the heads of all followed feeds; a nudge after a commit makes it look at once."""

    def __init__(self, app: Flask, socketio: Any, watchers: Watchers, lines: Lines | None = None) -> None:
        self.app, self.socketio, self.watchers, self.lines = app, socketio, watchers, lines
        self._wake = threading.Event()
        self._told_at = self._checked_at = time.monotonic()
        self._house = -1
        self._steps: dict[int, int] = {}
        self._stopped = False

    def nudge(self, _sealed: object = None) -> None:
        """Something was committed; look now."""
        self._wake.set()

    def stop(self) -> None:
        """Stop after the present pass."""
        self._stopped = True
        self._wake.set()

    def run(self) -> None:
        """Look whenever nudged, and at least once a second, so that other processes' commits are seen too."""
        while not self._stopped:
            self._wake.wait(PAUSE)
            self._wake.clear()
            try:
                with self.app.app_context():
                    self.look()
            except Exception:
                log.exception("a pass of the live pump failed; the next one starts from the same positions")
                time.sleep(PAUSE)

    def look(self) -> None:
        """One pass: end what never entered or was revoked, push what is new, say the heads when it is time."""
        db.session.rollback()
        if self.lines is not None:
            self.lines.end_late()
        self._revoke()
        self._push()
        self._summon()
        if time.monotonic() - self._told_at >= HEAD_EVERY:
            self._told_at = time.monotonic()
            self._say_heads()

    def _push(self) -> None:
        newest = feeds.heads(list(self.watchers.pushed))
        for feed, head in newest.items():
            while self.watchers.pushed.get(feed, head) < head:
                entries = feeds.feed(feed[0], feed[1], self.watchers.pushed[feed], BATCH)
                if not entries:
                    break
                for entry in entries:
                    self.socketio.emit("entry", plain(entry), to=room_of(feed), namespace=NAMESPACE)
                if feed in self.watchers.pushed:
                    self.watchers.pushed[feed] = entries[-1]["position"]

    def _say_heads(self) -> None:
        for feed, position in list(self.watchers.pushed.items()):
            operation = operations.by_id(feed[0])
            if operation:
                at = clock.now()
                told = {"operation": operation.code, "head": position, "now": instant(at)}
                told |= {"flood": queries.flooded(*feed, at)}
                self.socketio.emit("head", told, to=room_of(feed), namespace=NAMESPACE)

    def _summon(self) -> None:
        for chain, number in feeds.chain_numbers().items():
            before = self._steps.get(chain)
            self._steps[chain] = number
            if before is None or before == number:
                continue
            for kind in ("obligation.step_taken", "obligation.exhausted"):
                for step in feeds.of_kind(chain, before, kind):
                    if step["data"].get("kind") == "call":
                        self._call(step, chain)

    def _call(self, step: dict[str, Any], chain: int) -> None:
        data = step["data"]
        card, _ = feeds.card(chain, (step["subject"]["kind"], step["subject"]["ref"]))
        for target in data.get("targets", ()):
            for member in target.get("members", ()):
                for watcher in self.watchers.of_member(member):
                    told: dict[str, Any] = {"obligation": data["obligation"], "step": data["step"], "kind": "call"}
                    # A tab at another desk learns that its owner is called, and nothing of what for (rulings 9).
                    if watcher.asker.desk == target["desk"]:
                        told |= {"subject": step["subject"], "operation": step["operation"], "desk": target["desk"]}
                        told |= {"rule": data.get("rule"), "due_at": data.get("due_at"), "grave": grave(card)}
                    self.socketio.emit("summons", told, to=watcher.sid, namespace=NAMESPACE)

    def _revoke(self) -> None:
        house = feeds.length(HOUSE)
        due = time.monotonic() - self._checked_at >= CHECK_EVERY
        if house == self._house and not due:
            return
        self._house, self._checked_at = house, time.monotonic()
        for watcher in list(self.watchers.by_sid.values()):
            if askers.asker_again(watcher.asker, watcher.asker.desk, clock.now()) is None:
                self.socketio.emit("revoked", {}, to=watcher.sid, namespace=NAMESPACE)
                self.socketio.server.disconnect(watcher.sid, namespace=NAMESPACE)


def plain(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry with its instants written out, as a socket carries it."""
    return entry | {"at": instant(entry["at"])} if "at" in entry else entry
