from __future__ import annotations

from dataclasses import replace

import pytest

from incident_hub.plan.reaction import Settling, follow
from tests.plan.night import BACKLOG, CRASH, FIND, SEATS, at, debt, heard, opened


def test_a_class_a_find_opens_its_clocks_in_the_order_of_the_plan(expo):
    fact = heard("incident.opened", facts=FIND, fresh_desks=("postal-city/duty", "police/duty"))
    assert opened(follow(expo, fact, [], SEATS)) == [
        ("ACK", "postal-city/duty", "duty_officer", 0, 5, "row-I"),
        ("ACK", "police/duty", "duty_officer", 0, 5, "row-I"),
        ("K1", "carrier-a/duty", "duty_officer", 0, 15, "remind-short"),
        ("K3", "carrier-a/duty", "duty_officer", 0, 120, "remind-hour"),
        ("K5", "carrier-a/duty", "duty_officer", 0, 10, "remind-short"),
    ]


def test_an_accident_opens_the_clock_of_the_law_too_and_names_its_force(expo):
    reaction = follow(expo, heard("incident.opened", facts=CRASH), [], SEATS)
    assert [(o.rule, o.force, o.post) for o in reaction.opens] == [
        ("K1", "plan", "duty_officer"),
        ("K2", "law", "duty_leader"),
        ("K3", "plan", "duty_officer"),
    ]
    assert {o.why for o in reaction.opens} == {"owns the site"}


@pytest.mark.parametrize(
    ("facts", "minutes", "ladder"),
    [
        ({"grade": None, "life_safety": True}, 5, "row-I"),
        ({"grade": "IV", "life_safety": True}, 5, "row-I"),
        ({"grade": "I"}, 5, "row-I"),
        ({"grade": "II"}, 5, "row-I"),
        ({"grade": "III"}, 10, "row-III"),
        ({"grade": "III", "attention": "A"}, 5, "row-I"),
        ({"grade": "III", "attention": "B"}, 10, "row-III"),
        ({"attention": "B"}, 15, "row-III"),
        ({"attention": "C"}, 15, "row-IV"),
        ({"grade": "IV"}, 15, "row-IV"),
        ({"grade": None}, 15, "row-IV"),
        ({}, 15, "row-IV"),
    ],
)
def test_the_gravest_thing_true_of_an_incident_decides_how_soon_and_who_is_called(expo, facts, minutes, ladder):
    fact = heard("incident.opened", facts={**BACKLOG, **facts}, fresh_desks=("police/duty",))
    assert opened(follow(expo, fact, [], {})) == [("ACK", "police/duty", "duty_officer", 0, minutes, ladder)]


def test_each_agency_s_clock_starts_when_it_knew_even_if_that_was_before_it_was_typed(expo):
    fact = heard("incident.opened", 20, facts=BACKLOG, known_at={"carrier-a": at(0)}, fresh_desks=("police/duty",))
    reaction = follow(expo, fact, [], SEATS)
    starts = {(o.rule, o.agency): (o.starts_at, o.due_at) for o in reaction.opens}
    assert starts["K1", "carrier-a"] == (at(0), at(15))  # over already: entered late
    assert starts["ACK", "police"] == (at(20), at(35))


def test_imported_history_owes_nothing(expo):
    fact = heard("incident.imported", facts=CRASH, fresh_desks=("police/duty",))
    assert opened(follow(expo, fact, [], SEATS)) == []


def test_a_grant_asks_only_the_desk_that_learns_of_it(expo):
    standing = [debt("ACK", "postal-city", 0, 5)]
    fact = heard("access.granted", 30, by="postal-city", facts=FIND, fresh_desks=("state/duty",))
    assert opened(follow(expo, fact, standing, SEATS)) == [("ACK", "state/duty", "duty_officer", 30, 35, "row-I")]


def test_a_desk_that_is_told_for_information_only_owes_nothing(expo):
    assert opened(follow(expo, heard("access.granted", facts=FIND), [], SEATS)) == []


def test_a_party_that_nobody_plays_owes_nothing(expo):
    assert opened(follow(expo, heard("incident.opened", facts=CRASH), [], {})) == []


def test_taking_it_settles_one_s_own_acknowledgement_and_nobody_else_s(expo):
    debts = [debt("ACK", "postal-city", 0, 5), debt("ACK", "police", 0, 5)]
    fact = heard("incident.acknowledged", 3, by="police", facts=FIND, data={"kind": "taken"})
    assert follow(expo, fact, debts, SEATS).settles == (Settling("ACK-police", "ACK", at(3), "system"),)


def test_having_seen_it_settles_no_acknowledgement_but_shows_that_the_regulator_was_told(expo):
    debts = [debt("ACK", "postal-city", 0, 5), debt("K1", "carrier-a", 0, 15)]
    fact = heard("incident.acknowledged", 3, by="postal-city", facts=FIND, data={"kind": "seen"})
    assert [settled.debt_id for settled in follow(expo, fact, debts, SEATS).settles] == ["K1-carrier-a"]


@pytest.mark.parametrize(
    ("by", "data", "settled"),
    [
        ("carrier-a", {"kind": "milestone", "milestone": "informed"}, True),
        ("carrier-a", {"kind": "milestone", "milestone": "arrived"}, False),
        ("carrier-a", {"kind": "note"}, False),
        ("police", {"kind": "milestone", "milestone": "informed"}, False),
        ("police", {"kind": "milestone", "milestone": "informed", "on_behalf_of": "carrier-a/duty"}, True),
    ],
)
def test_the_oral_report_is_met_by_the_carrier_s_own_milestone(expo, by, data, settled):
    fact = heard("journal.added", 9, by=by, facts=FIND, data=data)
    assert bool(follow(expo, fact, [debt("K1", "carrier-a", 0, 15)], SEATS).settles) is settled


@pytest.mark.parametrize(
    ("data", "met", "proof"),
    [
        ({}, 40, "system"),
        ({"stated_at": at(4).isoformat()}, 4, "system"),
        ({"via": {"channel": "phone"}, "stated_at": "2026-11-24T03:14:00+08:00"}, 4 + 24 * 60 - 24 * 60, "stated"),
        ({"via": {"channel": "phone", "stated_at": at(4)}}, 4, "stated"),
        ({"via": {"channel": "phone"}, "stated_at": at(50).isoformat()}, 40, "stated"),
        ({"stated_at": "yesterday"}, 40, "system"),
        ({"stated_at": "2026-11-23T19:14:00"}, 40, "system"),
    ],
)
def test_a_debt_is_met_when_it_was_said_never_after_it_was_typed(expo, data, met, proof):
    fact = heard("incident.acknowledged", 40, by="police", facts=FIND, data={"kind": "taken", **data})
    reaction = follow(expo, fact, [debt("ACK", "police", 0, 5, state="missed")], SEATS)
    assert reaction.settles == (Settling("ACK-police", "ACK", at(met), proof),)


def test_an_explicit_settlement_settles_the_debt_it_names_and_not_its_sibling(expo):
    debts = [debt("K2", "carrier-a", 0, 60), debt("K3", "carrier-a", 0, 120)]
    fact = heard("obligation.settled", 50, facts=CRASH, data={"obligation": "K3-carrier-a"})
    assert [settled.rule for settled in follow(expo, fact, debts, SEATS).settles] == ["K3"]
    stranger = replace(fact, by_agency="police", by_desk="police/duty")
    assert follow(expo, stranger, debts, SEATS).settles == ()
