"""Hazards, visits and readiness in a briefing: counted by hand, cut to the desk that asks, and the same tomorrow."""

from __future__ import annotations

from datetime import timedelta

from tests.briefings.test_briefing import PATH, read, z
from tests.hazards.test_doors import FIVE, found, rectified, settled, soon
from tests.inspections.test_doors import answered, begun
from tests.night import NIGHT, Hub
from tests.readiness.test_doors import in_place, stated


def a_night(hub: Hub) -> list[str]:
    """One hazard of the evening put right, one major and overdue, one that Cleo's carrier found at its own place."""
    done = rectified(hub)
    hub.clock.forward(minutes=60)
    assert hub.as_("ben").post(f"{done}/verification", {"accepted": True}).status_code == 200
    late = settled(hub, 4, "ben", grade="major", supervisor="government/duty")
    own = found(hub, "cleo", agency="carrier-b", site="carrier-b/site-001", origin="self")
    hub.clock.at = NIGHT + timedelta(hours=40)
    return [done, late, own]


def test_hazards_are_counted_this_period_and_to_date_and_the_overdue_are_named(expo: Hub) -> None:
    _, late, _ = a_night(expo)
    told = read(expo, "ben", since=NIGHT + timedelta(minutes=30))["hazards"]
    assert told["all"] == {"found": 2, "closed": 1, "open": 2, "overdue": 1, "to_date": 3}
    assert [(one["grade"], one["open"], one["to_date"]) for one in told["by_grade"]] == [
        ("general", 1, 2), ("major", 1, 1),
    ]  # fmt: skip
    assert [(one["agency"], one["overdue"]) for one in told["by_agency"]] == [("carrier-a", 1), ("carrier-b", 0)]
    assert [(one["ref"], one["days"]) for one in told["overdue"]] == [(late.rpartition("/")[2], 1)]
    assert read(expo, "cleo")["hazards"]["all"]["to_date"] == 1
    assert read(expo, "ana")["hazards"]["all"]["to_date"] == 0


def test_a_hazard_reads_at_a_past_cut_off_as_it_did_then(expo: Hub) -> None:
    done, late, own = a_night(expo)
    cut, ben = expo.clock.at, expo.as_("ben")
    before = ben.get(f"{PATH}?at={z(cut)}").json
    expo.clock.forward(minutes=10)
    assert ben.post(f"{done}/reopening", {"reason": "又裸露了"}).status_code == 200
    assert expo.as_("dan").post(f"{late}/evidence", {"words": "已整改"}).status_code == 200
    body = {**FIVE, "grade": "major", "supervisor": "postal/duty", "deadline": soon(90)}
    assert expo.as_("cleo").post(f"{own}/settlement", body).status_code == 200
    found(expo)
    assert ben.get(f"{PATH}?at={z(cut)}").json == before
    assert read(expo, "ben")["hazards"]["all"]["open"] == 4


def test_visits_are_counted_with_what_was_found_and_who_would_not_sign(expo: Hub) -> None:
    ben = expo.as_("ben")
    path = begun(expo)
    assert answered(expo, path, "no").status_code == 200
    assert ben.post(f"{path}/findings", {"words": "胶带缺失", "checklist": "sealing"}).status_code == 201
    expo.clock.forward(minutes=30)
    cut = expo.clock.at
    before = ben.get(f"{PATH}?at={z(cut)}").json
    going = read(expo, "ben")["inspections"]
    assert (going["all"]["visits"], going["all"]["findings"], going["going_on"]) == (1, 1, 1)
    expo.clock.forward(minutes=30)
    assert expo.as_("dan").post(f"{path}/signature").status_code == 200
    assert ben.post(f"{path}/conclusion").status_code == 200
    begun(expo, visit="mystery")
    told = read(expo, "ben", since=cut)["inspections"]
    assert told["all"] == {
        "visits": 1, "findings": 0, "grave": 1, "refused": 0, "visits_to_date": 2, "findings_to_date": 1,
    }  # fmt: skip
    assert [(one["visit"], one["visits"]) for one in told["by_visit"] if one["visits_to_date"]] == [
        ("unannounced", 0), ("mystery", 1),
    ]  # fmt: skip
    # The inspected learn of a mystery check when it is concluded.
    assert read(expo, "dan")["inspections"]["all"]["visits_to_date"] == 1
    assert ben.get(f"{PATH}?at={z(cut)}").json == before


def test_who_is_not_ready_is_named_with_what_is_lacking(expo: Hub) -> None:
    in_place(expo)
    stated(expo, "scanners", login="cleo", value=2)
    told = read(expo, "ben")["readiness"]
    assert (told["ready"], told["of"]) == (1, 2)
    lacking = {one["agency"]: {each["code"] for each in one["lacking"]} for one in told["carriers"]}
    assert lacking["carrier-a"] == set()
    assert "kit" in lacking["carrier-b"]
    assert "scanners" not in lacking["carrier-b"]
    assert [one["agency"] for one in read(expo, "cleo")["readiness"]["carriers"]] == ["carrier-b"]
    assert "readiness" not in read(expo, "ana")


def test_the_page_says_it_in_both_languages(expo: Hub) -> None:
    a_night(expo)
    ben = expo.as_("ben")
    said = {
        "en": ("Days overdue", "Major", "Not in place", "no inspection"),
        "zh": ("逾期未整改", "重大", "未到位", "检查为零"),
    }
    for lang, words in said.items():
        page = ben.client.get(f"{PATH}?lang={lang}", headers={**ben.headers, "Accept": "text/html"}).text
        for one in words:
            assert one in page, one
