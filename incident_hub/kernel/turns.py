"""Whose turn it is: whoever asks much waits in a line of their own, and keeps nobody else waiting.

A member has one question under way at a time, one change and one heavy request, whatever sessions, tokens and
connections they come by; the others wait until it is their turn, so a question never waits for a change. A session or
token has so many requests a second for long. All of it is counted in this process: several of them let through several
times as much.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from .errors import TooMany
from .logbook import ASKER
from .text import sha256

Served = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
# What a request shows: the secret of a session or a token, if any, and whether a program sends it.
Shows = Callable[[dict[str, Any]], tuple[str | None, bool]]
# Under which name in the environment of a request stands for how many seconds its asker has to wait.
WAIT = "hub.wait"
# And whether it is heavy, so that it takes breath from the beginning.
WEIGHS = "hub.heavy"
# What watches the Hub is always answered, and live lines have a gate of their own.
_ALWAYS = ("/healthz", "/readyz", "/metrics", "/socket.io")
# What a heavy request counts for; how many seconds' worth may come at once.
HEAVY_COUNTS, AT_ONCE = 20.0, 20.0
# How many of one member's requests wait, and of one address whose people are not known yet; for how long. Seconds.
MOST_WAITING, MOST_STRANGERS, LONGEST = 64, 1000, 60.0
# How many strangers of one address have their turn together: a duty room signs in within the same minute.
STRANGERS = 8
# A request that comes too early is held so long before it is refused, so that asking again at once gains nothing.
HELD = 0.25
# How long the next request of the same line stands back for others, when it follows so closely. Units: seconds.
MEANWHILE, CLOSE = 0.0005, 0.010
_MOST_KNOWN = 20_000
# How often the same thing is looked for that nobody needs any more. Units: seconds.
_SWEPT_EVERY = 60.0


@dataclass
class Bucket:
    """So many a second for long, so many at once."""

    rate: float
    most: float
    left: float = field(init=False)
    looked: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.left = self.most

    def take(self, now: float, count: float = 1.0) -> bool:
        """Take so many, if there are as many."""
        self.left = min(self.most, self.left + (now - self.looked) * self.rate)
        self.looked = now
        if self.left < count:
            return False
        self.left -= count
        return True

    def until(self, count: float) -> float:
        """In how many seconds there will be so many."""
        return max(0.0, (count - self.left) / self.rate)

    def full(self, now: float) -> bool:
        """Whether nothing was taken for so long that nobody needs to remember it."""
        return self.left + (now - self.looked) * self.rate >= self.most


@dataclass(frozen=True)
class Shares:
    """What one may ask: requests of a kind at once of a member, and a second for long of a session and of a token."""

    at_once: int = 1
    session: int = 40
    token: int = 200


@dataclass
class Line:
    """Requests that have their turn one after the other. Shape: `waiting` counts those under way too.

    Units: `ended` is when the last one did, on the process's own clock.
    """

    turns: threading.Semaphore
    waiting: int = 0
    ended: float = 0.0


class Turns:
    """All lines of this process."""

    def __init__(self, shares: Shares) -> None:
        self.shares = shares
        self._lines: dict[str, Line] = {}
        self._owners: dict[str, str] = {}
        self._buckets: dict[str, Bucket] = {}
        self._swept = time.monotonic()

    @contextmanager
    def turn(self, shown: str | None, address: str, kind: str) -> Iterator[bool]:
        """Wait for a turn and have it; False when there is none to be had.

        Shape: `kind` is question, change or heavy; `shown` is the hash of what a request shows. The first that shows it
        goes alone, until it is known whose it is.
        """
        with ExitStack() as held:
            came = True
            if shown and shown not in self._owners:
                came = held.enter_context(self._waited(f"shown {shown}", 1, MOST_WAITING))
            owner = self._owners.get(shown or "")
            if owner is None:
                came = came and held.enter_context(self._waited(f"from {address}", STRANGERS, MOST_STRANGERS))
            else:
                held.close()
                at_once = 1 if kind == "heavy" else self.shares.at_once
                came = came and held.enter_context(self._waited(f"{kind} {owner}", at_once, MOST_WAITING))
            yield came

    @contextmanager
    def _waited(self, name: str, at_once: int, most: int) -> Iterator[bool]:
        line = self._lines.setdefault(name, Line(threading.Semaphore(at_once)))
        if line.waiting >= most:
            yield False
            return
        line.waiting += 1
        try:
            came = line.turns.acquire(timeout=LONGEST)
            if line.waiting > 1 or time.monotonic() - line.ended < CLOSE:
                # Otherwise one request after the other would be begun before anybody looked who else has come.
                time.sleep(MEANWHILE)
            try:
                yield came
            finally:
                if came:
                    line.turns.release()
        finally:
            line.waiting -= 1
            line.ended = time.monotonic()

    def spend(self, shown: str, count: float, *, machine: bool) -> int:
        """Count a request of a session or token; for how many seconds it came too early, 0 when it did not."""
        now = time.monotonic()
        if now - self._swept > _SWEPT_EVERY:
            self._swept = now
            self._buckets = {key: one for key, one in self._buckets.items() if not one.full(now)}
            self._lines = {key: one for key, one in self._lines.items() if one.waiting or now - one.ended < CLOSE}
        rate = self.shares.token if machine else self.shares.session
        bucket = self._buckets.setdefault(shown, Bucket(rate, rate * AT_ONCE))
        return 0 if bucket.take(now, count) else ceil(bucket.until(count))

    def knows(self, shown: str) -> bool:
        """Whether what is shown has opened something here before."""
        return shown in self._owners

    def learn(self, shown: str, owner: str) -> None:
        """Remember whose it is."""
        if shown not in self._owners and len(self._owners) >= _MOST_KNOWN:
            self._owners.pop(next(iter(self._owners)))
        self._owners[shown] = owner


def fair(inner: Served, turns: Turns, shows: Shows, heavy: Callable[[str, str], bool]) -> Served:
    """Let each have their turn before anything is asked of the database. Shape: `heavy` judges path and query."""

    def taken(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith(_ALWAYS):
            return inner(environ, start_response)
        secret, machine = shows(environ)
        shown = sha256(secret.encode("utf-8", "replace")) if secret else None
        weighs = heavy(path, environ.get("QUERY_STRING", ""))
        environ[WEIGHS] = weighs
        kind = "heavy" if weighs else "question" if environ["REQUEST_METHOD"] in ("GET", "HEAD") else "change"
        with turns.turn(shown, environ.get("REMOTE_ADDR", ""), kind) as came:
            if not came:
                return _away(start_response)
            if shown and turns.knows(shown) and not path.startswith("/static/"):
                environ[WAIT] = turns.spend(shown, HEAVY_COUNTS if weighs else 1.0, machine=machine)
                if environ[WAIT]:
                    time.sleep(HELD)
            answer = inner(environ, start_response)
            if shown and (asker := environ.get(ASKER)) is not None:
                turns.learn(shown, asker.member)
        return answer

    return taken


def in_time(environ: dict[str, Any]) -> None:
    """Stop a request that came too early.

    Raises: TooMany, which says how long to wait.
    """
    if seconds := int(environ.get(WAIT) or 0):
        raise TooMany.early(seconds)


def _away(start_response: Callable[..., Any]) -> Iterable[bytes]:
    # More at once than anybody waits for: nothing is drawn for it, and the connection ends.
    start_response(
        "429 Too Many Requests",
        [("Content-Type", "text/plain"), ("Content-Length", "0"), ("Retry-After", "1"), ("Connection", "close")],
    )
    return [b""]
