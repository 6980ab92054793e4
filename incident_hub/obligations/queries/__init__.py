"""Questions about what is owed, in the contract's shape; what a desk may not know of is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, not_, or_, select

from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.obligations.answer import LATE
from incident_hub.obligations.models import UNANSWERED, Obligation, Step, Taken
from incident_hub.plan.owing import INCIDENT_CLOSED
from incident_hub.roster import queries as roster

from .knowing import may_know
from .outage import fell_due
from .shaping import offered, owes_it, shape, shapes

__all__ = [
    "Wanted", "came_round", "counts", "debts_of_member", "debts_of_posts", "due_next", "due_steps",
    "due_to_miss", "fell_due", "known", "listed", "newest_round", "next_due", "of_subject", "offered",
    "owes_it", "shape", "shapes", "still_owed", "taken_by",
    "to_explain",
]  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """Which debts are asked for; empty means all. Shape: `subject` is an incident's reference."""

    state: str | None = None
    agency: str | None = None
    post: str | None = None
    due_before: datetime | None = None
    subject: str | None = None
    rule: str | None = None
    force: str | None = None
    unanswered: bool | None = None
    reason_wanted: bool | None = None


def known(id: str, desk_id: int) -> Obligation:
    """The debt, if this desk may know of its subject.

    Raises: NotKnown when there is none or it may not; the two look the same.
    """
    debt = db.session.get(Obligation, id)
    if debt is None or record.may_know(debt.chain, (debt.noun, debt.ref), desk_id) is None:
        raise NotKnown
    return debt


def of_subject(chain: int, ref: str, noun: str = "incident") -> list[dict[str, Any]]:
    """Everything ever owed about one subject, in the order it was opened; for those who were found to may know."""
    query = select(Obligation).where(Obligation.chain == chain, Obligation.noun == noun, Obligation.ref == ref)
    return shapes(list(db.session.scalars(query.order_by(Obligation.opened_at, Obligation.due_at, Obligation.id))))


def listed(
    chain: int, desk_id: int, wanted: Wanted, after: tuple[datetime, str] | None, limit: int
) -> tuple[list[dict[str, Any]], tuple[datetime, str] | None]:
    """The debts of an operation that a desk may know of, earliest due first, with the place to go on from."""
    query = select(Obligation).where(Obligation.chain == chain, may_know(chain, desk_id))
    for name in ("state", "agency", "post", "rule", "force"):
        if value := getattr(wanted, name):
            query = query.where(getattr(Obligation, name) == value)
    if wanted.due_before:
        query = query.where(Obligation.due_at < wanted.due_before)
    if wanted.subject:
        query = query.where(Obligation.ref == wanted.subject)
    if wanted.unanswered is not None:
        query = query.where(Obligation.state.in_(UNANSWERED) == wanted.unanswered)
    if wanted.reason_wanted is not None:
        query = query.where(_wants_reason() if wanted.reason_wanted else not_(_wants_reason()))
    if after:
        due_at, id = after
        query = query.where(or_(Obligation.due_at > due_at, and_(Obligation.due_at == due_at, Obligation.id > id)))
    rows = list(db.session.scalars(query.order_by(Obligation.due_at, Obligation.id).limit(limit + 1)))
    further = (rows[limit - 1].due_at, rows[limit - 1].id) if len(rows) > limit else None
    return shapes(rows[:limit]), further


def due_next(chain: int, desk_id: int, limit: int) -> list[dict[str, Any]]:
    """What is still open in an operation, as far as a desk may know, the earliest due first."""
    return listed(chain, desk_id, Wanted(state="open"), None, limit)[0]


def counts(chain: int, ref: str) -> dict[str, Any]:
    """What the card says of an incident's debts: {open, late, next_due_at, unanswered}.

    Shape: late are those whose clock has passed; unanswered is true from the last call of all until somebody answers.
    """
    about = (Obligation.chain == chain) & (Obligation.noun == "incident") & (Obligation.ref == ref)
    nobody = Obligation.exhausted_at.is_not(None) & func.coalesce(Obligation.acknowledged != "taken", True)
    query = select(Obligation.state, func.count(), func.min(Obligation.due_at), func.max(case((nobody, 1), else_=0)))
    rows = db.session.execute(query.where(about, Obligation.state.in_(UNANSWERED)).group_by(Obligation.state))
    found = {state: (number, due_at, nobody) for state, number, due_at, nobody in rows}
    still, due_at, _ = found.get("open", (0, None, 0))
    unanswered = any(one[2] for one in found.values())
    return {
        "open": still, "late": found.get("missed", (0, None, 0))[0], "next_due_at": due_at, "unanswered": unanswered,
    }  # fmt: skip


def taken_by(chain: int, ref: str, noun: str = "incident") -> list[dict[str, Any]]:
    """Which agencies said that they act, in the order they said so: [{agency, post, at}]."""
    query = select(Taken.agency, Taken.post, Taken.at).where(Taken.chain == chain, Taken.noun == noun, Taken.ref == ref)
    rows = db.session.execute(query.order_by(Taken.at, Taken.agency))
    return [{"agency": agency, "post": post or None, "at": at} for agency, post, at in rows]


def debts_of_posts(desk_id: int, posts: Collection[str] | None = None) -> list[dict[str, Any]]:
    """What these posts of a desk owe, or the whole desk, across operations, earliest due first."""
    query = select(Obligation).where(Obligation.desk_id == desk_id, Obligation.state.in_(UNANSWERED))
    if posts is not None:
        query = query.where(Obligation.post.in_(posts))
    rows = db.session.scalars(query.order_by(Obligation.due_at, Obligation.id))
    return shapes([one for one in rows if record.may_know(one.chain, (one.noun, one.ref), desk_id)])


def debts_of_member(member: str, desk_id: int, at: datetime) -> list[dict[str, Any]]:
    """My desk: what the desk owes, each with `mine` where the member holds the post that owes it."""
    held = set(roster.posts_held_at(desk_id, member, at))
    return [one | {"mine": one["owed_by"]["post"] in held} for one in debts_of_posts(desk_id)]


def to_explain(desk_id: int, limit: int = 50) -> list[dict[str, Any]]:
    """What a desk was late with or did not do, and has not explained yet, the latest due first."""
    query = select(Obligation).where(Obligation.desk_id == desk_id, _wants_reason())
    rows = db.session.scalars(query.order_by(Obligation.due_at.desc(), Obligation.id).limit(limit))
    return shapes([one for one in rows if record.may_know(one.chain, (one.noun, one.ref), desk_id)])


def came_round(chain: int, rule: str, occurrence: str) -> set[str]:
    """The desks for which an occurrence of a rule that comes round by itself has opened its debt already."""
    same = (Obligation.chain == chain) & (Obligation.rule == rule) & (Obligation.occurrence == occurrence)
    return set(db.session.scalars(select(Obligation.desk).where(same)))


def still_owed(chain: int, subject: tuple[str, str], rule: str, about: str) -> list[Obligation]:
    """What is still owed by one rule on one subject of what its debts are told apart by, missed or not."""
    same = (Obligation.chain == chain) & (Obligation.noun == subject[0]) & (Obligation.ref == subject[1])
    same &= (Obligation.rule == rule) & (Obligation.about == about) & Obligation.state.in_(UNANSWERED)
    return list(db.session.scalars(select(Obligation).where(same).order_by(Obligation.due_at, Obligation.id)))


def newest_round(chain: int, rule: str) -> datetime | None:
    """When a rule that comes round by itself last came round and opened something."""
    mine = (Obligation.chain == chain) & (Obligation.rule == rule) & Obligation.occurrence.is_not(None)
    return db.session.scalar(select(func.max(Obligation.starts_at)).where(mine))


def next_due() -> datetime | None:
    """The earliest instant at which the clock has something to do: a step, or a deadline."""
    step = db.session.scalar(select(func.min(Step.at)).where(Step.state == "armed"))
    debt = db.session.scalar(select(func.min(Obligation.due_at)).where(Obligation.state == "open"))
    return min((one for one in (step, debt) if one), default=None)


def due_steps(at: datetime, aside: Collection[str] = ()) -> list[tuple[int, str]]:
    """Chain and id of debts with a due step: the one that waits longest, then others of its chain, by their subject.

    Shape: `aside` are those to leave alone for now; one chain, at most fifty.
    """
    query = (
        select(Obligation.chain, Obligation.id, Obligation.ref)
        .join(Step, Step.obligation_id == Obligation.id)
        .where(Step.state == "armed", Step.at <= at)
    )
    # By the instant alone: another order would read all that fell due together each time.
    return _together(query.order_by(Step.at), aside)


def due_to_miss(at: datetime, aside: Collection[str] = ()) -> list[tuple[int, str]]:
    """The same for debts whose deadline has passed and is not yet said to be missed."""
    query = select(Obligation.chain, Obligation.id, Obligation.ref)
    query = query.where(Obligation.state == "open", Obligation.due_at <= at)
    return _together(query.order_by(Obligation.due_at), aside)


def _together(query: Any, aside: Iterable[str]) -> list[tuple[int, str]]:
    left_alone = list(aside)
    if left_alone:
        query = query.where(Obligation.id.not_in(left_alone))
    found: dict[str, dict[str, int]] = {}
    rows = db.session.execute(query.limit(50)).all()
    for row in rows:
        if row.chain == rows[0].chain:
            found.setdefault(row.ref, {})[row.id] = row.chain
    return [(chain, id) for debts in found.values() for id, chain in debts.items()]


def _wants_reason() -> ColumnElement[bool]:
    """The same as `answer.reason_wanted`, asked of rows."""
    ended = and_(Obligation.state == "superseded", Obligation.reason_code == INCIDENT_CLOSED)
    return and_(or_(Obligation.state.in_(LATE), ended), Obligation.explained_at.is_(None))
