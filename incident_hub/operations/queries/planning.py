"""Which plan is in force in an operation, which are proposed, and which were in force before."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.authority import lacks_authority
from incident_hub.agencies.standing import Asker, may
from incident_hub.kernel import feeds
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.operations import models

from .operations import Operation, plan_of

NOBODY = {"agency": None, "desk": None, "post": None}


def planning(operation: Operation) -> dict[str, Any]:
    """The plan of an operation as it is answered.

    Shape: {in_force, countersign, proposals, history}; `countersign` is whose the second signature must be, and
    history begins with the version the operation was opened with.
    """
    plan = plan_of(operation.plan_version)
    told = feeds.entries_of(operation.id, operation.subject, (models.OPENED, models.PLAN_ACTIVATED))
    history = [_brought_in(entry) for entry in told]
    for one, following in pairwise(history):
        one["until"] = following["since"]
    in_force = {"code": plan.code, "title": {"zh": plan.title.zh, "en": plan.title.en}}
    return {
        "in_force": history[-1] | in_force,
        "countersign": plan.authority.countersign,
        "proposals": _proposals(operation),
        "history": history,
    }


def lacks_second_signature(
    operation: Operation, first: dict[str, Any], member: str | None, agency: str, desk: str
) -> str | None:
    """Why somebody may not countersign what was signed first; None when they may."""
    if first["member"] == member:
        return "A plan takes two people: who proposed it cannot countersign it."
    authority = plan_of(operation.plan_version).authority.countersign
    above = [one.code for one in agencies.parent_chain(str(first["agency"]))]
    return lacks_authority(authority, agency, desk, str(first["agency"]), above)


def may_countersign(proposal: str, operation: Operation, asker: Asker) -> str | None:
    """Why this asker may not countersign a proposal; None when they may."""
    row = db.session.get_one(models.PlanProposal, proposal)
    return may(asker, "plan.sign") or lacks_second_signature(
        operation, row.proposed_by, asker.member, asker.agency, asker.desk
    )


def plan_text(operation: Operation, version: str) -> str:
    """The file of a version that was ever in force or proposed in this operation.

    Raises: NotKnown for any other.
    """
    told = feeds.entries_of(
        operation.id, operation.subject, (models.OPENED, models.PLAN_PROPOSED, models.PLAN_ACTIVATED)
    )
    if version not in {entry["data"]["plan"] for entry in told}:
        raise NotKnown
    return db.session.scalars(select(models.PlanVersion.body).where(models.PlanVersion.id == version)).one()


def _brought_in(entry: dict[str, Any]) -> dict[str, Any]:
    told = entry["data"]
    codes = told.get("signatures") or [{}, {}]
    names = [told.get(f"signed_by.{place}") for place in (1, 2)]
    # At the console two people sign on paper, and only their names are known.
    signed = [NOBODY | _seat(code) | {"name": name} for code, name in zip(codes, names, strict=True) if code or name]
    return {"version": told["plan"], "since": entry["at"], "until": None, "signed": signed}


def _proposals(operation: Operation) -> list[dict[str, Any]]:
    query = select(models.PlanProposal).where(
        models.PlanProposal.operation == operation.id, models.PlanProposal.countersigned_at.is_(None)
    )
    reasons = {
        entry["data"]["proposal"]: entry["data"].get("reason")
        for entry in feeds.entries_of(operation.id, operation.subject, (models.PLAN_PROPOSED,))
    }
    shown: list[dict[str, Any]] = []
    for row in db.session.scalars(query.order_by(models.PlanProposal.proposed_at, models.PlanProposal.id)):
        member = agencies.member(str(row.proposed_by["member"]))
        by = _seat(row.proposed_by) | {"name": member.name if member else None}
        one = {"id": row.id, "version": row.plan_version, "before": row.before, "at": row.proposed_at, "by": by}
        shown.append(one | {"reason": reasons.get(row.id), "lapsed": row.before != operation.plan_version})
    return shown


def _seat(signature: dict[str, Any]) -> dict[str, Any]:
    """Where somebody signed, without who it was: members are named by their name alone."""
    return {name: signature[name] for name in ("agency", "desk", "post") if name in signature}
