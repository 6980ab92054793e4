from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incident_hub.plan.check import examine

EXPO = (Path(__file__).parents[2] / "config" / "plans" / "expo.toml").read_text(encoding="utf-8")
LINES = EXPO.split("\n")
PIECES = [
    *"\"'[]{}=,#\n\\\x00é题\ud800",
    *('"""', "[[", "\r\n", "true", "nan", "-1", "1e400", "2026-11-23", "\\u0041"),
    *("[[rule]]\n", "[rule]\n", "code = 1\n", "[type.criteria]\n"),
]


def judged(text: str) -> None:
    """It answers, and whatever it says points into the text."""
    plan, faults = examine(text)
    assert plan is not None or faults
    for fault in faults:
        assert 1 <= fault.line <= text.count("\n") + 1
        assert fault.column >= 1
        assert fault.message
        assert fault.hint


@pytest.mark.parametrize("seed", range(40))
def test_a_plan_with_slips_of_the_keyboard_is_answered_in_words(seed):
    chance = random.Random(seed)
    text = EXPO
    for _ in range(chance.randint(1, 3)):
        here = chance.randrange(len(text))
        there = min(len(text), here + chance.choice((0, 0, 1, 5, 40)))
        text = text[:here] + chance.choice(PIECES) + text[there:]
    judged(text)


@pytest.mark.parametrize("seed", range(40))
def test_a_plan_with_lines_lost_doubled_and_swapped_is_answered_in_words(seed):
    chance = random.Random(seed)
    lines = LINES.copy()
    for _ in range(chance.randint(1, 6)):
        here, there = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(3):
            case 0:
                del lines[here]
            case 1:
                lines.insert(there, lines[here])
            case _:
                lines[here], lines[there] = lines[there], lines[here]
    judged("\n".join(lines))


VALUES = st.recursive(
    st.sampled_from(['""', '"5m"', '"a of b"', "1", "-1", "1.5", "true", "inf", "2026-11-23", "07:00:00", "'x'"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda found: f"[{', '.join(found)}]")
        | st.dictionaries(st.sampled_from(["code", "kind", "zh", "I", "match"]), inner, max_size=3).map(
            lambda found: "{ " + ", ".join(f"{key} = {value}" for key, value in found.items()) + " }"
        )
    ),
    max_leaves=6,
)


@given(line=st.integers(0, len(LINES) - 1), value=VALUES)
@settings(max_examples=60, deadline=None, derandomize=True, database=None)
def test_any_value_in_any_place_is_answered_in_words(line, value):
    key, equals, _ = LINES[line].partition(" = ")
    judged("\n".join([*LINES[:line], f"{key} = {value}" if equals else LINES[line], *LINES[line + 1 :]]))


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_any_text_at_all_is_answered_in_words(text):
    judged(text)
