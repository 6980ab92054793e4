"""The demonstration: a made-up city, its expo, and the week before, told by the real verbs under a held clock."""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
from flask import current_app

from incident_hub.agencies import actions as people
from incident_hub.agencies import directory, passwords
from incident_hub.agencies import queries as agencies
from incident_hub.agencies.standing import Asker, may
from incident_hub.briefings import queries as briefings
from incident_hub.cli.directory import appoint_all, rotate_from
from incident_hub.cli.place import CONSOLE, read_text, the_operation
from incident_hub.cli.plans import plan_in
from incident_hub.engine import loop
from incident_hub.kernel import clock
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.obligations import queries as owed
from incident_hub.operations import actions as operations_actions
from incident_hub.operations import opening
from incident_hub.operations import queries as operations

from .deeds import Deed
from .places import DIRECTORY, OPERATION, RETURNS, ROSTER, SAFETY, WEEK, instant
from .returning import deeds as returns_deeds
from .safety import deeds as safety_deeds
from .week import Moment, moments
from .week import deeds as week_deeds

__all__ = ["DIRECTORY", "OPERATION", "ROSTER", "WEEK", "Moment", "before_the_week", "moments", "prepare"]

CODE = "EXPO"
ACCOUNTS = "demo-accounts.json"
TOKENS_LAST = timedelta(days=365)
# A running engine is never quite on the instant.
BEAT = timedelta(milliseconds=40)


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
    told, hazards, returns = (tomllib.loads(read_text(str(path))) for path in (WEEK, SAFETY, RETURNS))
    described, _ = opening.read(read_text(str(OPERATION)))
    if described is None or described.zone is None:
        raise BadInput(f"{OPERATION} does not describe an operation with its zone.")
    start = clock.now()
    begins = instant(told["begins"], start, described.zone)
    accounts = _found_city(told["accounts"], described, begins, start)
    refs: dict[str, str] = {}
    happened = [
        *week_deeds(told, refs, start, described.zone),
        *safety_deeds(hazards, refs, start, described.zone),
        *returns_deeds(returns, begins, start, described.zone),
    ]
    _play(sorted(happened, key=lambda one: one.at), begins, start)
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


def _play(happened: Sequence[Deed], begins: datetime, start: datetime) -> None:
    operation = the_operation(CODE)
    held = clock.HeldClock(begins)
    clock.use(held)
    going = loop.Pass(current_app, loop.Aside())
    try:
        for one in happened:
            _pass_to(one.at, held, going)
            asker = _asker(one.by)
            if refusal := may(asker, one.verb):
                raise NotAllowed(refusal)
            with unit_of_work(operation.id) as at:
                one.act(operation, asker, at)
        _pass_to(start, held, going)
        with unit_of_work() as at:
            rotate_from(str(ROSTER), at)
    finally:
        clock.use(clock.SystemClock())


def _pass_to(at: datetime, held: clock.HeldClock, going: loop.Pass) -> None:
    """Let time pass up to an instant; the engine acts at every instant on the way at which something falls due."""
    db.session.rollback()
    while (due := _next_due(held.at)) and due + BEAT <= at:
        held.at = max(held.at, due + BEAT)
        if not loop.tick(going):
            raise RuntimeError(f"the engine left undone what was due at {due}")
        db.session.rollback()
    held.at = max(held.at, at)


def _next_due(at: datetime) -> datetime | None:
    return min((one for one in (owed.next_due(), briefings.next_due(at)) if one), default=None)


def _asker(login: str) -> Asker:
    member = agencies.member_by_login(login)
    if member is None:
        raise BadInput(f"There is no member {login}; add one to {DIRECTORY} or correct the login in {WEEK}.")
    desk, role, post = agencies.seats_of(member.id)[0]
    seat = (desk.code, desk.id, desk.agency, role, post)
    return Asker(member.id, login, member.name, *seat, "personal", None, member.language)
