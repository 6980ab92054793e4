"""Opening: the house itself, and an operation with its agencies and its plan."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.saying import say
from incident_hub.operations import models, queries
from incident_hub.operations.opening import ENDED, Opening
from incident_hub.plan.contingency import Plan

from .planning import keep_plan, unplayed


def found_house(at: datetime, by: By) -> None:
    """Begin the house's own record, the first of all chains. Tells: house.founded."""
    record.open_chain("house")
    record.append(Draft(1, models.HOUSE_FOUNDED, at, by, ("house", "house")))


def open_operation(opening: Opening, plan: Plan, text: str, at: datetime, by: By) -> queries.Operation:
    """Open an operation with its agencies and its plan. Tells: operation.opened.

    Raises: Conflict when the code is taken; BadInput naming every agency or role that does not fit.
    """
    if queries.operation(opening.code):
        raise Conflict(say("There is an operation {opening} already; choose another code.", opening=opening.code))
    _refuse_strangers(opening, plan)
    parent = _parent(opening)
    version = keep_plan(plan, text, at)
    chain = record.open_chain(opening.code)
    row = models.Operation(
        id=chain, code=opening.code, kind=opening.kind, title=dict(opening.title), zone=opening.zone or plan.zone,
        phase=opening.phase, exercise=opening.exercise, parent=parent.id if parent else None, plan_version=version,
        opened_at=at,
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
        "parent": opening.parent,
    }
    data |= {"plan": version, "agencies": list(opening.agencies)}
    data["parties"] = {party: list(bound) for party, bound in opening.parties.items()}
    facts = {"phase": opening.phase, "plan": version}
    record.append(Draft(chain, models.OPENED, at, by, ("operation", opening.code), facts, data))
    return queries.at(chain)


def _parent(opening: Opening) -> queries.Operation | None:
    if opening.parent is None:
        return None
    parent = queries.operation(opening.parent)
    words = say(
        "There is no operation {parent} that {opening} could belong to; open that one first.",
        parent=opening.parent,
        opening=opening.code,
    )
    if parent is not None and parent.phase in ENDED:
        words = say(
            "{parent} is {phase}; {opening} cannot belong to it any more.",
            parent=parent.code,
            phase=parent.phase,
            opening=opening.code,
        )
    elif parent is not None and (opening.exercise or not parent.exercise):
        return parent
    elif parent is not None:
        words = say("{parent} is an exercise; only another exercise can belong to it.", parent=parent.code)
    raise BadInput(words, errors=[{"pointer": "/operation/parent", "detail": words}])


def _refuse_strangers(opening: Opening, plan: Plan) -> None:
    faults = [
        {"pointer": "/operation/agencies", "detail": say("There is no agency {code}; add it first.", code=code)}
        for code in opening.agencies
        if agencies.agency(code) is None
    ]
    for party, bound in opening.parties.items():
        if party not in plan.parties:
            faults.append(
                {
                    "pointer": f"/parties/{party}",
                    "detail": say("The plan {plan} has no role {party}.", plan=plan.code, party=party),
                }
            )
        strangers = [code for code in bound if code not in opening.agencies]
        faults += [
            {"pointer": f"/parties/{party}", "detail": say("{code} does not take part.", code=code)}
            for code in strangers
        ]
    faults += [
        {"pointer": f"/parties/{word}", "detail": say("Nobody plays the role {word}.", word=word)}
        for word in unplayed(plan, opening.parties)
    ]
    if faults:
        raise BadInput(
            say("The operation {opening} does not fit: {fault}", opening=opening.code, fault=faults[0]["detail"]),
            errors=faults,
        )
