"""Ending the chase: the armed steps of debts that are answered, and the repeats to a post that has seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from incident_hub.kernel.database import db
from incident_hub.obligations.models import Obligation, Step


def stop(obligations: Sequence[str], at: datetime, *, calls_only: bool = False) -> None:
    """No step of these debts is taken from now on, or none that sounds; those taken stay taken."""
    if obligations:
        db.session.flush()
        armed = Step.obligation_id.in_(obligations) & (Step.state == "armed")
        if calls_only:
            armed &= Step.kind == "call"
        db.session.execute(update(Step).where(armed).values(state="stopped", taken_at=at))


def seen_by_post(debt: Obligation, post: str, at: datetime) -> None:
    """A post has seen it: repeats to that post stop; what is still to be called for the first time is called.

    Shape: `post` is `agency/desk:post`.
    """
    if post.endswith(":") or post in debt.seen_by:
        return
    debt.seen_by = [*debt.seen_by, post]
    db.session.flush()
    query = select(Step.step, Step.to).where(Step.obligation_id == debt.id, Step.state == "armed", Step.occurrence > 0)
    own = {tuple(seen.split(":", 1)) for seen in debt.seen_by}
    for place, to in db.session.execute(query.distinct()).all():
        if all(party == "own" and (debt.desk, called) in own for called, party in to):
            repeats = (Step.obligation_id == debt.id) & (Step.step == place) & (Step.occurrence > 0)
            ended = update(Step).where(repeats, Step.state == "armed").values(state="stopped", taken_at=at)
            db.session.execute(ended)
