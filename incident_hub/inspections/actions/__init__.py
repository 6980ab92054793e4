"""The verbs of a visit. An answer is kept at once and is no entry; the conclusion states them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.inspections import queries
from incident_hub.inspections.models import BEGUN, CONCLUDED, FOUND, REFUSED, SIGNED, Answered, Finding, Inspection
from incident_hub.inspections.visit import known_before, may_begin, may_conclude
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.text import canonical, opaque, sha256
from incident_hub.operations import queries as operations


@dataclass(frozen=True)
class Planned:
    """What a visit is to be."""

    visit: str
    origin: str
    agency: str
    site: str | None
    inspectors: Sequence[Mapping[str, str]]
    checklists: Sequence[str]


def begin(operation: operations.Operation, planned: Planned, at: datetime, by: By) -> str:
    """Begin a visit. The inspected know of it unless it is a mystery check. Tells: inspection.begun."""
    if refusal := may_begin(planned.origin, by.agency, planned.agency, planned.inspectors):
        raise BadInput(refusal)
    _refuse_unknown(operation, planned)
    ref = opaque()
    row = Inspection(
        ref=ref, chain=operation.id, visit=planned.visit, origin=planned.origin, agency=planned.agency,
        site=planned.site, inspectors=[dict(one) for one in planned.inspectors], checklists=list(planned.checklists),
        plan_version=operation.plan_version, desk=by.desk_id, begun_at=at,
    )  # fmt: skip
    db.session.add(row)
    overseeing = [one.id for one in operations.overseers(operation, planned.agency, planned.site)]
    circle = {**dict.fromkeys(overseeing, "informed"), by.desk_id: "lead"}
    if known_before(planned.visit):
        circle = {**_inspected(planned.agency), **circle}
    record.disclose_all(operation.id, ("inspection", ref), circle, "full", at, by.desk)
    data = {name: value for name, value in asdict(planned).items() if name != "inspectors"}
    _state(row, BEGUN, at, by, data | {"inspectors": row.inspectors})
    return ref


def answer(found: Inspection, checklist: str, item: str, given: str, note: str | None, at: datetime, by: By) -> None:
    """Answer one question, or answer it anew while nothing is signed."""
    _refuse_unless_going(found, by)
    lists = {one.code: one for one in queries.checklists(found)}
    if checklist not in lists or item not in {one.code for one in lists[checklist].items}:
        raise BadInput(f"This visit does not ask {checklist}/{item}; it goes by {', '.join(lists)}.")
    db.session.merge(
        Answered(ref=found.ref, checklist=checklist, item=item, answer=given, note=note or None, at=at)
    )  # fmt: skip


def find(found: Inspection, words: str, checklist: str | None, item: str | None, at: datetime, by: By) -> str:
    """Write down what was found. Tells: inspection.found."""
    _refuse_unless_going(found, by)
    id = opaque()
    db.session.add(Finding(id=id, ref=found.ref, checklist=checklist, item=item, words=words, at=at))
    _state(found, FOUND, at, by, {"finding": id, "checklist": checklist, "item": item}, {"words": words})
    return id


def sign(found: Inspection, at: datetime, by: By) -> None:
    """The inspected sign what was answered and found; after that it stands. Tells: inspection.signed."""
    _refuse_closed(found)
    if by.agency != found.agency:
        raise NotAllowed(f"{found.agency} signs this; if they will not, state the refusal and before whom.")
    found.outcome = "signed"
    _state(found, SIGNED, at, by, {"sha256": _print(found)})


def refuse(found: Inspection, words: str, witness: Mapping[str, str], at: datetime, by: By) -> None:
    """State that the inspected did not sign, in their words and before a witness. Tells: inspection.refused."""
    _refuse_unless_going(found, by)
    if witness["agency"] == found.agency:
        raise BadInput("The witness is of the agency that is inspected; name another one.")
    found.outcome, found.refusal, found.witness = "refused", words, dict(witness)
    _state(found, REFUSED, at, by, {"witness": found.witness, "sha256": _print(found)}, {"words": words})


def conclude(found: Inspection, at: datetime, by: By) -> None:
    """Conclude a visit: every answer and the score are stated, and the inspected know. Tells: inspection.concluded."""
    if found.concluded_at:
        raise Conflict("This visit is concluded already.")
    _refuse_others(found, by)
    score = queries.score_of(found)
    if refusal := may_conclude(found.visit, found.outcome, score.open):
        raise Conflict(refusal)
    found.concluded_at = at
    inspected = _inspected(found.agency)
    if inspected:
        record.disclose_all(found.chain, queries.subject(found), inspected, "full", at, by.desk)
    answers = {f"{one.checklist}/{one.item}": one.answer for one in queries.answers_of(found)}
    _state(found, CONCLUDED, at, by, {"answers": answers, "sha256": _print(found)} | asdict(score))


def _state(
    row: Inspection, kind: str, at: datetime, by: By, data: dict[str, Any], texts: dict[str, str] | None = None
) -> None:
    facts = queries.facts(row)
    record.append(Draft(row.chain, kind, at, by, queries.subject(row), facts, data, texts or {}))


def _print(found: Inspection) -> str:
    db.session.flush()
    told = queries.page(found)
    return sha256(canonical({"answers": told["answers"], "findings": told["findings"]}))


def _refuse_unknown(operation: operations.Operation, planned: Planned) -> None:
    if agencies.agency(planned.agency) is None:
        raise BadInput(f"There is no agency {planned.agency}.", errors=[{"pointer": "/agency", "detail": "unknown"}])
    site = agencies.site(planned.site) if planned.site else None
    if planned.site and (site is None or site.agency != planned.agency):
        raise BadInput(
            f"{planned.agency} has no site {planned.site}.", errors=[{"pointer": "/site", "detail": "unknown"}]
        )
    known = {one.code: one for one in operations.plan_of(operation.plan_version).checklists}
    for code in planned.checklists:
        if code not in known or planned.visit not in known[code].visits:
            usable = ", ".join(one.code for one in known.values() if planned.visit in one.visits) or "none"
            told = f"The plan has no check-list {code} for such a visit; it has {usable}."
            raise BadInput(told, errors=[{"pointer": "/checklists", "detail": told}])


def _inspected(agency: str) -> dict[int, str]:
    desk = agencies.duty_desk(agency)
    return {desk.id: "support"} if desk else {}


def _refuse_unless_going(found: Inspection, by: By) -> None:
    _refuse_closed(found)
    _refuse_others(found, by)


def _refuse_closed(found: Inspection) -> None:
    if found.concluded_at or found.outcome:
        raise Conflict("What was signed, refused or concluded stands; make a follow-up visit.")


def _refuse_others(found: Inspection, by: By) -> None:
    if by.desk_id != found.desk:
        raise NotAllowed("The desk that makes this visit writes on it; yours reads it.")
