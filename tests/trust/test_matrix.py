"""Who may do what to what: a sample of the matrix; `python -m tests.faults.matrix` is the whole of it."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from incident_hub.agencies import queries as agencies
from incident_hub.board.live.namespace import Live
from incident_hub.kernel import record, registry
from incident_hub.kernel.errors import NotAllowed
from tests.laws.house import PACKAGE, ROOT
from tests.trust import knocking, table
from tests.trust.knocking import Cell, City

SHARE = 9


def test_every_door_and_every_kind_of_entry_is_in_the_table_on_paper(city: City) -> None:
    assert knocking.unlisted(city.hub) == []
    listed = {kind: audience for audience, kinds in table.KINDS.items() for kind in kinds.split()}
    # Kinds of trials that tests register have no room of this house.
    assert {kind: audience.name for kind, audience in registry.kinds.items() if "trial" not in kind} == listed


def test_every_event_of_the_socket_is_in_the_table_on_paper() -> None:
    said = {name.removeprefix("on_") for name in vars(Live) if name.startswith("on_")}
    folder = ROOT / PACKAGE / "board" / "live"
    heard = {
        node.args[0].value
        for file in folder.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("emit", "send")
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert (said, heard) == (table.SAYS, table.HEARS)


def test_every_cell_of_the_sample_is_as_the_table_says(city: City) -> None:
    cells = knocking.chosen(knocking.cells(city), SHARE)
    assert len(cells) >= 5000
    assert [fault for one in cells if (fault := knocking.judged(city, one))] == []


def test_every_feed_tells_of_what_its_desk_may_know_and_of_nothing_else(city: City) -> None:
    names = {value: name for name, value in city.things.items()}
    seen = 0
    for person in [one for one in city.people.values() if one.role == "duty_officer" and one.relation != "outside"]:
        answer = city.hub.app.test_client(use_cookies=False).get(
            "/api/v1/operations/EXPO/feed?limit=500", headers=person.headers
        )
        for entry in [one for one in answer.json["items"] if not one.get("withheld")]:
            name = names.get((entry["subject"] or {}).get("ref", ""))
            if name is None or entry["kind"] in ("access.withdrawn", "incident.withdrawn"):
                continue
            thing, _, state = name.partition(":")
            known = table.KNOWN["desk_task" if name == "task" else thing]
            assert person.relation in (known[state] if isinstance(known, dict) else known), entry
            seen += 1
    assert seen > 50


def _forgets_the_desk(real: Any, city: City) -> Any:
    lead = agencies.desk("postal/duty")
    assert lead is not None
    return lambda chain, subject, _desk: real(chain, subject, lead.id)


def _tells_what_is_there(real: Any, city: City) -> Any:
    there = {value for name, value in city.things.items() if name.startswith("incident:")}

    def may_know(chain: int, subject: tuple[str, str], desk: int) -> Any:
        found = real(chain, subject, desk)
        if found is None and subject[1] in there:
            raise NotAllowed("Who has looked is read at the desk in the lead, and by evaluators.")
        return found

    return may_know


@pytest.mark.parametrize("leak", [_forgets_the_desk, _tells_what_is_there])
def test_a_planted_leak_is_caught(city: City, monkeypatch: pytest.MonkeyPatch, leak: Any) -> None:
    paths = ("/incidents/<ref>", "~/incidents/<ref>/journal")
    tried = [one for one in knocking.cells(city) if one.door.path in paths and one.person.relation == "outsider"]
    monkeypatch.setattr(record, "may_know", leak(record.may_know, city))
    assert [fault for one in tried if (fault := knocking.judged(city, one))]


def test_a_change_by_whoever_was_refused_is_caught(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    door = next(one for one in knocking.doors() if one.name == "POST ~/incidents/<ref>/journal")
    cell = Cell(door, city.people["duty_officer", "support"], "open")
    monkeypatch.setitem(table.KNOWN, "incident", dict.fromkeys(table.INCIDENT, table.LEAD))
    monkeypatch.setattr(knocking, "differs", lambda *_: None)
    assert "201 and not (404,)" in (knocking.judged(city, cell) or "")
    assert not city.changed()


def test_a_door_nobody_listed_is_named(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "DOORS", table.DOORS.replace("GET    ~/call-sheet ", "GET    ~/back-door "))
    assert sorted(knocking.unlisted(city.hub)) == [
        "GET ~/back-door stands in tests/trust/table.py, but there is no such door.",
        "GET ~/call-sheet is not in tests/trust/table.py: say there who may and who must not know.",
    ]


def test_a_token_for_something_else_reads_no_page(city: City) -> None:
    narrow = city.people["narrow", "lead"]
    for path in ("/operations/EXPO/board", "/operations/EXPO/briefing.docx", "/desk"):
        assert city.hub.app.test_client().get(path, headers=narrow.headers).status_code == 403
