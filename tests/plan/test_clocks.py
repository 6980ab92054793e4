"""What the plan says to what is heard and raised, to periods, windows, plans for a date, and to a change of hands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from incident_hub.plan.contingency import ByGravity, Every, Owed, Period, Plan, Settle, Span, Words
from incident_hub.plan.reaction import Superseding, follow, heeds, periodic
from tests.plan.night import BACKLOG, CRASH, NIGHT, SEATS, at, debt, heard
from tests.plan.test_reaction import plan_of, rule_like

OPENED = ("incident.opened",)
DAY = timedelta(days=1)
EXPO_DAYS = Period("expo", Words("甲", "A"), NIGHT - DAY, NIGHT + DAY)
IN_TOWN = replace(EXPO_DAYS, code="town", areas=("old-town",))


def spans(reaction) -> list[tuple[str, float, float]]:
    """What was opened: the desk, start and due in minutes."""
    return [(o.desk, (o.starts_at - NIGHT) / timedelta(minutes=1), (o.due_at - NIGHT) / timedelta(minutes=1))
            for o in reaction.opens]  # fmt: skip


def test_what_is_only_heard_opens_the_rule_for_hearsay_alone_and_for_the_desk_that_heard_it(expo):
    plan = plan_of(
        expo,
        rule_like(code="R", when=OPENED),
        rule_like(code="H", when=OPENED, heard=True, owed_by=Owed("duty_officer", "actor")),
    )
    said = heard("incident.opened", by="fire", facts={**CRASH, "status": "heard"})
    assert [(o.rule, o.desk) for o in follow(plan, said, [], SEATS).opens] == [("H", "fire/duty")]
    reported = replace(said, facts={**CRASH, "status": "reported"})
    assert [o.rule for o in follow(plan, reported, [], SEATS).opens] == ["R"]


def test_being_raised_counts_as_being_opened_and_keeps_the_true_instants(expo):
    plan = plan_of(
        expo,
        rule_like(code="R", when=OPENED),
        rule_like(code="H", when=OPENED, heard=True, settled_by=(Settle("incident.raised"),)),
    )
    raised = heard("incident.raised", 40, by="police", facts={**CRASH, "status": "reported"})
    reaction = follow(plan, replace(raised, known_at={"police": at(0)}), [debt("H", "police", 0, 15)], SEATS)
    assert [settled.rule for settled in reaction.settles] == ["H"]
    assert spans(reaction) == [("police/duty", 0, 10)]


def test_a_fact_typed_for_another_desk_is_owed_by_that_desk(expo):
    plan = plan_of(expo, rule_like(owed_by=Owed("duty_officer", "actor")))
    fact = heard("incident.verified", by="police", facts=CRASH, data={"on_behalf_of": "fire/duty"})
    assert [(o.agency, o.desk) for o in follow(plan, fact, [], SEATS).opens] == [("fire", "fire/duty")]


ASKED = {"when": ("journal.added",), "owed_by": Owed("duty_officer", "addressed"), "start": "deadline",
         "each": "task", "settled_by": (Settle("journal.struck"),)}  # fmt: skip


def asked(task: str, *desks: str, **data: object):
    return heard("journal.added", by="fire", facts=CRASH, data={"task": task, "addressed": list(desks), **data})


def test_what_is_addressed_to_desks_is_owed_by_each_until_the_instant_it_names(expo):
    plan = plan_of(expo, rule_like(**ASKED))
    fact = asked("T1", "police/duty", "police/joint", deadline=at(45).isoformat())
    assert spans(follow(plan, fact, [], SEATS)) == [("police/duty", 0, 45), ("police/joint", 0, 45)]


@pytest.mark.parametrize("deadline", [None, "soon", "2026-11-23T19:10"])
def test_where_no_deadline_is_named_the_rule_has_a_limit_of_its_own(expo, deadline):
    fact = asked("T1", "police/duty", deadline=deadline)
    assert spans(follow(plan_of(expo, rule_like(**ASKED)), fact, [], SEATS)) == [("police/duty", 0, 10)]


def test_a_deadline_that_has_passed_is_due_at_once(expo):
    fact = asked("T1", "police/duty", deadline=at(-30).isoformat())
    assert spans(follow(plan_of(expo, rule_like(**ASKED)), fact, [], SEATS)) == [("police/duty", 0, 0)]


def test_a_desk_owes_one_debt_for_each_of_what_the_rule_tells_apart(expo):
    plan = plan_of(expo, rule_like(**ASKED))
    first = [debt("R", "police", 0, 10, about="T1")]
    assert [one.about for one in follow(plan, asked("T2", "police/duty"), first, SEATS).opens] == ["T2"]
    assert follow(plan, asked("T1", "police/duty"), first, SEATS).opens == ()


def test_an_answer_meets_the_one_debt_it_speaks_of_and_only_the_desk_that_was_asked_can_give_it(expo):
    plan = plan_of(expo, rule_like(**ASKED))
    owed = [replace(debt("R", "police", 0, 10, about=task), id=task) for task in ("T1", "T2")]
    done = heard("journal.struck", 5, by="police", facts=CRASH, data={"task": "T2"})
    assert [one.debt_id for one in follow(plan, done, owed, SEATS).settles] == ["T2"]
    elsewhere = replace(done, by_desk="police/joint")
    assert follow(plan, elsewhere, owed, SEATS).settles == ()
    typed_for_it = replace(elsewhere, by_agency="fire", data={"task": "T2", "on_behalf_of": "police/duty"})
    assert [one.debt_id for one in follow(plan, typed_for_it, owed, SEATS).settles] == ["T2"]


@pytest.mark.parametrize(("task", "ended"), [("T2", ["T2"]), ("T3", [])])
def test_what_ends_a_debt_ends_the_one_it_speaks_of(expo, task, ended):
    plan = plan_of(expo, rule_like(**ASKED | {"ended_by": (Settle("incident.withdrawn", "anyone"),)}))
    owed = [replace(debt("R", "police", 0, 10, about=task), id=task) for task in ("T1", "T2")]
    said = heard("incident.withdrawn", 5, by="fire", facts=CRASH, data={"task": task})
    assert [one.debt_id for one in follow(plan, said, owed, SEATS).supersedes] == ended


@pytest.mark.parametrize(
    ("condition", "minutes", "areas", "opens"),
    [
        ({"sensitive": True}, 0, [], True),
        ({"sensitive": True}, 1440, [], False),
        ({"sensitive": True}, -1440, [], True),
        ({"sensitive": False}, 0, [], False),
        ({"sensitive": False}, 1440, [], True),
        ({"periods": ("expo",)}, 0, [], True),
        ({"periods": ("town",)}, 0, [], False),
        ({"periods": ("town",)}, 0, ["harbour", "linlan"], False),
        ({"periods": ("town",)}, 0, ["alley", "old-town", "linlan"], True),
        ({"periods": ("town", "expo")}, 0, [], True),
        ({"periods": ("town",), "sensitive": True}, 0, ["harbour"], False),
    ],
)
def test_a_sensitive_period_holds_at_its_time_and_in_its_areas(expo, condition, minutes, areas, opens):
    plan = replace(plan_of(expo, rule_like(**condition)), periods=(EXPO_DAYS, IN_TOWN))
    fact = heard("incident.verified", minutes, facts={**CRASH, "areas": areas})
    assert bool(follow(plan, fact, [], SEATS).opens) is opens


@pytest.mark.parametrize(
    ("by", "data", "opens"),
    [("police", {}, True), ("fire", {}, False), ("fire", {"on_behalf_of": "police/duty"}, True)],
)
def test_a_rule_may_ask_who_acts(expo, by, data, opens):
    plan = plan_of(expo, rule_like(by=("postal", "police")))
    assert bool(follow(plan, heard("incident.verified", by=by, facts=CRASH, data=data), [], SEATS).opens) is opens


@pytest.mark.parametrize(
    ("days", "occurred", "known", "opens"),
    [(29, 0, 1, True), (30, 0, 1, True), (31, 0, 1, False), (30, None, 1, True), (32, None, 1, False)],
)
def test_a_window_stays_open_so_long_after_the_occurrence_also_when_the_incident_is_closed(
    expo, days, occurred, known, opens
):
    plan = plan_of(expo, rule_like(when=("figure.stated",), window=timedelta(days=30), start="entry"))
    fact = heard("figure.stated", days * 1440, facts={**CRASH, "status": "closed"}, known_at={"police": at(known)})
    fact = replace(fact, occurred_at=None if occurred is None else at(occurred))
    assert bool(follow(plan, fact, [], SEATS).opens) is opens


@pytest.mark.parametrize(("discovered", "start"), [(at(-20), -20), (None, -5)])
def test_a_clock_may_start_when_it_was_discovered_or_else_when_it_was_known(expo, discovered, start):
    plan = plan_of(expo, rule_like(start="discovered_at"))
    fact = replace(heard("incident.verified", facts=CRASH, known_at={"police": at(-5)}), discovered_at=discovered)
    assert spans(follow(plan, fact, [], SEATS)) == [("police/duty", start, start + 10)]


# --- planned ------------------------------------------------------------------------------------------------------

NOTICE = {"when": OPENED, "start": "planned_at", "before": Span(timedelta(minutes=100)), "within": ByGravity[Span]()}


@pytest.mark.parametrize(
    ("kind", "planned", "data", "due"),
    [
        ("incident.opened", 300, {}, [("police/duty", 0, 200)]),
        ("incident.opened", None, {}, []),
        ("incident.amended", 300, {"fields": ["planned_at"]}, [("police/duty", 0, 200)]),
        ("incident.amended", 300, {"fields": ["title"]}, []),
        # Too late before it began: its length is nothing, and its ladder begins at once.
        ("incident.opened", 60, {}, [("police/duty", -40, -40)]),
    ],
)
def test_what_is_planned_is_owed_so_long_before_once_the_date_is_known(expo, kind, planned, data, due):
    fact = replace(heard(kind, facts=CRASH, data=data), planned_at=None if planned is None else at(planned))
    assert spans(follow(plan_of(expo, rule_like(**NOTICE)), fact, [], SEATS)) == due


@pytest.mark.parametrize("planned", [datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)])
@pytest.mark.parametrize("more", [NOTICE, {**NOTICE, "before": None, "within": ByGravity({}, Span(timedelta(days=9)))}])
def test_a_year_that_is_a_slip_of_the_keyboard_stops_nobody(expo, planned, more):
    fact = replace(heard("incident.opened", facts=CRASH), planned_at=planned)
    assert len(follow(plan_of(expo, rule_like(**more)), fact, [], SEATS).opens) == 1


@pytest.mark.parametrize("force", ["plan", "law"])
def test_another_date_ends_the_old_notice_and_asks_for_a_new_one(expo, force):
    plan = plan_of(expo, rule_like(**NOTICE, force=force))
    fact = replace(heard("incident.amended", 5, facts=CRASH, data={"fields": ["planned_at"]}), planned_at=at(400))
    reaction = follow(plan, fact, [debt("R", "police", 0, 200)], SEATS)
    assert reaction.supersedes == (Superseding("R-police", "R", "planned for another time"),)
    assert spans(reaction) == [("police/duty", 5, 300)]
    missed = follow(plan, fact, [debt("R", "police", 0, 200, state="missed")], SEATS)
    assert (missed.supersedes, spans(missed)) == ((), [("police/duty", 5, 300)])
    given_up = follow(plan, replace(fact, planned_at=None), [debt("R", "police", 0, 200)], SEATS)
    assert (len(given_up.supersedes), given_up.opens) == (1, ())


# --- changing hands -----------------------------------------------------------------------------------------------

BY_POLICE = {**SEATS, "lead": [("police", "police/duty", "lead of the incident")]}
OTHER_OWNER = {**SEATS, "site_owner": [("carrier-b", "carrier-b/duty", "owns the site")]}


@pytest.mark.parametrize("kind", ["lead.accepted", "lead.directed"])
@pytest.mark.parametrize("force", ["plan", "law"])
def test_with_the_lead_go_its_debts_by_the_very_same_instants(expo, kind, force):
    plan = plan_of(expo, rule_like(owed_by=Owed("duty_officer", "lead"), force=force))
    fact = heard(kind, 7, by="police", facts=CRASH, data={"to": "police/duty", "from": "postal-city"})
    reaction = follow(plan, fact, [debt("R", "postal-city", 0, 10)], BY_POLICE)
    assert reaction.supersedes == (Superseding("R-postal-city", "R", "moved to another desk"),)
    assert spans(reaction) == [("police/duty", 0, 10)]
    assert [o.why for o in reaction.opens] == ["lead of the incident; moved from postal-city/duty"]


@pytest.mark.parametrize(
    ("kind", "owed_by", "standing"),
    [
        ("lead.offered", "lead", debt("R", "postal-city", 0, 10)),
        ("lead.declined", "lead", debt("R", "postal-city", 0, 10)),
        ("lead.accepted", "lead", debt("R", "police", 0, 10)),
        ("lead.accepted", "lead", debt("R", "postal-city", 0, 5, state="missed")),
        ("lead.accepted", "site_owner", debt("R", "carrier-b", 0, 10)),
        ("lead.accepted", "fire", debt("R", "postal-city", 0, 10)),
        ("lead.accepted", "access", debt("R", "postal-city", 0, 10)),
    ],
)
def test_nothing_else_moves_with_the_lead(expo, kind, owed_by, standing):
    plan = plan_of(expo, rule_like(owed_by=Owed("duty_officer", owed_by)))
    reaction = follow(plan, heard(kind, 7, by="police", facts=CRASH), [standing], BY_POLICE)
    assert (reaction.supersedes, reaction.opens) == ((), ())


def test_what_the_new_lead_owes_already_as_soon_is_not_owed_twice(expo):
    plan = plan_of(expo, rule_like(owed_by=Owed("duty_officer", "lead")))
    debts = [debt("R", "postal-city", 0, 10), debt("R", "police", 0, 9)]
    reaction = follow(plan, heard("lead.accepted", 7, by="police", facts=CRASH), debts, BY_POLICE)
    assert ([one.debt_id for one in reaction.supersedes], reaction.opens) == (["R-postal-city"], ())
    later = follow(plan, heard("lead.accepted", 7, facts=CRASH), [debts[0], debt("R", "police", 0, 11)], BY_POLICE)
    assert spans(later) == [("police/duty", 0, 10)]


@pytest.mark.parametrize("party", ["site_owner", "carrier"])
def test_with_the_site_go_the_debts_of_its_owner(expo, party):
    plan = plan_of(expo, rule_like(owed_by=Owed("duty_officer", party), force="law"))
    seats = {**OTHER_OWNER, "carrier": OTHER_OWNER["site_owner"]}
    fact = heard("incident.amended", 7, facts=CRASH, data={"fields": ["site"], "site_owner": "carrier-b"})
    reaction = follow(plan, fact, [debt("R", "carrier-a", 0, 10)], seats)
    assert len(reaction.supersedes) == 1
    assert spans(reaction) == [("carrier-b/duty", 0, 10)]
    elsewhere = replace(fact, data={"fields": ["place"]})
    assert follow(plan, elsewhere, [debt("R", "carrier-a", 0, 10)], seats).opens == ()


def test_with_the_place_go_the_debts_of_whoever_answers_for_the_area(expo):
    parties = {**expo.parties, "police": replace(expo.parties["police"], by="area")}
    plan = replace(plan_of(expo, rule_like()), parties=parties)
    fact = heard("incident.amended", 7, facts=CRASH, data={"fields": ["place"]})
    reaction = follow(plan, fact, [debt("R", "police-north", 0, 10)], SEATS)
    assert spans(reaction) == [("police/duty", 0, 10)]
    assert (
        follow(plan, replace(fact, data={"fields": ["title"]}), [debt("R", "police-north", 0, 10)], SEATS).opens == ()
    )


# --- grades, closing, reports that are not whole ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "opens"),
    [(None, "III", True), ("IV", "III", True), ("III", "II", False), ("III", "I", True), ("I", "III", False)],
)
def test_a_change_of_grade_opens_what_is_newly_demanded_or_tighter_and_nothing_anew(expo, before, after, opens):
    limits = ByGravity({"I": Span(timedelta(minutes=5))}, Span(timedelta(minutes=20)))
    rule = rule_like(when=("incident.opened", "incident.graded"), grades=("I", "II", "III"), within=limits)
    facts = {**BACKLOG, "grade": after}
    fact = heard("incident.graded", 60, facts=facts, data={"from": before, "grade": after}, known_at={"police": NIGHT})
    length = 5 if after == "I" else 20
    assert spans(follow(plan_of(expo, rule), fact, [], SEATS)) == ([("police/duty", 60, 60 + length)] if opens else [])


@pytest.mark.parametrize(
    ("more", "ends"), [({}, True), ({"outlives": True}, False), ({"force": "law"}, False), ({"force": "order"}, True)]
)
def test_what_outlives_the_incident_is_owed_after_it_is_closed(expo, more, ends):
    fact = heard("incident.status_changed", 60, facts=CRASH, data={"to": "closed"})
    reaction = follow(plan_of(expo, rule_like(**more)), fact, [debt("R", "police", 0, 90)], SEATS)
    assert bool(reaction.supersedes) is ends


@pytest.mark.parametrize(
    ("pre_report", "completeness", "settled"),
    [(True, "pre_report", True), (False, "pre_report", False), (False, None, True), (True, "full", True)],
)
def test_what_is_known_meets_a_report_only_where_the_rule_lets_it(expo, pre_report, completeness, settled):
    rule = rule_like(pre_report=pre_report, settled_by=(Settle("obligation.settled"),))
    data = {"obligation": "R-police", "rule": "R", "completeness": completeness}
    reaction = follow(
        plan_of(expo, rule), heard("obligation.settled", 5, by="police", facts=CRASH, data=data),
        [debt("R", "police", 0, 10)], SEATS,
    )  # fmt: skip
    assert bool(reaction.settles) is settled


def test_a_cadence_may_wait_for_the_very_kind_that_meets_it(expo):
    reports = (Settle("journal.added", "anyone", {"kind": ("message",)}),)
    rule = rule_like(
        when=("journal.added",), match={"kind": ("message",)}, settled_by=reports, cadence=True, start="entry"
    )
    fact = heard("journal.added", 5, by="police", facts=CRASH, data={"kind": "message"})
    assert spans(follow(plan_of(expo, rule), fact, [], SEATS)) == [("police/duty", 5, 15)]
    reaction = follow(plan_of(expo, rule), replace(fact, at=at(12)), [debt("R", "police", 5, 15)], SEATS)
    assert len(reaction.settles) == 1
    assert spans(reaction) == [("police/duty", 12, 22)]


@pytest.mark.parametrize(
    ("kind", "heeded"),
    [
        ("incident.verified", True),
        ("incident.acknowledged", True),
        ("incident.raised", False),
        ("lead.accepted", True),
        ("incident.amended", True),
        ("incident.status_changed", True),
        ("journal.added", False),
    ],
)
def test_what_no_rule_waits_for_is_not_asked_about(expo: Plan, kind, heeded):
    assert heeds(plan_of(expo, rule_like()), kind) is heeded
    assert heeds(plan_of(expo, rule_like(when=OPENED)), "incident.raised")


# --- what comes round by itself -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "when", "phase", "opens"),
    [
        ({}, NIGHT, "active", True),
        ({"phases": ("active",)}, NIGHT, "active", True),
        ({"phases": ("active",)}, NIGHT, "preparing", False),
        ({"periods": ("expo",)}, NIGHT, "active", True),
        ({"periods": ("expo",)}, NIGHT + 2 * DAY, "active", False),
        ({"periods": ("town",)}, NIGHT, "active", True),
        ({"sensitive": False}, NIGHT, "active", False),
        ({"every": None}, NIGHT, "active", False),
    ],
)
def test_what_comes_round_is_owed_by_each_desk_of_the_party(expo, more, when: datetime, phase, opens):
    rule = rule_like(when=(), every=Every(at=time(3, 10)), start="entry")
    plan = replace(plan_of(expo, replace(rule, **more)), periods=(EXPO_DAYS, IN_TOWN))
    seats = {"police": [("police", "police/duty", "one"), ("traffic", "traffic/duty", "two"), *SEATS["police"]]}
    found = periodic(plan, plan.rules[0], when, seats, "Asia/Shanghai", phase)
    owed = [(o.desk, o.why, o.starts_at, o.due_at) for o in found]
    due = when + timedelta(minutes=10)
    both = [("police/duty", "one", when, due), ("traffic/duty", "two", when, due)]
    assert owed == (both if opens else [])


def test_what_comes_round_and_nobody_plays_is_owed_by_nobody(expo):
    rule = rule_like(when=(), every=Every(shift=True), start="entry")
    assert periodic(plan_of(expo, rule), rule, NIGHT, {}, "UTC", "active") == ()
