"""Visits as a desk may know them, and what it may do about each."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.standing import Asker, may
from incident_hub.files import queries as files
from incident_hub.hazards import queries as hazards
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.text import canonical, sha256
from incident_hub.operations import queries as operations
from incident_hub.plan.contingency import Checklist

from . import visit
from .models import Answered, Finding, Inspection, Photograph
from .visit import Score, score


@dataclass(frozen=True)
class Wanted:
    """Which visits are asked for; empty means all. Shape: `state` is going, signed, refused or concluded."""

    state: str | None = None
    visit: str | None = None
    origin: str | None = None
    agency: str | None = None


def known(ref: str, desk_id: int) -> Inspection:
    """The visit, if this desk may know of it.

    Raises: NotKnown when there is none or it may not; the two look the same.
    """
    row = db.session.get(Inspection, ref)
    if row is None or record.may_know(row.chain, subject(row), desk_id) is None:
        raise NotKnown
    return row


def listed(
    chain: int, desk_id: int, wanted: Wanted, before: tuple[datetime, str] | None, limit: int
) -> tuple[list[dict[str, Any]], tuple[datetime, str] | None]:
    """The visits of an operation that a desk may know of, newest first, with the place to go on from."""
    refs = record.known_refs(chain, desk_id, "inspection")
    query = select(Inspection).where(Inspection.chain == chain, Inspection.ref.in_(refs))
    for name in ("visit", "origin", "agency"):
        if value := getattr(wanted, name):
            query = query.where(getattr(Inspection, name) == value)
    if wanted.state == "concluded":
        query = query.where(Inspection.concluded_at.is_not(None))
    elif wanted.state:
        outcome = None if wanted.state == "going" else wanted.state
        query = query.where(Inspection.concluded_at.is_(None), Inspection.outcome.is_not_distinct_from(outcome))
    if before:
        begun_at, ref = before
        query = query.where(
            (Inspection.begun_at < begun_at) | ((Inspection.begun_at == begun_at) & (Inspection.ref < ref))
        )
    rows = list(db.session.scalars(query.order_by(Inspection.begun_at.desc(), Inspection.ref.desc()).limit(limit + 1)))
    further = (rows[limit - 1].begun_at, rows[limit - 1].ref) if len(rows) > limit else None
    return [shape(row) for row in rows[:limit]], further


def page(row: Inspection, desk_id: int, at: datetime) -> dict[str, Any]:
    """All of one visit: its questions, answers, findings, photographs and score."""
    lists = [
        {"code": one.code, "title": asdict(one.title), "items": [_item(item) for item in one.items]}
        for one in checklists(row)
    ]
    standing = stands(row)
    sources = {source(row, one["id"]): one for one in standing["findings"]}
    raised = {one["source"]: one for one in hazards.of_sources(row.chain, list(sources), desk_id, at)}
    findings = [one | {"hazard": _hazard(raised.get(name))} for name, one in sources.items()]
    more = {"checklists": lists, "answers": standing["answers"], "findings": findings}
    return shape(row) | more | {"score": asdict(score_of(row)), "photographs": _photographs(row)}


def stands(row: Inspection) -> dict[str, Any]:
    """What is signed: every answer and every finding."""
    query = select(Finding).where(Finding.ref == row.ref).order_by(Finding.at, Finding.id)
    answers = [
        {"checklist": one.checklist, "item": one.item, "answer": one.answer, "note": one.note, "at": one.at,
         "desk": one.desk}
        for one in answers_of(row)
    ]  # fmt: skip
    findings = [
        {"id": one.id, "words": one.words, "checklist": one.checklist, "item": one.item, "at": one.at}
        for one in db.session.scalars(query)
    ]
    return {"answers": answers, "findings": findings}


def fingerprint(row: Inspection) -> str:
    """The hash of what is signed, as the record has it."""
    return sha256(canonical(stands(row)))


def offered(row: Inspection, asker: Asker) -> list[str]:
    """What the asker may do on this visit now."""
    inspects, going = asker.agency in hands_of(row), not (row.outcome or row.concluded_at)
    left = score_of(row).open if going or not row.concluded_at else []
    takes_note = going and visit.known_before(row.visit) and visit.may_take_note(left) is None
    able = {
        "answer": (inspects and going, "inspection.make"),
        "sign": (asker.agency == row.agency and takes_note, "inspection.sign"),
        "refuse": (inspects and asker.agency != row.agency and takes_note, "inspection.make"),
        "conclude": (
            inspects and not row.concluded_at and visit.may_conclude(row.visit, row.outcome, left) is None,
            "inspection.make",
        ),
        "raise": (
            inspects and visit.may_raise(row.visit, concluded=row.concluded_at is not None) is None, "hazard.find",
        ),
    }  # fmt: skip
    return [name for name, (now, verb) in able.items() if now and may(asker, verb) is None]


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


def hands_of(row: Inspection) -> list[str]:
    """The agencies that write on a visit."""
    desk = agencies.desk_by_id(row.desk)
    return visit.hands(row.origin, desk.agency if desk else "", row.agency, row.inspectors)


def subject(row: Inspection) -> tuple[str, str]:
    """How the record names it."""
    return ("inspection", row.ref)


def source(row: Inspection, finding: str) -> str:
    """How a hazard says that it came out of one finding."""
    return f"{record.written(subject(row))}/{finding}"


def facts(row: Inspection) -> dict[str, Any]:
    """What rules read of a visit."""
    return {
        "site": row.site,
        "site_owner": row.agency,
        "plan": row.plan_version,
        "phase": operations.at(row.chain).phase,
    }


def shape(row: Inspection) -> dict[str, Any]:
    """A visit in a list."""
    desk = agencies.desk_by_id(row.desk)
    state = "concluded" if row.concluded_at else row.outcome or "going"
    return {
        "ref": row.ref, "operation": operations.at(row.chain).code, "state": state, "visit": row.visit,
        "origin": row.origin, "agency": row.agency, "site": row.site, "desk": desk.code if desk else None,
        "inspectors": row.inspectors, "begun_at": row.begun_at, "outcome": row.outcome, "outcome_at": row.outcome_at,
        "signed_by": row.signed_by, "refusal": row.refusal, "witness": row.witness, "concluded_at": row.concluded_at,
    }  # fmt: skip


def _item(item: Any) -> dict[str, Any]:
    told = {"code": item.code, "question": asdict(item.question), "points": item.points, "grave": item.grave}
    return told | {"basis": item.basis, "confirmed": item.confirmed}


def _hazard(found: dict[str, Any] | None) -> dict[str, Any] | None:
    if found is None:
        return None
    told = {name: found[name] for name in ("ref", "title", "state", "grade", "overdue")}
    return told | {"deadline": found["five"]["deadline"]}


def _photographs(row: Inspection) -> list[dict[str, Any]]:
    query = select(Photograph).where(Photograph.ref == row.ref).order_by(Photograph.file)
    return [{"file": one.file, "checklist": one.checklist, "item": one.item} for one in db.session.scalars(query)]
