"""A bounded sample of the last minutes before the cut-off; `python -m tests.faults.rush` is a thousand returns."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import rush

pytestmark = pytest.mark.served


def test_whatever_was_acknowledged_before_the_cut_off_is_there_once_and_on_every_board(tmp_path: Path) -> None:
    told, faults = rush.run(tmp_path, 30, 12)
    assert faults == []
    assert len(told.acknowledged) == 42


def test_what_was_acknowledged_is_there_once_when_the_hub_is_killed_in_the_middle(tmp_path: Path) -> None:
    told, faults = rush.run(tmp_path, 30, 4, kill=True)
    assert faults == []
    assert len(told.acknowledged) == 42
