"""Loading the city's injects as the console does."""

from __future__ import annotations

from incident_hub.cli.place import CONSOLE
from incident_hub.exercise import actions, injects, queries
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.operations import queries as operations
from tests.night import FILES, Hub

GOOD = (FILES / "drill_injects.toml").read_text()


def load(hub: Hub, code: str = "DRILL", text: str = GOOD) -> None:
    found = operations.operation(code)
    assert found is not None
    rows, faults = injects.read(text, list(operations.plan_of(found.plan_version).types))
    assert faults == []
    with unit_of_work(found.id) as at:
        actions.schedule(found, rows, at, at, CONSOLE)


def states(hub: Hub) -> list[str]:
    db.session.remove()
    found = operations.operation("DRILL")
    assert found is not None
    return [one["state"] for one in queries.injects_of(found.id)]
