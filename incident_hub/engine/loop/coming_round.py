"""Rules that come round by themselves: each occurrence is owed, once, also one that came while nothing ran."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from incident_hub.agencies import queries as agencies
from incident_hub.kernel.database import db
from incident_hub.obligations import actions as owing
from incident_hub.obligations import queries as obligations
from incident_hub.operations import queries as operations
from incident_hub.plan.contingency import Plan, Rule
from incident_hub.plan.owing import Opening
from incident_hub.plan.reaction import Place, periodic
from incident_hub.plan.recurrence import comes_round
from incident_hub.roster import queries as roster
from incident_hub.roster.rotation import handovers

from .passing import ENGINE, Pass, alone

_MOMENT = timedelta(milliseconds=1)
Seats = dict[str, list[Place]]


def open_periodic_debts(going: Pass) -> bool:
    """Open what every rule that came round since it was last looked at demands; never more to look for afterwards.

    The rules by which the levels of the daily return owe are looked at with the returns.
    """
    horizon = going.horizon()
    aside = going.aside.left_alone(horizon)
    for operation in operations.live():
        plan = operations.plan_of(operation.plan_version)
        for rule in plan.rules:
            # A rule is looked at afresh when the phase moves or another plan comes into force.
            key = f"{operation.id}/{operation.plan_version}/{operation.phase}/{rule.code}"
            if rule.every is None or rule.code in plan.tier_rules or key in aside:
                continue
            since = going.rounds.get(key) or _since(operation, rule)
            if _open(going, key, operation, plan, rule, since, horizon):
                going.rounds[key] = horizon
    return False


def _open(
    going: Pass, key: str, operation: operations.Operation, plan: Plan, rule: Rule, since: datetime, until: datetime
) -> bool:
    for at, openings in _rounds(operation, plan, rule, since, until):
        occurrence = _named(at, operation.zone)
        alone(going, operation.id, key, partial(_act, operation.id, occurrence, openings))
        if key in going.aside.left_alone(going.horizon()):
            return False
    return True


def _act(chain: int, occurrence: str, openings: Sequence[Opening], _key: str, at: datetime) -> bool:
    return bool(owing.open_periodic(chain, occurrence, openings, at, ENGINE))


def _rounds(
    operation: operations.Operation, plan: Plan, rule: Rule, since: datetime, until: datetime
) -> list[tuple[datetime, tuple[Opening, ...]]]:
    if rule.every is None or since >= until:
        return []
    if not rule.every.shift:
        found = comes_round(rule, since, until, operation.zone)
        if not found:
            return []
        seats = _seats(operation)
        return [(at, periodic(plan, rule, at, seats, operation.zone, operation.phase)) for at in found]
    # Each watch has hand-overs of its own.
    party, post = rule.owed_by.party, rule.owed_by.post
    each = [
        (at, periodic(plan, rule, at, {party: [place]}, operation.zone, operation.phase))
        for place in _seats(operation).get(party, ())
        for at in comes_round(rule, since, until, operation.zone, _handovers(place[1], post, since, until))
    ]
    return sorted(each, key=lambda one: one[0])


def _handovers(desk_code: str, post: str, since: datetime, until: datetime) -> list[datetime]:
    desk = agencies.desk(desk_code)
    if desk is None:
        return []
    return [one.due_at for one in handovers(roster.schedule_of(desk.id, post), since, until + _MOMENT)]


def _seats(operation: operations.Operation) -> Seats:
    return operations.seats(operation.id, {"phase": operation.phase, "plan": operation.plan_version})


def _since(operation: operations.Operation, rule: Rule) -> datetime:
    """From when on occurrences are owed: since this phase of this plan began, or the last one that was opened."""
    began, newest = operations.ruled_since(operation), obligations.newest_round(operation.id, rule.code)
    db.session.rollback()
    return max(began, newest) if newest else began


def _named(at: datetime, zone: str) -> str:
    """The occurrence by its wall time; the second of two equal ones has its offset beside it."""
    local = at.astimezone(ZoneInfo(zone))
    return local.isoformat(timespec="minutes") if local.fold else local.strftime("%Y-%m-%dT%H:%M")
