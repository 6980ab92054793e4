"""The words that the plan's language has grown: spans, rounds, periods, calendar, the daily return, retention."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from incident_hub.plan.contingency import (
    Calendar,
    Category,
    Equal,
    Every,
    Loop,
    Owed,
    Period,
    Plan,
    Retention,
    Span,
    Tier,
    Words,
    ZeroReport,
)  # fmt: skip
from incident_hub.plan.faults import Fault
from incident_hub.plan.reader import read
from tests.plan.test_reader import PLAN

WORDS = '{ zh = "甲", en = "A" }'
RULE = f"""
[[rule]]
code = "GROWN"
title = {WORDS}
force = "plan"
basis = "a test"
confirmed = false
what = {WORDS}
settled_by = [{{ kind = "obligation.settled" }}]
"""
PERIODS = f"""
[[period]]
code = "expo"
title = {WORDS}
since = 2026-09-16
until = 2026-09-26
areas = ["linlan"]
"""
RETURN = f"""
[zero_report]
oversees = "police"
basis = "practice"
confirmed = false
checks = ["inspected = accepted"]
category = [
  {{ code = "accepted", title = {WORDS}, unit = {WORDS} }},
  {{ code = "inspected", title = {WORDS}, unit = {WORDS} }},
]
tier = [
  {{ code = "unit", title = {WORDS}, cut_off = "16:00", rolls_up_to = "city" }},
  {{ code = "city", title = {WORDS}, cut_off = "17:00", party = "police" }},
]
"""
KEPT = f"""
[[retention]]
code = "vault"
title = {WORDS}
days = 30
basis = "a test"
confirmed = false
"""


def plan_with(more: str) -> Plan:
    plan, faults = read(PLAN + more)
    assert plan is not None, faults
    return plan


def faults_of(more: str) -> list[tuple[str, str]]:
    """The rule that spoke and the line it points at, as the file reads there."""
    plan, faults = read(PLAN + more)
    assert plan is None
    lines = (PLAN + more).split("\n")
    assert all(isinstance(fault, Fault) and fault.hint for fault in faults)
    return [(fault.rule, lines[fault.line - 1].strip()) for fault in faults]


def test_every_new_key_of_a_rule_is_read_as_it_is_written():
    rule = plan_with(
        PERIODS
        + RULE
        + """
when = ["incident.opened"]
owed_by = "duty_officer of actor"
within = "5wd"
from = "discovered_at"
by = ["police"]
sensitive = true
periods = ["expo"]
heard = true
target = true
pre_report = true
window = "30d"
outlives = true
"""
    ).rules[-1]
    assert rule.within.default == Span(working_days=5)
    assert (rule.start, rule.owed_by) == ("discovered_at", Owed("duty_officer", "actor"))
    assert (rule.by, rule.sensitive, rule.periods, rule.heard) == (("police",), True, ("expo",), True)
    assert (rule.target, rule.pre_report, rule.window, rule.outlives) == (True, True, timedelta(days=30), True)


def test_what_is_planned_is_counted_back_from():
    rule = plan_with(
        RULE + 'when = ["incident.opened"]\nowed_by = "duty_officer of lead"\nbefore = "10d"\nfrom = "planned_at"\n'
    ).rules[-1]
    assert (rule.before, rule.within.values(), rule.start) == (Span(timedelta(days=10)), (), "planned_at")


@pytest.mark.parametrize(
    ("words", "every"),
    [
        ("day at 16:00", Every(at=time(16))),
        ("shift", Every(shift=True)),
        ("0 16 * * 1-5", Every(cron="0 16 * * 1-5")),
    ],
)
def test_a_rule_that_comes_round_waits_for_nothing_and_starts_when_it_does(words, every):
    rule = plan_with(RULE + f'every = "{words}"\nowed_by = "duty_officer of police"\nwithin = "1h"\n').rules[-1]
    assert (rule.every, rule.when, rule.start) == (every, (), "entry")


def test_a_ladder_may_loop_bundle_and_keep_quiet():
    found = plan_with("").ladders["row"]
    assert (found.loop, found.bundle, found.quiet) == (None, None, None)
    grown = 'code = "row"\nloop = { times = 3, every = "30m" }\nbundle = "5m"\nquiet = "22:00-07:00"'
    plan, _ = read(PLAN.replace('code = "row"', grown, 1))
    assert plan is not None
    found = plan.ladders["row"]
    assert (found.loop, found.bundle) == (Loop(3, timedelta(minutes=30)), timedelta(minutes=5))
    assert found.quiet == (time(22), time(7))


def test_a_period_ends_with_its_last_local_day_and_may_be_written_to_the_minute():
    words = Words("甲", "A")
    since, until = datetime(2026, 9, 15, 16, tzinfo=UTC), datetime(2026, 9, 26, 16, tzinfo=UTC)
    assert plan_with(PERIODS).periods == (Period("expo", words, since, until, ("linlan",)),)
    exact = PERIODS.replace("2026-09-16", "2026-09-16T08:00:00").replace("2026-09-26", "2026-09-26T20:00:00")
    found = plan_with(exact).periods[0]
    assert (found.since, found.until) == (since.replace(hour=0, day=16), until.replace(hour=12))
    elsewhere = plan_with(PERIODS.replace("2026-09-16", "2026-09-16T08:00:00+06:00")).periods[0]
    assert elsewhere.since == datetime(2026, 9, 16, 2, tzinfo=UTC)


def test_a_calendar_says_which_days_are_worked():
    assert plan_with("").calendar == Calendar()
    written = '[calendar]\nrest = ["sun", "fri"]\nholidays = [2026-10-01, 2026-10-02]\nworkdays = [2026-10-11]\n'
    days = (date(2026, 10, 1), date(2026, 10, 2))
    assert plan_with(written).calendar == Calendar((4, 6), days, (date(2026, 10, 11),))
    assert plan_with("[calendar]\nrest = []\n").calendar.rest == ()


def test_the_daily_return_and_what_is_kept_are_read():
    words = Words("甲", "A")
    plan = plan_with(RETURN + KEPT)
    assert plan.zero_report == ZeroReport(
        categories=(Category("accepted", words, words), Category("inspected", words, words)),
        checks=(Equal("inspected", "accepted"),),
        tiers=(Tier("unit", words, time(16), "city", None), Tier("city", words, time(17), None, "police")),
        oversees="police",
        basis="practice",
        confirmed=False,
    )
    assert plan.retention == (Retention("vault", words, 30, "a test", False),)
    assert (plan_with("").zero_report, plan_with("").retention, plan_with("").periods) == (None, (), ())


WHEN = 'when = ["incident.opened"]\n'
OWED = 'owed_by = "duty_officer of lead"\n'
WITHIN = 'within = "15m"\n'
EVERY = 'every = "day at 16:00"\n'
BY_POLICE = 'owed_by = "duty_officer of police"\n'


@pytest.mark.parametrize(
    ("more", "faults"),
    [
        (OWED + WITHIN, [("missing-key", "[[rule]]")]),
        (BY_POLICE + WITHIN + WHEN + EVERY, [("one-of-two", EVERY.strip())]),
        (OWED + WHEN, [("missing-key", "[[rule]]")]),
        (
            OWED + WHEN + WITHIN + 'from = "planned_at"\nbefore = "10d"\n',
            [("one-of-two", 'before = "10d"')],
        ),
        (OWED + WHEN + 'before = "10d"\n', [("before-from", 'before = "10d"')]),
        (OWED + WHEN + 'from = "planned_at"\nbefore = "ten days"\n', [("bad-duration", 'before = "ten days"')]),
        (BY_POLICE + WITHIN + 'every = "noon"\n', [("bad-every", 'every = "noon"')]),
        (BY_POLICE + WITHIN + 'every = ""\n', [("empty", 'every = ""')]),
        (BY_POLICE + WITHIN + EVERY + 'grades = ["I"]\n', [("no-incident", 'grades = ["I"]')]),
        (BY_POLICE + WITHIN + EVERY + "heard = true\n", [("no-incident", "heard = true")]),
        (BY_POLICE + WITHIN + EVERY + 'from = "known_at"\n', [("no-incident", 'from = "known_at"')]),
        (OWED + WITHIN + EVERY, [("no-incident", OWED.strip())]),
        (OWED + WHEN + WITHIN + 'by = ["polise"]\n', [("unknown-word", 'by = ["polise"]')]),
        (OWED + WHEN + WITHIN + 'periods = ["fair"]\n', [("unknown-word", 'periods = ["fair"]')]),
        (OWED + WHEN + WITHIN + 'sensitive = "yes"\n', [("wrong-type", 'sensitive = "yes"')]),
        (OWED + WHEN + WITHIN + 'window = "0d"\n', [("bad-duration", 'window = "0d"')]),
        (OWED + WHEN + WITHIN + "window = 30\n", [("wrong-type", "window = 30")]),
    ],
)
def test_what_is_amiss_in_a_rule_is_named_where_it_stands(more, faults):
    assert faults_of(RULE + more) == faults


@pytest.mark.parametrize(
    ("before", "after", "faults"),
    [
        ("since = 2026-09-16", 'since = "soon"', [("wrong-type", 'since = "soon"')]),
        ("since = 2026-09-16", "since = 08:00:00", [("wrong-type", "since = 08:00:00")]),
        ("since = 2026-09-16", "", [("missing-key", "[[period]]")]),
        ("since = 2026-09-16", "since = 2026-09-27", [("period-empty", "until = 2026-09-26")]),
        ("until = 2026-09-26", "until = 9999-12-31", [("bad-date", "until = 9999-12-31")]),
        ("since = 2026-09-16", "since = 0001-01-01T00:00:00", [("bad-date", "since = 0001-01-01T00:00:00")]),
        ('code = "expo"', 'code = "the expo"', [("bad-code", 'code = "the expo"')]),
        ('areas = ["linlan"]', 'area = ["linlan"]', [("unknown-key", 'area = ["linlan"]')]),
        ('checks = ["inspected = accepted"]', 'checks = ["all"]', [("bad-check", 'checks = ["all"]')]),
        (
            'checks = ["inspected = accepted"]',
            'checks = ["sealed = accepted"]',
            [("unknown-word", 'checks = ["sealed = accepted"]')],
        ),
        (
            'checks = ["inspected = accepted"]',
            'checks = ["accepted = accepted"]',
            [("bad-check", 'checks = ["accepted = accepted"]')],
        ),
        ('oversees = "police"', 'oversees = "fire"', [("unknown-word", 'oversees = "fire"')]),
        ("days = 30", "days = 0", [("bad-number", "days = 0")]),
        ("days = 30", "days = 99999999", [("bad-number", "days = 99999999")]),
        ("days = 30", "", [("missing-key", "[[retention]]")]),
    ],
)
def test_what_is_amiss_around_the_rules_is_named_where_it_stands(before, after, faults):
    text = PERIODS + RETURN + KEPT
    assert before in text
    assert faults_of(text.replace(before, after, 1)) == faults


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('cut_off = "16:00"', 'cut_off = "25:00"', "bad-time"),
        ('rolls_up_to = "city"', 'rolls_up_to = "unit"', "unknown-word"),
        ('cut_off = "17:00",', 'cut_off = "17:00", rolls_up_to = "unit",', "unknown-word"),
        ('party = "police"', 'party = "fire"', "unknown-word"),
        ('code = "inspected"', 'code = "accepted"', "duplicate-code"),
    ],
)
def test_a_return_rolls_up_to_a_later_tier_so_that_none_goes_round_in_a_circle(before, after, fault):
    assert before in RETURN
    plan, faults = read(PLAN + RETURN.replace(before, after, 1))
    assert plan is None
    assert fault in [one.rule for one in faults]


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("loop = { times = 0, every = '30m' }", "bad-number"),
        ("loop = { times = 3 }", "missing-key"),
        ("loop = { times = 3, every = '0m' }", "bad-duration"),
        ("loop = 3", "wrong-type"),
        ("loop = { times = 3, every = '30m', until = 1 }", "unknown-key"),
        ("bundle = '5 minutes'", "bad-duration"),
        ("quiet = '22:00'", "bad-time"),
        ("quiet = '22:00-25:00'", "bad-time"),
        ("quiet = '22:00-22:00'", "bad-time"),
    ],
)
def test_what_is_amiss_in_a_ladder_is_named_where_it_stands(words, fault):
    text = PLAN.replace('code = "row"', f'code = "row"\n{words}', 1)
    plan, faults = read(text)
    assert plan is None
    assert [one.rule for one in faults] == [fault]
    assert text.split("\n")[faults[0].line - 1] == words


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ('rest = ["saturday"]', "unknown-word"),
        ('rest = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]', "no-working-day"),
        ('holidays = ["2026-10-01"]', "wrong-type"),
        ("holidays = [2026-10-01T00:00:00]", "wrong-type"),
        ("holidays = [2026-10-01]\nworkdays = [2026-10-01]", "two-in-one"),
        ("rests = []", "unknown-key"),
    ],
)
def test_what_is_amiss_in_the_calendar_is_named(words, fault):
    assert [rule for rule, _ in faults_of(f"[calendar]\n{words}\n")] == [fault]
