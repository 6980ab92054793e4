"""Sending: a signed report goes to one desk, and so to everybody it passed over; whoever received it may hand it on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.incidents import queries as incidents
from incident_hub.incidents.stated import Via
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed, NotKnown
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say, say_both
from incident_hub.kernel.text import opaque
from incident_hub.operations import queries as operations
from incident_hub.plan.marking import may_pass_by_plan
from incident_hub.reports import queries
from incident_hub.reports.compiling import completeness
from incident_hub.reports.forms import FORMS
from incident_hub.reports.models import AMENDED, SENT, Sending
from incident_hub.reports.tiers import Way, may_go, places_of, way

from .stating import refuse_others, refuse_unless, state


@dataclass(frozen=True)
class Outgoing:
    """Where a report goes, and how.

    Shape: `tier` is the level that is meant where the receiver stands on several; `via` says when and to whom it went
    where it did not go through the Hub.
    """

    to: str
    channel: str = "hub"
    tier: str | None = None
    reason: str | None = None
    via: Via | None = None


def send(found: queries.Found, out: Outgoing, at: datetime, by: By) -> str:
    """Send a signed report, or one that was sent already to one desk more. Tells: report.sent, and report.amended for
    one that amends.

    Sending settles the sender's clocks by the plan and opens the receiver's receipt. Raises: Conflict when it is not
    signed or went there already; BadInput for a way the plan does not know, or a skip without a reason.
    """
    refuse_others(found, by)
    row = found.row
    refuse_unless(row, "signed", "sent")
    first = row.state == "signed"
    went_at = _stated(out.via, at)
    if first:
        row.state, row.open_key, row.sent_at = "sent", None, went_at
        row.number = queries.next_number(found.of, row.agency, row.form)
        db.session.flush()
    sent = _go(found, out, False, at, by)
    if first and row.amends:
        data = {"report": row.amends, "by": row.id, "form": row.form, "number": row.number}
        state(found.of, AMENDED, at, by, data, {"why": row.why or ""}, None)
    return sent


def hand_on(found: queries.Found, out: Outgoing, at: datetime, by: By) -> str:
    """Hand somebody else's report on as it is, to one's own next level. Tells: report.sent.

    Raises: NotKnown for whom it was not sent to, Conflict for one's own.
    """
    if not found.reads:
        raise NotKnown
    refuse_unless(found.row, "sent")
    if found.row.desk == by.desk:
        raise Conflict("This is your own report; send it.")
    return _go(found, out, True, at, by)


def open_to(found: queries.Found, desks: Sequence[str], at: datetime, by: By) -> None:
    """Let desks know of the incident and read the report. Raises: NotAllowed where TLP:RED would be widened."""
    for code in desks:
        desk = agencies.desk(code)
        if desk is None:
            continue
        if not record.may_know(found.row.chain, found.of.subject, desk.id):
            if refusal := may_pass_by_plan(found.of.incident.tlp):
                why = say_both(refusal.en, refusal.zh)
                raise NotAllowed(say("{why} {desk} is none of them.", why=why, desk=code))
            record.disclose(found.row.chain, found.of.subject, desk.id, "informed", "from_now", at, by.desk)
        if not record.may_know(found.row.chain, found.subject, desk.id):
            record.disclose(found.row.chain, found.subject, desk.id, "informed", "full", at, by.desk)


# ------------------------------------------------------------------------------------------------------------------


def _go(found: queries.Found, out: Outgoing, relay: bool, at: datetime, by: By) -> str:
    if out.via:
        # It went out from here, whoever took it at the other end.
        out = replace(out, via=replace(out.via, agency=None, desk=None, post=None))
    there, contact_only = _receiver(found, out, by)
    passed = _passed_over(found, there, out, by)
    open_to(found, [out.to, *passed], at, by)
    made = _keep(found, out, there, relay, None, at, by)
    for code in passed:
        _keep(found, Outgoing(code, reason=out.reason), Way(), relay, out.to, at, by)
    row = found.row
    data: dict[str, Any] = {
        "report": row.id, "form": row.form, "mode": row.mode, "number": row.number, "sending": made, "from": by.desk,
        "to": out.to, "addressed": [*([] if contact_only else [out.to]), *passed], "tiers": list(there.tiers),
        "channel": out.channel, "skip_level": bool(there.skipped), "skipped": passed, "relay": relay,
        "amends": row.amends, "sha256": row.sha256,
    }  # fmt: skip
    whole = None if relay else completeness(FORMS[row.form], row.open or {})
    data |= {"completeness": whole} if whole else {}
    data |= {"confirm": "sender"} if contact_only else {}
    texts = {"reason": out.reason or ""}
    if whole == "pre_report":
        texts["unknown"] = "\n".join(f"{code}: {reason}" for code, reason in (row.open or {}).items())
    state(found.of, SENT, at, by, data, texts, out.via)
    return made


def _receiver(found: queries.Found, out: Outgoing, by: By) -> tuple[Way, bool]:
    """The way to the receiver, and whether it is reached by telephone, fax and paper alone."""
    desk = agencies.desk(out.to)
    if desk is None or desk.agency not in operations.participants(found.row.chain):
        told = say("There is no desk {to} taking part in {operation}.", to=out.to, operation=found.of.operation.code)
        raise BadInput(told, errors=[{"pointer": "/to", "detail": told}])
    if desk.agency == by.agency:
        told = "A report goes to another agency."
        raise BadInput(told, errors=[{"pointer": "/to", "detail": told}])
    went = select(Sending.id).where(Sending.report == found.row.id, Sending.desk == by.desk, Sending.to == out.to)
    if db.session.scalar(went):
        raise Conflict(say("You have sent it to {to} already; see whether it was received.", to=out.to))
    agency = agencies.agency(desk.agency)
    contact_only = bool(agency and agency.membership == "contact_only")
    if contact_only and out.channel == "hub":
        told = say("{agency} does not work here; send it by fax, paper or telephone, and say so.", agency=desk.agency)
        raise BadInput(told, errors=[{"pointer": "/channel", "detail": told}])
    plan, seats = operations.plan_of(found.of.incident.plan_version), queries.seats_of(found.of)
    there = way(plan, seats, by.agency, desk.agency, out.tier)
    knows = record.may_know(found.row.chain, found.of.subject, desk.id) is not None
    if refusal := may_go(there, out.reason, knows):
        pointer = "/reason" if there.skipped else "/to"
        raise BadInput(refusal, errors=[{"pointer": pointer, "detail": refusal}])
    return there, contact_only


def _passed_over(found: queries.Found, there: Way, out: Outgoing, by: By) -> list[str]:
    """The desks of the levels that are passed over and work here: they are sent it as well, unless they have it."""
    plan = operations.plan_of(found.of.incident.plan_version)
    seats = operations.seats(found.row.chain, incidents.facts(found.of.incident))
    went = set(db.session.scalars(select(Sending.to).where(Sending.report == found.row.id)))
    skipped = places_of(plan, seats, there.skipped)
    return [code for code in skipped if code not in (out.to, by.desk) and code not in went]


def _keep(
    found: queries.Found, out: Outgoing, there: Way, relay: bool, copy_of: str | None, at: datetime, by: By
) -> str:
    id = opaque()
    row = Sending(
        id=id, report=found.row.id, desk=by.desk, to=out.to, tiers=list(there.tiers), channel=out.channel,
        via=out.via.shape() if out.via else None, relay=relay, copy_of=copy_of, reason=out.reason or None,
        sent_at=_stated(out.via, at),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return id


def _stated(via: Via | None, at: datetime) -> datetime:
    return min(via.stated_at, at) if via and via.stated_at else at
