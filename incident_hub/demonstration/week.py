"""What happens in the week before the first start: each line of its file is a verb of the Hub, done by somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.standing import Asker
from incident_hub.incidents import actions, queries
from incident_hub.incidents.stated import Via
from incident_hub.kernel.record import By
from incident_hub.kernel.text import opaque
from incident_hub.obligations import actions as owing
from incident_hub.obligations import queries as owed
from incident_hub.operations.queries import Operation

from .deeds import Deed
from .places import Table, instant, span
from .writing import draft, receive, report


@dataclass(frozen=True)
class Moment:
    """One thing somebody does. Shape: `place` is the incident's in the file, `said` its table there."""

    at: datetime
    place: int
    by: str
    do: str
    said: Table


def deeds(week: Table, refs: dict[str, str], start: datetime, zone: str) -> list[Deed]:
    """What is done about incidents, in order of time. Shape: `refs` is filled with the reference of each, by title."""
    titles = [one["title"] for one in week["incident"]]
    return [
        Deed(one.at, one.by, VERBS.get(one.do, "journal.write"), partial(_done, refs, titles[one.place], one))
        for one in moments(week, start, zone)
    ]


def moments(week: Table, start: datetime, zone: str) -> list[Moment]:
    """Everything that happens in the week, in order of time; `start` is the first start."""
    found: list[Moment] = []
    for place, incident in enumerate(week["incident"]):
        opened = instant(incident["at"], start, zone)
        found.append(Moment(opened, place, incident["by"], "open", incident))
        found += [Moment(opened + span(one["at"]), place, one["by"], one["do"], one) for one in incident["then"]]
    return sorted(found, key=lambda one: (one.at, one.place))


def _done(refs: dict[str, str], title: str, one: Moment, operation: Operation, asker: Asker, at: datetime) -> None:
    if one.do == "open":
        refs[title] = actions.open_incident(operation, _new(one.said, at), at, agencies.by_of(asker))
    else:
        _do(queries.known(refs[title], asker.desk_id), one.said, at, agencies.by_of(asker))


# What a line of the file needs to be allowed; whatever else it does is written into the journal.
VERBS = {
    "open": "incident.open", "seen": "incident.acknowledge", "taken": "incident.acknowledge", "access": "access.grant",
    "withdraw": "access.withdraw", "mark": "incident.mark", "status": "incident.status",
    "verification": "incident.verify", "grade": "incident.grade", "figure": "figure.state",
    "official": "figure.state", "settle": "obligation.settle", "draft": "report.write",
    "report": "report.sign", "receive": "report.receive",
}  # fmt: skip


def _do(found: queries.Known, said: Table, at: datetime, by: By) -> None:
    match said["do"]:
        case "seen" | "taken":
            actions.acknowledge(found, said["do"], None, None, None, at, by)
        case "status":
            actions.change_status(found, said["to"], said.get("reason"), None, at, by)
        case "verification":
            actions.verify(found, said["state"], said["basis"], None, at, by)
        case "grade":
            actions.change_grade(found, said["grade"], said["basis"], None, at, by)
        case "figure":
            actions.state_figure(found, said["category"], said["n"], at, said["source"], said["basis"], at, by)
        case "official":
            same = [one for one in queries.figures_of(found.incident.ref) if one["category"] == said["category"]]
            actions.make_official(found, same[-1]["id"], at, by)
        case "access":
            actions.grant_access(found, said["desk"], said["role"], "full", at, by)
        case "withdraw":
            actions.withdraw_access(found, said["desk"], at, by, said["reason"])
        case "mark":
            actions.change_mark(found, said["tlp"], said["basis"], at, by)
        case "settle":
            debts = owed.of_subject(found.incident.chain, found.incident.ref)
            mine = [one for one in debts if (one["rule"], one["owed_by"]["agency"]) == (said["rule"], by.agency)]
            owing.settle(owed.known(mine[-1]["id"], by.desk_id), owing.Said(words=said["text"]), at, by)
        case "draft":
            draft(found, said, at, by)
        case "report":
            report(found, said, at, by)
        case "receive":
            receive(found, said, at, by)
        case kind:
            more = {name: said[name] for name in ("milestone", "decision", "audience") if name in said}
            actions.write(found, actions.Written(kind, said["text"], **more), at, by)


def _new(said: Table, at: datetime) -> actions.NewIncident:
    plain = ("type", "title", "summary", "site", "place", "methane", "attention", "occurred_about")
    via = dict(said.get("via", {}))
    stated_at = at + span(via.pop("stated")) if via else None
    return actions.NewIncident(
        **{name: said[name] for name in plain if name in said},
        occurred_at=at + span(said["occurred"]) if "occurred" in said else None,
        via=Via(**via, stated_at=stated_at) if via else None,
        figures=tuple({"id": opaque(), "as_of": at, **one} for one in said.get("figures", ())),
    )
