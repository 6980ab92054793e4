"""Visits as a desk may know them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from incident_hub.files import queries as files
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.operations import queries as operations
from incident_hub.plan.contingency import Checklist

from .models import Answered, Finding, Inspection
from .visit import Score, score


def known(ref: str, desk_id: int) -> Inspection:
    """The visit, if this desk may know of it.

    Raises: NotKnown when there is none or it may not; the two look the same.
    """
    row = db.session.get(Inspection, ref)
    if row is None or record.may_know(row.chain, subject(row), desk_id) is None:
        raise NotKnown
    return row


def listed(chain: int, desk_id: int) -> list[dict[str, Any]]:
    """The visits of an operation that a desk may know of, newest first."""
    refs = record.known_refs(chain, desk_id, "inspection")
    query = select(Inspection).where(Inspection.chain == chain, Inspection.ref.in_(refs))
    return [_shape(row) for row in db.session.scalars(query.order_by(Inspection.begun_at.desc(), Inspection.ref))]


def page(row: Inspection) -> dict[str, Any]:
    """All of one visit: its questions, answers, findings and score."""
    lists = [
        {"code": one.code, "title": asdict(one.title), "items": [_item(item) for item in one.items]}
        for one in checklists(row)
    ]
    answers = [
        {"checklist": one.checklist, "item": one.item, "answer": one.answer, "note": one.note, "at": one.at}
        for one in answers_of(row)
    ]
    query = select(Finding).where(Finding.ref == row.ref).order_by(Finding.at, Finding.id)
    findings = [
        {"id": one.id, "words": one.words, "checklist": one.checklist, "item": one.item, "at": one.at}
        for one in db.session.scalars(query)
    ]
    more = {"checklists": lists, "answers": answers, "findings": findings, "score": asdict(score_of(row))}
    return _shape(row) | more


def attached(row: Inspection, desk_id: int) -> list[dict[str, Any]]:
    """The photographs and files of a visit."""
    return files.of(row.chain, subject(row), desk_id)


def checklists(row: Inspection) -> list[Checklist]:
    """The check-lists a visit goes by, as they were in the plan it began under."""
    known = {one.code: one for one in operations.plan_of(row.plan_version).checklists}
    return [known[code] for code in row.checklists]


def answers_of(row: Inspection) -> list[Answered]:
    """What was answered, by check-list and question."""
    query = select(Answered).where(Answered.ref == row.ref).order_by(Answered.checklist, Answered.item)
    return list(db.session.scalars(query))


def score_of(row: Inspection) -> Score:
    """What the answers come to now."""
    return score(checklists(row), {(one.checklist, one.item): one.answer for one in answers_of(row)})


def subject(row: Inspection) -> tuple[str, str]:
    """How the record names it."""
    return ("inspection", row.ref)


def facts(row: Inspection) -> dict[str, Any]:
    """What rules read of a visit."""
    return {
        "site": row.site,
        "site_owner": row.agency,
        "plan": row.plan_version,
        "phase": operations.at(row.chain).phase,
    }


def _item(item: Any) -> dict[str, Any]:
    return {"code": item.code, "question": asdict(item.question), "points": item.points, "grave": item.grave}


def _shape(row: Inspection) -> dict[str, Any]:
    return {
        "ref": row.ref, "visit": row.visit, "origin": row.origin, "agency": row.agency, "site": row.site,
        "inspectors": row.inspectors, "begun_at": row.begun_at, "outcome": row.outcome, "refusal": row.refusal,
        "witness": row.witness, "concluded_at": row.concluded_at,
    }  # fmt: skip
