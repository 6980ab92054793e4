"""Bulletins in a briefing: n of m with the silent by name for whoever sent it, and of the others nothing."""

from __future__ import annotations

from tests.briefings.test_briefing import PATH, read, z
from tests.bulletins.rooms import sent
from tests.bulletins.test_doors import of
from tests.night import Hub


def test_the_sender_reads_who_is_silent_and_each_addressee_of_itself_alone(expo: Hub) -> None:
    assert sent(expo).status_code == 201
    assert expo.as_("dan").post(f"/bulletins/{of(expo, 'dan')['id']}/replies", {"answer": "noted"}).status_code == 201
    expo.clock.forward(minutes=1)
    told = read(expo, "ben")["bulletins"]
    assert (told["sent"], told["to_date"], told["unanswered"]) == (1, 1, 1)
    (one,) = told["waiting"]
    assert (one["answered"], one["of"], one["missing"]) == (1, 2, ["carrier-b/duty"])
    assert read(expo, "dan")["bulletins"]["waiting"] == []
    (hers,) = read(expo, "cleo")["bulletins"]["waiting"]
    assert (hers["of"], hers["missing"]) == (1, ["carrier-b/duty"])
    assert "bulletins" not in read(expo, "ana")


def test_an_answer_after_the_cut_off_changes_nothing_of_it(expo: Hub) -> None:
    sent(expo)
    expo.clock.forward(minutes=1)
    cut, ben = expo.clock.at, expo.as_("ben")
    before = ben.get(f"{PATH}?at={z(cut)}").json
    expo.clock.forward(minutes=1)
    expo.as_("cleo").post(f"/bulletins/{of(expo, 'cleo')['id']}/replies", {"answer": "noted"})
    assert ben.get(f"{PATH}?at={z(cut)}").json == before
    for lang, words in (("en", "carrier-a/duty"), ("zh", "尚有单位未答复")):
        page = ben.client.get(f"{PATH}?lang={lang}", headers={**ben.headers, "Accept": "text/html"}).text
        assert words in page
