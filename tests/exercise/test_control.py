"""The control desk plays each inject once, at its instant, and never in a real operation."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict
from incident_hub.kernel.models import Entry
from incident_hub.operations import queries as operations
from tests.exercise.playing import GOOD, load, states
from tests.night import Hub


def told(hub: Hub, login: str) -> list[dict[str, Any]]:
    return hub.as_(login).get("/operations/DRILL/feed").json["items"]


def kinds(hub: Hub) -> list[str]:
    db.session.remove()
    chain = operations.operation("DRILL")
    assert chain is not None
    return list(db.session.scalars(select(Entry.kind).where(Entry.chain == chain.id).order_by(Entry.number)))


def test_each_inject_is_played_at_its_instant_by_the_control_desk(drill: Hub) -> None:
    load(drill)
    drill.forward(minutes=9.5)
    assert states(drill) == ["armed"] * 4
    drill.forward(minutes=1)
    opened = [one for one in told(drill, "dan") if one["kind"] == "incident.opened"]
    assert [one["by"]["desk"] for one in opened] == ["house/exercise"]
    assert opened[0]["data"]["via.words"] == "像枪的零件"
    drill.forward(minutes=25, step=30)
    assert states(drill) == ["played"] * 4
    ref = opened[0]["subject"]["ref"]
    card = drill.as_("dan").get(f"/incidents/{ref}").json
    assert (card["exercise"], card["operation"]) == (True, "DRILL")
    assert card["figures"]["items"]["n"] == 2
    assert [one["text"] for one in drill.as_("dan").get(f"/incidents/{ref}/journal").json["items"]] == ["又发现一件"]


def test_what_control_says_reaches_one_desk_alone(drill: Hub) -> None:
    load(drill)
    drill.forward(minutes=21, step=30)
    said = [one for one in told(drill, "ana") if one["kind"] == "inject.said"]
    assert [one["data"]["text"] for one in said] == ["导调：专家在路上"]
    assert not [one for one in told(drill, "dan") if one["kind"].startswith("inject.")]
    desks: dict[str, str] = {}
    for login in ("ana", "dan"):
        db.session.remove()
        caller = drill.as_(login)
        desks[login] = caller.client.get("/desk?lang=zh", headers={**caller.headers, "Accept": "text/html"}).text
    assert ["导调：专家在路上" in desks[login] for login in ("ana", "dan")] == [True, False]


def test_nobody_is_told_what_is_still_to_come(drill: Hub) -> None:
    before = len(told(drill, "ana"))
    load(drill)
    assert len(told(drill, "ana")) == before


def test_nothing_is_played_twice_whatever_becomes_of_the_engine(drill: Hub) -> None:
    load(drill)
    drill.forward(minutes=10.5)
    drill.restart()
    drill.forward(minutes=40, step=30)
    drill.restart()
    drill.tick()
    assert kinds(drill).count("inject.played") == 4
    assert kinds(drill).count("incident.opened") == 1


def test_an_engine_that_was_away_plays_what_fell_due_in_order(drill: Hub) -> None:
    load(drill)
    drill.clock.forward(minutes=60)
    drill.tick()
    played = [
        one for one in kinds(drill) if one in ("incident.opened", "journal.added", "figure.stated", "inject.said")
    ]
    assert played == ["incident.opened", "journal.added", "inject.said", "figure.stated"]


def test_what_cannot_be_played_is_said_and_the_rest_goes_on(drill: Hub) -> None:
    nowhere = '\n[[inject]]\nat = "+25m"\ndo = "status"\nincident = "belt"\nto = "nowhere"\n'
    load(drill, text=GOOD + nowhere)
    drill.forward(minutes=40, step=30)
    assert sorted(states(drill)) == ["played"] * 4 + ["refused"]
    assert kinds(drill).count("inject.refused") == 1
    assert "incident.status_changed" not in kinds(drill)


def test_injects_are_refused_in_a_real_operation(drill: Hub) -> None:
    with pytest.raises(Conflict, match="EXPO is real"):
        load(drill, "EXPO")
    drill.forward(minutes=40, step=30)
    assert drill.as_("ana").get("/operations/EXPO/board").json["cards"] == []


def test_a_desk_that_takes_no_part_is_named(drill: Hub) -> None:
    with pytest.raises(BadInput, match="Inject 4: coastguard/duty does not take part"):
        load(drill, text=GOOD.replace('to = "police/duty"', 'to = "coastguard/duty"'))


def test_an_exercise_that_has_ended_takes_no_injects(drill: Hub) -> None:
    leader = drill.as_("anna.leader")
    for to in ("standing_down", "closed"):
        assert leader.post("/operations/DRILL/phase", {"to": to, "statement": "讲评"}).status_code == 200
    with pytest.raises(Conflict, match="open another one"):
        load(drill)
