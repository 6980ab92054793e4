"""What an agency asks of whoever signs in for it, from the shell."""

from __future__ import annotations

from datetime import datetime

import click

from incident_hub.agencies import queries as agencies
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.text import read_instant
from incident_hub.sign_in import actions, queries
from incident_hub.sign_in.asking import Policy

from .directory import agency
from .place import CONSOLE, at_place, opened


@agency.command("policy")
@click.argument("code")
@click.option("--second-factor-from", "since", help="An instant with its offset, `now`, or `never`.")
@click.option("--password-alone", "alone", help="Comma-separated roles that may go on without; '' for none.")
@click.option("--idle", "idle", type=int, help="Minutes after which a shared desk asks for the PIN again.")
@at_place
def agency_policy(
    code: str, since: str | None, alone: str | None, idle: int | None, data: str, database: str | None
) -> None:
    """Say what an agency asks of whoever signs in for it; what is not named stays, and it is shown."""
    with opened(data, database), unit_of_work() as at:
        if agencies.agency(code) is None:
            raise BadInput(f"There is no agency {code}; add it first or correct the code.")
        before = queries.policies([code])[code]
        roles = before.alone if alone is None else tuple(one.strip() for one in alone.split(",") if one.strip())
        from_ = before.second_from if since is None else _instant(since, at)
        policy = Policy(code, from_, roles, before.idle_minutes if idle is None else idle)
        if policy != before:
            actions.set_policy(policy, at=at, by=CONSOLE)
    asked = f"a second factor from {policy.second_from.isoformat()}" if policy.second_from else "a password alone"
    but = f"; {', '.join(policy.alone)} may go on with a password alone" if policy.second_from and policy.alone else ""
    click.echo(f"{code} asks for {asked}{but}. A shared desk waits {policy.idle_minutes} minutes.")


def _instant(words: str, at: datetime) -> datetime | None:
    if words == "never":
        return None
    if words == "now":
        return at
    try:
        return read_instant(words)
    except ValueError as fault:
        raise BadInput(f"{words!r} is no instant; write 2026-09-01T00:00:00+08:00, now or never.") from fault
