"""The review of a night, as each desk may know it."""

from __future__ import annotations

from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.kernel import clock, feeds
from incident_hub.kernel.database import db
from incident_hub.reviews import documents, queries
from tests.night import NIGHT, Hub
from tests.paper.sheets import read


def review_of(expo: Hub, desk: str, lang: str = "en", newest: int | None = None) -> dict[str, Any]:
    """The review as one desk may know it."""
    db.session.remove()
    reader = agencies.desk(desk)
    assert reader is not None
    return queries.review(expo.expo, desk, reader.id, clock.now(), lang, newest)


def a_night(expo: Hub) -> str:
    """Logged by a carrier, taken by the police, one word kept to themselves, one of another hour."""
    ref = expo.as_("dan").open("PROH-XRAY", "X-ray <b>find</b>", site="carrier-a/site-001", tlp="AMBER")
    expo.forward(minutes=2, engine=False)
    ana = expo.as_("ana")
    assert ana.post(f"/incidents/{ref}/acknowledgement", {"kind": "taken"}).status_code == 200
    early = {"kind": "milestone", "milestone": "set_out", "text": "patrol left"}
    early["occurred_at"] = (NIGHT.replace(minute=11)).isoformat()
    expo.forward(minutes=5, engine=False)
    for body in (early, {"kind": "note", "text": "ours alone", "audience": "own"}):
        assert ana.post(f"/incidents/{ref}/journal", body).status_code == 201
    return ref


def test_a_desk_reads_its_own_incidents_and_no_others(expo: Hub) -> None:
    ref = a_night(expo)
    for desk in ("police/duty", "postal/duty", "carrier-a/duty"):
        assert [one["ref"] for one in review_of(expo, desk)["incidents"]] == [ref], desk
    stranger = review_of(expo, "carrier-b/duty")
    assert stranger["incidents"] == []
    assert stranger["figures"]["clocks"] == 0
    assert ref not in documents.REGISTERED["json"].render(stranger, "en").decode()


def test_what_a_desk_kept_to_itself_stands_in_its_own_review_alone(expo: Hub) -> None:
    a_night(expo)
    for desk, own in (("police/duty", True), ("postal/duty", False), ("carrier-a/duty", False)):
        for form, document in documents.REGISTERED.items():
            text = read(form, document.render(review_of(expo, desk), "en"))
            assert ("oursalone" in text) is own, (desk, document.NAME)
            assert "patrolleft" in text


def test_the_timeline_follows_what_happened_and_says_what_was_typed_later(expo: Hub) -> None:
    a_night(expo)
    told = review_of(expo, "postal/duty")["incidents"][0]["timeline"]
    texts = [line["text"] for line in told if line["kind"] in ("incident.acknowledged", "journal.added")]
    assert texts == [
        "Milestone (set out): patrol left (entered 6 min later)",
        f"Taken by {review_of(expo, 'postal/duty')['names']['police/duty']}: they are acting",
    ]


def test_the_clocks_are_those_of_the_plan_with_their_slack(expo: Hub) -> None:
    a_night(expo)
    told = review_of(expo, "police/duty")
    clocks = told["incidents"][0]["clocks"]
    met = [one for one in clocks if one["state"] == "met" and one["owed_by"]["agency"] == "police"]
    assert met
    for one in met:
        assert one["slack_s"] == int((one["due_at"] - one["met_at"]).total_seconds())
        assert one["title"] != one["rule"]
    figures = told["figures"]
    assert figures["clocks"] == len(clocks) == sum(row["n"] for row in figures["by_rule"])
    assert (figures["n"], figures["acknowledged_median_s"]) == (1, 120)


def test_who_acknowledged_what_when_names_posts_and_nobody(expo: Hub) -> None:
    a_night(expo)
    told = review_of(expo, "postal/duty")
    answer = told["incidents"][0]["acknowledgements"][0]
    assert (answer["agency"], answer["kind"], answer["after_s"]) == ("police", "taken", 120)
    assert '"Ana"' not in documents.REGISTERED["json"].render(told, "en").decode()


def test_who_came_later_with_all_of_the_past_reads_it_and_who_came_from_now_does_not(expo: Hub) -> None:
    ref = a_night(expo)
    lead = review_of(expo, "police/duty")["incidents"][0]["lead"]
    login = {"police": "ana", "postal": "ben"}[lead]
    for desk, history in (("fire/duty", "full"), ("health/duty", "from_now")):
        body = {"desk": desk, "role": "informed", "history": history}
        assert expo.as_(login).post(f"/incidents/{ref}/access", body).status_code in (200, 201)
    full = review_of(expo, "fire/duty")["incidents"][0]
    assert [one["kind"] for one in full["acknowledgements"]] == ["taken"]
    texts = " ".join(line["text"] for line in full["timeline"])
    assert "patrol left" in texts
    assert "ours alone" not in texts
    late = review_of(expo, "health/duty")["incidents"][0]
    assert "patrol left" not in " ".join(line["text"] for line in late["timeline"])
    assert {row["desk"] for row in late["who_knew"]} >= {"fire/duty", "health/duty", "police/duty"}


def test_a_desk_that_lost_an_incident_reads_nothing_of_it(expo: Hub) -> None:
    ref = a_night(expo)
    lead = review_of(expo, "police/duty")["incidents"][0]["lead"]
    caller = expo.as_({"police": "ana", "postal": "ben"}[lead])
    caller.post(f"/incidents/{ref}/access", {"desk": "fire/duty", "role": "informed", "history": "full"})
    assert caller.delete(f"/incidents/{ref}/access?desk=fire/duty").status_code == 200
    told = review_of(expo, "fire/duty")
    assert told["incidents"] == []
    assert ref not in documents.REGISTERED["json"].render(told, "en").decode()
    kept = review_of(expo, f"{lead}/duty")["incidents"][0]["who_knew"]
    assert [row["until"] is not None for row in kept if row["desk"] == "fire/duty"] == [True]


def test_it_names_the_place_in_the_desks_own_feed_it_was_read_from(expo: Hub) -> None:
    a_night(expo)
    told = review_of(expo, "postal/duty")
    reader = agencies.desk("postal/duty")
    assert reader is not None
    assert told["integrity"]["feed_position"] == feeds.head(expo.expo.id, reader.id)


def test_only_the_newest_are_told_whole_when_asked_for_so_and_all_are_counted(expo: Hub) -> None:
    first = a_night(expo)
    expo.forward(minutes=1, engine=False)
    second = expo.as_("dan").open("PROH-XRAY", "another")
    told = review_of(expo, "police/duty", newest=1)
    assert [(one["ref"], bool(one["timeline"])) for one in told["incidents"]] == [(second, True), (first, False)]
    assert told["figures"]["incidents"] == 2
    assert told["detail"] == {"timelines": 1, "incidents": 2}
