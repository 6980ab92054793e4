"""Whether a rule concerns a fact, and whether a fact ends a debt. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from .contingency import Plan, Rule, Settle
from .owing import Debt, Heard, Place
from .vocabulary import UNGRADED

HEARD = "heard"
OPENED, RAISED, GRADED, AMENDED = "incident.opened", "incident.raised", "incident.graded", "incident.amended"
PRE_REPORT = "pre_report"
Seats = Mapping[str, Sequence[Place]]


def waits_for(rule: Rule, heard: Heard) -> bool:
    """Whether a rule opens with a fact of this kind: what was heard and is raised counts as opened."""
    kinds = {heard.kind, OPENED} if heard.kind == RAISED else {heard.kind}
    return any(kind in rule.when for kind in kinds) and matches(rule.match, heard.data)


def concerns(plan: Plan, rule: Rule, heard: Heard, seats: Seats) -> bool:
    """Whether all conditions of a rule hold for a fact."""
    if rule.heard != (heard.facts.get("status") == HEARD):
        return False
    return _fits(rule, heard) and in_its_time(plan, rule, heard.at, heard.facts) and _plays(rule, heard, seats)


def _fits(rule: Rule, heard: Heard) -> bool:
    facts = heard.facts
    wanted = (
        (rule.types, facts.get("type")),
        (rule.categories, facts.get("category")),
        (rule.grades, facts.get("grade") or UNGRADED),
        (rule.attention, facts.get("attention")),
        (rule.phases, heard.phase),
    )
    if any(allowed and value not in allowed for allowed, value in wanted):
        return False
    return rule.life_safety is None or rule.life_safety == bool(facts.get("life_safety"))


def in_its_time(plan: Plan, rule: Rule, at: datetime, facts: Mapping[str, Any]) -> bool:
    """Whether an instant lies in the periods a rule asks for, where the incident is."""
    if rule.sensitive is None and not rule.periods:
        return True
    areas = facts.get("areas")
    # The daily clock has no place of its own: a period that holds somewhere holds for it.
    now = {
        period.code
        for period in plan.periods
        if period.since <= at < period.until and (not period.areas or areas is None or set(period.areas) & set(areas))
    }
    if rule.periods and not now & set(rule.periods):
        return False
    return rule.sensitive is None or rule.sensitive == bool(now)


def _plays(rule: Rule, heard: Heard, seats: Seats) -> bool:
    """Whether who acts plays one of the parties a rule asks for."""
    agency = acting(heard)
    return not rule.by or any(agency == place[0] for party in rule.by for place in seats.get(party, ()))


def matches(match: Mapping[str, tuple[str, ...]], data: Mapping[str, Any]) -> bool:
    """Whether an entry's data has the values that are asked for; of a list one is enough."""
    return all(_says(data.get(name), allowed) for name, allowed in match.items())


def _says(value: Any, allowed: tuple[str, ...]) -> bool:
    return any(one in allowed for one in value) if isinstance(value, list) else value in allowed


def acting(heard: Heard) -> str:
    """Who the fact counts for: what one desk types for another after a telephone call is the other's answer."""
    for_whom = heard.data.get("on_behalf_of")
    return agency_of(for_whom) if isinstance(for_whom, str) and for_whom else heard.by_agency


def agency_of(desk: str) -> str:
    """The agency of a desk."""
    return desk.partition("/")[0]


# --- what ends a debt ---------------------------------------------------------------------------------------------


def settles(rule: Rule, heard: Heard, debt: Debt, seats: Seats) -> bool:
    """Whether a fact meets a debt."""
    if heard.kind.startswith("obligation.") and heard.data.get("obligation") != debt.id:
        # Such an entry speaks of one debt by its id; its siblings under the same rule are still owed.
        return False
    if heard.data.get("completeness") == PRE_REPORT and not rule.pre_report:
        return False
    if debt.about != told_apart(rule, heard) and heard.data.get("obligation") != debt.id:
        return False
    return any(
        settle.kind == heard.kind and matches(settle.match, heard.data) and _by(rule, settle, heard, debt, seats)
        for settle in rule.settled_by
    )


def told_apart(rule: Rule, heard: Heard) -> str | None:
    """Which of the debts of one rule a fact speaks of, where the rule tells them apart."""
    about = heard.data.get(rule.each) if rule.each else None
    return str(about) if about is not None else None


def _by(rule: Rule, settle: Settle, heard: Heard, debt: Debt, seats: Seats) -> bool:
    agency = acting(heard)
    if settle.by == "anyone":
        return True
    if settle.by == "owner" and rule.owed_by.party == "addressed":
        # What was asked of a desk is answered by that desk; another one of the same agency was not asked.
        return debt.desk == (heard.data.get("on_behalf_of") or heard.by_desk)
    if settle.by == "owner":
        return agency == debt.agency and agency == (agency_of(debt.desk) or debt.agency)
    if settle.by == "lead" and "lead" not in seats:
        return agency == agency_of(str(heard.facts.get("lead") or ""))
    return any(agency == place[0] for place in seats.get(settle.by, ()))


def met_at(heard: Heard) -> datetime:
    """When it was said, never later than it was typed."""
    via = heard.data.get("via")
    stated = instant_in(heard.data, "stated_at") or (instant_in(via, "stated_at") if isinstance(via, Mapping) else None)
    # What is said cannot be said after it is typed: a clock that runs ahead must not meet a deadline for anyone.
    return min(stated, heard.at) if stated else heard.at


def instant_in(data: Mapping[str, Any], name: str) -> datetime | None:
    """The instant an entry names, or None where it names none that can be read."""
    words = data.get(name)
    if isinstance(words, str):
        try:
            words = datetime.fromisoformat(words)
        except ValueError:
            return None
    return words.astimezone(UTC) if isinstance(words, datetime) and words.tzinfo is not None else None


def proof(heard: Heard) -> str:
    """Whether it was stated by somebody outside, or seen by the Hub itself."""
    return "stated" if heard.data.get("via") else "system"
