from __future__ import annotations

import pytest

from incident_hub.reviews import figures
from tests.reviews.written import clock, minute


@pytest.mark.parametrize(
    ("due", "met", "left"), [(10, 4, 360), (10, 10, 0), (10, 10.5, -30), (10, None, None), (None, 4, None)]
)
def test_slack_is_what_was_left_when_a_clock_was_met(due, met, left):
    at = [None if one is None else minute(one) for one in (due, met)]
    assert figures.slack(*at) == left


@pytest.mark.parametrize(
    ("values", "share", "value"),
    [
        ([], 90, None),
        ([7], 90, 7),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 90, 9),
        ([10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0], 90, 9),
        ([1, 2, 3, 4, 5], 90, 5),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 10, 1),
        ([-3, -1, 2], 50, -1),
    ],
)
def test_a_percentile_is_by_nearest_rank(values, share, value):
    assert figures.percentile(values, share) == value


@pytest.mark.parametrize(("values", "middle"), [([], None), ([3], 3), ([9, 1], 5), ([1, 2], 1.5), ([5, 1, 9], 5)])
def test_the_median_is_the_middle(values, middle):
    assert figures.median(values) == middle


def test_the_missed_are_counted_beside_the_slack_and_never_in_it():
    clocks = [clock("K1", 5), clock("K1", -2), clock("K1", None), clock("K1", 1, proof="stated")]
    told = figures.figures([{"clocks": clocks, "acknowledgements": []}])
    row = told["by_rule"][0]
    assert (row["n"], row["met"], row["met_late"], row["missed"], row["slack_n"]) == (4, 2, 1, 1, 3)
    assert (row["median_slack_s"], row["p90_slack_s"], row["p10_slack_s"]) == (60, 300, -120)
    assert (told["clocks_met"], told["clocks_missed"], told["clocks_met_stated"]) == (2, 1, 1)


def test_the_first_answer_of_each_agency_counts_once():
    first = [
        {"agency": "police", "after_s": 90},
        {"agency": "police", "after_s": 30},
        {"agency": "postal", "after_s": 600},
        {"agency": "fire", "after_s": None},
    ]
    incidents = [
        {"clocks": [], "acknowledgements": first},
        {"clocks": [], "acknowledgements": [{"agency": "police", "after_s": 60}]},
    ]
    told = figures.figures(incidents)
    assert (told["n"], told["acknowledged_median_s"], told["acknowledged_p90_s"]) == (3, 60, 600)
    assert [(row["agency"], row["acknowledged_n"]) for row in told["by_agency"]] == [("police", 2), ("postal", 1)]


def test_agencies_stand_in_the_order_of_their_codes_whatever_they_did():
    worst = clock("K1", None, owed_by={"agency": "a", "desk": "a/duty", "post": "duty_officer"})
    told = figures.figures([{"clocks": [clock(), worst], "acknowledgements": []}])
    assert [row["agency"] for row in told["by_agency"]] == ["a", "police"]
