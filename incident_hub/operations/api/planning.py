"""The doors of the plan: what is in force and since when, checking a text, proposing it, countersigning it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Shape, answer
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.saying import say
from incident_hub.kernel.shapes import Named
from incident_hub.operations import actions, queries
from incident_hub.operations.shapes import CheckedOut, PlanOut, PlanTextOut
from incident_hub.plan import check as checking
from incident_hub.plan.contingency import Plan
from incident_hub.plan.difference.changes import between
from incident_hub.plan.faults import Fault

from .room import room

# A plan is known by the hash of its bytes, so not even a blank at its end is taken away.
Text = Annotated[str, StringConstraints(min_length=1, max_length=1_000_000, strip_whitespace=False)]


class TextIn(Shape):
    """A plan file, whole."""

    text: Text


class ProposalIn(Shape):
    """A plan file, whole, and why it should take the place of the one in force."""

    text: Text
    reason: Annotated[str, Field(min_length=1, max_length=5000)]


class CountersignatureIn(Shape):
    """Which proposal is put in force."""

    proposal: Annotated[str, Field(min_length=1, max_length=24)]


class InForceOut(Shape):
    """The version that is in force now."""

    version: str


@room.door("GET", "/operations/<op>/plan", scope="operations:read", gives=PlanOut, errors=(403, 404))
def read_plan(asker: Asker, op: str) -> dict[str, Any]:
    """The plan in force, what is proposed, and every version with since when and by whom it was signed."""
    allow(asker, "board.read")
    return queries.planning(queries.for_desk(op, asker.desk_id))


@room.door(
    "GET", "/operations/<op>/plan/versions/<version>", scope="operations:read", gives=PlanTextOut, errors=(403, 404)
)
def read_plan_version(asker: Asker, op: str, version: str) -> dict[str, Any]:
    """The text of a version that is or was in force here, or is proposed."""
    allow(asker, "board.read")
    return {"version": version, "text": queries.plan_text(queries.for_desk(op, asker.desk_id), version)}


@room.door(
    "POST", "/operations/<op>/plan/check", scope="operations:read", takes=TextIn, gives=CheckedOut,
    errors=(403, 404, 422),
)  # fmt: skip
def check_plan(asker: Asker, body: TextIn, op: str) -> dict[str, Any]:
    """Every fault of a plan file with its line, column and a hint, or what it would change; nothing is kept."""
    allow(asker, "board.read")
    in_force = queries.plan_of(queries.for_desk(op, asker.desk_id).plan_version)
    plan, faults = checking.examine(body.text)
    changes = between(in_force, plan) if plan and not faults else []
    said = [{"zh": one.words.zh, "en": one.words.en} for one in changes]
    return {"code": plan.code if plan else None, "faults": [_shown(one) for one in faults], "changes": said}


@room.door(
    "POST", "/operations/<op>/plan", scope="operations:write", takes=ProposalIn, gives=Named, status=201,
    errors=(403, 404, 409, 422),
)  # fmt: skip
def propose_plan(asker: Asker, body: ProposalIn, op: str) -> Answer:
    """Propose a plan; it changes nothing until a second person countersigns it."""
    allow(asker, "plan.propose")
    chain = queries.for_desk(op, asker.desk_id).id
    plan = _sound(body.text)
    with unit_of_work(chain) as at:
        found = queries.for_desk(op, asker.desk_id)
        return answer({"id": actions.propose(found, plan, body.text, body.reason, at, by_of(asker))}, status=201)


@room.door(
    "POST", "/operations/<op>/plan/countersignature", scope="operations:write", takes=CountersignatureIn,
    gives=InForceOut, errors=(403, 404, 409, 422),
)  # fmt: skip
def countersign_plan(asker: Asker, body: CountersignatureIn, op: str) -> Answer:
    """Put a proposed plan in force by a second signature, for what happens from now on."""
    allow(asker, "plan.sign")
    chain = queries.for_desk(op, asker.desk_id).id
    with unit_of_work(chain) as at:
        found = queries.for_desk(op, asker.desk_id)
        return answer({"version": actions.countersign(found, body.proposal, at, by_of(asker, "plan.sign"))})


def _sound(text: str) -> Plan:
    plan, faults = checking.examine(text)
    if plan is None or faults:
        errors = [
            {"pointer": "/text", "detail": say("Line {line}: {sentence}", line=one.line, sentence=_sentence(one))}
            for one in faults
        ]
        words = say(
            "The plan has {n} faults; the first is in line {line}: {sentence}.",
            n=len(faults),
            line=faults[0].line,
            sentence=_sentence(faults[0]),
        )
        raise BadInput(words, errors=errors, faults=[_shown(one) for one in faults])
    return plan


def _shown(fault: Fault) -> dict[str, Any]:
    return {name: getattr(fault, name) for name in ("line", "column", "rule", "message", "hint")}


def _sentence(fault: Fault) -> str:
    return f"{fault.message}; {fault.hint}" if fault.hint else fault.message
