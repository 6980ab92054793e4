"""What each socket hears is what its desk may know: everybody knocks at the gate, enters, follows, and is listened to.

The gate, the namespace, the rooms and the pump are the house's own; only the wire between them and the ear is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask_socketio import SocketIO
from flask_socketio.test_client import SocketIOTestClient

from incident_hub.board.live.gate import LINE, asker_behind
from incident_hub.board.live.lines import Line
from incident_hub.board.live.namespace import Live, open_socket
from incident_hub.board.live.pump import NAMESPACE, Pump
from incident_hub.board.live.watchers import Watchers
from incident_hub.kernel.database import db
from incident_hub.kernel.logbook import ASKER
from tests.trust import table
from tests.trust.city import DESKS, OTHERWISE, Person, speakers
from tests.trust.knocking import City
from tests.trust.things import OP, SITE

LIVE = ("open", "heard", "red")


@dataclass
class Room:
    """A socket server of the house, and who listens there."""

    city: City
    sockets: SocketIO
    pump: Pump

    def enter(self, person: Person, desk: str | None = None) -> SocketIOTestClient | None:
        """Knock with what somebody shows; None when the gate knows nobody."""
        environ = self.city.hub.app.test_request_context(headers=person.headers).request.environ
        asker = asker_behind(self.city.hub.app, environ)
        if asker is None:
            return None
        # What the gate has found out of a request stands beside it, where Engine.IO looks for it.
        client: Any = self.city.hub.app.test_client()
        client.environ_base |= {ASKER: asker, LINE: Line("127.0.0.1", "test")}
        auth = {"desk": desk or DESKS[person.relation]}
        return self.sockets.test_client(self.city.hub.app, NAMESPACE, auth=auth, flask_test_client=client)

    def look(self) -> None:
        """Push what is new."""
        self.pump.look()
        db.session.rollback()


@pytest.fixture
def room(city: City) -> Iterator[Room]:
    """A socket server on the city."""
    watchers = Watchers()
    sockets = open_socket(city.hub.app, "threading")
    sockets.on_namespace(Live(watchers))
    yield Room(city, sockets, Pump(city.hub.app, sockets, watchers))
    city.restore()


def enters(person: Person) -> bool:
    """Whether somebody may listen at all, by the table."""
    if person.role in ("anonymous", "disabled", "expired"):
        return False
    return table.MAY["board.read", "duty_leader" if person.role in OTHERWISE else person.role]


def say(ear: SocketIOTestClient, event: str, said: Any) -> Any:
    """Say something and be answered."""
    return ear.emit(event, said, namespace=NAMESPACE, callback=True)


def heard(ear: SocketIOTestClient) -> list[tuple[str, Any]]:
    """What has come since this was asked last."""
    return [(one["name"], one["args"][0] if one["args"] else None) for one in ear.get_received(NAMESPACE)]


def listen(room: Room) -> dict[Person, SocketIOTestClient]:
    """Everybody who may enter, following the operation if they take part in it."""
    ears: dict[Person, SocketIOTestClient] = {}
    for person in room.city.people.values():
        ear = room.enter(person)
        inside = ear is not None and ear.is_connected(NAMESPACE)
        assert inside == enters(person), str(person)
        if ear is not None and inside:
            ears[person] = ear
            nowhere, told = (say(ear, "watch", {"operation": code, "after": 0}) for code in ("NOWHERE", "EXPO"))
            assert ("error" in told) == (person.relation == "outside"), str(person)
            assert "error" not in told or told == nowhere
    return ears


def test_nobody_listens_at_a_desk_where_they_have_no_seat(room: Room) -> None:
    for person in [one for one in room.city.people.values() if enters(one)]:
        elsewhere = "police/duty" if person.relation != "informed" else "postal/duty"
        ear = room.enter(person, elsewhere)
        assert ear is not None
        assert not ear.is_connected(NAMESPACE), str(person)


def test_every_socket_hears_what_its_desk_may_know_and_nothing_else(room: Room) -> None:
    city, speak = room.city, speakers(room.city.hub, room.city.people)
    ears = listen(room)
    room.look()
    for ear in ears.values():
        heard(ear)
    told: dict[str, frozenset[str]] = {}
    for state in LIVE:
        ref = city.things[f"incident:{state}"]
        path = f"/incidents/{ref}"
        assert speak("lead").post(f"{path}/journal", {"text": "x"}).status_code == 201
        assert speak("lead").post(f"{path}/journal", {"text": "x", "audience": "own"}).status_code == 201
        assert speak("lead").post(f"{path}/grade", {"grade": "IV", "basis": "x"}).status_code == 200
        told[ref] = table.INCIDENT[state]
    secret = speak("lead").post(f"{OP}/incidents", {"type": "VIOL", "title": "x", "status": "heard"}).json["ref"]
    told[secret] = table.LEAD
    task = {"to": "police/duty", "words": "x", "within_minutes": 30}
    told[speak("lead").post(f"{OP}/tasks", task).json["id"]] = frozenset({"lead", "informed"})
    hazard = {"title": "x", "origin": "authority", "agency": "carrier-a", "site": SITE}
    told[speak("lead").post(f"{OP}/hazards", hazard).json["ref"]] = frozenset({"lead", "support"})
    room.look()
    cells = 0
    for person, ear in ears.items():
        came = [value for name, value in heard(ear) if name == "entry"]
        about = {(one.get("subject") or {}).get("ref") for one in came}
        for ref, desks in told.items():
            cells += 1
            assert (ref in about) == (person.relation in desks), f"{person}, {ref}"
        # Of two entries one is for the desk alone that wrote it.
        written = [one["subject"]["ref"] for one in came if one["kind"] == "journal.added"]
        for state in LIVE:
            wanted = 0 if person.relation not in table.INCIDENT[state] else 2 if person.relation == "lead" else 1
            assert written.count(city.things[f"incident:{state}"]) == wanted, f"{person}, {state}"
    assert cells > 300


def test_whoever_loses_an_incident_hears_of_it_no_more(room: Room) -> None:
    city, speak = room.city, speakers(room.city.hub, room.city.people)
    ear = room.enter(city.people["duty_officer", "informed"])
    assert ear is not None
    assert "head" in say(ear, "watch", {"operation": "EXPO"})
    ref = city.things["incident:open"]
    gone = speak("lead").post(f"/incidents/{ref}/access/withdrawal", {"desk": "police/duty", "reason": "x"})
    assert gone.status_code < 300
    assert speak("lead").post(f"/incidents/{ref}/journal", {"text": "x"}).status_code == 201
    room.look()
    kinds = [value["kind"] for name, value in heard(ear) if name == "entry"]
    assert kinds.count("journal.added") == 0
    assert "incident.withdrawn" in kinds


def test_a_call_sounds_at_whoever_is_called_and_tells_other_desks_nothing(room: Room) -> None:
    city = room.city
    ears = listen(room)
    room.look()
    speakers(city.hub, city.people)("lead").post(f"{OP}/incidents", {"type": "VIOL", "title": "x", "site": SITE})
    room.look()
    for ear in ears.values():
        heard(ear)
    city.hub.forward(minutes=4, step=120)
    room.look()
    called = {person.relation for person, ear in ears.items() if any(name == "summons" for name, _ in heard(ear))}
    assert called
    assert called <= {"support", "lead", "informed"}
