from __future__ import annotations

import pytest

from incident_hub.plan.contingency import Plan
from tests.plan.night import shipped


@pytest.fixture(scope="session")
def expo() -> Plan:
    return shipped()
