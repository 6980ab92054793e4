"""The pages of hazards show what a desk may know, and offer what whoever asks may do."""

from __future__ import annotations

from typing import Any

from tests.databases import on_both
from tests.hazards.test_doors import DOOR, found, rectified, settled
from tests.night import Hub

pytestmark = on_both


def seen(hub: Hub, login: str, path: str) -> Any:
    caller = hub.as_(login)
    headers = {**caller.headers, "Accept": "text/html"}
    return caller.client.get(path, headers=headers)


def test_the_list_has_the_overdue_first_and_is_empty_for_whoever_may_not_know(expo: Hub) -> None:
    later, late = settled(expo, 9), settled(expo, 2)
    expo.forward(minutes=150, engine=False)
    page = seen(expo, "ben", f"{DOOR}?lang=en").text
    assert 0 < page.index(late) < page.index(later)
    assert "Overdue (1)" in page
    only = seen(expo, "ben", f"{DOOR}?show=overdue").text
    assert (late in only, later in only) == (True, False)
    other = seen(expo, "cleo", f"{DOOR}?lang=en").text
    assert ("No hazard here" in other, late in other) == (True, False)


def test_a_page_offers_what_is_next_to_whoever_may_do_it(expo: Hub) -> None:
    path = rectified(expo)
    deeds = {
        login: [f'data-deed="{deed}"' in seen(expo, login, path).text for deed in ("verify", "evidence")]
        for login in ("ben", "dan")
    }
    assert deeds == {"ben": [True, False], "dan": [False, False]}
    assert seen(expo, "cleo", path).status_code == 404
    fresh = seen(expo, "dan", found(expo)).text
    assert 'data-deed="settle"' in fresh
    assert 'data-deed="extend"' not in fresh


def test_the_board_names_what_is_overdue_to_those_who_may_know(expo: Hub) -> None:
    path = settled(expo, 2)
    expo.forward(minutes=121, engine=False)
    names = {
        login: [one["ref"] for one in expo.as_(login).get("/operations/EXPO/board").json["hazards_overdue"]]
        for login in ("ben", "dan", "cleo")
    }
    ref = path.rpartition("/")[2]
    assert names == {"ben": [ref], "dan": [ref], "cleo": []}
