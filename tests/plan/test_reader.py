from __future__ import annotations

from datetime import timedelta

import pytest

from incident_hub.plan.contingency import Owed, Settle, Span, Words
from incident_hub.plan.durations import read_duration, write_duration
from incident_hub.plan.reader import read

# A line is named by its number here, so nothing may move: tests replace whole lines and expect a fault on that line.
PLAN = """\
schema = 1
[plan]
code = "small"
version = "1"
title = { zh = "小", en = "Small" }
zone = "Asia/Shanghai"
basis = "none"
[authority]
countersign = "same_agency"
extend = "parent"
waive = "parent"
direct_lead = "joint_desk"
[[levels.grade]]
code = "I"
title = { zh = "一", en = "One" }
criteria = { deaths = 30 }
[[levels.response]]
code = "1"
title = { zh = "一", en = "One" }
[[party]]
code = "police"
title = { zh = "公安", en = "Police" }
posts = ["duty_officer"]
by = "named"
[[type]]
code = "FIRE"
title = { zh = "火", en = "Fire" }
category = "A"
life_safety = true
lead = "police"
[[rule]]
code = "ACK"
title = { zh = "接手", en = "Acknowledge" }
force = "plan"
basis = "practice"
confirmed = false
when = ["incident.opened"]
owed_by = "duty_officer of access"
what = { zh = "接手", en = "Acknowledge" }
within = { I = "5m", default = "15m" }
ladder = "row"
settled_by = [{ kind = "incident.acknowledged", match = { kind = "taken" } }]
[[ladder]]
code = "row"
[[ladder.step]]
after = "0m"
kind = "call"
to = ["duty_officer of own"]
channels = ["in_app", "email"]
"""


def with_line(number: int, words: str) -> str:
    lines = PLAN.split("\n")
    return "\n".join([*lines[: number - 1], words, *lines[number:]])


def test_a_plan_without_faults_is_read_as_it_is_written():
    plan, faults = read(PLAN)
    assert faults == []
    assert plan is not None
    assert (plan.code, plan.version, plan.zone) == ("small", "1", "Asia/Shanghai")
    assert plan.grades[0].criteria == {"deaths": 30}
    assert plan.types["FIRE"].title == Words("火", "Fire")
    rule = plan.rules[0]
    assert rule.owed_by == Owed("duty_officer", "access")
    assert rule.start == "known_at"
    assert rule.within.of({"grade": "I"}) == Span(timedelta(minutes=5))
    assert rule.within.of({"grade": "IV"}) == Span(timedelta(minutes=15))
    assert rule.ladder.of({}) == "row"
    assert rule.settled_by == (Settle("incident.acknowledged", "owner", {"kind": ("taken",)}),)
    assert plan.ladders["row"].steps[0].after == timedelta()


@pytest.mark.parametrize(
    ("line", "words", "place", "rule", "hint"),
    [
        (1, "schema = true", (1, 10), "wrong-type", "a whole number"),
        (1, "schema = 2", (1, 10), "schema", "reads schema 1"),
        (3, 'codee = "small"', (3, 1), "unknown-key", "did you mean code?"),
        (3, 'codee = "small"', (2, 1), "missing-key", "add code"),
        (5, 'title = { en = "Small" }', (5, 1), "missing-key", "add zh"),
        (5, 'title = { zh = " ", en = "Small" }', (5, 16), "empty", "write it"),
        (6, 'zone = "Asia/Shangai"', (6, 8), "unknown-word", "Asia/Shanghai"),
        (9, 'countersign = "me"', (9, 15), "unknown-word", "same_agency"),
        (14, 'code = "V"', (14, 8), "unknown-word", "did you mean IV?"),
        (16, "criteria = { death = 30 }", (16, 22), "unknown-word", "did you mean deaths?"),
        (16, "criteria = { deaths = true }", (16, 23), "wrong-type", "a number"),
        (16, "criteria = { deaths = nan }", (16, 23), "bad-number", "least number"),
        (21, 'code = "lead"', (21, 8), "reserved-word", "another code"),
        (23, 'posts = ["duty_oficer"]', (23, 10), "unknown-word", "did you mean duty_officer?"),
        (29, 'life_safety = "yes"', (29, 15), "wrong-type", "true or false"),
        (30, 'lead = "polise"', (30, 8), "unknown-word", "did you mean police?"),
        (30, "", (25, 1), "missing-key", "add lead"),
        (32, 'code = "A CK"', (32, 8), "bad-code", "letters, digits"),
        (34, 'force = "lwa"', (34, 9), "unknown-word", "did you mean law?"),
        (37, 'when = ["incident.opend"]', (37, 9), "unknown-word", "did you mean incident.opened?"),
        (37, 'when = "incident.opened"', (37, 8), "wrong-type", "a list"),
        (37, "when = []", (37, 8), "empty", "at least one"),
        (38, 'owed_by = "duty_officer"', (38, 11), "post-of-party", "duty_officer of lead"),
        (38, 'owed_by = "duty_officer of fire"', (38, 11), "unknown-word", "police"),
        (38, 'owed_by = "chief of police"', (38, 11), "unknown-word", "executive"),
        (40, 'within = { I = "5 minutes" }', (40, 16), "bad-duration", "15m"),
        (40, 'within = { V = "5m" }', (40, 16), "unknown-word", "did you mean IV?"),
        (40, 'within = "0m"', (40, 10), "bad-duration", "give it a length"),
        (41, 'ladder = "rwo"', (41, 10), "unknown-word", "did you mean row?"),
        (42, 'settled_by = [{ kind = "incident.acknowledged", by = "ownr" }]', (42, 54), "unknown-word", "owner"),
        (42, 'settled_by = [{ kind = "incident.acknowledged", match = { kind = 1 } }]', (42, 66), "wrong-type", "word"),
        (42, "settled_by = []", (42, 14), "empty", "name at least one"),
        (46, 'aftr = "0m"', (45, 1), "step-instant", "after"),
        (47, 'kind = "ring"', (47, 8), "unknown-word", "call, remind, inform"),
        (48, 'to = ["duty_officer of owm"]', (48, 7), "unknown-word", "did you mean own?"),
        (49, 'channels = ["in_app", "emial"]', (49, 23), "unknown-word", "did you mean email?"),
        (49, "channels = [1]", (49, 13), "wrong-type", "text"),
    ],
)
def test_a_fault_is_named_with_its_line_its_column_and_a_hint(line, words, place, rule, hint):
    plan, faults = read(with_line(line, words))
    assert plan is None
    named = [fault for fault in faults if (fault.line, fault.column) == place and fault.rule == rule]
    assert named, faults
    assert hint in named[0].hint


def test_every_fault_is_named_in_one_reading_in_the_order_of_the_file():
    text = with_line(34, 'force = "lwa"').replace('by = "named"', 'by = "name"').replace('"email"]', '"fax"]')
    assert [(fault.line, fault.rule) for fault in read(text)[1]] == [
        (24, "unknown-word"),
        (34, "unknown-word"),
        (49, "unknown-word"),
    ]


def test_two_rules_may_not_share_a_code():
    second = PLAN[PLAN.index("[[rule]]") : PLAN.index("[[ladder]]")]
    faults = read(PLAN + second)[1]
    assert [(fault.line, fault.column, fault.rule) for fault in faults] == [(51, 8, "duplicate-code")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("schema = 1\n[plan\n", 2),
        ('schema = 1\n\ncode = "never closed\n', 3),
        ("schema = 1\nschema = 2\n", 2),
        ("a = 1\nb = [1,\n2,", 3),
        ("when = 2026-13-45", 1),
        ("a = " + "[" * 5000, 1),
        ("n = " + "9" * 6000, 1),
    ],
)
def test_what_is_not_toml_is_one_fault_on_its_line(text, line):
    plan, faults = read(text)
    assert plan is None
    assert [(fault.line, fault.rule) for fault in faults] == [(line, "toml")]


def test_an_empty_file_is_told_what_a_plan_needs():
    plan, faults = read("")
    assert plan is None
    words = " ".join(fault.message for fault in faults)
    assert all(part in words for part in ("schema", "plan", "levels", "party", "type", "rule", "ladder", "authority"))


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("30s", timedelta(seconds=30)),
        ("15m", timedelta(minutes=15)),
        ("2h", timedelta(hours=2)),
        ("3d", timedelta(days=3)),
        ("3660d", timedelta(days=3660)),
        ("3661d", None),
        ("99999999999d", None),
        ("1.5h", None),
        ("-5m", None),
        ("٣m", None),
        ("5m ", None),
        ("", None),
    ],
)
def test_durations_are_read_as_people_write_them(words, span):
    assert read_duration(words) == span
    if span:
        assert read_duration(write_duration(span)) == span
