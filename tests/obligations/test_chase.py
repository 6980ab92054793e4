"""The chase of one debt without a database: rounds, the last call of all, outages, answers and extensions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from incident_hub.obligations import chase
from incident_hub.obligations.chase import Chased
from incident_hub.obligations.ladder import EVERYBODY, Rung
from incident_hub.plan.contingency import Ladder, Loop, Owed, Step
from incident_hub.plan.words import urgent

T0 = datetime(2026, 9, 1, 19, 10, tzinfo=UTC)
OFFICER, LEADER = Owed("duty_officer", "own"), Owed("duty_leader", "own")


def minutes(n: float) -> timedelta:
    """A span as a plan writes it."""
    return timedelta(minutes=n)


# The duty officer at 0 and 1, the leader at 5; twice more, every 20 minutes; everybody after an hour.
CALLS = Ladder(
    "calls",
    (
        Step("call", (OFFICER,), ("in_app",), after=minutes(0), repeat=minutes(1), up_to=2),
        Step("call", (LEADER,), ("in_app", "email"), after=minutes(5)),
    ),
    loop=Loop(2, minutes(20)),
)
DEBT = Chased("police", "police/duty", "plan", T0, T0, T0 + minutes(5), CALLS)


def drive(
    debt: Chased, rungs: Sequence[Rung], until: float, vacant: Sequence[str] = (), asleep: Sequence[float] = ()
) -> tuple[list[tuple[float, int, int, str]], tuple[Rung, ...]]:
    """Let time pass: what was taken or withheld at which minute, and the rungs that are left."""
    told: list[tuple[float, int, int, str]] = []
    rungs = tuple(rungs)
    while (at := chase.next_at(debt, rungs)) is not None and at <= T0 + minutes(until):
        if asleep and T0 + minutes(asleep[0]) <= at < T0 + minutes(asleep[1]):
            at = T0 + minutes(asleep[1])
        now, minute = chase.due(debt, rungs, at), (at - T0) / minutes(1)
        rungs += now.armed
        for rung, why in now.withheld:
            told.append((minute, *rung.key, why))
            rungs = chase.mark(rungs, rung.key, "withheld")
        for rung in now.send:
            if chase.is_armed(rungs, rung.key):
                people = [post for post, _ in rung.to if post not in vacant]
                told.append((minute, *rung.key, "everybody" if rung.exhausts else " ".join(people)))
                turn = chase.take(debt, rungs, rung, people, False, at)
                rungs = chase.apply(chase.mark(rungs, rung.key, "taken", people), turn)
        rungs += chase.go_on(debt, rungs)
        if chase.is_missed(debt, at):
            debt = replace(debt, state="missed")
    return told, rungs


def test_a_ladder_that_nobody_answers_is_climbed_again_and_then_everybody_is_called() -> None:
    told, rungs = drive(DEBT, chase.begin(DEBT, T0), 1000)
    assert told == [
        (0, 0, 0, "duty_officer"), (1, 0, 1, "duty_officer"), (5, 1, 0, "duty_leader"),
        (20, 2, 0, "duty_officer"), (21, 2, 1, "duty_officer"), (25, 3, 0, "duty_leader"),
        (40, 4, 0, "duty_officer"), (41, 4, 1, "duty_officer"), (45, 5, 0, "duty_leader"),
        (60, 6, 0, "everybody"),
    ]  # fmt: skip
    assert [(one.round, one.to, one.channels) for one in rungs if one.exhausts] == [(3, EVERYBODY, ("in_app", "email"))]


def test_only_one_round_is_armed_at_a_time() -> None:
    first = chase.begin(DEBT, T0)
    assert {one.round for one in first} == {0}
    assert chase.go_on(DEBT, first) == ()
    _, later = drive(DEBT, first, 6)
    assert {one.round for one in later if one.state == "armed"} == {1}


def test_a_rung_that_repeats_without_end_gives_way_to_the_next_round() -> None:
    endless = Ladder("x", (Step("call", (OFFICER,), ("in_app",), after=minutes(0), repeat=minutes(5)),))
    assert len(chase.begin(replace(DEBT, ladder=endless), T0)) == 60
    looped = replace(endless, loop=Loop(1, minutes(12)))
    told, _ = drive(debt := replace(DEBT, ladder=looped), chase.begin(debt, T0), 1000)
    assert [minute for minute, *_ in told] == [0, 5, 10, 12, 17, 22, 24]


def test_a_ladder_without_a_loop_ends_as_it_stands() -> None:
    once = replace(DEBT, ladder=replace(CALLS, loop=None))
    told, rungs = drive(once, chase.begin(once, T0), 1000)
    assert [minute for minute, *_ in told] == [0, 1, 5]
    assert chase.go_on(once, rungs) == ()


def test_who_acts_is_not_chased_again_and_who_has_only_seen_is() -> None:
    _, rungs = drive(DEBT, chase.begin(DEBT, T0), 1)
    stopped = chase.answered(rungs)
    assert stopped == ((1, 0),)
    after = chase.apply(rungs, chase.Turn(stopped=stopped))
    assert chase.go_on(replace(DEBT, acknowledged="taken"), after) == ()
    assert {one.round for one in chase.go_on(replace(DEBT, acknowledged="seen"), after)} == {1}
    assert chase.go_on(replace(DEBT, state="waived"), after) == ()


def test_a_post_that_has_seen_is_not_called_twice_in_a_row_in_later_rounds_either() -> None:
    seen = replace(DEBT, seen_by=("police/duty:duty_officer",), acknowledged="seen")
    rungs = chase.begin(DEBT, T0)
    assert chase.quietened(seen, rungs) == ((0, 1),)
    told, _ = drive(seen, [one for one in rungs if one.key != (0, 1)], 1000)
    assert [one[:3] for one in told] == [
        (0, 0, 0),
        (5, 1, 0),
        (20, 2, 0),
        (25, 3, 0),
        (40, 4, 0),
        (45, 5, 0),
        (60, 6, 0),
    ]


def test_a_vacant_post_passes_on_within_its_round_and_never_hurries_the_next_round() -> None:
    told, _ = drive(DEBT, chase.begin(DEBT, T0), 1000, vacant=["duty_officer"])
    assert [one[:3] for one in told] == [
        (0, 0, 0), (0, 1, 0), (20, 2, 0), (20, 3, 0), (40, 4, 0), (40, 5, 0), (60, 6, 0)
    ]  # fmt: skip
    nobody, _ = drive(DEBT, chase.begin(DEBT, T0), 1000, vacant=["duty_officer", "duty_leader"])
    assert [one[:3] for one in nobody] == [one[:3] for one in told]


def test_the_same_person_on_two_posts_is_somebody_new_again_in_the_next_round() -> None:
    leader = Rung(1, 0, "call", T0, T0, (("duty_leader", "own"),), ("in_app",))
    before = Rung(0, 0, "call", T0, T0, (("duty_officer", "own"),), ("in_app",), state="taken", reached=("ana",))
    after = replace(leader, step=2)
    turn = chase.take(DEBT, [before, leader, after], leader, ["ana"], False, T0)
    assert (turn.passes, turn.passed_on) == (True, 2)
    again = replace(leader, round=1)
    assert not chase.take(DEBT, [before, again], again, ["ana"], False, T0).passes


def test_after_an_outage_over_several_rounds_every_rung_is_said_once_and_only_the_highest_is_sent() -> None:
    told, rungs = drive(DEBT, chase.begin(DEBT, T0), 1000, asleep=(1, 43))
    at_43 = [one for one in told if one[0] == 43]
    assert at_43 == [
        (43, 0, 1, "outage"), (43, 1, 0, "outage"), (43, 2, 0, "outage"), (43, 2, 1, "outage"), (43, 3, 0, "outage"),
        (43, 4, 0, "outage"), (43, 4, 1, "duty_officer"),
    ]  # fmt: skip
    assert [one for one in told if one[0] > 43] == [(45, 5, 0, "duty_leader"), (60, 6, 0, "everybody")]
    assert len({one.key for one in rungs}) == len(rungs)


def test_an_outage_past_the_last_call_calls_everybody_once() -> None:
    told, _ = drive(DEBT, chase.begin(DEBT, T0), 1000, asleep=(1, 300))
    assert [one[3] for one in told if one[0] == 300] == ["outage"] * 8 + ["everybody"]


def test_quiet_hours_hold_calls_back_and_life_safety_ignores_them() -> None:
    quiet = replace(DEBT, ladder=replace(CALLS, quiet=(time(22), time(7))), zone="Asia/Shanghai")
    # T0 is 03:10 in Beijing: the first call comes at 07:00, the last of all an hour later.
    told, _ = drive(quiet, chase.begin(quiet, T0), 1000)
    assert [one[0] for one in told] == [230 + minute for minute in (0, 1, 5, 20, 21, 25, 40, 41, 45, 60)]
    at_once = replace(quiet, urgent=urgent({"life_safety": False, "attention": "A"}))
    assert drive(at_once, chase.begin(at_once, T0), 1000)[0][0][0] == 0
    assert urgent({"life_safety": True})
    assert not urgent({"attention": "B"})


def test_reminders_are_not_calls_and_come_by_night() -> None:
    steps = (
        Step("remind", (OFFICER,), ("in_app",), before_due=minutes(30)),
        Step("call", (LEADER,), ("in_app",), after_due=minutes(2)),
    )
    night = Ladder("x", steps, quiet=(time(22), time(7)))
    debt = replace(DEBT, ladder=night, due_at=T0 + minutes(60), zone="Asia/Shanghai")
    assert [(one.kind, (one.at - T0) / minutes(1)) for one in chase.begin(debt, T0)] == [("remind", 30), ("call", 232)]


def test_a_debt_that_moves_goes_on_where_its_clock_is() -> None:
    moved = replace(DEBT, desk="postal/duty", agency="postal", opened_at=T0 + minutes(23), moved=True)
    rungs = chase.begin(moved, T0 + minutes(23))
    assert {one.round for one in rungs} == {1}
    now = chase.due(moved, rungs, T0 + minutes(23))
    assert [(one.key, why) for one, why in now.withheld] == [((2, 0), "entered_late")]
    assert [one.key for one in now.send] == [(2, 1)]
    assert now.late is False


def test_an_extension_hangs_again_what_hangs_on_the_deadline() -> None:
    steps = (
        Step("remind", (OFFICER,), ("in_app",), after=minutes(50)),
        Step("remind", (OFFICER,), ("in_app",), before_due=minutes(30)),
        Step("call", (LEADER,), ("in_app",), after_due=minutes(0)),
    )
    debt = replace(DEBT, ladder=Ladder("x", steps), due_at=T0 + minutes(60))
    told, rungs = drive(debt, chase.begin(debt, T0), 31)
    assert [one[:3] for one in told] == [(30, 1, 0)]
    longer = replace(debt, due_at=T0 + minutes(120), extended=True)
    turn = chase.extend(longer, rungs)
    assert turn.stopped == ((2, 0),)
    assert [((one.at - T0) / minutes(1), *one.key) for one in turn.armed] == [(90, 1, 1), (120, 2, 1)]
    acting = chase.extend(replace(longer, acknowledged="taken"), rungs)
    assert [one.kind for one in acting.armed] == ["remind"]


def test_what_was_entered_late_is_chased_from_its_entry() -> None:
    late = replace(DEBT, opened_at=T0 + minutes(30), entered_late=True)
    assert [(one.at - T0) / minutes(1) for one in chase.begin(late, T0 + minutes(30))] == [30, 31, 35]
