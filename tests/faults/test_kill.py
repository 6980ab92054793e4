"""Killed three times while four people write: everything acknowledged is there once, and every board is true."""

from __future__ import annotations

import pytest

from tests.board.conftest import hub
from tests.board.served import Served
from tests.faults.killing import rounds

pytestmark = pytest.mark.served

__all__ = ["hub"]


def test_nothing_acknowledged_is_lost_or_doubled_when_the_process_is_killed(hub: Served) -> None:
    outcome = rounds(hub, 3, seed=7)
    print(outcome.sentence())
    assert outcome.whole, outcome
    assert outcome.acknowledged > 50
    assert max(outcome.restarts) < 10
