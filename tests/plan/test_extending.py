"""A child plan is read over its parent: what it leaves out stands, what it says is found at its own lines."""

from __future__ import annotations

from pathlib import Path

from incident_hub.plan.check import examine
from incident_hub.plan.contingency import Plan
from incident_hub.plan.extending import rests_on
from tests.plan.night import EXPO as FILE

EXPO = FILE.read_text(encoding="utf-8")
HEAD = """schema = 1
[plan]
code = "child"
version = "1"
extends = "expo.toml"
"""
LATE = """[[rule]]
code = "K2"
title = { zh = "一小时报告", en = "One-hour report" }
force = "law"
basis = "a test"
confirmed = true
when = ["incident.opened"]
categories = ["A"]
owed_by = "duty_leader of site_owner"
what = { zh = "报告", en = "Report" }
within = "2h"
settled_by = [{ kind = "obligation.settled", by = "owner" }]
"""


def read(text: str, *parents: str) -> Plan:
    plan, _ = examine(text, parents)
    assert plan is not None
    return plan


def test_what_a_child_leaves_out_stands_as_in_its_parent(expo: Plan):
    child = read(HEAD, EXPO)
    assert (child.code, child.version, child.extends) == ("child", "1", "expo.toml")
    assert (child.title, child.zone, child.basis) == (expo.title, expo.zone, expo.basis)
    assert (child.rules, child.ladders, child.types, child.authority) == (
        expo.rules, expo.ladders, expo.types, expo.authority,
    )  # fmt: skip
    assert examine(HEAD, [EXPO])[1] == []


def test_a_rule_with_a_code_of_the_parents_takes_its_place_and_a_new_one_comes_last(expo: Plan):
    child = read(HEAD + LATE + LATE.replace('"K2"', '"NEW"'), EXPO)
    codes = [rule.code for rule in expo.rules]
    assert [rule.code for rule in child.rules] == [*codes, "NEW"]
    assert child.rules[codes.index("K2")].title.en == "One-hour report"


def test_what_a_child_loosens_is_named_at_its_own_line():
    text = HEAD + LATE
    _, faults = examine(text, [EXPO])
    assert [(fault.rule, text.split("\n")[fault.line - 1]) for fault in faults] == [
        ("loosens-rule", '[[rule]]'),
        ("loosens-rule", 'within = "2h"'),
    ]  # fmt: skip
    assert "2h" in faults[1].message


def test_a_slip_in_a_child_is_named_at_its_own_line():
    text = HEAD + LATE.replace('"law"', '"lwa"')
    plan, faults = examine(text, [EXPO])
    assert plan is None
    assert [(fault.rule, text.split("\n")[fault.line - 1]) for fault in faults] == [("unknown-word", 'force = "lwa"')]


def test_a_part_of_the_parent_that_the_child_breaks_is_named_where_the_parent_is():
    party = EXPO[EXPO.index('[[party]]\ncode = "police"') :].split("\n\n")[0]
    text = HEAD + party.replace('"police"', '"transport"', 1).replace('"duty_officer", ', "", 1)
    _, faults = examine(text, [EXPO])
    assert faults
    assert all("transport" in fault.message for fault in faults)


def test_a_child_needs_a_name_of_its_own():
    plan, faults = examine(HEAD.replace('code = "child"\n', ""), [EXPO])
    assert plan is None
    assert [(fault.line, fault.rule) for fault in faults] == [(2, "missing-key")]


def test_a_child_of_a_child_is_held_against_its_nearest():
    middle = HEAD + LATE.replace('"2h"', '"30m"')
    last = HEAD.replace('"child"', '"last"').replace("expo", "child") + LATE.replace('"2h"', '"45m"')
    _, faults = examine(last, [middle, EXPO])
    assert [fault.rule for fault in faults if "within" in last.split("\n")[fault.line - 1]] == ["loosens-rule"]


def test_without_its_parent_a_child_is_not_judged():
    plan, faults = examine(HEAD)
    assert plan is None
    assert [(fault.line, fault.rule) for fault in faults] == [(5, "extends")]


def test_the_same_child_over_another_parent_is_another_text():
    one, other = read(HEAD, EXPO), read(HEAD, EXPO + "\n# revised\n")
    assert one.text_sha256 != other.text_sha256
    assert one.rests_on == (EXPO,)


def test_what_a_text_rests_on_is_told_without_reading_the_rest():
    assert rests_on(HEAD) == "expo.toml"
    assert rests_on(EXPO) is None
    assert rests_on("this is no TOML") is None


def test_the_child_that_ships_only_tightens():
    text = Path(FILE).with_name("expo-finals.toml").read_text(encoding="utf-8")
    assert examine(text, [EXPO])[1] == []
