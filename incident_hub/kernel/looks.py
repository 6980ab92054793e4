"""Who looked at what, and who was refused what is there: by desk, subject and hour, beside the chain (rulings 7).

What is seen gathers in the process and is written at most a second later, in one go. A refusal looks the same to
whoever asked whether the thing exists or not; only here it is told apart, and afterwards, so that it takes no longer.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask, Response, g, request
from sqlalchemy import Index, Integer, String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from . import clock, growing, registry
from .database import Base, Instant, db, unit_of_work
from .models import Chain, Entry

LOOKED, REFUSED = "looked", "refused"
# How long what was seen may lie unwritten. Units: seconds.
PAUSE = 0.9
# So many different things at once; whoever asks for more than that in a second is counted by the door instead.
MOST = 5000
# The first word of an address, and the subjects of what is asked for there, for what is no subject itself: a file
# belongs to its incident. The composition root fills it in.
belongs: dict[str, Callable[[Collection[str]], Mapping[str, str]]] = {}
# What is read under an audit counts for what was read.
_ADDRESS = re.compile(r"^(?:/api/v1)?(?:/audits/[^/.]+)?/([a-z-]+)/([^/.]+)")
# One person's look at one thing: a page, all it fetches, and what is drawn anew for so many minutes.
LASTS = 10
log = logging.getLogger(__name__)


class Look(Base):
    """A desk looked at a subject, or was refused it, so many times in one hour."""

    __tablename__ = "look"

    #: `incident/K7QF2M`.
    subject: Mapped[str] = mapped_column(String(96), primary_key=True)
    #: The desk.
    desk: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: The hour it begins in.
    hour: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    #: looked, or refused.
    outcome: Mapped[str] = mapped_column(String(8), primary_key=True)
    #: How many times.
    n: Mapped[int] = mapped_column(Integer)
    #: The first time in this hour.
    first_at: Mapped[datetime] = mapped_column(Instant)
    #: The last time in this hour.
    last_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (Index("ix_look_hour", "hour"),)


growing.only_counts_on(Look.__table__, "looks only grow, and are kept for three years")
KEPT_FOR = timedelta(days=1095)


@dataclass
class _Seen:
    """What has gathered for one desk, address and hour."""

    n: int
    first_at: datetime
    last_at: datetime


_Key = tuple[str, str, int, datetime, str]
_gathered: dict[_Key, _Seen] = {}
# The looks that last still, by person and address, and the ten minutes they belong to.
_lasting: set[tuple[str, str, str]] = set()
_span: list[datetime] = []
_guard = threading.Lock()


def watch(response: Response) -> Response:
    """Note what was asked for, by its address, and whether it was given; runs after every request."""
    asker = g.get("hub_asker")
    found = _ADDRESS.match(request.path)
    if asker is None or found is None or not _named(found[1]):
        return response
    if response.status_code in (403, 404):
        note(found[1], found[2], asker.desk_id, REFUSED, clock.now())
    elif request.method == "GET" and response.status_code in (200, 304):
        note(found[1], found[2], asker.desk_id, LOOKED, clock.now(), asker.member)
    return response


def note(word: str, ref: str, desk: int, outcome: str, at: datetime, member: str = "") -> None:
    """Gather one look or refusal; costs a lock and no question to the database.

    Shape: what a `member` looks at again within the same ten minutes is the same look; every refusal counts.
    """
    hour = at.replace(minute=0, second=0, microsecond=0)
    key = (word, ref[:64], desk, hour, outcome)
    with _guard:
        once = 0 if outcome == LOOKED and member and _lasts(member, word, ref, at) else 1
        seen = _gathered.get(key)
        if seen is not None:
            seen.n, seen.last_at = seen.n + once, at
        elif len(_gathered) < MOST:
            _gathered[key] = _Seen(once, at, at)


def _lasts(member: str, word: str, ref: str, at: datetime) -> bool:
    span = at.replace(minute=at.minute - at.minute % LASTS, second=0, microsecond=0)
    if _span != [span]:
        _span[:] = [span]
        _lasting.clear()
    mine = (member, word, ref)
    lasts = mine in _lasting
    if len(_lasting) < 20 * MOST:
        _lasting.add(mine)
    return lasts


def write() -> int:
    """Write down what has gathered: what exists, rolled up; says how many rows it came to."""
    with _guard:
        batch = dict(_gathered)
        _gathered.clear()
    if not batch:
        return 0
    rows = _rolled_up(batch)
    if rows:
        with unit_of_work():
            for (subject, desk, hour, outcome), seen in sorted(rows.items()):
                _add(subject, desk, hour, outcome, seen)
    return len(rows)


def of(subject: str, since: datetime) -> list[Look]:
    """Who looked at a subject or was refused it, the newest hour first."""
    query = select(Look).where(Look.subject == subject, Look.hour >= since)
    return list(db.session.scalars(query.order_by(Look.hour.desc(), Look.desk, Look.outcome)))


def prune(before: datetime) -> int:
    """Take away what is older than it has to be kept, which is never less than three years; inside a unit of work."""
    before = min(before, clock.now() - KEPT_FOR)
    gone = db.session.execute(delete(Look).where(Look.hour < before - timedelta(hours=1)))
    return int(getattr(gone, "rowcount", 0))


class Keeper:
    """Writes what has gathered every second, in a thread of its own, until it is stopped."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to write."""
        self._thread = threading.Thread(target=self._keep, name="hub-looks", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Write what is left, and end."""
        self._ending.set()
        if self._thread is not None:
            self._thread.join(5)

    def _keep(self) -> None:
        over = False
        while not over:
            over = self._ending.wait(PAUSE)
            try:
                with self.app.app_context():
                    write()
            except Exception:
                log.exception("what was looked at in the last second could not be written down")


def _named(word: str) -> bool:
    return word in belongs or any(page.startswith(f"/{word}/{{ref}}") for page in registry.nouns.values())


def _rolled_up(batch: Mapping[_Key, _Seen]) -> dict[tuple[str, int, datetime, str], _Seen]:
    """By subject instead of address; of what was refused only what exists."""
    subjects = _subjects({(word, ref) for word, ref, *_ in batch})
    refused = {subjects.get(key[:2], "") for key in batch if key[4] == REFUSED}
    there = _existing(refused)
    rows: dict[tuple[str, int, datetime, str], _Seen] = {}
    for (word, ref, desk, hour, outcome), seen in batch.items():
        subject = subjects.get((word, ref))
        if subject is None or (outcome == REFUSED and subject not in there):
            continue
        held = rows.setdefault((subject, desk, hour, outcome), _Seen(0, seen.first_at, seen.last_at))
        held.n += seen.n
        held.first_at, held.last_at = min(held.first_at, seen.first_at), max(held.last_at, seen.last_at)
    return rows


def _subjects(asked: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    nouns = {page.split("/")[1]: noun for noun, page in registry.nouns.items() if page.endswith("/{ref}")}
    found = {(word, ref): f"{nouns[word]}/{ref}" for word, ref in asked if word in nouns}
    for word, question in belongs.items():
        refs = {ref for one, ref in asked if one == word}
        found |= {(word, ref): subject for ref, subject in question(refs).items()} if refs else {}
    return found


def _existing(subjects: Collection[str]) -> set[str]:
    """Which of these the record knows."""
    chains = list(db.session.scalars(select(Chain.id))) if subjects else []
    known: set[str] = set()
    wanted = sorted(subjects)
    for start in range(0, len(wanted), 400):
        part = wanted[start : start + 400]
        query = select(Entry.subject).where(Entry.chain.in_(chains), Entry.subject.in_(part)).distinct()
        known.update(db.session.scalars(query))
    return known


def _add(subject: str, desk: int, hour: datetime, outcome: str, seen: _Seen) -> None:
    mine = (Look.subject == subject, Look.desk == desk, Look.hour == hour, Look.outcome == outcome)
    grown = db.session.execute(update(Look).where(*mine).values(n=Look.n + seen.n, last_at=seen.last_at))
    if not getattr(grown, "rowcount", 0):
        # Another process counted the beginning of it, or the last second did.
        row = Look(subject=subject, desk=desk, hour=hour, outcome=outcome, n=max(seen.n, 1))
        row.first_at, row.last_at = seen.first_at, seen.last_at
        db.session.add(row)
        db.session.flush()
