"""A ladder drawn: every rung and the deadline in their order, none over another, and nothing but attributes."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise

import pytest

from incident_hub.operations.drawing import draw, marks
from incident_hub.operations.showing import may_apply, shown
from incident_hub.plan.contingency import Ladder
from tests.plan.night import shipped

PLAN = shipped()


@pytest.mark.parametrize("ladder", PLAN.ladders.values(), ids=lambda one: one.code)
@pytest.mark.parametrize("minutes", [5, 15, 60, 1440])
def test_what_comes_later_stands_further_right(ladder: Ladder, minutes: int) -> None:
    within = timedelta(minutes=minutes)
    svg = draw(ladder, within, "<title> & more", "due")
    found = marks(ladder, within)
    assert [one.at for one in found] == sorted(one.at for one in found)
    assert sum(one.kind == "due" for one in found) == 1
    assert {one.label for one in found} - {""} == {str(place) for place in range(1, len(ladder.steps) + 1)}
    whens = [int(x) for x in re.findall(r'class="when" x="(\d+)"', svg)]
    assert len(whens) == len({one.at for one in found})
    assert all(later - sooner >= 39 for sooner, later in pairwise(whens))
    assert "&lt;title&gt; &amp; more" in svg
    assert not re.search(r"style=|<style|<script|\son\w+=", svg)


def test_the_page_of_the_plan_shows_every_part_in_both_languages() -> None:
    for lang in ("zh", "en"):
        told = shown(PLAN, {"police": ["police"]}, "Asia/Shanghai", lang)
        assert len(told["rules"]) == len(PLAN.rules)
        assert all(one["drawings"] for one in told["ladders"] if one["rules"])
        assert {one["code"] for one in told["types"]} == {*PLAN.types}
        assert all(one["within"] or one["before"] for one in told["rules"])


def test_a_clock_is_shown_with_the_types_it_can_hold_for() -> None:
    for kind in PLAN.types.values():
        for rule in PLAN.rules:
            if rule.types and kind.code not in rule.types:
                assert not may_apply(rule, kind)
    assert all(any(may_apply(rule, kind) for rule in PLAN.rules) for kind in PLAN.types.values())
