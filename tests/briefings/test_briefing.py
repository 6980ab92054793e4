"""The situation at a cut-off: counted by hand, cut to the desk that asks, and the same tomorrow."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.briefings import queries
from incident_hub.briefings.period import Period
from tests.night import NIGHT, Hub

PATH = "/operations/EXPO/briefing"


def z(at: datetime) -> str:
    """An instant as it stands in an address."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def read(hub: Hub, login: str, at: datetime | None = None, since: datetime | None = None) -> dict[str, Any]:
    """What somebody reads."""
    asked = "&".join(f"{name}={z(one)}" for name, one in (("at", at), ("from", since)) if one)
    answer = hub.as_(login).get(f"{PATH}?{asked}")
    assert answer.status_code == 200, answer.text
    return answer.json["sections"]


def a_day(hub: Hub) -> dict[str, str]:
    """Three incidents: one of yesterday, one closed today, one graver today."""
    dan, ben = hub.as_("dan"), hub.as_("ben")
    refs = {"old": dan.open(title="旧的"), "done": dan.open(title="误报的")}
    dan.post(f"/incidents/{refs['old']}/figures", {"category": "injured", "n": 1, "source": "现场"})
    hub.clock.forward(minutes=24 * 60)
    ben.post(f"/incidents/{refs['old']}/figures", {"category": "injured", "n": 4, "source": "医院"})
    ben.post(f"/incidents/{refs['done']}/status", {"to": "false_alarm", "reason": "看错"})
    refs["new"] = dan.open(title="新的")
    ben.post(f"/incidents/{refs['new']}/figures", {"category": "injured", "unknown": True, "source": "现场"})
    hub.clock.forward(minutes=30)
    return refs


def test_incidents_and_figures_are_counted_this_period_and_to_date(expo: Hub) -> None:
    refs = a_day(expo)
    told = read(expo, "ben", since=NIGHT + timedelta(hours=1))
    assert told["incidents"]["all"] == {"opened": 1, "ended": 1, "open": 2, "to_date": 3}
    assert {one["ref"] for one in told["incidents"]["open"]} == {refs["old"], refs["new"]}
    assert told["figures"]["rows"] == [
        {"category": "injured", "this_period": 3, "to_date": 4, "unknown": 1, "official": 0, "incidents": 2}
    ]


def test_a_desk_reads_nothing_of_what_it_may_not_know(expo: Hub) -> None:
    refs = a_day(expo)
    text = expo.as_("cleo").get(PATH).get_data(as_text=True)
    assert not [ref for ref in refs.values() if ref in text]
    told = read(expo, "cleo")
    assert told["incidents"]["all"] == {"opened": 0, "ended": 0, "open": 0, "to_date": 0}
    assert told["figures"]["rows"] == []
    assert told["clocks"]["still_owed"] == 0
    assert expo.as_("cleo").get("/operations/NONE/briefing").status_code == 404
    assert expo.as_("adm").get(PATH).status_code == 403


def test_a_cut_off_of_the_past_reads_as_it_did_then(expo: Hub) -> None:
    refs = a_day(expo)
    cut = expo.clock.at
    before = expo.as_("ben").get(f"{PATH}?at={z(cut)}").json
    expo.clock.forward(minutes=60)
    ben = expo.as_("ben")
    ben.post(f"/incidents/{refs['new']}/grade", {"grade": "II", "basis": "多人"})
    ben.post(f"/incidents/{refs['new']}/status", {"to": "responding"})
    figure = ben.post(f"/incidents/{refs['old']}/figures", {"category": "injured", "n": 9, "source": "医院"}).json["id"]
    ben.post(f"/incidents/{refs['old']}/figures/{figure}/official", {})
    expo.as_("dan").open(title="更新的")
    expo.tick()
    after = ben.get(f"{PATH}?at={z(cut)}").json
    assert after == before
    assert read(expo, "ben")["figures"]["rows"][0]["to_date"] == 9


def test_clocks_of_the_period_are_met_late_or_missed_as_they_stood(expo: Hub) -> None:
    expo.as_("dan").open()
    expo.clock.forward(minutes=200)
    expo.tick()
    told = read(expo, "ben")["clocks"]
    assert told["still_owed"] == told["all"]["missed"] > 0
    assert sum(one["missed"] for one in told["by_rule"]) == told["all"]["missed"]
    assert told["all"]["due"] == sum(told["all"][name] for name in ("met", "met_late", "missed"))
    assert read(expo, "ben", since=expo.clock.at - timedelta(minutes=1))["clocks"]["all"]["due"] == 0


def test_duty_tomorrow_has_names_and_no_contacts(expo: Hub) -> None:
    answer = expo.as_("cleo").get(PATH)
    rows = answer.json["sections"]["duty"]["rows"]
    held = {(one["agency"], one["post"]): [n for shift in one["shifts"] for n in shift["names"]] for one in rows}
    assert held["police", "duty_officer"] == ["Ana"]
    assert "example.org" not in answer.text


def test_what_cannot_be_asked_is_refused_in_words(expo: Hub) -> None:
    ben = expo.as_("ben")
    for asked, words in {
        f"at={z(NIGHT + timedelta(days=1))}": "future",
        f"at={z(NIGHT)}&to={z(NIGHT + timedelta(hours=1))}": "after the cut-off",
        f"from={z(NIGHT)}&to={z(NIGHT)}": "before it begins",
        f"from={z(NIGHT - timedelta(days=500))}": "400 days",
    }.items():
        refused = ben.get(f"{PATH}?{asked}")
        assert refused.status_code == 422
        assert words in refused.json["detail"]


def test_page_and_paper_say_the_same_in_both_languages(expo: Hub) -> None:
    refs = a_day(expo)
    ben = expo.as_("ben")
    for lang, words in (("en", "Duty tomorrow"), ("zh", "次日值班")):
        page = ben.client.get(f"{PATH}?lang={lang}", headers={**ben.headers, "Accept": "text/html"})
        assert page.status_code == 200
        assert words in page.text
        assert refs["new"] in page.text
        assert "误报的" not in page.text
    made = [ben.client.get(f"{PATH}.pdf?lang=zh", headers=ben.headers) for _ in range(2)]
    assert made[0].data[:5] == b"%PDF-"
    assert made[0].data == made[1].data
    assert ben.client.get(f"{PATH}.docx?lang=en", headers=ben.headers).data[:2] == b"PK"
    assert ben.client.get(f"{PATH}.odt", headers=ben.headers).status_code == 404


def test_nothing_under_tlp_red_is_named_in_a_file(expo: Hub) -> None:
    dan = expo.as_("dan")
    red, amber = dan.open(title="只在席位看的", tlp="RED"), dan.open(title="可以打印的", tlp="AMBER")
    expo.clock.forward(minutes=120)
    expo.tick()
    found = agencies.desk("carrier-a/duty")
    assert found is not None
    period = Period(NIGHT - timedelta(hours=1), expo.clock.at, expo.clock.at)
    told = queries.briefing(expo.expo, found.code, found.id, period)
    sheet = queries.printed(expo.expo, found.code, found.id, period, "zh")
    assert (told["tlp"], sheet["tlp"], sheet["sha256"]) == ("RED", "AMBER", told["sha256"])
    words = str(sheet["sections"])
    assert (red in words, "只在席位看的" in words, amber in words, "可以打印的" in words) == (False, False, True, True)
    assert red in str(told["sections"]["clocks"]["oldest"])
    assert "另有 1 起未列出" in words


def test_every_section_tells_plain_values_and_says_them_in_both_languages(expo: Hub) -> None:
    a_day(expo)
    operation, found = expo.expo, agencies.desk("postal/duty")
    assert found is not None
    told = queries.briefing(operation, found.code, found.id, Period(NIGHT, expo.clock.at, expo.clock.at))
    codes = [one.CODE for one in queries.SECTIONS]
    assert len(codes) == len(set(codes)) == len({one.PLACE for one in queries.SECTIONS})
    assert set(told["sections"]) <= set(codes)
    for lang in ("zh", "en"):
        for section in queries.shown(operation, told, lang):
            assert section["title"]
            for block in section["blocks"]:
                assert len({"fields", "table", "items", "text"} & block.keys()) == 1
                assert block.keys() <= {"heading", "note", "fields", "table", "items", "text"}
