from __future__ import annotations

import pytest

from incident_hub.agencies.authority import lacks_authority


@pytest.mark.parametrize(
    ("authority", "agency", "desk", "above", "has_it"),
    [
        ("same_agency", "police", "police/duty", [], True),
        ("same_agency", "postal", "postal/duty", ["postal"], False),
        ("parent", "province", "province/duty", ["province", "nation"], True),
        ("parent", "nation", "nation/duty", ["province", "nation"], True),
        ("parent", "police", "police/duty", ["province"], False),
        ("parent", "police", "police/duty", [], False),
        ("joint_desk", "joint", "joint/duty", [], True),
        ("joint_desk", "police", "police/duty", ["police"], False),
    ],
)
def test_the_authority_is_where_the_plan_puts_it(authority, agency, desk, above, has_it):
    refusal = lacks_authority(authority, agency, desk, "police", above)
    assert (refusal is None) is has_it
    assert refusal is None or refusal.endswith("the plan says so.")
