"""Who may know: desks gain and lose a subject here, and nowhere else (rulings 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update

from .database import Work, current_work, db
from .models import Disclosure

Subject = tuple[str, str]


@dataclass(frozen=True)
class Access:
    """One desk's place in the circle of those who may know."""

    desk_id: int
    role: str
    history: str
    since: datetime
    by: str
    until: datetime | None = None


def written(subject: Subject) -> str:
    """A subject as it is stored: `incident/K7QF2M`."""
    return f"{subject[0]}/{subject[1]}"


def disclose(chain: int, subject: Subject, desk_id: int, role: str, history: str, at: datetime, by: str) -> bool:
    """Let a desk know of a subject; a desk that knows already keeps its row with the role asked for.

    Its past is opened to it where that is asked for, and never closed again: what was read cannot be unread.

    Shape: True when the desk did not know before.
    """
    return bool(disclose_all(chain, subject, {desk_id: role}, history, at, by))


def disclose_all(
    chain: int, subject: Subject, roles: Mapping[int, str], history: str, at: datetime, by: str
) -> list[int]:
    """Let many desks know of a subject at once, each in its role.

    Shape: the desks that did not know before.
    """
    rows = db.session.scalars(
        select(Disclosure).where(
            Disclosure.chain == chain,
            Disclosure.subject == written(subject),
            Disclosure.desk.in_(roles),
            Disclosure.until.is_(None),
        )
    )
    known = {row.desk: row for row in rows}
    for desk, row in known.items():
        row.role = roles[desk]
        row.history = "full" if history == "full" else row.history
    fresh = [desk for desk in roles if desk not in known]
    same: dict[str, Any] = {"chain": chain, "subject": written(subject), "history": history, "since": at, "by": by}
    db.session.add_all([Disclosure(desk=desk, role=roles[desk], until=None, **same) for desk in fresh])
    _forget(current_work(), chain, written(subject))
    return fresh


def withdraw(chain: int, subject: Subject, desk_id: int, at: datetime) -> bool:
    """End a desk's access from this instant; what it was shown stays counted, and is no longer told."""
    ended = db.session.execute(
        update(Disclosure)
        .where(
            Disclosure.chain == chain,
            Disclosure.subject == written(subject),
            Disclosure.desk == desk_id,
            Disclosure.until.is_(None),
        )
        .values(until=at)
    )
    _forget(current_work(), chain, written(subject))
    return bool(getattr(ended, "rowcount", 0))


def access(chain: int, subject: Subject) -> list[Access]:
    """The desks that may know of a subject now, in the order they came to know."""
    rows = db.session.execute(
        select(Disclosure.desk, Disclosure.role, Disclosure.history, Disclosure.since, Disclosure.by)
        .where(Disclosure.chain == chain, Disclosure.subject == written(subject), Disclosure.until.is_(None))
        .order_by(Disclosure.since, Disclosure.id)
    )
    return [Access(*row) for row in rows]


def past_access(chain: int, subject: Subject) -> list[Access]:
    """The desks that could know of a subject and no longer may, in the order they lost it."""
    rows = db.session.execute(
        select(Disclosure.desk, Disclosure.role, Disclosure.history, Disclosure.since, Disclosure.by, Disclosure.until)
        .where(Disclosure.chain == chain, Disclosure.subject == written(subject), Disclosure.until.is_not(None))
        .order_by(Disclosure.until, Disclosure.id)
    )
    return [Access(*row) for row in rows]


def may_know(chain: int, subject: Subject, desk_id: int) -> Access | None:
    """This desk's access to a subject, or None."""
    return next((row for row in access(chain, subject) if row.desk_id == desk_id), None)


def known_refs(chain: int, desk_id: int, noun: str) -> Select[tuple[str]]:
    """A question, to be asked inside another one: the references of a noun that a desk may know of now."""
    return select(func.substr(Disclosure.subject, len(noun) + 2)).where(
        Disclosure.chain == chain,
        Disclosure.desk == desk_id,
        Disclosure.until.is_(None),
        Disclosure.subject.startswith(f"{noun}/"),
    )


def known_subjects(chain: int, desk_id: int) -> Select[str]:
    """A question, to be asked inside another one: every subject, as it is stored, that a desk may know of now."""
    return select(Disclosure.subject).where(
        Disclosure.chain == chain, Disclosure.desk == desk_id, Disclosure.until.is_(None)
    )


def came_to_know(chain: int, desk_id: int, noun: str, since: datetime) -> list[datetime]:
    """When a desk came to know of each subject of a noun that it may know of now, from an instant on, in order."""
    rows = select(Disclosure.since).where(
        Disclosure.chain == chain,
        Disclosure.desk == desk_id,
        Disclosure.until.is_(None),
        Disclosure.since >= since,
        Disclosure.subject.startswith(f"{noun}/"),
    )
    return sorted(db.session.scalars(rows))


def first_known(chain: int, subject: Subject) -> dict[int, datetime]:
    """When each desk, past ones included, first came to know."""
    rows = db.session.execute(
        select(Disclosure.desk, Disclosure.since)
        .where(Disclosure.chain == chain, Disclosure.subject == written(subject))
        .order_by(Disclosure.since.desc())
    )
    return {desk: since for desk, since in rows}


def desks_of(work: Work, chain: int, subject: str) -> tuple[int, ...]:
    """The desks with access, remembered for the length of a unit of work."""
    circle: dict[tuple[int, str], tuple[int, ...]] = work.gathered.setdefault("circle", {})
    if (chain, subject) not in circle:
        rows = db.session.scalars(
            select(Disclosure.desk)
            .where(Disclosure.chain == chain, Disclosure.subject == subject, Disclosure.until.is_(None))
            .order_by(Disclosure.id)
        )
        circle[chain, subject] = tuple(rows)
    return circle[chain, subject]


def _forget(work: Work, chain: int, subject: str) -> None:
    work.gathered.setdefault("circle", {}).pop((chain, subject), None)
