from __future__ import annotations

from pathlib import Path

import pytest

from incident_hub.plan.check import examine

EXPO = (Path(__file__).parents[2] / "config" / "plans" / "expo.toml").read_text(encoding="utf-8")

RULE = """
[[rule]]
code = "{code}"
title = {{ zh = "甲", en = "A" }}
force = "plan"
basis = "a test"
confirmed = false
when = ["{when}"]
owed_by = "duty_officer of lead"
what = {{ zh = "甲", en = "A" }}
within = "15m"
settled_by = [{{ kind = "obligation.settled" }}]
{more}
"""
LADDER = """
[[ladder]]
code = "{code}"
{steps}
"""
STEP = """[[ladder.step]]
{instant}
kind = "remind"
to = ["duty_officer of own"]
channels = ["in_app"]
"""


def rule(code: str, when: str, more: str = "") -> str:
    return RULE.format(code=code, when=when, more=more)


def ladder(*instants: str) -> str:
    return LADDER.format(code="tried", steps="".join(STEP.format(instant=instant) for instant in instants))


def found(text: str) -> list[tuple[str, str]]:
    """The check that spoke and the line it points at, as the file reads there."""
    plan, faults = examine(text)
    assert plan is not None, faults
    lines = text.split("\n")
    return [(fault.rule, lines[fault.line - 1].strip()) for fault in faults]


def test_the_plan_that_ships_has_no_fault():
    plan, faults = examine(EXPO)
    assert plan is not None
    assert faults == []


def test_a_rule_that_waits_for_its_own_missed_debt_is_a_cycle():
    assert found(EXPO + rule("LOOP", "obligation.missed")) == [("cycle", 'when = ["obligation.missed"]')]


def test_a_cycle_over_two_rules_is_found_at_both_and_says_the_way():
    one = rule("ONE", "obligation.missed", 'match = { rule = ["TWO"] }')
    two = rule("TWO", "obligation.settled", 'match = { rule = ["ONE"] }')
    _, faults = examine(EXPO + one + two)
    assert [fault.rule for fault in faults] == ["cycle", "cycle"]
    assert "ONE → TWO → ONE" in faults[0].message


def test_a_rule_that_waits_for_another_rules_debt_is_no_cycle():
    assert found(EXPO + rule("AFTER", "obligation.missed", 'match = { rule = ["K1"] }')) == []


def test_a_rule_without_a_ladder_takes_no_step_and_so_cannot_wait_for_itself_there():
    more = 'match = { rule = ["STEPS"] }'
    assert found(EXPO + rule("STEPS", "obligation.step_taken", more)) == []
    with_ladder = rule("STEPS", "obligation.step_taken", more + '\nladder = "remind-short"')
    assert found(EXPO + with_ladder) == [("cycle", 'when = ["obligation.step_taken"]')]


@pytest.mark.parametrize(
    ("instants", "fault"),
    [
        (('after = "0m"', 'after = "5m"', 'after_due = "0m"'), None),
        (('after = "16m"',), ("ladder-late", "[[ladder.step]]")),
        (('after_due = "1m"',), ("ladder-late", "[[ladder.step]]")),
        (('after = "10m"', 'after = "5m"', 'after_due = "1m"'), ("steps-out-of-order", "[[ladder.step]]")),
        (('before_due = "2m"', 'before_due = "5m"', 'after_due = "1m"'), ("steps-out-of-order", "[[ladder.step]]")),
        (('after_due = "0m"', 'after = "14m"'), ("steps-out-of-order", "[[ladder.step]]")),
        (('before_due = "20m"', 'after_due = "1m"'), ("step-too-early", "[[ladder.step]]")),
        (('after = "0m"\nrepeat = "1m"', 'after_due = "1m"'), ("endless-repeat", "[[ladder.step]]")),
        (('after = "0m"\nrepeat = "0m"\nup_to = 3', 'after_due = "1m"'), ("endless-repeat", "[[ladder.step]]")),
        (('after = "0m"\nup_to = 3', 'after_due = "1m"'), ("endless-repeat", "[[ladder.step]]")),
    ],
)
def test_a_ladder_is_held_against_the_length_of_the_debt_it_chases(instants, fault):
    text = EXPO + rule("TRIED", "incident.verified", 'ladder = "tried"') + ladder(*instants)
    assert found(text) == ([fault] if fault else [])


def test_the_step_out_of_order_is_the_one_pointed_at():
    text = (
        EXPO
        + rule("TRIED", "incident.verified", 'ladder = "tried"')
        + ladder('after = "10m"', 'after = "7m"', 'after_due = "1m"')
    )
    _, faults = examine(text)
    assert [text.split("\n")[fault.line] for fault in faults] == ['after = "7m"']


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('categories = ["A"]', 'categories = ["A"]\ntypes = ["THEFT"]', ("never-triggered", 'categories = ["A"]')),
        (
            'when = ["incident.opened"]\ncategories = ["A"]',
            'when = ["incident.opened"]\ncategories = ["S"]\ngrades = ["I"]',
            ("never-triggered", 'grades = ["I"]'),
        ),
        (
            'owed_by = "duty_leader of site_owner"',
            'owed_by = "executive of fire"',
            ("post-not-manned", 'owed_by = "executive of fire"'),
        ),
        (
            'confirmed = true\nwhen = ["incident.opened"]',
            'confirmed = true\nwhen = ["incident.opened"]\nended_by = [{ kind = "incident.verified" }]',
            ("law-ends", 'ended_by = [{ kind = "incident.verified" }]'),
        ),
        (
            "criteria = { deaths = 3, injured = 10, loss = 10_000_000 }",
            "criteria = { deaths = 10, injured = 10, loss = 10_000_000 }",
            ("grades-overlap", "criteria = { deaths = 10, injured = 10, loss = 10_000_000 }"),
        ),
        (
            "II = { items = 500_000 }",
            "II = { items = 50_000 }",
            ("grades-overlap", "III = { items = 50_000, hours = 72 }"),
        ),
    ],
)
def test_parts_that_contradict_each_other_are_named_where_they_stand(before, after, fault):
    assert before in EXPO
    assert found(EXPO.replace(before, after, 1)) == [fault]


def test_a_social_security_type_may_have_no_criteria():
    backlog = EXPO.index('code = "BACKLOG"')
    text = EXPO[:backlog] + EXPO[backlog:].replace('category = "O"', 'category = "S"', 1)
    assert found(text) == [("never-graded", "[type.criteria]")]


def test_a_graver_incident_may_not_be_given_more_time():
    text = EXPO.replace('I = "5m", II = "5m", III = "10m", default', 'I = "5m", II = "5m", III = "3m", default', 1)
    assert [check for check, _ in found(text)] == ["graver-is-slower"]


def test_a_rule_may_not_settle_what_it_opens_with_one_entry():
    more = 'settled_by = [{ kind = "journal.added", match = { kind = "note" } }]'
    text = EXPO + rule("SELF", "journal.added", 'match = { kind = ["note", "action"] }')
    text = text.replace('settled_by = [{ kind = "obligation.settled" }]\nmatch', f"{more}\nmatch")
    assert [check for check, _ in found(text)] == ["settles-itself"]
    told_apart = text.replace('["note", "action"]', '["decision", "action"]')
    assert found(told_apart) == []


def test_a_missing_grade_and_a_wrong_order_of_grades_are_named():
    fourth = EXPO[EXPO.index('[[levels.grade]]\ncode = "IV"') : EXPO.index("[[levels.response]]")]
    assert found(EXPO.replace(fourth, "", 1)) == [("grade-missing", "[[levels.grade]]")]
    moved = EXPO.replace(fourth, "", 1).replace("[[levels.grade]]", f"{fourth}[[levels.grade]]", 1)
    assert "grades-out-of-order" in [check for check, _ in found(moved)]


def test_what_cannot_be_read_is_not_judged_further():
    plan, faults = examine(EXPO.replace('force = "law"', 'force = "lwa"', 1))
    assert plan is None
    assert [fault.rule for fault in faults] == ["unknown-word"]
