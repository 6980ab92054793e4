"""A child plan may add and tighten; each way to loosen is tried by itself and must be named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from incident_hub.plan.contingency import (
    Authority,
    Briefing,
    ByGravity,
    Calendar,
    Category,
    Equal,
    Every,
    Grade,
    IncidentType,
    Ladder,
    Loop,
    Owed,
    Party,
    Period,
    Plan,
    Retention,
    Rule,
    Settle,
    Span,
    Step,
    Tier,
    Words,
    ZeroReport,
)  # fmt: skip
from incident_hub.plan.loosening import loosened

Change = Callable[[Plan], Plan]
AB = Words("甲", "A")
MINUTE = timedelta(minutes=1)
OWN, LEADER = Owed("duty_officer", "own"), Owed("duty_leader", "own")


def span(minutes: int) -> Span:
    return Span(timedelta(minutes=minutes))


RULE = Rule(
    code="R", title=AB, force="order", basis="b", confirmed=False, when=("incident.opened", "incident.graded"),
    owed_by=Owed("duty_officer", "police"), what=AB, within=ByGravity({"I": span(10), "III": span(30)}, span(60)),
    before=None, settled_by=(Settle("journal.added", "owner", {"kind": ("action", "note")}),), cadence=True,
    ladder=ByGravity({"I": "loud"}, "soft"), types=("T",), window=timedelta(days=7), target=True,
    tightened_by=("incident.verified",), ended_by=(Settle("incident.status_changed", "anyone", {"to": ("lifted",)}),),
)  # fmt: skip
DAILY = replace(RULE, code="D", when=(), every=Every(at=time(16)), types=(), ladder=ByGravity[str]())
NOTICE = replace(RULE, code="N", before=Span(timedelta(days=10)), start="planned_at", within=ByGravity(), types=())
LOUD = Ladder(
    "loud",
    (
        Step("call", (OWN,), ("in_app", "sms"), after=timedelta(), repeat=MINUTE, up_to=5),
        Step("call", (OWN, LEADER), ("in_app",), after=5 * MINUTE, discloses="informed"),
        Step("remind", (LEADER,), ("in_app",), before_due=5 * MINUTE),
        Step("inform", (LEADER,), ("in_app",), after_due=timedelta()),
    ),
    Loop(3, 30 * MINUTE), 5 * MINUTE, (time(22), time(7)),
)  # fmt: skip
SOFT = Ladder("soft", (Step("remind", (OWN,), ("in_app",), before_due=5 * MINUTE),))
BOTH = replace(LOUD, code="both", steps=(*LOUD.steps, *SOFT.steps), quiet=None, bundle=None)
FOUND = Category("found", AB, AB, suggested_from="hazards.found")
SEEN = Category("seen", AB, AB, ("T", "hazards.found"), ("A", "B"))
SITE = Tier("site", AB, time(16), "city")
CITY = Tier("city", AB, time(17), None, "police", "DAILY")
NATIONAL, MADE_UP = date(2026, 10, 1), date(2026, 10, 10)
PARENT = Plan(
    code="p", version="1", title=AB, zone="Asia/Shanghai", basis="b",
    grades=(Grade("I", AB, {"deaths": 30}), Grade("II", AB, {"deaths": 10})), response_levels=(),
    parties={"police": Party("police", AB, ("duty_officer", "duty_leader"), "named", ("police",))},
    types={
        "T": IncidentType(
            "T", AB, "O", True, "police", ("fire",), ("health",), "AMBER", (AB,), "Fire", {"I": {"items": 5}}
        )
    },
    rules=(RULE, DAILY, NOTICE), ladders={"loud": LOUD, "soft": SOFT},
    authority=Authority("same_agency", "parent", "parent", "joint_desk"), text_sha256="",
    periods=(Period("peak", AB, datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 9, tzinfo=UTC), ("harbour",)),),
    calendar=Calendar((5, 6), (NATIONAL,), (MADE_UP,)),
    zero_report=ZeroReport(
        (FOUND, SEEN), (Equal("found", "seen"),),
        (SITE, CITY), "police", "b", False,
    ),
    briefing=Briefing(Every(at=time(8)), (Owed("duty_officer", "police"),), ("in_app",), "b", False),
    retention=(Retention("logs", AB, 30, "b", False),),
)  # fmt: skip


def a_rule(code: str = "R", **changed: Any) -> Change:
    def change(plan: Plan) -> Plan:
        return replace(plan, rules=tuple(replace(one, **changed) if one.code == code else one for one in plan.rules))

    return change


def a_step(number: int, **changed: Any) -> Change:
    def change(plan: Plan) -> Plan:
        steps = [replace(step, **changed) if place == number else step for place, step in enumerate(LOUD.steps)]
        return replace(plan, ladders={**plan.ladders, "loud": replace(LOUD, steps=tuple(steps))})

    return change


def loud(**changed: Any) -> Change:
    return lambda plan: replace(plan, ladders={**plan.ladders, "loud": replace(LOUD, **changed)})


def a_type(**changed: Any) -> Change:
    return lambda plan: replace(plan, types={"T": replace(plan.types["T"], **changed)})


def a_party(**changed: Any) -> Change:
    return lambda plan: replace(plan, parties={"police": replace(plan.parties["police"], **changed)})


def a_period(**changed: Any) -> Change:
    return lambda plan: replace(plan, periods=(replace(plan.periods[0], **changed),))


def returns(**changed: Any) -> Change:
    return lambda plan: replace(plan, zero_report=replace(_return(plan), **changed))


def _return(plan: Plan) -> ZeroReport:
    assert plan.zero_report is not None
    return plan.zero_report


def briefed(**changed: Any) -> Change:
    def change(plan: Plan) -> Plan:
        assert plan.briefing is not None
        return replace(plan, briefing=replace(plan.briefing, **changed))

    return change


def whole(**changed: Any) -> Change:
    return lambda plan: replace(plan, **changed)


LIMITS = RULE.within.table
LOOSER = [
    (a_rule(force="plan"), "loosens-rule", "force"),
    (a_rule(owed_by=Owed("duty_officer", "fire")), "loosens-rule", "owed_by"),
    (a_rule(when=("incident.opened",)), "loosens-rule", "when"),
    (a_rule(within=ByGravity({"I": span(11), "III": span(30)}, span(60))), "loosens-rule", "within"),
    (a_rule(within=ByGravity({"I": span(10)}, span(60))), "loosens-rule", "within"),
    (a_rule(within=ByGravity(LIMITS, span(61))), "loosens-rule", "within"),
    (a_rule(within=ByGravity(LIMITS, Span(working_days=1))), "loosens-rule", "within"),
    (a_rule(within=ByGravity(LIMITS)), "loosens-rule", "within"),
    (a_rule(start="entry"), "loosens-rule", "from"),
    (a_rule(start="planned_at"), "loosens-rule", "from"),
    (a_rule(settled_by=(Settle("journal.added", "owner"),)), "loosens-rule", "settled_by"),
    (a_rule(settled_by=(Settle("journal.added", "anyone", {"kind": ("action",)}),)), "loosens-rule", "settled_by"),
    (a_rule(settled_by=(*RULE.settled_by, Settle("obligation.settled"))), "loosens-rule", "settled_by"),
    (a_rule(cadence=False), "loosens-rule", "cadence"),
    (a_rule(ladder=ByGravity({"I": "soft"}, "soft")), "loosens-rule", "ladder"),
    (a_rule(ladder=ByGravity({"I": "loud"})), "loosens-rule", "ladder"),
    (a_rule(match={"to": ("x",)}), "loosens-rule", "match"),
    (a_rule(types=("S",)), "loosens-rule", "types"),
    (a_rule(categories=("A",)), "loosens-rule", "categories"),
    (a_rule(grades=("I",)), "loosens-rule", "grades"),
    (a_rule(phases=("active",)), "loosens-rule", "phases"),
    (a_rule(attention=("A",)), "loosens-rule", "attention"),
    (a_rule(by=("police",)), "loosens-rule", "by"),
    (a_rule(periods=("peak",)), "loosens-rule", "periods"),
    (a_rule(life_safety=True), "loosens-rule", "life_safety"),
    (a_rule(sensitive=True), "loosens-rule", "sensitive"),
    (a_rule(heard=True), "loosens-rule", "heard"),
    (a_rule(target=False), "loosens-rule", "target"),
    (a_rule(pre_report=True), "loosens-rule", "pre_report"),
    (a_rule(each="report"), "loosens-rule", "each"),
    (a_rule(window=timedelta(days=6)), "loosens-rule", "window"),
    (a_rule(tightened_by=()), "loosens-rule", "tightened_by"),
    (a_rule(ended_by=(Settle("incident.status_changed", "anyone"),)), "loosens-rule", "ended_by"),
    (a_rule("D", every=Every(at=time(16, 1))), "loosens-rule", "every"),
    (a_rule("D", every=Every(shift=True)), "loosens-rule", "every"),
    (a_rule("N", before=Span(timedelta(days=9))), "loosens-rule", "before"),
    (a_step(0, after=MINUTE), "loosens-ladder", None),
    (a_step(0, kind="remind"), "loosens-ladder", None),
    (a_step(0, channels=("in_app",)), "loosens-ladder", None),
    (a_step(0, repeat=2 * MINUTE), "loosens-ladder", None),
    (a_step(0, up_to=4), "loosens-ladder", None),
    (a_step(0, repeat=None, up_to=None), "loosens-ladder", None),
    (a_step(1, to=(OWN,)), "loosens-ladder", None),
    (a_step(1, discloses=None), "loosens-ladder", None),
    (a_step(2, before_due=4 * MINUTE), "loosens-ladder", None),
    (a_step(3, after_due=MINUTE), "loosens-ladder", None),
    (a_step(3, after_due=None, before_due=MINUTE), "loosens-ladder", None),
    (loud(steps=LOUD.steps[1:]), "loosens-ladder", None),
    (loud(loop=None), "loosens-ladder", None),
    (loud(loop=Loop(2, 30 * MINUTE)), "loosens-ladder", None),
    (loud(loop=Loop(3, 31 * MINUTE)), "loosens-ladder", None),
    (loud(quiet=(time(21), time(7))), "loosens-ladder", None),
    (loud(bundle=6 * MINUTE), "loosens-ladder", None),
    (a_type(life_safety=False), "loosens-type", "life_safety"),
    (a_type(support=()), "loosens-type", "support"),
    (a_type(informed=()), "loosens-type", "informed"),
    (a_type(checklist=()), "loosens-type", "checklist"),
    (a_type(tlp="GREEN"), "loosens-type", "tlp"),
    (a_type(lead="fire"), "loosens-type", "lead"),
    (a_type(category="A"), "loosens-type", "category"),
    (a_type(criteria={"I": {"items": 6}}), "loosens-type", "criteria"),
    (a_type(criteria={}), "loosens-type", "criteria"),
    (a_party(posts=("duty_officer",)), "loosens-party", "posts"),
    (a_party(by="lead"), "loosens-party", "by"),
    (a_party(kinds=("police", "other")), "loosens-party", "kinds"),
    (a_period(until=datetime(2026, 11, 8, tzinfo=UTC)), "loosens-period", None),
    (a_period(since=datetime(2026, 11, 2, tzinfo=UTC)), "loosens-period", None),
    (a_period(areas=("airport",)), "loosens-period", None),
    (returns(checks=()), "loosens-return", None),
    (returns(oversees="fire"), "loosens-return", None),
    (returns(categories=(SEEN,)), "loosens-return", None),
    (returns(categories=(FOUND, replace(SEEN, contradicted_by=()))), "loosens-return", None),
    (returns(categories=(FOUND, replace(SEEN, contradicted_by=("T",)))), "loosens-return", None),
    (returns(categories=(FOUND, replace(SEEN, attention=("A",)))), "loosens-return", None),
    (returns(tiers=(CITY,)), "loosens-return", None),
    (returns(tiers=(Tier("site", AB, time(16, 30), "city"), CITY)), "loosens-return", None),
    (returns(tiers=(Tier("site", AB, time(16)), CITY)), "loosens-return", None),
    (returns(tiers=(SITE, replace(CITY, rule=None))), "loosens-return", None),
    (returns(categories=(replace(FOUND, workload=True), SEEN)), "loosens-return", None),
    (whole(zero_report=None), "loosens-return", None),
    (whole(briefing=None), "loosens-briefing", None),
    (briefed(every=Every(at=time(9))), "loosens-briefing", None),
    (briefed(to=()), "loosens-briefing", None),
    (briefed(channels=("email",)), "loosens-briefing", None),
    (whole(retention=(Retention("logs", AB, 31, "b", False),)), "loosens-retention", "days"),
    (whole(zone="UTC"), "loosens-zone", "zone"),
    (whole(authority=Authority("same_agency", "same_agency", "parent", "joint_desk")), "loosens-authority", "extend"),
    (whole(grades=PARENT.grades[:1]), "loosens-grades", None),
    (whole(grades=(Grade("I", AB, {"deaths": 31}), PARENT.grades[1])), "loosens-grades", None),
    (whole(calendar=Calendar((5, 6), (NATIONAL, date(2026, 10, 2)), (MADE_UP,))), "loosens-calendar", None),
    (whole(calendar=Calendar((4, 5, 6), (NATIONAL,), (MADE_UP,))), "loosens-calendar", None),
    (whole(calendar=Calendar((5, 6), (NATIONAL,))), "loosens-calendar", None),
]  # fmt: skip

TIGHTER = [
    whole(),
    a_rule(force="law"),
    a_rule(within=ByGravity({"I": span(5)}, span(30))),
    a_rule(within=ByGravity({"III": span(10)}, span(10))),
    a_rule(types=()),
    a_rule(types=("T", "S")),
    a_rule(start="occurred_at"),
    a_rule(window=None),
    a_rule(when=(*RULE.when, "incident.raised")),
    a_rule(settled_by=(Settle("journal.added", "owner", {"kind": ("action",)}),)),
    a_rule(settled_by=(Settle("journal.added", "owner", {"kind": ("note",), "milestone": ("informed",)}),)),
    a_rule(ended_by=()),
    lambda plan: a_rule(ladder=ByGravity({}, "both"))(replace(plan, ladders={**plan.ladders, "both": BOTH})),
    a_rule("D", every=Every(at=time(15))),
    a_rule("N", before=Span(timedelta(days=15))),
    a_step(1, after=3 * MINUTE),
    a_step(2, kind="call"),
    a_step(2, before_due=10 * MINUTE),
    a_step(0, channels=("in_app", "sms", "voice"), up_to=9, repeat=MINUTE / 2),
    loud(loop=Loop(4, 20 * MINUTE)),
    loud(quiet=(time(23), time(6))),
    loud(quiet=None, bundle=None),
    a_type(support=("fire", "health"), checklist=(AB, Words("乙", "B")), tlp="RED"),
    a_type(criteria={"I": {"items": 4, "hours": 3}}),
    a_party(posts=("duty_officer", "deputy", "duty_leader")),
    a_period(areas=()),
    a_period(since=datetime(2026, 10, 1, tzinfo=UTC)),
    returns(categories=(FOUND, replace(SEEN, contradicted_by=(*SEEN.contradicted_by, "U")))),
    returns(categories=(replace(FOUND, suggested_from=None), SEEN)),
    whole(retention=(Retention("logs", AB, 10, "b", False),)),
    whole(calendar=Calendar((6,), (), (MADE_UP,))),
    whole(rules=(*PARENT.rules, replace(RULE, code="NEW", within=ByGravity(default=Span(working_days=30))))),
]  # fmt: skip


@pytest.mark.parametrize(("change", "rule", "key"), LOOSER)
def test_whatever_a_child_promises_less_of_is_named_where_it_stands(change: Change, rule: str, key: str | None):
    found = list(loosened(PARENT, change(PARENT)))
    assert {judged for _, judged, _, _ in found} == {rule}
    assert all(message and hint for _, _, message, hint in found)
    if key:
        assert key in {path[-1] for path, _, _, _ in found}


@pytest.mark.parametrize("change", TIGHTER)
def test_a_child_may_add_and_tighten(change: Change):
    assert list(loosened(PARENT, change(PARENT))) == []
