"""The pages of bulletins and tasks offer to each desk what is its own, and say nothing of others."""

from __future__ import annotations

from typing import Any

from tests.bulletins.rooms import sent
from tests.databases import on_both
from tests.night import Hub

pytestmark = on_both
LIST = "/operations/EXPO/bulletins"


def seen(hub: Hub, login: str, path: str) -> Any:
    caller = hub.as_(login)
    headers = {**caller.headers, "Accept": "text/html"}
    return caller.client.get(f"{path}?lang=en", headers=headers)


def test_the_sender_reads_who_is_silent_an_addressee_its_own_and_others_nothing(expo: Hub) -> None:
    path = f"/bulletins/{sent(expo).json['id']}"
    assert "0 of 2" in seen(expo, "ben", path).text
    assert "0 of 2" in seen(expo, "ben", LIST).text
    mine = expo.as_("dan").get(LIST).json["items"][0]["id"]
    for page in (seen(expo, "dan", f"/bulletins/{mine}").text, seen(expo, "dan", LIST).text):
        assert f'data-door="/bulletins/{mine}/replies"' in page
        assert "of 2" not in page
        # Beside the form that writes a bulletin of its own, the other addressee is named nowhere.
        assert "Carrier B" not in page.partition('class="inset writing"')[0].partition("<main")[2]
    assert seen(expo, "ana", path).status_code == 404
    assert "No bulletin was sent here" in seen(expo, "ana", LIST).text


def test_whoever_oversees_counts_on_the_page_and_reads_no_words(expo: Hub) -> None:
    path = f"/bulletins/{sent(expo, 'ana', words='勿外传的一句').json['id']}"
    page = seen(expo, "ben", path)
    assert (page.status_code, "0 of 2" in page.text) == (200, True)
    for told in (page.text, seen(expo, "ben", LIST).text):
        assert "To desks that you oversee" in told
        assert "注意同类包裹" not in told
        assert "勿外传" not in told


def test_only_what_the_plan_lets_one_send_is_offered(expo: Hub) -> None:
    offered = {login: 'value="instruction"' in seen(expo, login, LIST).text for login in ("ben", "dan")}
    assert offered == {"ben": True, "dan": False}
    assert 'class="inset writing"' not in seen(expo, "obs", LIST).text


def test_a_task_offers_its_next_step_to_whose_it_is(expo: Hub) -> None:
    body = {"to": "carrier-a/duty", "words": "请封存", "within_minutes": 60}
    path = f"/tasks/{expo.as_('ben').post('/operations/EXPO/tasks', body).json['id']}"
    deeds = {
        login: [f'data-deed="{deed}"' in seen(expo, login, path).text for deed in ("accept", "done", "withdraw")]
        for login in ("ben", "dan")
    }
    assert deeds == {"ben": [False, False, True], "dan": [True, True, False]}
    assert seen(expo, "cleo", path).status_code == 404
    lists = {login: seen(expo, login, "/operations/EXPO/tasks").text for login in ("ben", "dan", "cleo")}
    assert ["Asked of this desk" in lists[login] for login in ("ben", "dan", "cleo")] == [False, True, False]
    assert ["Asked of others" in lists[login] for login in ("ben", "dan", "cleo")] == [True, False, False]
    assert "Nothing was asked of this desk" in lists["cleo"]
