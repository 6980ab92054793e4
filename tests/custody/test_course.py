"""Who may do what with a thing in custody, and what a count has to say."""

from __future__ import annotations

import pytest

from incident_hub.custody import course
from incident_hub.custody.course import Count, Standing

HELD = Standing("held", "police/duty", None, 12, "S-1")
OFFERED = Standing("offered", "police/duty", "postal/duty", 12, "S-1")
GONE = Standing("disposed", "police/duty", None, 12, "S-1")


@pytest.mark.parametrize(
    ("judge", "one", "desk", "may"),
    [
        (course.may_give, HELD, "police/duty", True),
        (course.may_give, HELD, "postal/duty", False),
        (course.may_give, OFFERED, "police/duty", False),
        (course.may_give, GONE, "police/duty", False),
        (course.may_answer, OFFERED, "postal/duty", True),
        (course.may_answer, OFFERED, "police/duty", False),
        (course.may_answer, OFFERED, "postal/inspection", False),
        (course.may_answer, HELD, "postal/duty", False),
        (course.may_recall, OFFERED, "police/duty", True),
        (course.may_recall, OFFERED, "postal/duty", False),
        (course.may_recall, HELD, "police/duty", False),
    ],
)
def test_the_one_who_holds_gives_and_the_one_it_is_offered_to_answers(judge, one, desk, may):
    assert (judge(one, desk) is None) is may


@pytest.mark.parametrize(
    ("count", "words", "told"),
    [
        (Count(12, "S-1"), "", None),
        (Count(11, "S-1"), "", "You counted 11, and 12 were offered"),
        (Count(13, "S-1"), "  ", "You counted 13"),
        (Count(12, "S-2"), "", "The seal is S-2"),
        (Count(12, None), "", "The seal is none"),
        (Count(0, None), "箱内为空，封签脱落", None),
    ],
)
def test_a_difference_is_told_in_a_sentence(count, words, told):
    refusal = course.unexplained(OFFERED, count, words)
    assert refusal is None if told is None else (refusal or "").startswith(told)


def test_no_seal_and_an_empty_seal_are_the_same():
    assert not course.differs(Standing("offered", "a/b", "c/d", 3, None), Count(3, ""))


@pytest.mark.parametrize(
    ("parts", "sound"), [([5, 7], True), ([12], False), ([5, 6], False), ([6, 7], False), ([], False)]
)
def test_splitting_loses_and_adds_nothing(parts, sound):
    assert (course.unsound_parts(HELD, parts) is None) is sound


@pytest.mark.parametrize(
    ("outcome", "receiver", "receipt", "witness", "field"),
    [
        ("returned", "", "R-1", None, None),
        ("returned", "", "", None, "receipt"),
        ("handed_over", "市烟草专卖局", "R-1", None, None),
        ("handed_over", "市烟草专卖局", " ", None, "receipt"),
        ("handed_over", "", "R-1", None, "receiver"),
        ("destroyed", "", "", "postal/duty", None),
        ("destroyed", "", "R-1", None, "witness"),
        ("destroyed", "", "", "police/duty", "witness"),
    ],
)
def test_an_outcome_shows_what_it_rests_on(outcome, receiver, receipt, witness, field):
    lack = course.unsound_end(outcome, receiver, receipt, witness, "police/duty")
    assert (lack and lack[0]) == field


@pytest.mark.parametrize(("to", "can"), [("postal/duty", True), ("police/duty", False), ("carrier-b/duty", False)])
def test_only_a_desk_that_knows_of_the_incident_is_offered_it(to, can):
    assert (course.may_take(to, "police/duty", ["police/duty", "postal/duty"]) is None) is can
