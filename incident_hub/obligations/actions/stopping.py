"""Ending the chase: the armed rungs of debts that are answered, and the repeats to a post that has seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update

from incident_hub.kernel.database import db
from incident_hub.obligations import chase
from incident_hub.obligations.models import Obligation, Step

from .rungs import arm_rungs, chased, rungs_by_debt, stop_rungs


def stop(obligations: Sequence[str], at: datetime, *, calls_only: bool = False) -> None:
    """No rung of these debts is taken from now on, or none that sounds; those taken stay taken (`chase.answered`)."""
    if obligations:
        db.session.flush()
        armed = Step.obligation_id.in_(obligations) & (Step.state == "armed")
        if calls_only:
            armed &= Step.kind == "call"
        db.session.execute(update(Step).where(armed).values(state="stopped", taken_at=at))


def seen_by_post(debts: Sequence[Obligation], post: str, at: datetime) -> None:
    """A post has seen these debts: repeats to that post stop; what is still to be called for the first time is called.

    Where nothing chases any more in this round, the next one is armed: having seen is no answer.

    Shape: `post` is `agency/desk:post`.
    """
    fresh = [debt for debt in debts if not post.endswith(":") and post not in debt.seen_by]
    if not fresh:
        return
    for debt in fresh:
        debt.seen_by = [*debt.seen_by, post]
    db.session.flush()
    known = rungs_by_debt([debt.id for debt in fresh])
    for debt in fresh:
        mine, going = known.get(debt.id, ()), chased(debt)
        quiet = chase.quietened(going, mine)
        stop_rungs(debt.id, quiet, at)
        arm_rungs({debt.id: chase.go_on(going, chase.apply(mine, chase.Turn(stopped=quiet)))})
