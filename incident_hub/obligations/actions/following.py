"""The plan's answer to a draft entry, written beside it: this runs inside every verb, before its entry is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.queries import Desk
from incident_hub.kernel import record, registry
from incident_hub.kernel.database import HOUSE, db
from incident_hub.kernel.record import Draft
from incident_hub.kernel.text import canonical
from incident_hub.obligations import models
from incident_hub.obligations.answer import acting, as_instant, counts_as, state_when_met, stated
from incident_hub.obligations.models import Obligation
from incident_hub.operations import queries as operations
from incident_hub.plan.owing import MOVED, Debt, Heard, Settling, Superseding
from incident_hub.plan.reaction import follow as plan_says
from incident_hub.plan.reaction import heeds

from .opening import open_all
from .stopping import seen_by_post, stop


def follow(draft: Draft) -> None:
    """Ask the plan what a fact opens, settles and supersedes, and write it into the same entry (rulings 10).

    What was brought in from elsewhere opens nothing and settles nothing (rulings 15).
    """
    if draft.chain == HOUSE or draft.subject[0] not in registry.nouns or draft.kind.endswith(".imported"):
        return
    operation = operations.by_id(draft.chain)
    if operation is None:
        return
    version = str(draft.facts.get("plan") or operation.plan_version)
    plan = operations.plan_of(version)
    if draft.kind in models.BY_THE_CLOCK and not heeds(plan, draft.kind):
        return
    debts = _unanswered(draft)
    _keep_facts(draft, debts)
    if draft.kind == "incident.acknowledged":
        _hear_acknowledgement(draft, debts)
    if not heeds(plan, draft.kind):
        return
    desks = _desks_that_knew(draft)
    heard = _heard(draft, desks, operation)
    answer = plan_says(plan, heard, [_plain(debt) for debt in debts], operations.seats(draft.chain, draft.facts))
    by_id = {debt.id: debt for debt in debts}
    if answer.settles:
        draft.data["settles"] = [_settle(by_id[one.debt_id], one, draft.at) for one in answer.settles]
    if answer.supersedes:
        draft.data["supersedes"] = [_supersede(by_id[one.debt_id], one, draft.at) for one in answer.supersedes]
    if answer.opens:
        at_hand = {desk.code: desk for desk, _ in desks}
        moved = [by_id[one.debt_id] for one in answer.supersedes if one.reason == MOVED]
        draft.data["opens"] = open_all(draft, version, answer.opens, at_hand, moved)


def _unanswered(draft: Draft) -> list[Obligation]:
    noun, ref = draft.subject
    query = select(Obligation).where(
        Obligation.chain == draft.chain,
        Obligation.noun == noun,
        Obligation.ref == ref,
        Obligation.state.in_(models.UNANSWERED),
    )
    return list(db.session.scalars(query.order_by(Obligation.opened_at, Obligation.due_at, Obligation.id)))


def _keep_facts(draft: Draft, debts: Sequence[Obligation]) -> None:
    newest = canonical(draft.facts)
    for debt in debts:
        if canonical(debt.facts) != newest:
            debt.facts = dict(draft.facts)


def _desks_that_knew(draft: Draft) -> list[tuple[Desk, datetime]]:
    """Every desk that ever knew of the subject, and since when."""
    first = record.first_known(draft.chain, draft.subject)
    desks = agencies.desks(first)
    return [(desks[id], since) for id, since in first.items() if id in desks]


def _heard(draft: Draft, desks: Sequence[tuple[Desk, datetime]], operation: operations.Operation) -> Heard:
    return Heard(
        kind=draft.kind,
        at=draft.at,
        by_agency=draft.by.agency,
        by_desk=draft.by.desk,
        facts=draft.facts,
        data=draft.data,
        known_at=_known_at(draft, desks),
        occurred_at=as_instant(draft.facts.get("occurred_at")),
        discovered_at=as_instant(draft.facts.get("discovered_at")),
        planned_at=as_instant(draft.facts.get("planned_at")),
        phase=operation.phase,
        zone=operation.zone,
        fresh_desks=tuple(draft.data.get("fresh") or ()),
    )


def _known_at(draft: Draft, desks: Sequence[tuple[Desk, datetime]]) -> dict[str, datetime]:
    """When each agency came to know: its first disclosure, or earlier when that was stated (rulings 18)."""
    known: dict[str, datetime] = {}
    for desk, since in desks:
        known[desk.agency] = min(known.get(desk.agency, since), since)
    for agency, words in (draft.facts.get("known_at") or {}).items():
        if earlier := as_instant(words):
            known[agency] = min(known.get(agency, earlier), earlier)
    return known


def _plain(debt: Obligation) -> Debt:
    return Debt(
        debt.id, debt.rule, debt.agency, debt.desk, debt.post, debt.starts_at, debt.due_at, debt.state, debt.about
    )  # fmt: skip


def _hear_acknowledgement(draft: Draft, debts: Sequence[Obligation]) -> None:
    """`taken` stops what sounds for the agency that acts and for no other; `seen` stops repeats to the post that saw.

    Who acts still owes what else the plan asks, so reminders of other clocks go on (decision 15), and so do the calls
    of a clock that runs because somebody acts: taking it again is no update.
    """
    agency = acting(draft.by.agency, draft.data)
    kind, post = draft.data.get("kind"), str(draft.data.get("post") or "")
    desk = str(draft.data.get("on_behalf_of") or draft.by.desk)
    said_at = stated(draft.data, draft.at)
    if kind == "taken":
        _keep_taken(draft, agency, post, said_at)
    worth = {
        debt.id: counts_as(str(kind), operations.plan_of(debt.plan_version).rule(debt.rule))
        for debt in debts
        if debt.agency == agency
    }
    for debt in debts:
        if debt.id in worth and debt.acknowledged != "taken":
            debt.acknowledged, debt.acknowledged_at = worth[debt.id], said_at
            debt.acknowledged_by = f"{desk}:{post}"
    seen_by_post(debts, f"{desk}:{post}", draft.at)
    stop([id for id, counts in worth.items() if counts == "taken"], draft.at, calls_only=True)


def _keep_taken(draft: Draft, agency: str, post: str, at: datetime) -> None:
    key = {"chain": draft.chain, "noun": draft.subject[0], "ref": draft.subject[1], "agency": agency}
    if db.session.get(models.Taken, tuple(key.values())) is None:
        db.session.add(models.Taken(**key, post=post, at=at))


def _settle(debt: Obligation, settling: Settling, at: datetime) -> dict[str, Any]:
    # What counts is when it was said; saying when is itself a statement, whoever typed it.
    proof = "stated" if settling.met_at < at else settling.proof
    debt.state = state_when_met(debt.state, debt.due_at, settling.met_at, proof)
    debt.met_at, debt.met_entered_at, debt.proof = settling.met_at, at, proof
    stop([debt.id], at)
    return {"id": debt.id, "rule": debt.rule, "met_at": debt.met_at, "state": debt.state, "proof": proof}


def _supersede(debt: Obligation, superseding: Superseding, at: datetime) -> dict[str, Any]:
    debt.state, debt.reason_code = "superseded", superseding.reason
    stop([debt.id], at)
    return {"id": debt.id, "rule": debt.rule, "reason": superseding.reason}
