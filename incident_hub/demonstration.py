"""The demonstration: a made-up city, its expo, and the week before, told by the real verbs under a held clock."""

from __future__ import annotations

import os
import re
import secrets
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from flask import current_app

from incident_hub.agencies import actions as people
from incident_hub.agencies import directory, passwords
from incident_hub.agencies import queries as agencies
from incident_hub.agencies.standing import Asker, may
from incident_hub.cli.directory import appoint_all, rotate_from
from incident_hub.cli.place import CONSOLE, read_text, the_operation
from incident_hub.cli.plans import plan_in
from incident_hub.engine import loop
from incident_hub.incidents import actions, queries
from incident_hub.incidents.stated import Via
from incident_hub.kernel import clock
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.kernel.record import By
from incident_hub.kernel.text import opaque
from incident_hub.obligations import actions as owing
from incident_hub.obligations import queries as owed
from incident_hub.operations import actions as operations_actions
from incident_hub.operations import opening
from incident_hub.operations import queries as operations

CODE = "EXPO"
ACCOUNTS = "demo-accounts.json"
CONFIG = Path(__file__).resolve().parent.parent / "config"
DIRECTORY, OPERATION, ROSTER = (CONFIG / room / "expo.toml" for room in ("directories", "operations", "rosters"))
WEEK = CONFIG / "demo" / "expo_week.toml"
TOKENS_LAST = timedelta(days=365)
# A running engine is never quite on the instant.
BEAT = timedelta(milliseconds=40)

Table = Mapping[str, Any]


def prepare(folder: Path) -> list[dict[str, Any]]:
    """Fill an empty Hub with the expo on its first start, and say who may sign in; later starts change nothing.

    Shape: [{login, password, token, agency, desk, role, post}], as kept in demo-accounts.json.
    Raises: Conflict when an expo is there whose first start was not brought to its end.
    """
    kept = folder / ACCOUNTS
    if operations.operation(CODE) is not None:
        # The accounts are written last, so that a week that was cut short is never taken for a whole one.
        if not kept.exists():
            raise Conflict(f"The expo in {folder} is not whole: {ACCOUNTS} is missing. Choose another --data.")
        return orjson.loads(kept.read_bytes())
    week = tomllib.loads(read_text(str(WEEK)))
    described, _ = opening.read(read_text(str(OPERATION)))
    if described is None or described.zone is None:
        raise BadInput(f"{OPERATION} does not describe an operation with its zone.")
    start = clock.now()
    begins = _instant(week["begins"], start, described.zone)
    accounts = _found_city(week["accounts"], described, begins, start)
    _play(moments(week, start, described.zone), begins, start)
    _write_down(kept, accounts)
    return accounts


@contextmanager
def before_the_week() -> Iterator[None]:
    """Hold the clock at a day before the week, so that a house founded meanwhile is older than its directory."""
    clock.use(clock.HeldClock(clock.now() - timedelta(days=8)))
    try:
        yield
    finally:
        clock.use(clock.SystemClock())


@dataclass(frozen=True)
class Moment:
    """One thing somebody does. Shape: `place` is the incident's in the file, `said` its table there."""

    at: datetime
    place: int
    by: str
    do: str
    said: Table


def moments(week: Table, start: datetime, zone: str) -> list[Moment]:
    """Everything that happens in the week, in order of time; `start` is the first start."""
    found: list[Moment] = []
    for place, incident in enumerate(week["incident"]):
        opened = _instant(incident["at"], start, zone)
        found.append(Moment(opened, place, incident["by"], "open", incident))
        found += [Moment(opened + _span(one["at"]), place, one["by"], one["do"], one) for one in incident["then"]]
    return sorted(found, key=lambda one: (one.at, one.place))


def _found_city(logins: list[str], described: opening.Opening, begins: datetime, at: datetime) -> list[dict[str, Any]]:
    """The city and its operation as of the week's beginning, the tokens as of now; all of it or nothing."""
    rows, faults = directory.read(read_text(str(DIRECTORY)), agencies.known())
    if faults:
        raise BadInput(f"{DIRECTORY}, {faults[0].where}: {faults[0].sentence}")
    given = {login: secrets.token_urlsafe(9) for login in logins}
    hashes = {login: passwords.hashed(password) for login, password in given.items()}
    body = read_text(str(OPERATION.parent / described.plan))
    plan = plan_in(body, str(OPERATION.parent / described.plan))
    with unit_of_work():
        people.load_directory(rows, hashes, at=begins, by=CONSOLE)
        appoint_all(rows, begins)
        operations_actions.open_operation(described, plan, body, begins, CONSOLE)
        return [_account(login, password, at) for login, password in given.items()]


def _account(login: str, password: str, at: datetime) -> dict[str, Any]:
    asker, until = _asker(login), at + TOKENS_LAST
    token = people.issue_token(
        asker.member, asker.desk_id, ["*"], label="demonstration", expires_at=until, at=at, by=CONSOLE
    )
    shown = {"login": login, "password": password, "token": token, "agency": asker.agency, "desk": asker.desk}
    return shown | {"role": asker.role, "post": asker.post}


def _write_down(path: Path, accounts: list[dict[str, Any]]) -> None:
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(orjson.dumps(accounts, option=orjson.OPT_INDENT_2))
    unfinished.replace(path)


def _play(week: list[Moment], begins: datetime, start: datetime) -> None:
    operation = the_operation(CODE)
    held = clock.HeldClock(begins)
    refs: dict[int, str] = {}
    clock.use(held)
    try:
        for one in week:
            _pass_to(one.at, held)
            asker = _asker(one.by)
            if refusal := may(asker, VERBS.get(one.do, "journal.write")):
                raise NotAllowed(refusal)
            with unit_of_work(operation.id) as at:
                if one.do == "open":
                    refs[one.place] = actions.open_incident(operation, _new(one.said, at), at, agencies.by_of(asker))
                else:
                    _do(queries.known(refs[one.place], asker.desk_id), one.said, at, agencies.by_of(asker))
        _pass_to(start, held)
        with unit_of_work() as at:
            rotate_from(str(ROSTER), at)
    finally:
        clock.use(clock.SystemClock())


def _pass_to(at: datetime, held: clock.HeldClock) -> None:
    """Let time pass up to an instant; the engine acts at every instant on the way at which something falls due."""
    db.session.rollback()
    while (due := owed.next_due()) and due + BEAT <= at:
        held.at = max(held.at, due + BEAT)
        if not loop.tick(current_app):
            raise RuntimeError(f"the engine left undone what was due at {due}")
        db.session.rollback()
    held.at = max(held.at, at)


def _asker(login: str) -> Asker:
    member = agencies.member_by_login(login)
    if member is None:
        raise BadInput(f"There is no member {login}; add one to {DIRECTORY} or correct the login in {WEEK}.")
    desk, role, post = agencies.seats_of(member.id)[0]
    seat = (desk.code, desk.id, desk.agency, role, post)
    return Asker(member.id, login, member.name, *seat, "personal", None, member.language)


# What a line of the file needs to be allowed; whatever else it does is written into the journal.
VERBS = {
    "open": "incident.open", "seen": "incident.acknowledge", "taken": "incident.acknowledge", "access": "access.grant",
    "status": "incident.status", "verification": "incident.verify", "grade": "incident.grade",
    "figure": "figure.state", "official": "figure.state", "settle": "obligation.settle",
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
        case "settle":
            debts = owed.of_subject(found.incident.chain, found.incident.ref)
            mine = [one for one in debts if (one["rule"], one["owed_by"]["agency"]) == (said["rule"], by.agency)]
            owing.settle(owed.known(mine[-1]["id"], by.desk_id), owing.Said(words=said["text"]), at, by)
        case kind:
            more = {name: said[name] for name in ("milestone", "decision", "audience") if name in said}
            actions.write(found, actions.Written(kind, said["text"], **more), at, by)


def _new(said: Table, at: datetime) -> actions.NewIncident:
    plain = ("type", "title", "summary", "site", "place", "methane", "attention", "occurred_about")
    via = dict(said.get("via", {}))
    stated_at = at + _span(via.pop("stated")) if via else None
    return actions.NewIncident(
        **{name: said[name] for name in plain if name in said},
        occurred_at=at + _span(said["occurred"]) if "occurred" in said else None,
        via=Via(**via, stated_at=stated_at) if via else None,
        figures=tuple({"id": opaque(), "as_of": at, **one} for one in said.get("figures", ())),
    )


_DAY = re.compile(r"-(\d+)d (\d\d):(\d\d)")
_SPAN = re.compile(r"([+-])(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


def _instant(words: str, start: datetime, zone: str) -> datetime:
    """`-6d 14:20` by the operation's wall clock, or `-3h05m` before the first start."""
    if day := _DAY.fullmatch(words):
        date = start.astimezone(ZoneInfo(zone)).date() - timedelta(days=int(day[1]))
        return datetime.combine(date, time(int(day[2]), int(day[3])), ZoneInfo(zone)).astimezone(start.tzinfo)
    return start + _span(words)


def _span(words: str) -> timedelta:
    found = _SPAN.fullmatch(words)
    if found is None:
        raise BadInput(f"{WEEK}: {words!r} is no distance in time; write one like -3h05m or +40s.")
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -length if found[1] == "-" else length
