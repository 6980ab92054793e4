"""Every door that changes something: sent twice under one key it acts once, and it is stated who did it and when."""

from __future__ import annotations

from collections import Counter
from typing import Any

from incident_hub.agencies import actions
from incident_hub.agencies import queries as agencies
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel.database import unit_of_work
from tests.trust import knocking, table
from tests.trust.city import DESKS, login
from tests.trust.knocking import Cell, City, Door

ROLES = ("duty_officer", "duty_leader", "coordinator", "evaluator", "administrator")


def entries(city: City) -> list[tuple[Any, ...]]:
    """Every entry of every chain: kind, who, when."""
    return city.raw.execute("SELECT kind, json_extract(by, '$.desk'), at FROM entry ORDER BY chain, number").fetchall()


def done(city: City, door: Door) -> tuple[Cell, Any] | None:
    """Somebody for whom the door does what it is for, and the answer; None where nobody in this city can."""
    cells = [one for one in knocking.cells_of(city, door) if one.person.role in ROLES and knocking.wanted(one).opens]
    for cell in sorted(cells, key=lambda one: ROLES.index(one.person.role))[:8]:
        city.touched()
        answer = knocking.knock(city, cell, key="once")
        if answer.status_code < 300:
            return cell, answer
        if city.touched():
            city.restore()
    return None


def unsafe() -> list[Door]:
    """Every door of the API that may change something."""
    return [one for one in knocking.doors() if one.writes and not one.page and one.thing not in table.NOBODY_ASKED]


def told(answer: Any) -> tuple[int, bytes]:
    """An answer as far as the same request must be given the same one."""
    return answer.status_code, answer.get_data()


def repeated(city: City, cell: Cell, first: Any) -> str | None:
    """What is wrong when the same is sent again under the same key, and another thing under it."""
    city.stands()
    again, other = knocking.knock(city, cell, key="once"), knocking.knock(city, cell, key="once", rest=b" ")
    if told(again) != told(first):
        return f"{cell}: {told(first)} and then {told(again)}"
    if other.status_code != 422 or b"Idempotency-Key" not in other.get_data():
        return f"{cell}: another body under the same key: {told(other)}"
    return f"{cell}: the second time changed something" if city.changed() else None


def stated(city: City, cell: Cell, before: list[tuple[Any, ...]]) -> str | None:
    """What is wrong with the entries a change has appended: by this desk, at this moment."""
    new = list((Counter(entries(city)) - Counter(before)).elements())
    if cell.door.name in table.NO_ENTRY:
        return f"{cell}: it states something after all; take it off the list" if new else None
    if not [one for one in new if one[1] == DESKS[cell.person.relation] and one[2]]:
        return f"{cell}: nothing says who changed this: {new}"
    return None


def test_every_change_is_made_once_under_one_key_and_stated(city: City) -> None:
    faults: list[str] = []
    before, tried, never = entries(city), 0, set[str]()
    for door in unsafe():
        found = done(city, door)
        if found is None:
            never.add(door.name)
            continue
        cell, first = found
        tried += 1
        faults += [one for one in (stated(city, cell, before),) if one]
        if door.method == "POST" and door.name not in table.UNKEYED:
            faults += [one for one in (repeated(city, cell, first),) if one]
        city.restore()
        city.stands()
    assert faults == []
    assert never == set(table.NEVER.split("\n")[1:-1])
    assert tried > 80


def test_a_key_belongs_to_the_desk_it_was_sent_from(city: City) -> None:
    person = city.people["duty_officer", "lead"]
    member = agencies.member_by_login(login("duty_officer", "lead"))
    assert member is not None
    with unit_of_work() as at:
        actions.seat(member.id, "police/duty", "duty_officer", None, at=at, by=CONSOLE)
    body = {"type": "VIOL", "title": "x"}
    made: list[str] = []
    for desk in ("postal/duty", "police/duty", "postal/duty"):
        headers = {**person.headers, "Hub-Desk": desk, "Idempotency-Key": "both"}
        client = city.hub.app.test_client(use_cookies=False)
        answer = client.post("/api/v1/operations/EXPO/incidents", json=body, headers=headers)
        assert answer.status_code == 201, answer.text
        made.append(answer.json["ref"])
    city.restore()
    assert made[0] == made[2] != made[1]
