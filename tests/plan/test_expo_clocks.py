"""The clocks K1 to K16, worked out by hand from the catalogue: what opens each, when it is due, what ends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from incident_hub.plan.contingency import Every, Plan
from incident_hub.plan.reaction import Reaction, follow, periodic
from incident_hub.plan.recurrence import comes_round
from tests.plan.night import NIGHT, at, debt, heard

HOUR, DAY = 60, 1440
DESKS = {
    "lead": "postal", "site_owner": "carrier-a", "carrier": "carrier-a", "postal": "postal", "police": "police",
    "province": "province", "government": "government", "emergency": "emergency", "cyberspace": "cyberspace",
}  # fmt: skip
SEATS = {word: [(agency, f"{agency}/duty", "bound")] for word, agency in DESKS.items()}
CATEGORY = {
    "PROH-ACC": "S", "PROH-XRAY": "S", "EXP-FIRE": "A", "SUSP-SUB": "S", "ROUTE": "N", "VEH": "A", "THEFT": "S",
    "VIOL": "O", "CASUALTY": "A", "OUTLET": "S", "IT": "O", "BACKLOG": "O", "PII": "O", "HEALTH": "H",
}  # fmt: skip
LIFE_SAFETY = ("EXP-FIRE", "SUSP-SUB", "VEH", "CASUALTY", "HEALTH")


def facts(kind: str, grade: str | None = None, **more: Any) -> dict[str, Any]:
    safety = kind in LIFE_SAFETY
    said = {"type": kind, "category": CATEGORY[kind], "grade": grade, "attention": None, "life_safety": safety}
    return {**said, "status": "reported", "areas": ["linlan"], **more}


def clocks(reaction: Reaction, *codes: str) -> list[tuple[str, str, str, float, float]]:
    """The clocks of these codes: rule, desk, post, and start and due in minutes."""
    minutes = timedelta(minutes=1)
    return [
        (o.rule, o.agency, o.post, (o.starts_at - NIGHT) / minutes, (o.due_at - NIGHT) / minutes)
        for o in reaction.opens
        if o.rule in codes
    ]


OPENS = [
    # code, type, grade, who owes, which post, due in minutes after the start
    ("K1", "BACKLOG", None, "carrier-a", "duty_officer", 15),
    ("K1", "EXP-FIRE", "I", "carrier-a", "duty_officer", 15),
    ("K2", "CASUALTY", None, "carrier-a", "duty_leader", 60),
    ("K2", "VEH", "IV", "carrier-a", "duty_leader", 60),
    ("K2", "ROUTE", "I", None, None, None),
    ("K3", "PII", None, "carrier-a", "duty_officer", 120),
    ("K4", "VEH", "III", "emergency", "duty_officer", 120),
    ("K4", "EXP-FIRE", "I", "emergency", "duty_officer", 120),
    ("K4", "VEH", "IV", None, None, None),
    ("K4", "VEH", None, None, None, None),
    ("K4-POST", "ROUTE", "II", "postal", "duty_officer", 120),
    ("K4-POST", "HEALTH", "III", "postal", "duty_officer", 120),
    ("K4-POST", "VEH", "III", None, None, None),
    ("K4-POST", "BACKLOG", "IV", None, None, None),
    ("K5", "PROH-ACC", None, "carrier-a", "duty_officer", 10),
    ("K5", "SUSP-SUB", None, "carrier-a", "duty_officer", 10),
    ("K5", "THEFT", None, "carrier-a", "duty_officer", 10),
    ("K5", "VIOL", None, None, None, None),
    ("K6", "ROUTE", "III", "postal", "duty_officer", 60),
    ("K6", "ROUTE", "IV", None, None, None),
    ("K7", "IT", "III", "carrier-a", "duty_officer", 240),
    ("K7", "PII", "I", "carrier-a", "duty_officer", 240),
    ("K7", "IT", None, None, None, None),
    ("K7", "BACKLOG", "III", None, None, None),
    ("K7-UP", "IT", "II", "cyberspace", "duty_officer", 60),
    ("K7-UP", "IT", "III", None, None, None),
    ("K8", "PII", None, "carrier-a", "duty_leader", 120),
    ("K8", "IT", None, None, None, None),
    ("K15", "CASUALTY", None, "emergency", "duty_leader", 60 * DAY),
    ("K15", "VEH", "I", None, None, None),
]


@pytest.mark.parametrize(("code", "kind", "grade", "agency", "post", "due"), OPENS)
def test_what_is_opened_with_an_incident(expo, code, kind, grade, agency, post, due):
    reaction = follow(expo, heard("incident.opened", facts=facts(kind, grade)), [], SEATS)
    assert clocks(reaction, code) == ([(code, agency, post, 0, due)] if agency else [])


@pytest.mark.parametrize(
    ("code", "kind", "grade", "start"),
    [
        ("K1", "ROUTE", "III", -10),  # known to the owing agency
        ("K3", "ROUTE", "III", -10),
        ("K4-POST", "ROUTE", "III", 0),  # the regulator learns of it with the entry
        ("K6", "ROUTE", "III", -30),  # occurred
        ("K7", "IT", "III", -20),  # discovered
        ("K15", "CASUALTY", None, -30),
    ],
)
def test_each_clock_starts_at_its_own_instant(expo, code, kind, grade, start):
    fact = heard("incident.opened", facts=facts(kind, grade), known_at={"carrier-a": at(-10)})
    fact = replace(fact, occurred_at=at(-30), discovered_at=at(-20))
    assert [clock[3] for clock in clocks(follow(expo, fact, [], SEATS), code)] == [start]


AFTER_THE_RESPONSE = [
    ("K13", "BACKLOG", None, DAY),
    ("K14", "BACKLOG", None, 7 * DAY),  # five working days from Tuesday 04:10
    ("K14", "VEH", "II", 3 * DAY),
    ("K14", "VEH", "III", 7 * DAY),
    ("K14-R", "VEH", "IV", 15 * DAY),
    ("K14-R", "BACKLOG", None, None),
    ("K16", "PROH-ACC", None, 30 * DAY),
]


@pytest.mark.parametrize(("code", "kind", "grade", "due"), AFTER_THE_RESPONSE)
def test_what_is_opened_when_the_response_is_lifted(expo, code, kind, grade, due):
    fact = heard("incident.status_changed", 60, by="postal", facts=facts(kind, grade), data={"to": "lifted"})
    found = clocks(follow(expo, fact, [], SEATS), code)
    assert found == ([(code, "postal", "duty_leader", 60, 60 + due)] if due else [])


def test_five_working_days_leave_out_the_holidays_of_october_and_count_the_days_worked_for_them(expo):
    # Wednesday 30 September 10:00: seven days off, Thursday 8th, Friday 9th, Saturday 10th worked, Monday, Tuesday.
    lifted = datetime(2026, 9, 30, 2, tzinfo=UTC)
    fact = replace(heard("incident.status_changed", facts=facts("BACKLOG"), data={"to": "lifted"}), at=lifted)
    due = [
        one.due_at for one in follow(expo, replace(fact, zone="Asia/Shanghai"), [], SEATS).opens if one.rule == "K14"
    ]
    assert due == [datetime(2026, 10, 13, 2, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("before", "after", "opens"),
    [
        (None, "III", ["K4", "K6"]),
        ("IV", "II", ["K4", "K6"]),
        ("III", "I", []),
        ("I", "III", []),
        ("IV", None, []),
    ],
)
def test_a_change_of_grade_opens_what_is_newly_demanded_at_the_change_and_keeps_the_old(expo, before, after, opens):
    standing = [debt("K1", "carrier-a", 0, 15), debt("K2", "carrier-a", 0, 60), debt("K3", "carrier-a", 0, 120)]
    fact = heard("incident.graded", 50, by="postal", facts=facts("VEH", after), data={"from": before, "grade": after})
    reaction = follow(expo, replace(fact, occurred_at=at(-30)), standing, SEATS)
    assert [one.rule for one in reaction.opens] == opens
    assert all(one.starts_at == at(50) for one in reaction.opens)
    assert (reaction.settles, reaction.supersedes) == ((), ())


@pytest.mark.parametrize(
    ("when", "grade", "opens"),
    [
        ("2026-09-15T23:59", "IV", False),
        ("2026-09-16T00:00", "IV", True),
        ("2026-09-26T23:59", "IV", True),
        ("2026-09-27T00:00", "IV", False),
        ("2026-09-20T12:00", None, False),
        ("2026-09-20T12:00", "III", False),
    ],
)
def test_an_ordinary_incident_is_reportable_on_the_days_of_the_expo(expo, when, grade, opens):
    instant = datetime.fromisoformat(f"{when}:00+08:00").astimezone(UTC)
    fact = replace(heard("incident.opened", facts=facts("ROUTE", grade)), at=instant)
    found = [one for one in follow(expo, fact, [], SEATS).opens if one.rule == "K4-IV"]
    assert [(one.agency, one.due_at - one.starts_at) for one in found] == [("postal", timedelta(hours=2))] * opens


# --- casualties, closing notice, daily return ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "days", "category", "opens"),
    [
        ("CASUALTY", 1, "deaths", "K9"),
        ("CASUALTY", 30, "injured", "K9"),
        ("CASUALTY", 31, "injured", None),
        ("CASUALTY", 1, "items", None),
        ("VEH", 7, "deaths", "K9-7"),
        ("VEH", 8, "deaths", None),
        ("EXP-FIRE", 7, "missing", "K9-7"),
        ("EXP-FIRE", 8, "missing", None),
        ("BACKLOG", 1, "injured", None),
    ],
)
@pytest.mark.parametrize("status", ["responding", "closed"])
def test_casualties_are_supplemented_for_thirty_or_seven_days_closed_or_not(expo, kind, days, category, opens, status):
    said = heard(
        "figure.stated", days * DAY, facts=facts(kind, "IV", status=status), data={"category": category, "n": 1}
    )
    reaction = follow(expo, replace(said, occurred_at=at(0)), [], SEATS)
    expected = [(opens, "carrier-a", "duty_officer", days * DAY, days * DAY + HOUR)] if opens else []
    assert clocks(reaction, "K9", "K9-7") == expected


def test_a_closing_is_announced_ten_days_before_and_nothing_runs_until_the_day_is_named(expo):
    opened = heard("incident.opened", facts=facts("OUTLET"))
    assert clocks(follow(expo, opened, [], SEATS), "K12") == []
    named = heard("incident.amended", 5, facts=facts("OUTLET"), data={"fields": ["planned_at"]})
    named = replace(named, planned_at=at(30 * DAY))
    assert clocks(follow(expo, named, [], SEATS), "K12") == [("K12", "carrier-a", "duty_leader", 5, 20 * DAY)]
    at_once = follow(expo, replace(opened, planned_at=at(3 * DAY)), [], SEATS)
    assert clocks(at_once, "K12") == [("K12", "carrier-a", "duty_leader", -7 * DAY, -7 * DAY)]
    stopped = replace(opened, planned_at=at(30 * DAY), facts=facts("BACKLOG"))
    assert clocks(follow(expo, stopped, [], SEATS), "K12") == []


@pytest.mark.parametrize(
    ("code", "party", "opens", "due"),
    [("K11", "unit", 15, 16), ("K11-CITY", "postal", 16, 17), ("K11-PROV", "province", 17, 18)],
)
def test_the_return_of_each_level_is_owed_every_day_by_its_cut_off_while_the_operation_is_active(
    expo: Plan, code, party, opens, due
):
    rule = expo.rule(code)
    assert rule is not None
    assert isinstance(rule.every, Every)
    since = datetime(2026, 9, 14, tzinfo=UTC)
    rounds = comes_round(rule, since, since + timedelta(days=20), "Asia/Shanghai")
    seats = {party: [("one", "one/duty", "bound"), ("two", "two/duty", "bound")]}
    owed = [one for when in rounds for one in periodic(expo, rule, when, seats, "Asia/Shanghai", "active")]
    assert len(owed) == 2 * 20
    assert (owed[0].starts_at, owed[0].due_at) == (
        datetime(2026, 9, 14, opens - 8, tzinfo=UTC), datetime(2026, 9, 14, due - 8, tzinfo=UTC)
    )  # fmt: skip
    assert owed[-1].due_at == datetime(2026, 10, 3, due - 8, tzinfo=UTC)
    assert periodic(expo, rule, rounds[5], seats, "Asia/Shanghai", "standing_down") == ()


# --- what settles -------------------------------------------------------------------------------------------------

SETTLED: dict[str, Any] = {"kind": "obligation.settled"}
INFORMED: dict[str, Any] = {"kind": "journal.added", "data": {"kind": "milestone", "milestone": "informed"}}
SEEN: dict[str, Any] = {"kind": "incident.acknowledged", "data": {"kind": "seen"}}
TAKEN: dict[str, Any] = {"kind": "incident.acknowledged", "data": {"kind": "taken"}}


def sent(form: str = "first", mode: str = "written", tiers: tuple[str, ...] = ("city",), **more: Any) -> dict[str, Any]:
    return {"kind": "report.sent", "data": {"form": form, "mode": mode, "tiers": list(tiers), **more}}


ENDS = [
    ("K1", "carrier-a", sent(mode="spoken"), "carrier-a", True),
    ("K1", "carrier-a", sent(mode="spoken", tiers=("emergency",)), "carrier-a", False),
    ("K1", "carrier-a", sent(), "carrier-a", False),
    ("K3", "carrier-a", sent(mode="spoken"), "carrier-a", False),
    ("K3", "carrier-a", sent(), "carrier-a", True),
    ("K3", "carrier-a", sent(), "postal", False),
    ("K3", "carrier-a", sent(completeness="pre_report"), "carrier-a", True),
    ("K3", "carrier-a", sent(tiers=("emergency",)), "carrier-a", False),
    ("K3S", "carrier-a", sent(completeness="pre_report"), "carrier-a", False),
    ("K3S", "carrier-a", sent("follow_up"), "carrier-a", False),
    ("K3S", "carrier-a", sent("follow_up", completeness="complete"), "carrier-a", True),
    ("K4", "emergency", sent(tiers=("government",)), "emergency", True),
    ("K4-POST", "postal", sent(tiers=("city",)), "postal", False),
    ("K4-POST", "postal", sent(tiers=("government", "province"), completeness="pre_report"), "postal", True),
    ("K6", "postal", sent(tiers=("government",)), "postal", True),
    ("K9", "carrier-a", sent("follow_up"), "carrier-a", True),
    ("K10", "postal", sent("follow_up"), "postal", True),
    ("K10", "postal", sent(), "postal", False),
    ("K13", "postal", sent("final"), "postal", True),
    ("K13", "postal", sent("follow_up"), "postal", False),
    ("K1", "carrier-a", INFORMED, "carrier-a", True),
    ("K1", "carrier-a", SEEN, "postal", True),
    ("K1", "carrier-a", SEEN, "police", False),
    ("K2", "carrier-a", SETTLED, "carrier-a", True),
    ("K2", "carrier-a", TAKEN, "emergency", False),
    ("K3", "carrier-a", SETTLED, "carrier-a", True),
    ("K4", "emergency", SETTLED, "emergency", True),
    ("K4", "emergency", SETTLED, "postal", False),
    ("K4-POST", "postal", SETTLED, "postal", True),
    ("K5", "carrier-a", SEEN, "police", True),
    ("K5", "carrier-a", SEEN, "postal", True),
    ("K5", "carrier-a", INFORMED, "carrier-a", True),
    ("K5", "carrier-a", TAKEN, "carrier-a", False),
    ("K6", "postal", SEEN, "government", True),
    ("K6", "postal", INFORMED, "postal", True),
    ("K7", "carrier-a", TAKEN, "cyberspace", True),
    ("K7", "carrier-a", SEEN, "cyberspace", False),
    ("K8", "carrier-a", SETTLED, "carrier-a", True),
    ("K9", "carrier-a", SETTLED, "carrier-a", True),
    ("K12", "carrier-a", SETTLED, "carrier-a", True),
    ("K13", "postal", SETTLED, "postal", True),
    ("K14", "postal", SETTLED, "police", False),
    ("K15", "emergency", SETTLED, "emergency", True),
    ("K16", "postal", SETTLED, "postal", True),
]


@pytest.mark.parametrize(("code", "owner", "fact", "by", "settled"), ENDS)
def test_what_settles_each_clock_and_whose_word_it_takes(expo, code, owner, fact, by, settled):
    standing = [debt(code, owner, 0, 600)]
    data = {"obligation": f"{code}-{owner}", "rule": code, **fact.get("data", {})}
    reaction = follow(expo, heard(fact["kind"], 5, by=by, facts=facts("CASUALTY"), data=data), standing, SEATS)
    assert bool(reaction.settles) is settled


def test_each_report_opens_a_receipt_of_its_own_for_each_desk_it_is_addressed_to(expo):
    data = sent()["data"] | {"report": "r1", "addressed": ["postal/duty", "police/duty"]}
    opens = [one for one in follow(expo, heard("report.sent", 5, facts=facts("VEH"), data=data), [], SEATS).opens]
    assert {(one.rule, one.desk, one.about) for one in opens} == {
        ("RCPT", "postal/duty", "r1"), ("RCPT", "police/duty", "r1"),
    }  # fmt: skip
    assert {one.due_at for one in opens} == {at(20)}
    spoken = data | {"mode": "spoken"}
    assert follow(expo, heard("report.sent", 5, facts=facts("VEH"), data=spoken), [], SEATS).opens == ()


def test_who_sends_to_a_desk_that_does_not_work_here_rings_and_makes_sure(expo):
    data = sent()["data"] | {"report": "r1", "sending": "s1", "addressed": [], "confirm": "sender"}
    fact = heard("report.sent", 5, by="carrier-a", facts=facts("VEH"), data=data)
    (call,) = follow(expo, fact, [], SEATS).opens
    assert (call.rule, call.desk, call.about) == ("RCPT-CALL", "carrier-a/duty", "s1")
    owed = replace(debt("RCPT-CALL", "carrier-a", 5, 20), about="s1")
    for sending, met in (("s1", True), ("s2", False)):
        taken = heard("report.received", 9, by="carrier-a", facts=facts("VEH"), data={"sending": sending})
        assert bool(follow(expo, taken, [owed], SEATS).settles) is met


def test_a_first_report_sent_with_unknowns_asks_its_sender_for_the_rest(expo):
    fact = heard("report.sent", 80, by="carrier-a", facts=facts("VEH"), data=sent(completeness="pre_report")["data"])
    assert clocks(follow(expo, fact, [], SEATS), "K3S") == [("K3S", "carrier-a", "duty_officer", 80, 80 + 4 * HOUR)]


def test_a_first_report_that_is_not_whole_meets_its_clock_and_asks_for_the_rest(expo):
    data = {"obligation": "K3-carrier-a", "rule": "K3", "completeness": "pre_report"}
    fact = heard("obligation.settled", 100, facts=facts("BACKLOG"), data=data)
    reaction = follow(expo, fact, [debt("K3", "carrier-a", 0, 120)], SEATS)
    assert [one.rule for one in reaction.settles] == ["K3"]
    assert clocks(reaction, "K3S") == [("K3S", "carrier-a", "duty_officer", 100, 100 + 4 * HOUR)]
    whole = follow(expo, replace(fact, data={**data, "completeness": None}), [debt("K3", "carrier-a", 0, 120)], SEATS)
    assert (len(whole.settles), whole.opens) == (1, ())


@pytest.mark.parametrize(("grade", "days"), [("I", 30), ("II", 15), (None, 15)])
def test_the_investigation_s_report_waits_for_its_approval(expo, grade, days):
    data = {"obligation": "K15-emergency", "rule": "K15"}
    fact = heard("obligation.settled", 100, by="emergency", facts=facts("CASUALTY", grade), data=data)
    reaction = follow(expo, fact, [debt("K15", "emergency", 0, 60 * DAY)], SEATS)
    assert clocks(reaction, "K15-A") == [("K15-A", "government", "duty_leader", 100, 100 + days * DAY)]


# --- what changes hands, and what outlives the incident -----------------------------------------------------------

OWED_BY_LEAD = ("K10", "K13", "K14", "K14-R", "K16")
OTHERS = ("ACK", "K1", "K2", "K3", "K4", "K4-POST", "K5", "K6", "K7", "K8", "K9", "K15")


def test_with_the_lead_go_its_clocks_and_no_others_by_the_same_instants(expo):
    standing = [debt(code, "postal", 0, 600) for code in OWED_BY_LEAD]
    standing += [debt(code, "carrier-a", 0, 600) for code in OTHERS]
    seats = {**SEATS, "lead": [("police", "police/duty", "lead of the incident")]}
    reaction = follow(expo, heard("lead.accepted", 90, by="police", facts=facts("VEH", "II")), standing, seats)
    assert [one.rule for one in reaction.supersedes] == list(OWED_BY_LEAD)
    assert {(one.rule, one.agency, one.starts_at, one.due_at) for one in reaction.opens} == {
        (code, "police", at(0), at(600)) for code in OWED_BY_LEAD
    }


@pytest.mark.parametrize(
    ("code", "stays"),
    [
        *((code, True) for code in ("K2", "K4", "K5", "K7", "K8", "K9", "K12", "K15", "K16", "K14", "K14-R")),
        *((code, False) for code in ("ACK", "K1", "K3", "K3S", "K4-POST", "K4-IV", "K6", "K10", "K13")),
    ],
)
def test_closing_ends_what_the_plan_asked_and_leaves_the_law_and_the_review(expo, code, stays):
    fact = heard("incident.status_changed", 300, by="postal", facts=facts("VEH"), data={"to": "closed"})
    reaction = follow(expo, fact, [debt(code, "postal", 0, 600)], SEATS)
    assert bool(reaction.supersedes) is not stays
    assert reaction.settles == ()


# --- hearsay, and acknowledgements that expire --------------------------------------------------------------------


def test_hearsay_owes_one_short_clock_and_is_raised_or_dropped(expo):
    said = facts("BACKLOG", status="heard")
    reaction = follow(expo, heard("incident.opened", by="police", facts=said), [], SEATS)
    assert [(one.rule, one.agency) for one in reaction.opens] == [("HEARD", "police")]
    standing = [debt("HEARD", "police", 0, 15)]
    raised = heard("incident.raised", 9, by="police", facts=facts("BACKLOG"), data={"from": "heard", "to": "reported"})
    reaction = follow(expo, replace(raised, known_at={"police": at(0)}), standing, SEATS)
    assert [one.rule for one in reaction.settles] == ["HEARD"]
    assert clocks(reaction, "K1", "K3") == [
        ("K1", "carrier-a", "duty_officer", 9, 24), ("K3", "carrier-a", "duty_officer", 9, 129)
    ]  # fmt: skip
    dropped = heard("incident.status_changed", 9, by="police", facts=said, data={"from": "heard", "to": "false_alarm"})
    assert [one.rule for one in follow(expo, dropped, standing, SEATS).settles] == ["HEARD"]


@pytest.mark.parametrize(
    ("more", "minutes", "ladder"),
    [
        ({"life_safety": True}, 30, "again"),
        ({"attention": "A"}, 30, "again"),
        ({"grade": "II"}, 30, "again"),
        ({"grade": "III"}, 60, "again"),
        ({"attention": "B"}, 120, "again"),
        ({"grade": "IV"}, 120, "again-quiet"),
        ({}, 120, "again-quiet"),
    ],
)
def test_who_took_it_shows_an_action_or_is_called_again(expo, more, minutes, ladder):
    said = {**facts("BACKLOG"), **more}
    fact = heard("incident.acknowledged", 3, by="police", facts=said, data={"kind": "taken"})
    found = [one for one in follow(expo, fact, [], SEATS).opens if one.rule == "UPD"]
    assert [(one.agency, one.due_at, one.ladder) for one in found] == [("police", at(3 + minutes), ladder)]
    seen = replace(fact, data={"kind": "seen"})
    assert follow(expo, seen, [], SEATS).opens == ()


@pytest.mark.parametrize(
    ("kind", "data", "by", "ends"),
    [
        ("journal.added", {"kind": "action"}, "police", "settled"),
        ("journal.added", {"kind": "milestone", "milestone": "arrived"}, "police", "settled"),
        ("journal.added", {"kind": "note"}, "police", None),
        ("journal.added", {"kind": "action"}, "postal", None),
        ("figure.stated", {"category": "items"}, "police", "settled"),
        ("incident.verified", {"state": "verified"}, "police", "settled"),
        ("incident.status_changed", {"to": "lifted"}, "postal", "superseded"),
        ("incident.acknowledged", {"kind": "taken"}, "police", None),
    ],
)
def test_what_counts_as_an_action(expo, kind, data, by, ends):
    reaction = follow(
        expo, heard(kind, 20, by=by, facts=facts("BACKLOG"), data=data), [debt("UPD", "police", 3, 123)], SEATS
    )
    assert ([one.rule for one in reaction.settles] == ["UPD"]) is (ends == "settled")
    assert ([one.rule for one in reaction.supersedes] == ["UPD"]) is (ends == "superseded")


# --- what stands in the file --------------------------------------------------------------------------------------


def test_the_fourteen_types_bring_the_first_hour_in_both_languages_and_lead_and_support_that_exist(expo: Plan):
    assert set(expo.types) == set(CATEGORY)
    for code, kind in expo.types.items():
        assert (kind.category, kind.life_safety) == (CATEGORY[code], code in LIFE_SAFETY)
        assert 13 <= len(kind.checklist) <= 20, code
        assert all(line.zh and line.en for line in kind.checklist)
        assert kind.checklist[0].en == "Protect people and stop the work"
        assert kind.support
        assert kind.lead not in (*kind.support, *kind.informed)
        assert not set(kind.support) & set(kind.informed)


def test_whatever_rests_on_no_law_that_was_read_says_so(expo: Plan):
    for rule in expo.rules:
        said = "待主管部门确认" in rule.basis and "to be confirmed by the authority" in rule.basis
        assert said is not rule.confirmed, rule.code
        assert rule.force == "law" or not rule.confirmed
        assert {"K5": True, "K8": True, "K9": True, "K9-7": True}.get(rule.code, False) is rule.target


def test_rows_loop_as_often_as_they_are_grave_and_only_the_everyday_one_keeps_quiet(expo: Plan):
    rows = [expo.ladders[code] for code in ("row-I", "row-III", "row-IV")]
    assert [row.loop and row.loop.times for row in rows] == [3, 2, 1]
    assert {code for code, one in expo.ladders.items() if one.quiet or one.bundle} == {"row-IV", "again-quiet"}
    climbs = [[step.after and int(step.after.total_seconds() / 60) for step in row.steps] for row in rows]
    assert [[minutes or 0 for minutes in one] for one in climbs] == [
        [0, 5, 10, 10, 15], [0, 10, 20, 20, 30], [0, 15, 30, 30, 60]
    ]  # fmt: skip


def test_the_daily_return_and_what_is_kept(expo: Plan):
    assert expo.zero_report is not None
    assert [(tier.code, tier.cut_off.hour, tier.rolls_up_to) for tier in expo.zero_report.tiers] == [
        ("unit", 16, "city"), ("city", 17, "province"), ("province", 18, None)
    ]  # fmt: skip
    assert [(one.one, one.other) for one in expo.zero_report.checks] == [
        ("inspected", "accepted"), ("sealed", "accepted")
    ]  # fmt: skip
    assert {one.code: one.days for one in expo.retention} == {
        "vault": 30, "looks": 1095, "words": 1095, "files": 365, "notices": 90, "roster": 365,
    }  # fmt: skip
