"""What an outsider receives does not depend on what it may not know; `python -m tests.faults.non_interference` is more.

Five leaks are planted, each of which must be caught.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text as sql

from incident_hub.board import queries as board
from incident_hub.incidents import actions as incidents
from incident_hub.incidents.actions import opening
from incident_hub.kernel import doors, record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput
from tests.notify.sink import Sink, smtp_sink
from tests.trust import twins
from tests.trust.knocking import City


@pytest.fixture(scope="module")
def sink(city: City) -> Iterator[Sink]:
    """The mail server the city writes to; what was due before it was kept is done."""
    with smtp_sink() as (made, settings):
        city.hub.app.config.update(settings)
        twins.quiet(city.hub)
        city.keep()
        yield made


def differing(city: City, sink: Sink, pairs: int, first: int = 1) -> list[str]:
    """What differs in the first of so many traces that differs."""
    seeds = range(first, first + pairs)
    return next((told for seed in seeds if (told := twins.differences(city, seed, sink.letters))), [])


def test_what_is_secret_changes_nothing_an_outsider_receives(city: City, sink: Sink) -> None:
    assert differing(city, sink, 3) == []


def _number_in_turn() -> str:
    number = db.session.scalar(sql("SELECT count(*) FROM incident"))
    return f"{number:06}"


def _count_all(real: Any) -> Any:
    return lambda *asked: real(*asked) | {"head": db.session.scalar(sql("SELECT count(*) FROM incident"))}


def _tell_all(real: Any) -> Any:
    def desks(work: Any, chain: int, _subject: str) -> Any:
        return real(work, chain, "operation/EXPO")

    return desks


def _mark_by_all(real: Any) -> Any:
    def tagged(given: doors.Answer) -> Any:
        response = real(given)
        response.headers["ETag"] = str(db.session.scalar(sql("SELECT count(*) FROM entry")))
        return response

    return tagged


def _name_another(real: Any) -> Any:
    def refused(operation: Any, new: Any, *more: Any) -> Any:
        same = db.session.scalar(sql("SELECT ref FROM incident WHERE title = :title"), {"title": new.title})
        if same:
            raise BadInput(f"This may be {same}.", detail_zh=f"可能就是 {same}。")
        return real(operation, new, *more)

    return refused


@pytest.mark.parametrize(
    # The fifth trace is the first that ends with a look at the board.
    ("where", "name", "leak", "first"),
    [
        (opening, "speakable", lambda _: _number_in_turn, 1),
        (board, "board", _count_all, 5),
        (record, "desks_of", _tell_all, 1),
        (doors, "reply", _mark_by_all, 1),
        (incidents, "open_incident", _name_another, 1),
    ],
    ids=[
        "a sequence in a reference",
        "a count of all",
        "a broadcast",
        "an ETag of all",
        "a sentence that names another",
    ],
)
def test_a_planted_leak_is_caught(
    city: City, sink: Sink, monkeypatch: pytest.MonkeyPatch, where: Any, name: str, leak: Any, first: int
) -> None:
    monkeypatch.setattr(where, name, leak(getattr(where, name)))
    assert differing(city, sink, 12, first)
