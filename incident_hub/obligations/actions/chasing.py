"""What the clock does to a debt: its due steps are taken, each exactly once, and its deadline passes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.record import By, Draft
from incident_hub.notify import actions as notices
from incident_hub.notify.messages import Matter
from incident_hub.obligations import ladder, models
from incident_hub.obligations.models import Obligation, Step
from incident_hub.operations import queries as operations

from .reaching import Reach, reach


def take_due(obligation: str, at: datetime, by: By) -> int:
    """Take every step of a debt that is due, and say how many were; after an outage only the highest is sent.

    An acknowledgement that was committed before has stopped them: then nothing is taken. Tells: obligation.step_taken.
    """
    debt = db.session.get(Obligation, obligation)
    if debt is None:
        return 0
    query = select(Step).where(Step.obligation_id == obligation, Step.state == "armed", Step.at <= at)
    due = {(one.step, one.occurrence): one for one in db.session.scalars(query.order_by(Step.at, Step.step))}
    overdue = [ladder.Overdue(one.step, one.occurrence, one.at) for one in due.values()]
    if not overdue:
        return 0
    caught = ladder.catch_up(overdue, at, debt.opened_at)
    after_outage = any(why == ladder.OUTAGE for _, why in caught.withheld)
    taken = 0
    for one, why in caught.withheld:
        taken += _withhold(debt, due[one.step, one.occurrence], why, at, by)
    for one in caught.to_send:
        taken += _take(debt, due[one.step, one.occurrence], after_outage, at, by)
    return taken


def miss(obligation: str, at: datetime, by: By) -> bool:
    """The deadline of a debt has passed unanswered; its ladder goes on. Tells: obligation.missed."""
    late = (Obligation.id == obligation) & (Obligation.state == "open") & (Obligation.due_at <= at)
    passed = db.session.execute(update(Obligation).where(late).values(state="missed"))
    debt = db.session.get(Obligation, obligation, populate_existing=True)
    if debt is None or not getattr(passed, "rowcount", 0):
        return False
    data: dict[str, Any] = {"obligation": debt.id, "rule": debt.rule, "force": debt.force, "agency": debt.agency}
    data |= {"desk": debt.desk, "post": debt.post, "due_at": debt.due_at}
    if debt.entered_late:
        data["entered_late"] = True
    if late_s := ladder.late_seconds(debt.due_at, debt.opened_at, at):
        data["late_s"] = late_s
    record.append(_draft(debt, models.MISSED, data, at, by))
    return True


def _claim(step: Step, state: str, at: datetime, members: Sequence[str]) -> bool:
    """Move a step out of `armed`, if nobody has: an acknowledgement committed a moment ago wins."""
    mine = (Step.obligation_id == step.obligation_id) & (Step.step == step.step)
    mine &= (Step.occurrence == step.occurrence) & (Step.state == "armed")
    values = {"state": state, "taken_at": at, "members": list(members)}
    return bool(getattr(db.session.execute(update(Step).where(mine).values(**values)), "rowcount", 0))


def _withhold(debt: Obligation, step: Step, why: str, at: datetime, by: By) -> int:
    if not _claim(step, "withheld", at, ()):
        return 0
    data = _told(debt, step, at) | {"targets": [], "withheld": [{"why": why}]}
    record.append(_draft(debt, models.STEP_TAKEN, data, at, by))
    return 1


def _take(debt: Obligation, step: Step, after_outage: bool, at: datetime, by: By) -> int:
    reached = reach(debt, step, at)
    if not _claim(step, "taken", at, list(reached.people)):
        return 0
    people = _prepare(debt, step, reached, after_outage, at)
    data = _told(debt, step, at) | {"targets": reached.targets, "withheld": reached.withheld}
    if reached.disclosed:
        data["disclosed"] = reached.disclosed
    answered = any(one["why"] == "seen" for one in reached.withheld)
    if not answered and ladder.passes_on(step.kind, step.to, people, *_before(step)):
        data["passed_on"] = _bring_forward(step, at)
    record.append(_draft(debt, models.STEP_TAKEN, data, at, by))
    return 1


def _told(debt: Obligation, step: Step, at: datetime) -> dict[str, Any]:
    told: dict[str, Any] = {
        "obligation": debt.id, "rule": debt.rule, "step": step.step, "occurrence": step.occurrence,
        "kind": step.kind, "was_due": step.at, "due_at": debt.due_at, "channels": step.channels,
        "agency": debt.agency, "desk": debt.desk, "post": debt.post,
    }  # fmt: skip
    if step.planned_at != step.at:
        told["planned_at"] = step.planned_at
    if late_s := ladder.late_seconds(step.at, debt.opened_at, at):
        told["late_s"] = late_s
    return told


def _prepare(debt: Obligation, step: Step, reached: Reach, after_outage: bool, at: datetime) -> list[str]:
    """Make the notices, and say whom at least one of them can reach."""
    late_s = ladder.late_seconds(step.at, debt.opened_at, at)
    occasion = notices.Occasion(debt.chain, debt.id, step.step, step.occurrence, after_outage or late_s is not None)
    matter = _matter(debt, step, late_s, at)
    people: list[str] = []
    for member, desk_id in reached.people.values():
        faults = {name: notices.prepare(occasion, member, desk_id, name, matter, at) for name in step.channels}
        if None in faults.values():
            people.append(member.id)
        for channel, why in faults.items():
            if why:
                reached.withheld.append({"member": member.id, "channel": channel, "why": why})
    return people


def _matter(debt: Obligation, step: Step, late_s: float | None, at: datetime) -> Matter:
    operation = operations.by_id(debt.chain)
    if operation is None:
        raise RuntimeError("a debt outlived its operation")
    plan = operations.plan_of(debt.plan_version)
    kind, rule = plan.types.get(str(debt.facts.get("type"))), plan.rule(debt.rule)
    title = {"zh": kind.title.zh, "en": kind.title.en} if kind else {}
    what = {"zh": rule.what.zh, "en": rule.what.en} if rule else {"en": debt.rule}
    path = f"/incidents/{debt.ref}" if debt.noun == "incident" else f"/operations/{operation.code}/board"
    return Matter(
        operation=operation.code, operation_title=dict(operation.title), zone=operation.zone,
        exercise=operation.exercise, noun=debt.noun, ref=debt.ref, type_title=title, what=what, kind=step.kind,
        agency=debt.agency, due_at=debt.due_at, missed=debt.due_at < at, late_s=late_s, path=path,
    )  # fmt: skip


def _before(step: Step) -> tuple[list[list[str]], list[str]]:
    """The posts that steps taken before have named, and the people they reached."""
    query = select(Step.to, Step.members).where(
        Step.obligation_id == step.obligation_id, Step.state == "taken",
        (Step.step != step.step) | (Step.occurrence != step.occurrence),
    )  # fmt: skip
    rows = db.session.execute(query).all()
    named = [one for row in rows for one in row.to]
    return named, [member for row in rows for member in row.members or ()]


def _bring_forward(step: Step, at: datetime) -> int | None:
    """Have the next chasing rung take over now, its repeats keeping their distance; None when there is none left."""
    query = select(Step).where(
        Step.obligation_id == step.obligation_id, Step.state == "armed", Step.step > step.step,
        Step.kind.in_(ladder.CHASING),
    )  # fmt: skip
    rungs = list(db.session.scalars(query.order_by(Step.step, Step.occurrence)))
    following = [one for one in rungs if one.step == rungs[0].step]
    if not following:
        return None
    own = (Step.obligation_id == step.obligation_id) & (Step.step == step.step) & (Step.state == "armed")
    db.session.execute(update(Step).where(own).values(state="stopped", taken_at=at))
    sooner = max(following[0].at - at, timedelta())
    for one in following:
        one.at -= sooner
    return following[0].step


def _draft(debt: Obligation, kind: str, data: dict[str, Any], at: datetime, by: By) -> Draft:
    return Draft(debt.chain, kind, at, by, (debt.noun, debt.ref), debt.facts, data)
