"""A few ladders of two seconds on the real server: as it is, with the engine killed, and with a clock that steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.ladders import Wanted, run

pytestmark = pytest.mark.served


@pytest.mark.parametrize(
    "wanted",
    [Wanted(6, 1, quick=True), Wanted(6, 1, kill=(1.0, 1.5), quick=True)],
    ids=["undisturbed", "killed"],
)
def test_every_step_is_recorded_once_and_received_and_none_comes_early(wanted: Wanted, tmp_path: Path) -> None:
    told, verdict = run(wanted, tmp_path)
    print(*verdict.sentences(), sep="\n")
    assert verdict.holds, verdict.wrong
    assert verdict.steps == 12
    assert told.faults == []
    assert bool(told.kills) == bool(wanted.kill)
