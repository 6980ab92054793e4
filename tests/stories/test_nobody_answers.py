"""A night on which nobody answers: the ladder is climbed again, then everybody who may know is called, and it shows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from incident_hub.cli.operations import plan_in
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel.database import unit_of_work
from incident_hub.operations import actions as operations
from tests.databases import on_both
from tests.laws.house import ROOT
from tests.night import NIGHT, Hub
from tests.notify.sink import smtp_sink

pytestmark = [pytest.mark.story, on_both]

EXPO = (ROOT / "config" / "plans" / "expo.toml").read_text()
# The police's duty officer at 0 and 1 minute, the leader at 5; twice more, every 20 minutes; everybody after an hour.
LADDER = """
[[ladder]]
code = "night"
loop = { times = 2, every = "20m" }

[[ladder.step]]
after = "0m"
kind = "call"
to = ["duty_officer of own"]
channels = ["in_app", "email"]
repeat = "1m"
up_to = 2

[[ladder.step]]
after = "5m"
kind = "call"
to = ["duty_leader of own"]
channels = ["in_app", "email"]
"""


@pytest.fixture
def ref(expo: Hub) -> str:
    """A class-A find at 03:10 under a plan whose calling ladder loops."""
    body = EXPO.split("\n[[ladder]]\n", 1)
    acknowledge = body[0].index('code = "ACK"')
    ladders = body[0].index("ladder = {", acknowledge)
    end = body[0].index("}", ladders) + 1
    rows = body[0][ladders:end].replace('attention_A = "row-I"', 'attention_A = "night"')
    text = f"{body[0][:ladders]}{rows}{body[0][end:]}\n{LADDER}\n[[ladder]]\n{body[1]}"
    with unit_of_work(expo.expo.id) as at:
        operations.activate_plan(expo.expo, plan_in(text, "night.toml"), text, ("Ana", "Ben"), at, CONSOLE)
    return expo.as_("dan").open(attention="A", site="carrier-a/site-001")


def told(expo: Hub, kind: str, agency: str = "police") -> list[dict[str, Any]]:
    """What the police's desk was shown of its own debt to answer, with the minute."""
    entries = expo.as_("ana").get("/operations/EXPO/feed?limit=1000").json["items"]
    mine = [one for one in entries if one.get("kind") == kind and one["data"]["agency"] == agency]
    return [one["data"] | {"minute": minute(one["at"])} for one in mine if one["data"]["rule"] == "ACK"]


def minute(at: str) -> float:
    """Minutes after 03:10."""
    return (datetime.fromisoformat(at) - NIGHT) / timedelta(minutes=1)


def test_the_ladder_is_climbed_three_times_and_then_everybody_who_may_know_is_called(expo: Hub, ref: str) -> None:
    expo.forward(minutes=59, step=60)
    climbed = [(one["minute"], one.get("round", 0), one["step"]) for one in told(expo, "obligation.step_taken")]
    assert climbed == [(20 * n + at, n, 2 * n + step) for n in range(3) for at, step in ((0, 0), (1, 0), (5, 1))]
    assert (told(expo, "obligation.exhausted"), card(expo, ref)["unanswered"]) == ([], False)
    with smtp_sink() as (sink, settings):
        expo.app.config.update(settings)
        expo.forward(minutes=1)
        (last,) = told(expo, "obligation.exhausted")
        assert sink.to("anna.leader@example.org")
    assert (last["minute"], last["round"], last["kind"]) == (60, 3, "call")
    called = {one["desk"] for one in last["targets"]}
    assert called == {one["desk"] for one in card(expo, ref)["access"]}
    assert "carrier-b/duty" not in called
    assert {"vacant"} == {one["why"] for one in last["withheld"]}
    expo.forward(minutes=120, step=300)
    assert len(told(expo, "obligation.exhausted")) == 1
    assert len(told(expo, "obligation.step_taken")) == 9


def test_the_board_says_so_until_every_agency_that_owes_an_answer_acts(expo: Hub, ref: str) -> None:
    expo.forward(minutes=60, step=60)
    assert card(expo, ref)["unanswered"] is True
    board = expo.as_("ben").get("/operations/EXPO/board").json
    assert [one["unanswered"] for one in board["cards"]] == [True]
    shown = expo.as_("ana").get(f"/operations/EXPO/obligations?subject={ref}&agency=police&rule=ACK").json["items"]
    assert shown[0]["exhausted_at"] is not None
    for login, still in (("ana", True), ("ben", True), ("sid", False)):
        expo.as_(login).post(f"/incidents/{ref}/acknowledgement", {"kind": "taken"})
        assert card(expo, ref)["unanswered"] is still, login


def test_an_answer_in_the_second_round_ends_it(expo: Hub, ref: str) -> None:
    expo.forward(minutes=21, step=60)
    expo.as_("ana").post(f"/incidents/{ref}/acknowledgement", {"kind": "taken"})
    before = len(told(expo, "obligation.step_taken"))
    expo.forward(minutes=60, step=60)
    assert len(told(expo, "obligation.step_taken")) == before
    assert told(expo, "obligation.exhausted") == []
    assert len(told(expo, "obligation.exhausted", "postal")) == 1


def test_an_outage_through_all_rounds_says_each_step_once_and_calls_everybody_late(expo: Hub, ref: str) -> None:
    expo.forward(seconds=1)
    expo.clock.forward(minutes=90)
    expo.restart()
    expo.tick()
    expo.tick()
    steps = told(expo, "obligation.step_taken")
    assert [one["withheld"] for one in steps[1:]] == [[{"why": "outage"}]] * 8
    (last,) = told(expo, "obligation.exhausted")
    assert (last["minute"] > 90, last["late_s"] > 1800, bool(last["targets"])) == (True, True, True)


def card(expo: Hub, ref: str) -> dict[str, Any]:
    """The incident as Ben sees it."""
    return expo.as_("ben").get(f"/incidents/{ref}").json
