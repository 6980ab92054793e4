"""What the clock does to a debt: its due rungs are taken, each exactly once, and its deadline passes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update

from incident_hub.agencies import queries as agencies
from incident_hub.kernel import record, registry
from incident_hub.kernel.database import db
from incident_hub.kernel.record import By, Draft
from incident_hub.notify import actions as notices
from incident_hub.notify.messages import Matter
from incident_hub.obligations import chase, ladder, models
from incident_hub.obligations.ladder import Rung
from incident_hub.obligations.models import Obligation
from incident_hub.obligations.reach import Reached, by_some_channel, reach
from incident_hub.operations import queries as operations
from incident_hub.plan.words import grave

from .reaching import Now, desk_id
from .rungs import arm_rungs, bring_forward, chased, claim_rung, rungs_of, stop_rungs


def take_due(obligation: str, at: datetime, by: By) -> int:
    """Take every rung of a debt that is due, and say how many were; after an outage only the highest is sent.

    An acknowledgement that was committed before has stopped them: then nothing is taken. Tells: obligation.step_taken,
    obligation.exhausted for the last call of all.
    """
    debt = db.session.get(Obligation, obligation)
    if debt is None:
        return 0
    known = rungs_of(obligation)
    due = chase.due(chased(debt), known, at)
    arm_rungs({obligation: due.armed})
    known += due.armed
    taken = 0
    for rung, why in due.withheld:
        if _withhold(debt, rung, why, at, by):
            known, taken = chase.mark(known, rung.key, "withheld"), taken + 1
    for rung in due.send:
        # The rung before may have stopped this one, or an answer that was committed a moment ago.
        if chase.is_armed(known, rung.key):
            before, known = known, _take(debt, known, rung, due.late, at, by)
            taken += known is not before
    arm_rungs({obligation: chase.go_on(chased(debt), known)})
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


def _withhold(debt: Obligation, rung: Rung, why: str, at: datetime, by: By) -> bool:
    if not claim_rung(debt.id, rung, "withheld", at):
        return False
    data = _told(debt, rung, at) | {"targets": [], "withheld": [{"why": why}]}
    record.append(_draft(debt, models.STEP_TAKEN, data, at, by))
    return True


def _take(
    debt: Obligation, known: tuple[Rung, ...], rung: Rung, after_outage: bool, at: datetime, by: By
) -> tuple[Rung, ...]:
    """The rungs after one of them was taken; the same as before when somebody else had moved it."""
    reached = reach(chased(debt), rung, Now(debt, at))
    if not claim_rung(debt.id, rung, "taken", at, list(reached.people)):
        return known
    for desk in reached.disclosed:
        subject = (debt.noun, debt.ref)
        record.disclose(debt.chain, subject, desk_id(desk), str(rung.discloses), "from_now", at, "plan")
    people = _prepare(debt, rung, reached, after_outage, at)
    data = _told(debt, rung, at) | {"targets": reached.targets, "withheld": reached.withheld}
    if reached.disclosed:
        data["disclosed"] = reached.disclosed
    turn = chase.take(chased(debt), known, rung, people, reached.answered, at)
    stop_rungs(debt.id, turn.stopped, at)
    bring_forward(debt.id, turn.sooner)
    if turn.passes:
        data["passed_on"] = turn.passed_on
    if rung.exhausts:
        debt.exhausted_at = at
        db.session.flush()
    record.append(_draft(debt, models.EXHAUSTED if rung.exhausts else models.STEP_TAKEN, data, at, by))
    return chase.apply(chase.mark(known, rung.key, "taken", list(reached.people)), turn)


def _told(debt: Obligation, rung: Rung, at: datetime) -> dict[str, Any]:
    told: dict[str, Any] = {
        "obligation": debt.id, "rule": debt.rule, "step": rung.step, "occurrence": rung.occurrence,
        "kind": rung.kind, "was_due": rung.at, "due_at": debt.due_at, "channels": rung.channels,
        "agency": debt.agency, "desk": debt.desk, "post": debt.post,
    }  # fmt: skip
    if rung.round:
        told["round"] = rung.round
    if rung.planned_at != rung.at:
        told["planned_at"] = rung.planned_at
    if late_s := ladder.late_seconds(rung.at, debt.opened_at, at):
        told["late_s"] = late_s
    return told


def _prepare(debt: Obligation, rung: Rung, reached: Reached, after_outage: bool, at: datetime) -> list[str]:
    """Make the notices, and say whom at least one of them can reach; whom none can counts as not reached."""
    late_s = ladder.late_seconds(rung.at, debt.opened_at, at)
    occasion = _occasion(debt, rung, after_outage or late_s is not None)
    matter = _matter(debt, rung, late_s, at)
    faults: dict[str, dict[str, str | None]] = {}
    for id, desk in reached.people.items():
        member = agencies.member(id)
        if member is None:
            continue
        seat = desk_id(desk)
        faults[id] = {name: notices.prepare(occasion, member, seat, name, matter, at) for name in rung.channels}
        reached.withheld += [{"member": id, "channel": name, "why": why} for name, why in faults[id].items() if why]
    if "desk_call" in rung.channels:
        faults |= _by_telephone(occasion, reached, matter, at)
    return by_some_channel(faults)


def _occasion(debt: Obligation, rung: Rung, late: bool) -> notices.Occasion:
    """What the channels need to know of a rung: whether its calls are gathered, and who makes those by telephone."""
    row = operations.plan_of(debt.plan_version).ladders.get(debt.ladder or "")
    bundle = row.bundle.total_seconds() if row and row.bundle else None
    return notices.Occasion(
        debt.chain, debt.id, rung.step, rung.occurrence, late, bundle, grave(debt.facts), _caller(debt)
    )


def _caller(debt: Obligation) -> int | None:
    """The desk that telephones for a debt: the one that owes, or the lead when nobody there works in the Hub."""
    owner = agencies.agency(debt.agency)
    if owner is None or owner.membership != "contact_only":
        return debt.desk_id
    desk = agencies.duty_desk(str(debt.facts.get("lead") or ""))
    return desk.id if desk else None


def _by_telephone(
    occasion: notices.Occasion, reached: Reached, matter: Matter, at: datetime
) -> dict[str, dict[str, str | None]]:
    """Have the posts where nobody works in the Hub called by hand, and say whom that will reach."""
    called: dict[str, dict[str, str | None]] = {}
    for one in [one for one in reached.withheld if one.get("why") == "vacant"]:
        place = desk_id(str(one["desk"]))
        if notices.call_by_telephone(occasion, place, str(one["post"]), matter, at) is None:
            one["why"] = "by_telephone"
            called[f"{one['desk']}:{one['post']}"] = {"desk_call": None}
    return called


def _matter(debt: Obligation, rung: Rung, late_s: float | None, at: datetime) -> Matter:
    operation = operations.by_id(debt.chain)
    if operation is None:
        raise RuntimeError("a debt outlived its operation")
    plan = operations.plan_of(debt.plan_version)
    kind, rule = plan.types.get(str(debt.facts.get("type"))), plan.rule(debt.rule)
    title = {"zh": kind.title.zh, "en": kind.title.en} if kind else {}
    teller = registry.tellers.get(debt.noun)
    now = teller(debt.chain, debt.ref, debt.rule, debt.about) if teller else None
    what = now or ({"zh": rule.what.zh, "en": rule.what.en} if rule else {"en": debt.rule})
    path = registry.nouns.get(debt.noun, "/operations/{operation}/board").format(ref=debt.ref, operation=operation.code)
    return Matter(
        operation=operation.code, operation_title=dict(operation.title), zone=operation.zone,
        exercise=operation.exercise, noun=debt.noun, ref=debt.ref, type_title=title, what=what, kind=rung.kind,
        agency=debt.agency, due_at=debt.due_at, missed=debt.due_at < at, late_s=late_s, path=path,
    )  # fmt: skip


def _draft(debt: Obligation, kind: str, data: dict[str, Any], at: datetime, by: By) -> Draft:
    return Draft(debt.chain, kind, at, by, (debt.noun, debt.ref), debt.facts, data)
