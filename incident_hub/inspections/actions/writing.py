"""What inspectors write on a visit: answers, findings, the photographs taken at a question, and hazards raised."""

from __future__ import annotations

from datetime import datetime

from incident_hub.agencies import queries as agencies
from incident_hub.files import actions as files
from incident_hub.hazards import actions as hazards
from incident_hub.hazards import queries as hazard_queries
from incident_hub.inspections import queries
from incident_hub.inspections.models import FOUND, Answered, Finding, Inspection, Photograph
from incident_hub.inspections.visit import in_a_line, may_raise, raised_as
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, NotKnown
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import opaque
from incident_hub.operations import queries as operations

from .stating import refuse_field, refuse_others, refuse_unless_going, state


def answer(found: Inspection, checklist: str, item: str, given: str, note: str | None, at: datetime, by: By) -> None:
    """Answer one question, or answer it anew while nothing is signed."""
    refuse_unless_going(found, by)
    _refuse_unasked(found, checklist, item)
    db.session.merge(
        Answered(ref=found.ref, checklist=checklist, item=item, answer=given, note=note or None, at=at, desk=by.desk)
    )  # fmt: skip


def find(found: Inspection, words: str, checklist: str | None, item: str | None, at: datetime, by: By) -> str:
    """Write down what was found. Tells: inspection.found."""
    refuse_unless_going(found, by)
    if not words.strip():
        raise refuse_field("words", "Say what was found.")
    if checklist or item:
        _refuse_unasked(found, checklist or "", item)
    id = opaque()
    db.session.add(Finding(id=id, ref=found.ref, checklist=checklist, item=item, words=words, at=at))
    state(found, FOUND, at, by, {"finding": id, "checklist": checklist, "item": item}, {"words": words})
    return id


def photograph(
    found: Inspection, file: files.Sound, note: str | None, question: tuple[str, str] | None, at: datetime, by: By
) -> str:
    """Attach a photograph or a file, to the visit or to one of its questions. Tells: file.attached."""
    if question:
        refuse_unless_going(found, by)
        _refuse_unasked(found, *question)
    kept = files.keep(found.chain, queries.subject(found), queries.facts(found), file, note, at, by)
    if question:
        # The file's row comes before what points at it.
        db.session.flush()
        db.session.add(Photograph(file=kept, ref=found.ref, checklist=question[0], item=question[1]))
    return kept


def raise_hazard(found: Inspection, finding: str, at: datetime, by: By) -> str:
    """Make a hazard of a finding: its owner settles it from now on. Tells: hazard.found. Shape: its reference."""
    row = db.session.get(Finding, finding)
    if row is None or row.ref != found.ref:
        raise NotKnown
    refuse_others(found, by)
    if refusal := may_raise(found.visit, concluded=found.concluded_at is not None):
        raise Conflict(refusal)
    source = queries.source(found, finding)
    if hazard_queries.raised(found.chain, source):
        raise Conflict("A hazard was raised from this finding already.")
    clause = f"{row.checklist}/{row.item}" if row.checklist and row.item else row.checklist
    beside = [agencies.duty_desk(one) for one in queries.hands_of(found) if one != by.agency]
    whole = hazards.Found(
        title=in_a_line(row.words), description=row.words, origin=raised_as(found.visit, found.origin),
        agency=found.agency, site=found.site, clause=clause, source=source, beside=[one.id for one in beside if one],
    )  # fmt: skip
    return hazards.find(operations.at(found.chain), whole, at, by)


def _refuse_unasked(found: Inspection, checklist: str, item: str | None) -> None:
    lists = {one.code: one for one in queries.checklists(found)}
    if checklist not in lists:
        raise refuse_field(
            "checklist",
            say("This visit does not go by {checklist}; it goes by {lists}.", checklist=checklist, lists=lists),
        )
    if item and item not in {one.code for one in lists[checklist].items}:
        raise BadInput(
            say(
                "This visit does not ask {checklist}/{item}; it goes by {lists}.",
                checklist=checklist,
                item=item,
                lists=lists,
            )
        )
