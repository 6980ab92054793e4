"""Drafts: a row, kept at once with every change and known to their own desk alone; nothing is stated in the record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from incident_hub.incidents import queries as incidents
from incident_hub.incidents.lifecycle import merged
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, Stale
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import canonical, opaque, sha256
from incident_hub.reports import queries
from incident_hub.reports.forms import FORMS
from incident_hub.reports.models import Report
from incident_hub.reports.order import may_begin

from .stating import refuse_others, refuse_unless, who

LONGEST = 20_000


def draft(of: incidents.Known, form: str, based_on: queries.Found | None, at: datetime, by: By) -> tuple[str, bool]:
    """Begin a report, or go on with the draft there is: one per desk, incident and form.

    Shape: its id, and whether it is new. Raises: Conflict when the form does not follow on what the agency has sent.
    """
    if held := _open(key := _key(by.desk, of.incident.ref, form, None)):
        return held.id, False
    if refusal := may_begin(FORMS[form], queries.sent_forms(of, by.agency)):
        raise Conflict(refusal)
    last = queries.last_of(of, by.agency)
    typed = _taken_over(based_on, form) if based_on else {}
    row = _row(of, form, key, typed, at, by)
    row.after, row.based_on = last.id if last else None, based_on.row.id if based_on else None
    return _kept(row, at, by), True


def amend(found: queries.Found, why: str, at: datetime, by: By) -> tuple[str, bool]:
    """Begin a report that amends one that was sent, with what was written in it. Shape: as for a draft.

    Raises: Conflict for what was not sent in writing, or is amended already.
    """
    refuse_others(found, by)
    row = found.row
    if row.state != "sent" or row.mode == "spoken":
        raise Conflict("Only a written report that was sent is amended; a spoken one is followed by the written one.")
    if newer := db.session.scalar(select(Report.id).where(Report.amends == row.id, Report.state == "sent")):
        raise Conflict("It is amended already; amend the newer one.", report=newer)
    key = _key(by.desk, row.ref, row.form, row.id)
    if held := _open(key):
        return held.id, False
    made = _row(found.of, row.form, key, row.typed, at, by)
    made.after, made.amends, made.why = row.after, row.id, why
    return _kept(made, at, by), True


def write(
    found: queries.Found, seen: int, changes: Mapping[str, Mapping[str, str] | None], at: datetime, by: By
) -> int:
    """Write lines of a draft; None gives a line back to what is known. Shape: the draft's new version.

    Lines that nobody else moved since `seen` merge. Raises: Stale with both values for a line that somebody else wrote;
    BadInput for a line the form does not have, or a count typed as text.
    """
    refuse_others(found, by)
    row = found.row
    refuse_unless(row, "draft")
    _refuse_misfits(row.form, changes)
    present = {code: row.typed.get(code) for code in changes}
    clashes = merged(seen, row.moved, dict(present), dict(changes))
    if clashes:
        told = [{"pointer": f"/content/{one}", "detail": "Somebody else at your desk wrote here."} for one in clashes]
        both = {one: {"yours": changes[one], "theirs": present[one]} for one in clashes}
        raise Stale("Somebody else wrote on the same line meanwhile; see both.", errors=told, fields=both)
    moved = {code: value for code, value in changes.items() if value != present[code]}
    if moved:
        row.version += 1
        row.typed = {code: value for code, value in {**row.typed, **moved}.items() if value}
        row.moved = {**row.moved, **dict.fromkeys(moved, row.version)}
    return row.version


def discard(found: queries.Found, at: datetime, by: By) -> None:
    """Throw a draft away; nothing of it was ever stated."""
    refuse_others(found, by)
    refuse_unless(found.row, "draft")
    for desk in record.access(found.row.chain, found.subject):
        record.withdraw(found.row.chain, found.subject, desk.desk_id, at)
    db.session.delete(found.row)


# ------------------------------------------------------------------------------------------------------------------


def _key(desk: str, ref: str, form: str, amends: str | None) -> str:
    return sha256(canonical([desk, ref, form, amends]))


def _open(key: str) -> Report | None:
    return db.session.scalars(select(Report).where(Report.open_key == key)).first()


def _row(of: incidents.Known, form: str, key: str, typed: Mapping[str, Any], at: datetime, by: By) -> Report:
    return Report(
        id=opaque(), chain=of.incident.chain, ref=of.incident.ref, form=form, mode="written", number=None,
        agency=by.agency, desk=by.desk, state="draft", open_key=key, typed=dict(typed), version=1, moved={},
        compiled_by=who(by), compiled_at=at,
    )  # fmt: skip


def _kept(row: Report, at: datetime, by: By) -> str:
    db.session.add(row)
    db.session.flush()
    record.disclose(row.chain, ("report", row.id), by.desk_id, "lead", "full", at, by.desk)
    return row.id


def _taken_over(based_on: queries.Found, form: str) -> dict[str, Any]:
    """What another agency wrote, where this form asks for it and the Hub itself does not know it."""
    asked = {one.field.code for one in FORMS[form].asks if one.field.source is None and not one.field.figures}
    told = {one["code"]: one for one in based_on.row.content or ()}
    found: dict[str, Any] = {}
    for code in asked & told.keys():
        if told[code]["value"]:
            found[code] = {"value": told[code]["value"]["zh"]}
        elif told[code]["unknown"]:
            found[code] = {"unknown": told[code]["unknown"]}
    return found


def _refuse_misfits(form: str, changes: Mapping[str, Mapping[str, str] | None]) -> None:
    fields = {one.field.code: one.field for one in FORMS[form].asks}
    errors: list[dict[str, str]] = []
    for code, said in changes.items():
        pointer = f"/content/{code}"
        if code not in fields:
            errors.append(
                {
                    "pointer": pointer,
                    "detail": say("This form has no line {code}; it has {fields}.", code=code, fields=fields),
                }
            )
        elif said and said.get("value") and fields[code].figures:
            words = "Counts come from the figures of the incident; state the figure there, and it stands here."
            errors.append({"pointer": pointer, "detail": words})
        elif said and len(str(said.get("value") or said.get("unknown") or "")) > LONGEST:
            errors.append(
                {
                    "pointer": pointer,
                    "detail": say("This is longer than {longest} characters; attach the rest.", longest=LONGEST),
                }
            )
    if errors:
        raise BadInput(errors[0]["detail"], errors=errors)
