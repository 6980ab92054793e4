"""Schemathesis at some of the doors, and that it would find a failure and a field that is not described."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2.profiles import CHEAPEST
from flask import Response, request
from schemathesis import GenerationMode

from incident_hub.agencies import passwords
from tests import described
from tests.conftest import found
from tests.databases import Sqlite
from tests.faults import schemathesis_roles
from tests.night import Hub, held_night
from tests.trust import knocking
from tests.trust.knocking import City

# One in so many doors, so that this stays a smoke; the command asks at all of them.
SHARE = 18


@pytest.fixture(scope="module")
def city(sqlite_files: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """The city of the matrix."""
    passwords.use(CHEAPEST)
    folder: Path = tmp_path_factory.mktemp("schemathesis")
    with held_night(Hub(folder, sqlite_files.copied("house", found, folder))) as hub:
        made = knocking.founded(hub, folder / "kept.db")
        yield made
        made.close()


def asked(city: City, share: int, part: str = "") -> schemathesis_roles.Asking:
    """Ask one door in so many as a leader of the desk in the lead."""
    (asking,) = schemathesis_roles.every_door(
        city, ["duty_leader"], [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], 1, share, part
    )
    return asking


def test_some_doors_answer_as_their_document_says(city: City) -> None:
    asking = asked(city, SHARE)
    assert asking.told == set()
    assert asking.asked > 30
    assert len(asking.opened) > 5


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        (lambda answer: answer.set_data(answer.get_data()[:-1] + b',"planted":1}'), "planted"),
        (lambda answer: setattr(answer, "status_code", 500), "ServerError"),
    ],
)
def test_what_is_planted_is_found(
    city: City, monkeypatch: pytest.MonkeyPatch, planted: Callable[[Response], Any], told: str
) -> None:
    """Shape: `planted` changes the answers of one door, while the tests' own look at answers is turned away."""

    def change(answer: Response) -> Response:
        if request.path.endswith("/retention") and answer.status_code < 300:
            planted(answer)
        return answer

    monkeypatch.setattr(described.Whole, "look", lambda *_: None)
    monkeypatch.setitem(city.hub.app.after_request_funcs, None, [*city.hub.app.after_request_funcs[None], change])
    faults = asked(city, 1, "/api/v1/operations/{op}/retention").told
    assert [one for one in faults if told in one]
