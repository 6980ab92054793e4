"""Questions about what is owed, in the contract's shape; what a desk may not know of is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.operations import queries as operations
from incident_hub.roster import queries as roster

from .answer import BY_HAND
from .ladder import slack
from .models import UNANSWERED, Obligation, Step, Taken


@dataclass(frozen=True)
class Wanted:
    """Which debts are asked for; empty means all. Shape: `subject` is an incident's reference."""

    state: str | None = None
    agency: str | None = None
    post: str | None = None
    due_before: datetime | None = None
    subject: str | None = None


def known(id: str, desk_id: int) -> Obligation:
    """The debt, if this desk may know of its subject.

    Raises: NotKnown when there is none or it may not; the two look the same.
    """
    debt = db.session.get(Obligation, id)
    if debt is None or record.may_know(debt.chain, (debt.noun, debt.ref), desk_id) is None:
        raise NotKnown
    return debt


def shape(debt: Obligation) -> dict[str, Any]:
    """One debt in the contract's shape."""
    return shapes([debt])[0]


def shapes(debts: Sequence[Obligation]) -> list[dict[str, Any]]:
    """Debts in the contract's shape, with the next step of each."""
    steps = _next_steps([debt.id for debt in debts if debt.state in UNANSWERED])
    return [_shape(debt, steps.get(debt.id)) for debt in debts]


def of_subject(chain: int, ref: str, noun: str = "incident") -> list[dict[str, Any]]:
    """Everything ever owed about one subject, in the order it was opened; for those who were found to may know."""
    query = select(Obligation).where(Obligation.chain == chain, Obligation.noun == noun, Obligation.ref == ref)
    return shapes(list(db.session.scalars(query.order_by(Obligation.opened_at, Obligation.due_at, Obligation.id))))


def listed(
    chain: int, desk_id: int, wanted: Wanted, after: tuple[datetime, str] | None, limit: int
) -> tuple[list[dict[str, Any]], tuple[datetime, str] | None]:
    """The debts of an operation that a desk may know of, earliest due first, with the place to go on from."""
    query = select(Obligation).where(Obligation.chain == chain, _may_know(chain, desk_id))
    for name in ("state", "agency", "post"):
        if value := getattr(wanted, name):
            query = query.where(getattr(Obligation, name) == value)
    if wanted.due_before:
        query = query.where(Obligation.due_at < wanted.due_before)
    if wanted.subject:
        query = query.where(Obligation.ref == wanted.subject)
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


def next_due() -> datetime | None:
    """The earliest instant at which the clock has something to do: a step, or a deadline."""
    step = db.session.scalar(select(func.min(Step.at)).where(Step.state == "armed"))
    debt = db.session.scalar(select(func.min(Obligation.due_at)).where(Obligation.state == "open"))
    return min((one for one in (step, debt) if one), default=None)


def first_due_step(at: datetime, aside: Collection[str] = ()) -> tuple[int, str] | None:
    """The chain and id of the debt whose step has been due longest; `aside` are those to leave alone for now."""
    query = (
        select(Obligation.chain, Obligation.id)
        .join(Step, Step.obligation_id == Obligation.id)
        .where(Step.state == "armed", Step.at <= at)
    )
    return _first(query.order_by(Step.at, Step.obligation_id), aside)


def first_missed(at: datetime, aside: Collection[str] = ()) -> tuple[int, str] | None:
    """The chain and id of the debt whose deadline passed first and is not yet said to be missed."""
    query = select(Obligation.chain, Obligation.id).where(Obligation.state == "open", Obligation.due_at <= at)
    return _first(query.order_by(Obligation.due_at, Obligation.id), aside)


def _first(query: Any, aside: Iterable[str]) -> tuple[int, str] | None:
    left_alone = list(aside)
    if left_alone:
        query = query.where(Obligation.id.not_in(left_alone))
    row = db.session.execute(query.limit(1)).first()
    return (row.chain, row.id) if row else None


def _may_know(chain: int, desk_id: int) -> ColumnElement[bool]:
    return or_(
        and_(Obligation.noun == "incident", Obligation.ref.in_(record.known_refs(chain, desk_id, "incident"))),
        and_(Obligation.noun == "operation", Obligation.ref.in_(record.known_refs(chain, desk_id, "operation"))),
    )


def _next_steps(ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(ids), 500):
        query = select(Step).where(Step.obligation_id.in_(ids[start : start + 500]), Step.state == "armed")
        for row in db.session.scalars(query.order_by(Step.at, Step.step, Step.occurrence)):
            to = [f"{party}:{post}" for post, party in row.to]
            found.setdefault(row.obligation_id, {"at": row.at, "kind": row.kind, "to": to, "channels": row.channels})
    return found


def _shape(debt: Obligation, step: dict[str, Any] | None) -> dict[str, Any]:
    operation = operations.by_id(debt.chain)
    rule = operations.plan_of(debt.plan_version).rule(debt.rule)
    acknowledged = None
    if debt.acknowledged:
        desk, _, post = str(debt.acknowledged_by).partition(":")
        acknowledged = {"kind": debt.acknowledged, "at": debt.acknowledged_at, "desk": desk, "post": post or None}
        acknowledged["agency"] = desk.partition("/")[0]
    names = ("id", "rule", "force", "plan_version", "kind", "starts_at", "opened_at", "due_at", "state", "met_at")
    return {name: getattr(debt, name) for name in (*names, "proof", "entered_late", "why")} | {
        "operation": operation.code if operation else None,
        "title": {"zh": rule.title.zh, "en": rule.title.en} if rule else None,
        "what": {"zh": rule.what.zh, "en": rule.what.en} if rule else None,
        "by_hand": rule is None or any(settle.kind == BY_HAND for settle in rule.settled_by),
        "exercise": bool(operation and operation.exercise),
        "subject": {"kind": debt.noun, "ref": debt.ref},
        "owed_by": {"agency": debt.agency, "desk": debt.desk, "post": debt.post},
        "acknowledged": acknowledged,
        "slack_s": slack(debt.due_at, debt.met_at),
        "slack_entered_s": slack(debt.due_at, debt.met_entered_at),
        "reason": debt.reason or debt.reason_code,
        "next_step": step,
    }
