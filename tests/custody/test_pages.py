"""The pages of custody show what a desk may know and offer what it may do; the chain prints."""

from __future__ import annotations

from typing import Any

import pytest

from tests.custody.test_doors import WHOLE, offered
from tests.databases import on_both
from tests.night import Hub
from tests.paper import sheets

pytestmark = on_both


def seen(hub: Hub, login: str, path: str) -> Any:
    caller = hub.as_(login)
    return caller.client.get(path, headers={**caller.headers, "Accept": "text/html"})


def test_the_list_says_what_is_offered_held_and_elsewhere(expo: Hub) -> None:
    path = offered(expo)
    door = "/operations/EXPO/items?lang=en"
    ben, ana, cleo = (seen(expo, login, door).text for login in ("ben", "ana", "cleo"))
    assert f'data-door="{path}/acceptance"' in ben
    assert "I counted 12 pieces, seal S-0001 whole: accept" in ben
    assert 'data-due="2026-09-01T19:40:00+00:00"' in ben
    assert f'data-door="{path}/acceptance"' not in ana
    assert (path in ana, path in cleo) == (True, False)
    assert "This desk holds nothing." in cleo


def test_a_page_offers_what_whoever_asks_may_do(expo: Hub) -> None:
    path = offered(expo)
    deeds = ("accept", "refuse", "recall", "offer", "place", "split", "dispose")

    def may(login: str) -> list[str]:
        text = seen(expo, login, path).text
        return [deed for deed in deeds if f'data-deed="{deed}"' in text]

    assert (may("ben"), may("ana"), may("gus")) == (["accept", "refuse"], ["recall"], [])
    expo.as_("ben").post(f"{path}/acceptance", WHOLE)
    assert (may("ben"), may("ben.leader")) == (["offer", "place", "split"], ["offer", "place", "split", "dispose"])
    assert seen(expo, "cleo", path).status_code == 404


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_chain_prints_with_every_hand_count_and_seal(expo: Hub, form: str) -> None:
    path = offered(expo)
    expo.as_("ben").post(f"{path}/acceptance", {"counted": 11, "seal": "S-0001", "words": "少一把折叠刀"})
    printed = seen(expo, "ben", f"{path}.{form}?lang=zh")
    text = "".join(sheets.read(form, printed.data).split())
    for said in ("物品保管交接记录", "管制刀具", "12件", "11件", "S-0001", "少一把折叠刀", "与移交数不符", "市公安局"):
        assert said in text, said
    assert seen(expo, "cleo", f"{path}.{form}").status_code == 404
    assert seen(expo, "ben", f"{path}.exe").status_code == 404


def test_nothing_of_a_red_incident_is_put_into_a_file(expo: Hub) -> None:
    red = expo.as_("ana").open(title="涉密", tlp="RED")
    item = expo.as_("ana").post(f"/incidents/{red}/items", {"sort": "suspect", "title": "可疑包裹", "quantity": 1}).json
    assert seen(expo, "ana", f"/items/{item['ref']}.pdf").status_code == 403
    assert ".pdf" not in seen(expo, "ana", f"/items/{item['ref']}").text
