"""A city whose record has been sealed."""

from __future__ import annotations

import pytest

from tests.night import Hub


@pytest.fixture
def sealed(expo: Hub) -> Hub:
    """The small city with some finds, sealed three times."""
    for n in range(3):
        ref = expo.as_("dan").open(title=f"可疑包裹{n}")
        expo.as_("dan").post(f"/incidents/{ref}/journal", {"kind": "note", "text": f"第{n}次复检"})
        expo.clock.forward(minutes=1)
        expo.tick()
    return expo
