"""Putting a plan in force: one person proposes it, a second one with the authority countersigns it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import update

from incident_hub.agencies import queries as agencies
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed, NotKnown
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import opaque
from incident_hub.operations import models, queries
from incident_hub.operations.opening import ENDED
from incident_hub.plan.contingency import Plan
from incident_hub.plan.reader import read


def propose(operation: queries.Operation, plan: Plan, text: str, reason: str, at: datetime, by: By) -> str:
    """Propose a plan for what happens from now on; it changes nothing until it is countersigned. Tells: plan.proposed.

    Raises: Conflict when the operation has ended or this very text is in force; BadInput for a role nobody plays;
    NotAllowed for an agency that others oversee.
    """
    _refuse_ended(operation)
    if refusal := queries.own_matters_alone(operation, by.agency):
        raise NotAllowed(refusal)
    _refuse_unplayed(operation, plan)
    version = keep_plan(plan, text, at)
    if version == operation.plan_version:
        raise Conflict(say("The plan {version} is in force already.", version=version))
    row = models.PlanProposal(
        id=opaque(), operation=operation.id, plan_version=version, before=operation.plan_version,
        proposed_at=at, proposed_by=_signature(by), countersigned_at=None, countersigned_by=None,
    )  # fmt: skip
    db.session.add(row)
    data = {"proposal": row.id, "plan": version, "before": operation.plan_version, "sha256": plan.text_sha256}
    facts = {"phase": operation.phase, "plan": operation.plan_version}
    record.append(Draft(operation.id, models.PLAN_PROPOSED, at, by, operation.subject, facts, data, {"reason": reason}))
    return row.id


def countersign(operation: queries.Operation, proposal: str, at: datetime, by: By) -> str:
    """Put a proposed plan in force by a second signature. Tells: plan.activated with both.

    The authority is the one the plan in force names: a proposal cannot loosen the rule it comes in by.
    Raises: NotKnown for no such proposal; NotAllowed for the proposer, or anybody without the authority; Conflict when
    another plan came into force since it was made.
    """
    _refuse_ended(operation)
    row = db.session.get(models.PlanProposal, proposal)
    if row is None or row.operation != operation.id:
        raise NotKnown
    if row.countersigned_at is not None:
        raise Conflict(say("{plan_version} was countersigned already.", plan_version=row.plan_version))
    if row.before != operation.plan_version:
        words = say(
            "It was proposed against {before}, and {plan_version} is in force now; propose it again.",
            before=row.before,
            plan_version=operation.plan_version,
        )
        raise Conflict(words)
    first = row.proposed_by
    if refusal := queries.lacks_second_signature(operation, first, by.member, by.agency, by.desk):
        raise NotAllowed(refusal)
    plan = queries.plan_of(row.plan_version)
    _refuse_unplayed(operation, plan)
    row.countersigned_at, row.countersigned_by = at, _signature(by)
    proposer = agencies.member(first["member"])
    names = [proposer.name if proposer else "", by.name or ""]
    _put_in_force(operation, plan, row.plan_version, names, (first, row.countersigned_by), at, by, row.id)
    return row.plan_version


def activate_plan(
    operation: queries.Operation, plan: Plan, text: str, signed_by: Sequence[str], at: datetime, by: By
) -> str:
    """Put a plan in force at the console, with two signatures on paper. Tells: plan.activated.

    Raises: BadInput without two different signatures, or for a role nobody plays; Conflict when this very text is in
    force or the operation has ended.
    """
    if len(set(signed_by)) < 2:
        raise BadInput("A plan is put in force by two different people; give --signed-by twice.")
    _refuse_ended(operation)
    _refuse_unplayed(operation, plan)
    version = keep_plan(plan, text, at)
    if version == operation.plan_version:
        raise Conflict(say("The plan {version} is in force already.", version=version))
    _put_in_force(operation, plan, version, signed_by, (), at, by)
    return version


def keep_plan(plan: Plan, text: str, at: datetime) -> str:
    """Keep the text of a plan for good, with the texts it rests on, and say under which name."""
    version = f"{plan.code}@{plan.version}-{plan.text_sha256[:8]}"
    if db.session.get(models.PlanVersion, version) is None:
        above = read(plan.rests_on[0], plan.rests_on[1:])[0] if plan.rests_on else None
        parent = keep_plan(above, plan.rests_on[0], at) if above else None
        kept = models.PlanVersion(id=version, code=plan.code, version=plan.version, body=text, at=at, parent=parent)
        db.session.add(kept)
        db.session.flush()
    return version


def unplayed(plan: Plan, bound: Iterable[str]) -> list[str]:
    """The parties of a plan that are found among bound agencies, and that nobody is bound to."""
    played = set(bound)
    return [word for word, party in plan.parties.items() if party.by in ("named", "area") and word not in played]


def _put_in_force(
    operation: queries.Operation, plan: Plan, version: str, names: Sequence[str],
    signatures: Sequence[models.Signature], at: datetime, by: By, proposal: str | None = None,
) -> None:  # fmt: skip
    db.session.execute(update(models.Operation).where(models.Operation.id == operation.id).values(plan_version=version))
    data = {"plan": version, "before": operation.plan_version, "sha256": plan.text_sha256}
    if proposal:
        data |= {"proposal": proposal, "signatures": [dict(one) for one in signatures]}
    texts = {f"signed_by.{place}": name for place, name in enumerate(names, 1)}
    facts = {"phase": operation.phase, "plan": version}
    record.append(Draft(operation.id, models.PLAN_ACTIVATED, at, by, operation.subject, facts, data, texts))


def _signature(by: By) -> models.Signature:
    return {"agency": by.agency, "desk": by.desk, "post": by.post, "member": by.member}


def _refuse_ended(operation: queries.Operation) -> None:
    if operation.phase in ENDED:
        raise Conflict(
            say(
                "The operation {operation} is {phase}; its plan stays as it is.",
                operation=operation.code,
                phase=operation.phase,
            )
        )


def _refuse_unplayed(operation: queries.Operation, plan: Plan) -> None:
    words = [
        say("The plan has the role {word}, which nobody plays here.", word=word)
        for word in unplayed(plan, queries.bound(operation.id))
    ]
    if words:
        raise BadInput(words[0], errors=[{"pointer": "/text", "detail": one} for one in words])
