from __future__ import annotations

import pytest

from incident_hub.reports.tiers import Way, may_go, next_places, places_of, way
from tests.plan.night import shipped

SEATS = {
    party: [(agency, f"{agency}/duty", "bound") for agency in agencies]
    for party, agencies in {
        "carrier": ["carrier-a"], "postal": ["postal"], "province": ["province"], "emergency": ["emergency"],
        "government": ["government"], "cyberspace": ["cyber"], "police": ["police"],
    }.items()
}  # fmt: skip


@pytest.mark.parametrize(
    ("sender", "receiver", "named", "tiers", "skipped"),
    [
        ("carrier-a", "postal", None, ("city",), ()),
        ("carrier-a", "province", None, ("province",), ("city",)),
        ("carrier-a", "government", None, ("government",), ("city",)),
        ("carrier-a", "emergency", None, ("emergency",), ()),
        ("postal", "province", None, ("province",), ()),
        ("postal", "carrier-a", None, (), ()),  # downward
        ("postal", "police", None, (), ()),  # beside
        ("police", "postal", None, (), ()),
        ("carrier-a", "postal", "province", (), ()),
    ],
)
def test_the_way_upward(sender, receiver, named, tiers, skipped) -> None:
    assert way(shipped(), SEATS, sender, receiver, named) == Way(tiers, skipped)


def test_one_agency_on_several_levels_is_reached_on_the_nearest_unless_another_is_meant() -> None:
    seats = SEATS | {party: [("town", "town/duty", "bound")] for party in ("province", "government", "emergency")}
    assert way(shipped(), seats, "postal", "town") == Way(("province", "government"), ())
    assert way(shipped(), seats, "carrier-a", "town") == Way(("emergency",), ())
    assert way(shipped(), seats, "carrier-a", "town", "province") == Way(("province",), ("city",))


def test_the_next_level_comes_first_and_nobody_reports_to_themselves() -> None:
    found = [(tier.code, [one[1] for one in places]) for tier, places in next_places(shipped(), SEATS, "postal")]
    assert found == [("province", ["province/duty"]), ("government", ["government/duty"])]
    both = SEATS | {"province": [("postal", "postal/duty", "bound")]}
    assert next_places(shipped(), both, "postal")[0][1] == []
    assert places_of(shipped(), SEATS, ("city",)) == ["postal/duty"]


@pytest.mark.parametrize(
    ("there", "reason", "knows", "may"),
    [
        (Way(("city",)), None, False, True),
        (Way(("province",), ("city",)), None, True, False),
        (Way(("province",), ("city",)), "  ", True, False),
        (Way(("province",), ("city",)), "市局无人接听", False, True),
        (Way(), None, True, True),
        (Way(), "x", False, False),
    ],
)
def test_a_skip_needs_a_reason_and_the_plan_or_the_circle_the_rest(there, reason, knows, may) -> None:
    assert (may_go(there, reason, knows) is None) is may
