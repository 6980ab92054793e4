"""The roster's page and the page of a hand-over, as the server draws them."""

from __future__ import annotations

from .conftest import Watch
from .test_doors import POSTS

PAGE = "/operations/EXPO/roster?lang=en"


def page(watch: Watch, login: str, path: str) -> tuple[int, str]:
    """A page as somebody gets it."""
    caller = watch.hub.as_(login)
    answer = caller.client.get(path, headers={**caller.headers, "Accept": "text/html"})
    return answer.status_code, answer.get_data(as_text=True)


def test_the_page_shows_ones_own_desk_with_gaps_and_what_one_may_do(watch: Watch) -> None:
    watch.take_turns()
    status, text = page(watch, "anna.leader", PAGE)
    assert status == 200
    for words in ("On duty now", "Abe", "Ada", "Nobody", "Hand-overs", "Put it on the roster", "Calendar subscription"):
        assert words in text
    assert "Put it on the roster" not in page(watch, "ana", PAGE)[1]
    assert "Exchange a shift" in page(watch, "ana", PAGE)[1]
    month = page(watch, "ana", f"{PAGE}&view=month&from=2026-10-05")[1]
    assert "2026-10-01 – 2026-10-31" in month
    assert "2026-08-31 – 2026-09-06" in page(watch, "ana", f"{PAGE}&from=yesterday")[1]


def test_of_another_desk_the_page_shows_shifts_and_nothing_else(watch: Watch) -> None:
    watch.take_turns()
    watch.hub.as_("anna.leader").post(POSTS, {})
    status, text = page(watch, "cleo", f"{PAGE}&of=police/duty")
    assert status == 200
    assert "Ada" in text
    for words in ("Hand-overs", "Exchange a shift", "Calendar subscription", "example.org"):
        assert words not in text
    assert page(watch, "cleo", f"{PAGE}&of=nobody/duty")[0] == 404


def test_a_hand_over_is_prepared_by_who_goes_and_signed_by_who_comes(watch: Watch) -> None:
    watch.take_turns()
    ref = watch.hub.as_("dan").open(title="三号机")
    id = watch.hub.as_("abe").get("/operations/EXPO/handovers").json["items"][0]["id"]
    path = f"/operations/EXPO/handovers/{id}?lang=en"
    outgoing, incoming = page(watch, "abe", path)[1], page(watch, "ada", path)[1]
    assert ref in outgoing
    assert "Prepare the hand-over" in outgoing
    assert "Prepare the hand-over" not in incoming
    assert "Sign the hand-over" not in incoming
    watch.hub.as_("abe").post("/operations/EXPO/handovers", {"post": "duty_officer", "note": "看好三号机"})
    incoming = page(watch, "ada", path)[1]
    assert "看好三号机" in incoming
    assert "Sign the hand-over" in incoming
    assert page(watch, "ben", path)[0] == 404
