from __future__ import annotations

from dataclasses import replace

import pytest

from incident_hub.plan.reaction import Superseding, follow
from tests.plan.night import BACKLOG, CRASH, FIND, SEATS, at, debt, heard, opened


def chased(reaction):
    """What was opened of the two clocks that a graver grade tightens."""
    return [one for one in opened(reaction) if one[0] in ("ACK", "K10")]


def test_responding_starts_the_updates_and_reporting_does_not(expo):
    fact = heard("incident.status_changed", 10, by="postal-city", facts=FIND, data={"to": "responding"})
    update = ("K10", "postal-city/duty", "duty_officer", 10, 40, "remind-short")
    assert opened(follow(expo, fact, [], SEATS)) == [update]
    assert opened(follow(expo, replace(fact, data={"to": "reported"}), [], SEATS)) == []


@pytest.mark.parametrize(
    ("kind", "goes_on"), [("action", True), ("decision", True), ("message", True), ("note", False)]
)
def test_an_update_starts_the_wait_for_the_next_one(expo, kind, goes_on):
    standing = [debt("K10", "postal-city", 10, 40)]
    fact = heard("journal.added", 33, by="postal-city", facts=FIND, data={"kind": kind})
    reaction = follow(expo, fact, standing, SEATS)
    assert [settled.debt_id for settled in reaction.settles] == (["K10-postal-city"] if goes_on else [])
    following = [("K10", "postal-city/duty", "duty_officer", 33, 63, "remind-short")]
    assert opened(reaction) == (following if goes_on else [])


def test_a_missed_update_goes_on_from_when_it_was_made_up_for(expo):
    standing = [debt("K10", "postal-city", 10, 40, state="missed")]
    data = {"kind": "action", "via": {"channel": "radio"}, "stated_at": at(45).isoformat()}
    reaction = follow(expo, heard("journal.added", 50, by="postal-city", facts=FIND, data=data), standing, SEATS)
    assert opened(reaction) == [("K10", "postal-city/duty", "duty_officer", 45, 75, "remind-short")]


def test_two_standing_updates_of_one_desk_are_followed_by_one(expo):
    standing = [debt("K10", "postal-city", 0, 240), replace(debt("K10", "postal-city", 10, 40), id="second")]
    reaction = follow(
        expo, heard("journal.added", 33, by="postal-city", facts=FIND, data={"kind": "action"}), standing, SEATS
    )
    assert [settled.debt_id for settled in reaction.settles] == ["K10-postal-city", "second"]
    assert len(reaction.opens) == 1


def test_after_the_lead_changed_the_next_update_is_the_new_lead_s(expo):
    seats = {**SEATS, "lead": SEATS["police"]}
    standing = [debt("K10", "postal-city", 10, 40)]
    fact = heard("journal.added", 33, by="police", facts=FIND, data={"kind": "action"})
    assert opened(follow(expo, fact, standing, seats)) == [
        ("K10", "police/duty", "duty_officer", 33, 63, "remind-short")
    ]


def test_a_higher_grade_gives_those_who_have_not_answered_less_time_and_leaves_the_old_clock(expo):
    standing = [debt("ACK", "police", 0, 15), debt("K10", "postal-city", 0, 1440)]
    fact = heard("incident.graded", 6, by="postal-city", facts={**BACKLOG, "grade": "II"}, data={"grade": "II"})
    reaction = follow(expo, fact, standing, SEATS)
    assert chased(reaction) == [
        ("ACK", "police/duty", "duty_officer", 6, 11, "row-I"),
        ("K10", "postal-city/duty", "duty_officer", 6, 36, "remind-short"),
    ]
    assert reaction.supersedes == ()


def test_the_same_or_a_lower_grade_opens_nothing(expo):
    standing = [debt("ACK", "police", 0, 5)]
    for grade in ("I", "III", "IV"):
        fact = heard("incident.graded", 2, by="postal-city", facts={**BACKLOG, "grade": grade})
        assert chased(follow(expo, fact, standing, SEATS)) == []


def test_a_shorter_clock_that_would_end_later_than_the_old_one_is_not_opened(expo):
    fact = heard("incident.graded", 12, by="postal-city", facts={**BACKLOG, "grade": "I"})
    assert chased(follow(expo, fact, [debt("ACK", "police", 0, 15)], SEATS)) == []


def test_a_desk_that_missed_the_old_clock_is_called_anew_when_the_grade_rises(expo):
    fact = heard("incident.graded", 30, by="postal-city", facts={**BACKLOG, "grade": "I"})
    standing = [debt("ACK", "police", 0, 15, state="missed")]
    assert chased(follow(expo, fact, standing, SEATS)) == [("ACK", "police/duty", "duty_officer", 30, 35, "row-I")]
    twice = [*standing, debt("ACK", "police", 30, 35)]
    assert chased(follow(expo, replace(fact, at=at(32)), twice, SEATS)) == []


def test_whoever_has_answered_is_left_alone_when_the_grade_rises(expo):
    assert chased(follow(expo, heard("incident.graded", 9, facts={**BACKLOG, "grade": "I"}), [], SEATS)) == []


@pytest.mark.parametrize("to", ["closed", "false_alarm", "transferred"])
def test_closing_ends_what_still_runs_under_the_plan_and_never_what_is_law(expo, to):
    debts = [
        debt("ACK", "police", 0, 5),
        debt("K1", "carrier-a", 0, 15, state="missed"),
        debt("K2", "carrier-a", 0, 60),
        debt("K3", "carrier-a", 0, 120),
    ]
    fact = heard("incident.status_changed", 30, by="postal-city", facts=CRASH, data={"to": to})
    reaction = follow(expo, fact, debts, SEATS)
    assert reaction.supersedes == (
        Superseding("ACK-police", "ACK", "incident closed"),
        Superseding("K3-carrier-a", "K3", "incident closed"),
    )
    assert opened(reaction) == []


def test_lifting_ends_the_updates_and_asks_for_the_final_report(expo):
    fact = heard("incident.status_changed", 60, by="postal-city", facts=FIND, data={"to": "lifted"})
    reaction = follow(expo, fact, [debt("K10", "postal-city", 40, 70)], SEATS)
    assert reaction.supersedes == (Superseding("K10-postal-city", "K10", "no longer due"),)
    assert opened(reaction) == [
        ("K13", "postal-city/duty", "duty_leader", 60, 60 + 1440, "remind-day"),
        ("K14", "postal-city/duty", "duty_leader", 60, 60 + 7 * 1440, "remind-late"),  # Tuesday to Tuesday
        ("K16", "postal-city/duty", "duty_leader", 60, 60 + 30 * 1440, "remind-late"),
    ]
