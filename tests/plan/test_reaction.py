from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from incident_hub.plan.contingency import ByGravity, Owed, Plan, Rule, Settle, Span, Words
from incident_hub.plan.reaction import follow
from tests.plan.night import CRASH, NIGHT, SEATS, at, debt, heard


def plan_of(expo: Plan, *rules: Rule) -> Plan:
    return replace(expo, rules=rules)


def rule_like(**more) -> Rule:
    words = Words("甲", "A")
    first = Rule(
        code="R", title=words, force="plan", basis="a test", confirmed=False, when=("incident.verified",),
        owed_by=Owed("duty_officer", "police"), what=words, within=ByGravity({}, Span(timedelta(minutes=10))),
        settled_by=(Settle("incident.acknowledged"),),
    )  # fmt: skip
    return replace(first, **more)


@pytest.mark.parametrize(
    ("condition", "opens"),
    [
        ({}, True),
        ({"types": ("VEH",)}, True),
        ({"types": ("IT",)}, False),
        ({"categories": ("A", "N")}, True),
        ({"categories": ("S",)}, False),
        ({"grades": ("III",)}, True),
        ({"grades": ("ungraded",)}, False),
        ({"phases": ("active",)}, True),
        ({"phases": ("standing_down",)}, False),
        ({"attention": ("A",)}, False),
        ({"attention": ("A", "B")}, True),
        ({"life_safety": True}, True),
        ({"life_safety": False}, False),
        ({"types": ("VEH",), "phases": ("closed",)}, False),
        ({"match": {"state": ("verified",)}}, True),
        ({"match": {"state": ("false", "doubtful")}}, False),
        ({"match": {"absent": ("verified",)}}, False),
        ({"within": ByGravity({"III": Span(timedelta(minutes=1))})}, True),
        ({"within": ByGravity({"I": Span(timedelta(minutes=1))})}, False),
    ],
)
def test_a_rule_opens_only_where_all_its_conditions_hold(expo, condition, opens):
    facts = {**CRASH, "grade": "III", "attention": "B"}
    fact = heard("incident.verified", facts=facts, data={"state": "verified"})
    assert bool(follow(plan_of(expo, rule_like(**condition)), fact, [], SEATS).opens) is opens


@pytest.mark.parametrize(
    ("start", "occurred", "expected"),
    [("known_at", -30, -5), ("occurred_at", -30, -30), ("occurred_at", None, 0), ("entry", -30, 0)],
)
def test_a_clock_starts_where_its_rule_says(expo, start, occurred, expected):
    fact = heard("incident.verified", facts=CRASH, known_at={"police": at(-5)})
    fact = replace(fact, occurred_at=None if occurred is None else at(occurred))
    reaction = follow(plan_of(expo, rule_like(start=start)), fact, [], SEATS)
    assert [(o.starts_at, o.due_at) for o in reaction.opens] == [(at(expected), at(expected + 10))]


@pytest.mark.parametrize("state", ["open", "missed"])
def test_nobody_owes_the_same_thing_twice(expo, state):
    plan = plan_of(expo, rule_like())
    fact = heard("incident.verified", 5, facts=CRASH)
    assert follow(plan, fact, [debt("R", "police", 0, 10, state=state)], SEATS).opens == ()
    assert len(follow(plan, fact, [debt("R", "fire", 0, 10)], SEATS).opens) == 1


def test_a_rule_that_waits_for_a_grade_starts_at_the_change(expo):
    limits = ByGravity({"I": Span(timedelta(minutes=5)), "III": Span(timedelta(minutes=20))})
    plan = plan_of(expo, rule_like(when=("incident.graded",), within=limits))
    fact = heard(
        "incident.graded", 60, facts={**CRASH, "life_safety": False, "grade": "III"}, known_at={"police": NIGHT}
    )
    first = follow(plan, fact, [], SEATS).opens
    assert [(o.starts_at, o.due_at) for o in first] == [(at(60), at(80))]
    higher = replace(fact, at=at(62), facts={**fact.facts, "grade": "I"})
    second = follow(plan, higher, [debt("R", "police", 60, 80)], SEATS)
    assert [(o.starts_at, o.due_at) for o in second.opens] == [(at(62), at(67))]


@pytest.mark.parametrize(("by", "settled"), [("police", True), ("postal-city", False), ("fire", False)])
def test_settling_by_a_party_asks_who_plays_it(expo, by, settled):
    plan = plan_of(expo, rule_like(settled_by=(Settle("incident.acknowledged", "police"),)))
    fact = heard("incident.acknowledged", 5, by=by, facts=CRASH)
    assert bool(follow(plan, fact, [debt("R", "carrier-a", 0, 10)], SEATS).settles) is settled


def test_settling_by_the_lead_reads_the_facts_where_no_seat_is_known(expo):
    plan = plan_of(expo, rule_like(settled_by=(Settle("incident.acknowledged", "lead"),)))
    fact = heard("incident.acknowledged", 5, by="fire", facts={**CRASH, "lead": "fire/duty"})
    assert len(follow(plan, fact, [debt("R", "police", 0, 10)], {}).settles) == 1


def test_anyone_may_settle_where_the_rule_says_so(expo):
    plan = plan_of(expo, rule_like(settled_by=(Settle("incident.acknowledged", "anyone"),)))
    fact = heard("incident.acknowledged", 5, by="fire", facts=CRASH)
    assert len(follow(plan, fact, [debt("R", "police", 0, 10)], SEATS).settles) == 1


def test_a_law_is_not_ended_by_the_plan_either(expo):
    law = rule_like(force="law", ended_by=(Settle("incident.verified", "anyone"),), when=())
    fact = heard("incident.verified", 5, facts=CRASH)
    assert follow(plan_of(expo, law), fact, [debt("R", "police", 0, 10)], SEATS).supersedes == ()


def test_debts_of_rules_this_plan_does_not_know_are_left_alone(expo):
    fact = heard("incident.status_changed", 5, facts=CRASH, data={"to": "closed"})
    assert follow(expo, fact, [debt("OLD", "police", 0, 10)], SEATS).supersedes == ()


def test_only_a_fact_that_tightens_may_open_a_second_clock(expo: Plan):
    limits = ByGravity({"I": Span(timedelta(minutes=5))}, Span(timedelta(minutes=20)))
    graver = {**CRASH, "life_safety": False, "grade": "I"}
    standing = [debt("R", "police", 0, 20)]
    plain = plan_of(expo, rule_like(within=limits))
    assert follow(plain, heard("incident.verified", 1, facts=graver), standing, SEATS).opens == ()
    tightening = plan_of(expo, rule_like(within=limits, when=("incident.opened",), tightened_by=("incident.verified",)))
    assert len(follow(tightening, heard("incident.verified", 1, facts=graver), standing, SEATS).opens) == 1


def test_a_cadence_that_ends_with_the_entry_that_meets_it_does_not_go_on(expo: Plan):
    ends = Settle("incident.status_changed", "anyone")
    plan = plan_of(expo, rule_like(cadence=True, settled_by=(ends,)))
    fact = heard("incident.status_changed", 5, facts=CRASH, data={"to": "closed"})
    reaction = follow(plan, fact, [debt("R", "police", 0, 10)], SEATS)
    assert (len(reaction.settles), reaction.supersedes, reaction.opens) == (1, (), ())


def test_a_desk_that_plays_a_party_twice_owes_once(expo: Plan):
    seats = {"police": [*SEATS["police"], ("police", "police/duty", "named twice")]}
    opens = follow(plan_of(expo, rule_like()), heard("incident.verified", facts=CRASH), [], seats).opens
    assert [opening.why for opening in opens] == ["named"]
