"""Who is written to: every kind of notice and way it goes stands on paper, and what was really sent is held to it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest

from incident_hub.agencies import queries as agencies
from incident_hub.kernel.database import db
from incident_hub.notify.channels import CHANNELS
from incident_hub.notify.messages import CLOSED
from incident_hub.notify.models import Notice
from incident_hub.plan import vocabulary
from tests.laws.house import PACKAGE, ROOT
from tests.notify.sink import Sink, smtp_sink
from tests.notify.sinks import Service, running
from tests.trust import table, things
from tests.trust.city import DESKS, login, speakers
from tests.trust.knocking import City
from tests.trust.things import OP, PLAN, Making

MAKES = ("prepare", "tell_systems", "call_by_telephone")
STATES = ("open", "heard", "red")


class System(Service):
    """The own system of a desk, which takes whatever comes."""

    def hears(self, one: Any) -> None:
        """Keep it."""


@dataclass
class Sent:
    """What an hour of unanswered calls sent. Shape: `refs` by state; letters, messages and events by relation."""

    refs: dict[str, str]
    rows: list[Notice]
    letters: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    events: dict[str, list[Any]] = field(default_factory=dict[str, list[Any]])
    texts: list[str] = field(default_factory=list[str])


@pytest.fixture(scope="module")
def sent(city: City) -> Iterator[Sent]:
    """Incidents in three states that nobody answers, with a mail server, a gateway and the systems of all desks."""
    with ExitStack() as held:
        sink, settings = held.enter_context(smtp_sink())
        systems = {name: held.enter_context(running(System)) for name in DESKS}
        gateway = held.enter_context(running(System))
        places = ",".join(f"127.0.0.1:{one.port}" for one in systems.values())
        before = dict(city.hub.app.config)
        sms = {"url": gateway.url, "secret": "whsec_" + "c2VjcmV0" * 6}
        city.hub.app.config.update(settings | {"HUB_LET_THROUGH": places, "HUB_SMS": sms})
        yield _sent(city, sink, systems, gateway)
        city.hub.app.config.clear()
        city.hub.app.config.update(before)
        city.restore()


def _sent(city: City, sink: Sink, systems: dict[str, Service], gateway: Service) -> Sent:
    making = Making(city.hub, speakers(city.hub, city.people), str)
    for name, one in systems.items():
        making.post(name, "/webhooks", {"url": f"{one.url}/hook"}, "duty_leader")
        making.post(name, "/addresses", {"channel": "sms", "value": f"+86139{int(one.port):08}"})
    text = PLAN.replace("2026.1", "2026.9").replace('"sms", "voice"', '"sms", "voice", "webhook"')
    proposal = making.post("lead", f"{OP}/plan", {"text": text, "reason": "x"}, "coordinator")
    making.post("lead", f"{OP}/plan/countersignature", {"proposal": proposal}, "duty_leader")
    for state in STATES:
        things.incident(making, state)
    making.post("lead", f"{OP}/test-calls", {})
    city.hub.forward(minutes=64, step=120)
    refs = {state: making.things[f"incident:{state}"] for state in STATES}
    made = Sent(refs, list(db.session.query(Notice)), texts=[one.body.decode() for one in gateway.received])
    for name, one in systems.items():
        made.events[name] = [json.loads(hook.body) for hook in one.received]
        addresses = tuple(f"{login(role, name)}@" for role in ("duty_officer", "duty_leader"))
        mine = [letter for letter in sink.letters if str(letter["To"]).startswith(addresses)]
        made.letters[name] = [f"{letter['Subject']}\n{letter.get_content()}" for letter in mine]
    return made


def relation(desk_id: int) -> str:
    """How the desk of a notice stands to the incidents; its code when it is none of those."""
    desk = agencies.desk_by_id(desk_id)
    assert desk is not None
    return next((name for name, code in DESKS.items() if code == desk.code), desk.code)


def test_whatever_makes_a_notice_and_every_way_it_goes_stand_on_paper() -> None:
    makes: set[str] = set()
    kinds = set(vocabulary.STEP_KINDS)
    events: set[str] = set()
    for file in sorted((ROOT / PACKAGE).rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        inside = file.relative_to(ROOT / PACKAGE).as_posix()
        events |= set(re.findall(r'"(hub\.\w+\.v\d+)"', text))
        if "Matter(" not in text and "notify" not in text and not inside.startswith("notify/"):
            continue
        calls = [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Call)]
        # `prepare` is a word of other rooms as well: of notices it is theirs who know of notices.
        if "notify" in text and inside != "notify/actions/preparing.py":
            rooms = ("notify", "notices", "") if inside.startswith("notify/") else ("notify", "notices")
            makes |= {inside for one in calls if _name(one.func) in MAKES and _on(one.func) in rooms}
        events |= set(re.findall(r'"(hub\.\w+\.v\d+)"', text))
        kinds |= {kind for one in calls if _name(one.func) == "Matter" for kind in _kinds(one)}
    assert makes == set(table.NOTICES)
    assert kinds == table.NOTICE_KINDS
    assert events == table.EVENTS
    assert set(CHANNELS) == table.INSIDE | table.OUTSIDE


def _name(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _on(func: ast.expr) -> str | None:
    if isinstance(func, ast.Name):
        return ""
    return func.value.id if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) else None


def _kinds(call: ast.Call) -> list[str]:
    given = [one.value for one in call.keywords if one.arg == "kind"] + call.args[8:9]
    return [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def test_every_notice_is_for_a_desk_that_may_know_and_every_such_desk_is_called(city: City, sent: Sent) -> None:
    called: dict[str, set[str]] = {}
    for row in sent.rows:
        assert row.matter["kind"] in table.NOTICE_KINDS
        state = next((name for name, ref in sent.refs.items() if ref == row.matter["ref"]), None)
        if state is None:
            continue
        assert relation(row.desk) in table.INCIDENT[state], (row.channel, row.matter)
        if row.matter["kind"] == "call":
            called.setdefault(state, set()).add(relation(row.desk))
    assert called == {state: set(desks) for state, desks in table.CALLED.items()}


@pytest.mark.parametrize("state", STATES)
def test_what_left_the_house_reached_only_those_who_may_know(sent: Sent, state: str) -> None:
    for name in DESKS:
        said = [*sent.letters[name], *(json.dumps(one) for one in sent.events[name])]
        if name not in table.INCIDENT[state]:
            assert not [one for one in said if sent.refs[state] in one], name


def test_a_desk_outside_is_told_the_same_whatever_is_red(sent: Sent) -> None:
    for name in ("outsider", "colleague", "withdrawn", "from_now"):
        told = [one for one in sent.events[name] if CLOSED["zh"] in one["data"]["text"]]
        assert told == []
        assert not [one for one in sent.letters[name] if CLOSED["en"] in one], name


def test_nothing_of_what_is_red_is_named_outside_of_the_house(sent: Sent) -> None:
    texts = [*sent.texts, *(one for letters in sent.letters.values() for one in letters)]
    texts += [json.dumps(one, ensure_ascii=False) for events in sent.events.values() for one in events]
    assert not [one for one in texts if sent.refs["red"] in one]
    assert [one for one in texts if sent.refs["open"] in one]
    assert all("https://hub.example/desk" in one for one in sent.letters["support"] if CLOSED["en"] in one)
    # Neither what it is, nor who owes what; the page of the desk and not the incident's.
    matters = [matter for event in sent.events["support"] for matter in event["data"]["matters"]]
    shut = [one for one in matters if one["what"] in CLOSED.values()]
    assert shut
    assert {(one["subject"]["ref"], one["type"], one["agency"]) for one in shut} == {("EXPO", "", "")}
    assert {one["link"] for one in shut} == {"https://hub.example/desk"}
    assert [one for one in sent.texts if "TLP:RED" in one]
