"""The pages of returns show what a desk may know; a neighbour's operator meets nothing of another carrier's."""

from __future__ import annotations

from typing import Any

import pytest

from tests.databases import on_both
from tests.night import Hub

from .expo import DOOR, QUIET, TODAY, at, begin, line
from .test_contradictions import gun, secret_gun
from .test_copies import past

pytestmark = on_both


def seen(hub: Hub, login: str, path: str) -> Any:
    caller = hub.as_(login)
    return caller.client.get(path, headers={**caller.headers, "Accept": "text/html"})


def test_a_neighbours_operator_sees_nothing_of_anothers_returns(expo: Hub) -> None:
    begin(expo)
    id = expo.as_("dan").post(DOOR, line("A1", QUIET | {"staff": 7_654})).json["zero_report"]
    at(expo, 16, 1)
    sent = expo.as_("ben").post("/operations/EXPO/roll-ups", {"date": TODAY}).json["id"]
    items = expo.as_("dan").get("/operations/EXPO/feed").json["items"]
    ref = next(one["subject"]["ref"] for one in items if one["kind"] == "return.filed")
    places = (f"/zero-reports/{id}", f"/returns/{ref}", f"{DOOR}/today?unit=A1", f"/roll-ups/{sent}.pdf")
    assert [seen(expo, "cleo", path).status_code for path in places] == [404] * 4
    assert seen(expo, "cleo", "/zero-reports/nothing").text == seen(expo, "cleo", places[0]).text.replace(id, "nothing")
    for path in (DOOR, f"{DOOR}/today", f"{DOOR}/roll-up", f"{DOOR}/form.csv", "/operations/EXPO/outlet"):
        page = seen(expo, "cleo", path)
        assert page.status_code == 200
        assert not [word for word in ("A1营业部", "Outlet A1", "7654", "A2营业部", "Outlet A2") if word in page.text]
    for path in (DOOR, f"{DOOR}/today"):
        assert "Outlet A1" in seen(expo, "dan", f"{path}?lang=en").text


@pytest.mark.parametrize("login", ["ana", "sid"])
def test_who_takes_no_part_in_returns_meets_an_empty_page(expo: Hub, login: str) -> None:
    begin(expo)
    assert "No unit owes a return that this desk may know of" in seen(expo, login, f"{DOOR}?lang=en").text
    assert "Your agency owes no return" in seen(expo, login, f"{DOOR}/today?lang=en").text


def test_a_level_that_sums_up_is_told_why_it_cannot_send_and_sends(expo: Hub) -> None:
    begin(expo)
    expo.as_("dan").post(DOOR, line("A1"))
    early = seen(expo, "ben", f"{DOOR}/roll-up?lang=en").text
    assert ("may still send theirs" in early, "Send number" in early) == (True, False)
    at(expo, 16, 1)
    assert "Send number 1" in seen(expo, "ben", f"{DOOR}/roll-up?lang=en").text
    assert "Send it upward" not in seen(expo, "dan", f"{DOOR}/roll-up?lang=en").text
    expo.as_("ben").post("/operations/EXPO/roll-ups", {"date": TODAY})
    after = seen(expo, "ben", f"{DOOR}/roll-up?lang=en").text
    assert ("Nothing has come since number 1" in after, ".docx" in after) == (True, True)


def test_what_speaks_against_a_nought_is_shown_to_who_knows_both_alone(expo: Hub) -> None:
    begin(expo)
    id = expo.as_("dan").post(DOOR, line("A1")).json["zero_report"]
    ref = secret_gun(expo)
    page = seen(expo, "ben", f"/zero-reports/{id}?lang=en").text
    assert ("Something speaks against it" in page, f'href="/incidents/{ref}"' in page) == (True, True)
    assert "⚑" in seen(expo, "ben", f"{DOOR}?show=flagged&lang=en").text
    for path in (f"/zero-reports/{id}", DOOR, f"{DOOR}/today?unit=A1"):
        mine = seen(expo, "dan", f"{path}{'&' if '?' in path else '?'}lang=en").text
        assert not [word for word in (ref, 'class="flag"', "Shown to those alone") if word in mine]


def test_what_the_hub_counts_is_offered_at_the_number(expo: Hub) -> None:
    begin(expo)
    gun(expo)
    form = seen(expo, "dan", f"{DOOR}/today?unit=A1&lang=en").text
    other = seen(expo, "dan", f"{DOOR}/today?unit=A2&lang=en").text
    assert ("The Hub counts 1." in form, "The Hub counts 1." in other) == (True, False)


def test_thirty_days_that_say_the_same_are_hinted_at(expo: Hub) -> None:
    begin(expo)
    id = expo.as_("dan").post(DOOR, line("A1")).json["zero_report"]
    assert "thirt" not in seen(expo, "ben", f"/zero-reports/{id}?lang=en").text
    past(expo, "A1", 29)
    for login, path in (("ben", DOOR), ("ben", f"/zero-reports/{id}"), ("dan", f"{DOOR}/today?unit=A1")):
        assert "thirt" in seen(expo, login, f"{path}{'&' if '?' in path else '?'}lang=en").text
