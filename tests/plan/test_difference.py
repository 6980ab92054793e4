"""What a duty leader reads before signing: one line for each thing that changed, in both languages."""

from __future__ import annotations

import pytest

from incident_hub.plan.contingency import Plan
from incident_hub.plan.difference.changes import between
from tests.plan.night import EXPO as FILE
from tests.plan.test_check import examine, rule

EXPO = FILE.read_text(encoding="utf-8") + rule("TRIED", "incident.verified", 'ladder = "remind-short"')


def read(text: str) -> Plan:
    plan, faults = examine(text)
    assert plan is not None, faults
    return plan


@pytest.fixture(scope="module")
def before() -> Plan:
    return read(EXPO)


def last(text: str, old: str, new: str) -> str:
    """The text with the last such words replaced: those of the rule that is tried."""
    head, found, tail = text.rpartition(old)
    assert found
    return head + new + tail


@pytest.mark.parametrize(
    ("old", "new", "en", "zh"),
    [
        ('within = "15m"', 'within = "10m"', "Rule TRIED “A”, limit: 15m → 10m",
         "规则 TRIED“甲”，时限：15分钟 → 10分钟"),
        (
            'within = "15m"',
            'within = { III = "1h", default = "15m" }',
            "Rule TRIED “A”, grade III, limit: 15m → 1h",
            "规则 TRIED“甲”，Ⅲ级时限：15分钟 → 1小时",
        ),
        (
            'owed_by = "duty_officer of lead"',
            'owed_by = "duty_leader of police"',
            "Rule TRIED “A”, owed by: duty officer of lead → duty leader of Public security",
            "规则 TRIED“甲”，责任岗位：牵头单位的值班员 → 公安机关的带班领导",
        ),
        ('force = "plan"', 'force = "order"', "Rule TRIED “A”, force: plan → order",
         "规则 TRIED“甲”，效力：预案 → 上级命令"),
        (
            'ladder = "remind-short"',
            "",
            "Rule TRIED “A”, ladder: remind-short → nothing",
            "规则 TRIED“甲”，呼叫方案：remind-short → 无",
        ),
        ('basis = "a test"', 'basis = "a law"', "Rule TRIED “A”, basis: a test → a law",
         "规则 TRIED“甲”，依据：a test → a law"),
    ],
)  # fmt: skip
def test_each_thing_that_changed_is_one_line(before: Plan, old: str, new: str, en: str, zh: str):
    changes = between(before, read(last(EXPO, old, new)))
    assert [(change.words.en, change.words.zh) for change in changes] == [(en, zh)]


def test_what_comes_and_goes_says_what_it_was_for(before: Plan):
    changes = between(before, read(EXPO.replace('code = "TRIED"', 'code = "OTHER"')))
    assert [change.words.en for change in changes] == [
        "Rule TRIED “A” is gone",
        "New rule OTHER “A”: owed by duty officer of lead, what A",
    ]
    assert [(change.code, change.before is None, change.after is None) for change in changes] == [
        ("TRIED", False, True),
        ("OTHER", True, False),
    ]


def test_steps_of_a_ladder_and_lines_of_a_check_list_are_compared_one_by_one(before: Plan):
    ladder = EXPO.index('code = "remind-short"')
    text = EXPO[:ladder] + EXPO[ladder:].replace('before_due = "5m"', 'before_due = "8m"', 1)
    line = text.index("checklist = [\n", text.index("[[type]]")) + len("checklist = [\n")
    text = text[:line] + text[text.index("\n", line) + 1 :]
    said = [change.words.en for change in between(before, read(text))]
    assert len(said) == 2
    assert "check-list line 11: " in said[0]
    assert said[0].endswith("→ nothing")
    assert "Ladder remind-short, step 1: 5m before it is due, remind" in said[1]
    assert "→ 8m before it is due, remind" in said[1]


def test_who_may_sign_and_what_reaches_a_grade_are_compared_too(before: Plan):
    text = EXPO.replace('extend = "parent"', 'extend = "joint_desk"', 1).replace("deaths = 3,", "deaths = 2,", 1)
    said = [change.words.en for change in between(before, read(text))]
    assert "Authority, may extend: parent agency → joint desk" in said
    assert any(one.startswith("Grade III “Major”, criteria: deaths ≥ 3") and "→ deaths ≥ 2" in one for one in said)


def test_the_rule_of_a_level_and_what_passes_for_workload_are_compared_too(before: Plan):
    text = EXPO.replace('rule = "K11"\n', "", 1).replace("workload = true\n", "", 1)
    text = text.replace(
        'each = "date"\nsettled_by = [{ kind = "return.completed"', 'settled_by = [{ kind = "return.completed"', 1
    )
    assert [change.words.en for change in between(before, read(text))] == [
        "Rule K11 “Daily return”, told apart by: date → nothing",
        "Category accepted “Accepted”, workload: yes → no",
        "Tier unit “Unit”, rule: K11 → nothing",
    ]


def test_the_same_plan_says_nothing(before: Plan):
    assert between(before, read(EXPO + "\n# a remark\n")) == []
