"""The heart: makes the loop ask what is due, every second, after every commit and at the next due instant.

Only this file knows APScheduler; it keeps no timer of ours. Chasing and delivering beat apart, so that a mail server
that hangs never makes a step late.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.gevent import GeventScheduler
from flask import Flask
from gevent import monkey

from incident_hub.kernel import clock
from incident_hub.kernel.text import opaque
from incident_hub.notify import queries as notices
from incident_hub.notify.channels import CHANNELS

from . import lease, loop, watchdog
from .senders import Senders
from .silence import Gap, Look, gap_between_engines, gap_of_one_engine, stepped

EVERY = 1.0
# Not longer: APScheduler sleeps on when the clock is moved under it, and the loop must notice by itself.
LONGEST_WAIT = 2.0
PATIENCE = 15.0
log = logging.getLogger(__name__)


class Heart:
    """One engine in this process, from `start` to `stop`.

    Shape: `HUB_ENGINE` in the settings names the holder of the lease, where only one process can have that name;
    without it the process gets a random one and waits for an older lease to run out.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.holder: str = app.config.get("HUB_ENGINE") or opaque()
        self.held: lease.Held | None = None
        self.aside, self._mail_aside = loop.Aside(), loop.Aside()
        self._passed_at: datetime | None = None
        self._look: Look | None = None
        self._gaps: list[Gap] = []
        self._moved: list[timedelta] = []
        self._unsaid = False
        self._rounds: dict[str, datetime] = {}
        self._looked: dict[str, int] = {}
        self._due = threading.Event()
        self._mail = threading.Event()
        self._ending = threading.Event()
        self._threads: list[threading.Thread] = []
        self._scheduler: Any = None
        self._senders = Senders({name: way.at_once for name, way in CHANNELS.items()}, self._mail.set)

    def start(self) -> None:
        """Begin to beat."""
        if self._threads:
            return
        self._ending.clear()
        for name, beat, wake in (("chase", self._chase, self._due), ("deliver", self._deliver, self._mail)):
            thread = threading.Thread(target=self._live, args=(name, beat, wake), name=f"hub-{name}", daemon=True)
            self._threads.append(thread)
            thread.start()
        patched = monkey.is_module_patched("threading")
        self._scheduler = GeventScheduler() if patched else BackgroundScheduler(daemon=True)
        self._scheduler.add_job(
            self.nudge, "interval", seconds=EVERY, coalesce=True, max_instances=1, misfire_grace_time=None
        )
        self._scheduler.start()
        self.nudge()

    def nudge(self, _entries: object = None) -> None:
        """Something may have become due; ask at once. Costs nothing and never waits."""
        self._due.set()
        self._mail.set()

    def alive(self) -> bool:
        """Whether an engine on this database completed a pass within the last minute."""
        return watchdog.alive(clock.now())

    def stop(self) -> None:
        """Finish what is in hand, begin nothing new, and leave the lease to the next."""
        if not self._threads:
            return
        self._ending.set()
        self._scheduler.shutdown(wait=False)
        self.nudge()
        for thread in self._threads:
            thread.join(PATIENCE)
        self._senders.wait(PATIENCE)
        self._threads = []
        if self.held is not None:
            with self.app.app_context():
                loop.let_go(self.held)
            self.held = None

    def _live(self, name: str, beat: Callable[[], float], wake: threading.Event) -> None:
        while not self._ending.is_set():
            wake.clear()
            wait = EVERY
            try:
                with self.app.app_context():
                    wait = beat()
            except lease.LeaseLost:
                log.warning("another engine has taken over; this one waits for its turn")
                self.held = None
            except Exception:
                # A database that is away for a while must not end the engine; the watchdog tells if it stays away.
                log.exception("the engine's %s failed; it is tried again in %s s", name, EVERY)
            if not self._ending.is_set():
                wake.wait(wait)

    def _chase(self) -> float:
        before, self._look = self._look, Look(clock.raw(), clock.steady())
        moved = stepped(before, self._look)
        if moved or before is None:
            loop.heed_record()
        earlier = self.held
        self.held = loop.hold(self.holder, earlier, self._passed_at)
        if self.held is None:
            return EVERY
        fresh = earlier is None or earlier.number != self.held.number
        self._notice(self.held, before, moved, fresh=fresh)
        self._account(self.held)
        going = loop.Pass(self.app, self.aside, held=self.held, rounds=self._rounds, looked=self._looked)
        more = loop.run(going, loop.CHASE)
        self._passed_at = clock.now()
        self._mail.set()
        return 0.0 if more else loop.seconds_to(loop.next_due(), LONGEST_WAIT, EVERY)

    def _notice(self, held: lease.Held, before: Look | None, moved: timedelta | None, *, fresh: bool) -> None:
        """Keep what has to be said until it is said: a silence, and a clock that somebody moved."""
        if self._look is None:
            return
        if fresh:
            gap = gap_between_engines(held.found_at, clock.now())
        else:
            gap = gap_of_one_engine(before, self._look, clock.now())
        self._gaps += [gap] if gap else []
        self._moved += [moved] if moved else []
        self._unsaid = self._unsaid or fresh

    def _account(self, held: lease.Held) -> None:
        if not (self._gaps or self._moved or self._unsaid):
            return
        while self._moved:
            loop.say_clock_stepped(held, self._moved[0])
            self._moved.pop(0)
        while self._gaps:
            loop.state_outage(held, self._gaps[0])
            self._gaps.pop(0)
        loop.begin_work(held)
        self._unsaid = False

    def _deliver(self) -> float:
        if self.held is None:
            return EVERY
        more = loop.run(loop.Pass(self.app, self._mail_aside, senders=self._senders), loop.DELIVER)
        return 0.0 if more else loop.seconds_to(notices.next_due(), LONGEST_WAIT, EVERY)
