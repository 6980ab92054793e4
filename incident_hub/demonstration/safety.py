"""Hazards of the week: found, settled, put right and looked at again, each by whoever does it in a real week."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.standing import Asker
from incident_hub.hazards import actions, queries
from incident_hub.hazards.models import Hazard
from incident_hub.kernel.record import By
from incident_hub.operations.queries import Operation

from .deeds import Deed
from .places import Table, instant, span

VERBS = {
    "settle": "hazard.settle", "evidence": "hazard.evidence", "verify": "hazard.verify", "reject": "hazard.verify",
    "link": "hazard.link",
}  # fmt: skip
_FOUND = ("title", "origin", "agency", "grade", "description", "site", "interim")
_SETTLED = ("post", "measure", "funds", "interim", "supervisor")


def deeds(safety: Table, titles: Mapping[str, str], start: datetime, zone: str) -> list[Deed]:
    """What is done about hazards. Shape: `titles` says the reference of an incident, once it is there."""
    found: list[Deed] = []
    for said in safety["hazard"]:
        refs: list[str] = []
        at = instant(said["at"], start, zone)
        found.append(Deed(at, said["by"], "hazard.find", partial(_found, refs, said)))
        for one in said["then"]:
            # What follows is counted from the hazard, or backwards from the first start.
            then = instant(one["at"], start, zone) if one["at"].startswith("-") else at + span(one["at"])
            due = instant(one["deadline"], start, zone) if "deadline" in one else None
            act = partial(_done, refs, one, due, titles)
            found.append(Deed(then, one["by"], VERBS[one["do"]], act))
    return found


def _found(refs: list[str], said: Table, operation: Operation, asker: Asker, at: datetime) -> None:
    told = actions.Found(**{name: said[name] for name in _FOUND if name in said})
    refs.append(actions.find(operation, told, at, agencies.by_of(asker)))


def _done(
    refs: list[str],
    said: Table,
    due: datetime | None,
    titles: Mapping[str, str],
    _: Operation,
    asker: Asker,
    at: datetime,
) -> None:
    _do(queries.known(refs[0], asker.desk_id), said, due, titles, at, agencies.by_of(asker))


def _do(row: Hazard, said: Table, due: datetime | None, titles: Mapping[str, str], at: datetime, by: By) -> None:
    match said["do"]:
        case "settle":
            told = actions.Settlement(**{name: said[name] for name in _SETTLED if name in said}, deadline=due)
            actions.settle(row, told, at, by)
        case "evidence":
            actions.evidence(row, said["text"], at, by)
        case "verify" | "reject":
            actions.verify(row, said["do"] == "verify", said["text"], at, by)
        case _:
            actions.link(row, titles[said["incident"]], said["relation"], at, by)
