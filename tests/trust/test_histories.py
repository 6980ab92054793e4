"""A few histories of access against the model of dicts; `python -m tests.faults.histories` plays thousands."""

from __future__ import annotations

from typing import Any

import pytest

from incident_hub.kernel import record
from tests.trust import histories
from tests.trust.knocking import City


def test_every_desk_reads_what_the_model_says(city: City) -> None:
    assert list(histories.differences(city, 1, 8)) == []


def _forgets_what_from_now_on_means(real: Any) -> Any:
    def disclose(chain: Any, subject: Any, desk: Any, role: str, _history: str, *more: Any) -> Any:
        return real(chain, subject, desk, role, "full", *more)

    return disclose


def _takes_nobody_out(_real: Any) -> Any:
    return lambda *_asked, **_more: None


@pytest.mark.parametrize(
    ("name", "fault"), [("disclose", _forgets_what_from_now_on_means), ("withdraw", _takes_nobody_out)]
)
def test_a_planted_fault_is_caught(city: City, monkeypatch: pytest.MonkeyPatch, name: str, fault: Any) -> None:
    monkeypatch.setattr(record, name, fault(getattr(record, name)))
    assert next(histories.differences(city, 1, 20), None) is not None
    monkeypatch.undo()
    city.restore()
