"""Who owes a return: units come, and are let off for some days."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.queries import Desk
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, NotAllowed
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import opaque
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation
from incident_hub.returns.cells import STILL
from incident_hub.returns.days import local_date, window
from incident_hub.returns.models import EXEMPTED, REGISTERED, Exemption, OwingDesk, Unit, ZeroReport

from .circles import owing_desk
from .completing import complete
from .opening import open_due
from .reopening import reopen
from .stating import by_owing, state


@dataclass(frozen=True)
class NewUnit:
    """A unit that comes to owe. Shape: without `desk` the duty desk of its agency owes for it."""

    code: str
    title: Mapping[str, str]
    agency: str
    site: str | None
    desk: str | None
    first_day: date
    last_day: date | None = None


def register(operation: Operation, new: Sequence[NewUnit], at: datetime, by: By) -> int:
    """Take units in, each from its first day; a code that is there already says the same again and changes nothing.

    Raises: BadInput naming every unit that cannot be taken in (then none is), NotAllowed for units of others.
    Tells: unit.registered, one a desk.
    """
    fresh = _fresh(operation, new, at, by)
    desks: dict[str, OwingDesk] = {}
    made: list[tuple[OwingDesk, NewUnit]] = []
    for one in fresh:
        code = one.desk or f"{one.agency}/duty"
        if code not in desks:
            desks[code] = owing_desk(operation, _desk(code), at, by)
        made.append((desks[code], one))
    db.session.flush()
    db.session.add_all([_row(operation, owing, one) for owing, one in made])
    db.session.flush()
    for owing, ones in by_owing((owing.ref, one) for owing, one in made).items():
        told = [{"unit": one.code, "first_day": one.first_day.isoformat()} for one in ones]
        state(operation, owing, REGISTERED, at, by, {"units": told})
    while open_due(operation, at, by):
        continue
    # Who had met the day already, or had nothing to owe when it was opened, owes it with the unit that came.
    today = local_date(at, operation.zone)
    reopen(operation, _still_owing(operation.id, [one.code for one in fresh], today), at, by)
    return len(made)


def would_register(operation: Operation, new: Sequence[NewUnit], at: datetime, by: By) -> int:
    """How many would be taken in. Raises: as `register`."""
    return len(_fresh(operation, new, at, by))


def exempt(operation: Operation, unit: Unit, since: date, until: date, reason: str, at: datetime, by: By) -> str:
    """Let a unit off for some days; what was received for them stays.

    Tells: return.exempted; return.completed or obligation.ended where nothing is missing any more.
    """
    if until < since or not reason.strip():
        raise BadInput("Give the first and the last day, the last not before the first, and say why.")
    id = opaque()
    db.session.add(Exemption(id=id, unit=unit.ref, since=since, until=until, reason=reason, at=at))
    query = select(ZeroReport).where(
        ZeroReport.unit == unit.ref, ZeroReport.date.between(since, until), ZeroReport.state.in_(STILL)
    )
    rows = list(db.session.scalars(query))
    for row in rows:
        row.state = "exempt"
    db.session.flush()
    told = {"unit": unit.code, "since": since.isoformat(), "until": until.isoformat(), "exemption": id}
    state(operation, unit.owing, EXEMPTED, at, by, told, {"reason": reason})
    complete(operation, {(row.owing, row.date) for row in rows}, at, by)
    return id


def _still_owing(chain: int, codes: Collection[str], day: date) -> set[tuple[str, date]]:
    query = select(ZeroReport.owing).join(Unit, Unit.ref == ZeroReport.unit)
    query = query.where(Unit.chain == chain, Unit.code.in_(codes), ZeroReport.date == day, ZeroReport.state.in_(STILL))
    return {(owing, day) for owing in db.session.scalars(query)}


def _fresh(operation: Operation, new: Sequence[NewUnit], at: datetime, by: By) -> list[NewUnit]:
    query = select(Unit.code).where(Unit.chain == operation.id, Unit.code.in_([one.code for one in new]))
    known = set(db.session.scalars(query))
    _refuse_unsound(operation, new, known, at, by)
    return list({one.code: one for one in new if one.code not in known}.values())


def _refuse_unsound(operation: Operation, new: Sequence[NewUnit], known: Collection[str], at: datetime, by: By) -> None:
    plan = operations.plan_of(operation.plan_version)
    if plan.zero_report is None:
        raise BadInput("The plan of this operation asks for no daily returns.")
    over = {place[0] for place in operations.seats(operation.id, {}).get(plan.zero_report.oversees, [])}
    # Whoever sits at the machine may do what any desk may.
    if by.agency not in (*over, "house") and {one.agency for one in new} != {by.agency}:
        raise NotAllowed("Your agency registers its own units; whoever oversees the returns registers any.")
    present, first = operations.participants(operation.id), local_date(at, operation.zone)
    # Whoever comes after the cut-off has no time left to make the return of that day.
    if window(first, plan.zero_report.units.cut_off, operation.zone)[1] <= at:
        first += timedelta(days=1)
    sites = {one.code: one.agency for one in agencies.sites()}
    desks = {one.code: one.agency for one in agencies.all_desks()}
    faults: list[dict[str, str]] = []
    for n, one in ((n, one) for n, one in enumerate(new) if one.code not in known):
        field, told = "agency", say("{agency} takes no part in this operation.", agency=one.agency)
        if one.agency in present:
            field, told = _misfit(one, first, sites, desks) or ("", "")
        if told:
            faults.append({"pointer": f"/units/{n}/{field}", "detail": told})
    if faults:
        raise BadInput(say("{n} units cannot be taken in, so none was; see errors.", n=len(faults)), errors=faults)


def _misfit(one: NewUnit, first: date, sites: Mapping[str, str], desks: Mapping[str, str]) -> tuple[str, str] | None:
    """The field of a unit that does not fit, and why; None when it fits. Shape: owners by code, of sites and desks."""
    if one.site and sites.get(one.site) != one.agency:
        return "site", say("{agency} has no site {site}.", agency=one.agency, site=one.site)
    if desks.get(one.desk or f"{one.agency}/duty") != one.agency:
        return "desk", say("{agency} has no desk {desk}.", agency=one.agency, desk=one.desk)
    if one.first_day < first or (one.last_day and one.last_day < one.first_day):
        return "first_day", say(
            "The first day is {first} or later, and the last not before it; nothing is owed for what is past.",
            first=first,
        )
    return None


def _desk(code: str) -> Desk:
    desk = agencies.desk(code)
    if desk is None:
        raise BadInput(say("There is no desk {code}.", code=code))
    return desk


def _row(operation: Operation, owing: OwingDesk, one: NewUnit) -> Unit:
    return Unit(
        ref=opaque(), chain=operation.id, code=one.code, title=dict(one.title), agency=one.agency, site=one.site,
        owing=owing.ref, first_day=one.first_day, last_day=one.last_day,
    )  # fmt: skip
