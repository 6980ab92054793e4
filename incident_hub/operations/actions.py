"""The verbs of an operation: open it, bind its agencies, change its phase, put a plan in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update

from incident_hub.agencies import queries as agencies
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict
from incident_hub.kernel.record import By, Draft
from incident_hub.plan.contingency import Plan

from . import models, queries
from .opening import Opening, may_become


def found_house(at: datetime, by: By) -> None:
    """Begin the house's own record, the first of all chains. Tells: house.founded."""
    record.open_chain("house")
    record.append(Draft(1, models.HOUSE_FOUNDED, at, by, ("house", "house")))


def open_operation(opening: Opening, plan: Plan, text: str, at: datetime, by: By) -> queries.Operation:
    """Open an operation with its agencies and its plan. Tells: operation.opened.

    Raises: Conflict when the code is taken; BadInput naming every agency or role that does not fit.
    """
    if queries.operation(opening.code):
        raise Conflict(f"There is an operation {opening.code} already; choose another code.")
    _refuse_strangers(opening, plan)
    version = keep_plan(plan, text, at)
    chain = record.open_chain(opening.code)
    row = models.Operation(
        id=chain, code=opening.code, kind=opening.kind, title=dict(opening.title), zone=opening.zone or plan.zone,
        phase=opening.phase, exercise=opening.exercise, parent=None, plan_version=version, opened_at=at,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    for agency in opening.agencies:
        db.session.add(models.Participation(operation=chain, agency=agency, since=at))
        for desk in agencies.desks_of_agency(agency):
            record.disclose(chain, ("operation", opening.code), desk.id, "part", "full", at, "plan")
    for party, bound in opening.parties.items():
        for rank, agency in enumerate(bound):
            db.session.add(models.Binding(operation=chain, party=party, agency=agency, rank=rank))
    data: dict[str, Any] = {
        "code": opening.code,
        "kind": opening.kind,
        "phase": opening.phase,
        "exercise": opening.exercise,
    }
    data |= {"plan": version, "agencies": list(opening.agencies)}
    data["parties"] = {party: list(bound) for party, bound in opening.parties.items()}
    facts = {"phase": opening.phase, "plan": version}
    record.append(Draft(chain, models.OPENED, at, by, ("operation", opening.code), facts, data))
    return queries.at(chain)


def change_phase(operation: queries.Operation, to: str, statement: str, at: datetime, by: By) -> None:
    """Move an operation to its next phase, saying why. Tells: operation.phase_changed.

    Raises: Conflict when that phase does not follow the present one.
    """
    if refusal := may_become(operation.phase, to):
        raise Conflict(refusal)
    db.session.execute(update(models.Operation).where(models.Operation.id == operation.id).values(phase=to))
    data = {"from": operation.phase, "to": to}
    facts = {"phase": to, "plan": operation.plan_version}
    texts = {"statement": statement}
    record.append(Draft(operation.id, models.PHASE_CHANGED, at, by, operation.subject, facts, data, texts))


def activate_plan(
    operation: queries.Operation, plan: Plan, text: str, signed_by: Sequence[str], at: datetime, by: By
) -> str:
    """Put a plan in force for what happens from now on; it takes two different signatures. Tells: plan.activated.

    Raises: BadInput without two different signatures; Conflict when this very text is in force.
    """
    if len(set(signed_by)) < 2:
        raise BadInput("A plan is put in force by two different people; give --signed-by twice.")
    version = keep_plan(plan, text, at)
    if version == operation.plan_version:
        raise Conflict(f"The plan {version} is in force already.")
    db.session.execute(update(models.Operation).where(models.Operation.id == operation.id).values(plan_version=version))
    data = {"plan": version, "before": operation.plan_version, "sha256": plan.text_sha256}
    texts = {f"signed_by.{place}": name for place, name in enumerate(signed_by, 1)}
    facts = {"phase": operation.phase, "plan": version}
    record.append(Draft(operation.id, models.PLAN_ACTIVATED, at, by, operation.subject, facts, data, texts))
    return version


def keep_plan(plan: Plan, text: str, at: datetime) -> str:
    """Keep the text of a plan for good and say under which name."""
    version = f"{plan.code}@{plan.version}-{plan.text_sha256[:8]}"
    if db.session.get(models.PlanVersion, version) is None:
        db.session.add(models.PlanVersion(id=version, code=plan.code, version=str(plan.version), body=text, at=at))
        db.session.flush()
    return version


def _refuse_strangers(opening: Opening, plan: Plan) -> None:
    faults = [
        {"pointer": "/operation/agencies", "detail": f"There is no agency {code}; add it first."}
        for code in opening.agencies
        if agencies.agency(code) is None
    ]
    for party, bound in opening.parties.items():
        if party not in plan.parties:
            faults.append({"pointer": f"/parties/{party}", "detail": f"The plan {plan.code} has no role {party}."})
        strangers = [code for code in bound if code not in opening.agencies]
        faults += [{"pointer": f"/parties/{party}", "detail": f"{code} does not take part."} for code in strangers]
    unbound = [word for word, party in plan.parties.items() if party.by == "named" and word not in opening.parties]
    faults += [{"pointer": f"/parties/{word}", "detail": f"Nobody plays the role {word}."} for word in unbound]
    if faults:
        raise BadInput(f"The operation {opening.code} does not fit: {faults[0]['detail']}", errors=faults)
