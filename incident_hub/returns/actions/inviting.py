"""Links with which outlets that have no account file one return each."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import update

from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import instant, opaque, sha256
from incident_hub.operations.queries import Operation
from incident_hub.returns.line import Line, Outcome
from incident_hub.returns.links import Link, Over
from incident_hub.returns.models import Unit, ZeroReport
from incident_hub.returns.models.links import INVITED, FilingLink

from .filing import file
from .stating import by_owing, state

LONGEST = timedelta(days=3)
# Past the cut-off, or just before it, a link still leaves time to be used.
LEAST = timedelta(hours=2)


@dataclass(frozen=True)
class Invited:
    """A link as it is said, once, to the desk that made it."""

    id: str
    unit: str
    secret: str
    expires_at: datetime


def invite(
    operation: Operation, owed: Sequence[tuple[ZeroReport, Unit]], until: datetime | None, at: datetime, by: By
) -> list[Invited]:
    """Make one link for each of these returns; earlier links for them end now. Tells: return.invited.

    Shape: without `until` each holds until the cut-off, and two hours at least. Raises: BadInput for an end that has
    passed or is more than three days away.
    """
    if until is not None and not at < until <= at + LONGEST:
        raise BadInput(say("A link ends after now and within {days} days; give another expires_at.", days=LONGEST.days))
    older = update(FilingLink).where(
        FilingLink.zero_report.in_([report.id for report, _ in owed]),
        FilingLink.used_at.is_(None),
        FilingLink.expires_at > at,
    )
    db.session.execute(older.values(expires_at=at))
    told: list[tuple[str, tuple[date, Invited]]] = []
    for report, unit in owed:
        secret = secrets.token_urlsafe(32)
        made = Invited(opaque(), unit.code, secret, until or max(report.due_at, at + LEAST))
        db.session.add(
            FilingLink(
                id=made.id, hash=sha256(secret.encode()), zero_report=report.id, at=at, by=by.desk, desk=by.desk_id,
                expires_at=made.expires_at, used_at=None,
            )
        )  # fmt: skip
        told.append((report.owing, (report.date, made)))
    db.session.flush()
    for owing, ones in by_owing(told).items():
        units = [
            {"unit": one.unit, "date": day.isoformat(), "link": one.id, "expires_at": instant(one.expires_at)}
            for day, one in ones
        ]
        state(operation, owing, INVITED, at, by, {"units": units})
    return [one for _, (_, one) in told]


def file_by(link: Link, operation: Operation, line: Line, at: datetime) -> Outcome:
    """File the one return that a link is for; what is refused leaves the link as it was.

    Shape: who acts is the desk that made the link, relayed. Raises: Over when the link was used or ended meanwhile.
    Tells: as file.
    """
    by = By(link.agency, link.desk, link.desk_id, assurance="relayed")
    outcome = file(operation, [line], at, by)[0]
    if outcome.refused:
        return outcome
    still = FilingLink.used_at.is_(None), FilingLink.expires_at > at
    spent = update(FilingLink).where(FilingLink.id == link.id, *still).values(used_at=at).returning(FilingLink.id)
    if db.session.execute(spent).first() is None:
        raise Over(link.desk, used=True)
    return outcome
