"""The directory from the shell: agencies, members, posts, tokens."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

import click

from incident_hub.agencies import actions, directory, passwords
from incident_hub.agencies import queries as agencies
from incident_hub.agencies.rows import Rows
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.errors import BadInput
from incident_hub.roster import actions as roster
from incident_hub.roster import queries as holders
from incident_hub.roster import rota_file

from .place import CONSOLE, at_place, opened, read_text, the_desk


@click.group()
def agency() -> None:
    """Agencies and all that belongs to them."""


@agency.command("add")
@click.option("--from", "file", required=True, help="A directory file (TOML): areas, agencies, sites, desks, members.")
@at_place
def agency_add(file: str, data: str, database: str | None) -> None:
    """Load agencies, sites, desks and members from a file; prints the passwords it makes."""
    with opened(data, database):
        known = agencies.known()
    rows, faults = directory.read(read_text(file), known)
    if faults:
        errors = [{"pointer": one.where, "detail": one.sentence} for one in faults]
        raise BadInput(f"{file}, {faults[0].where}: {faults[0].sentence}", errors=errors)
    with opened(data, database):
        fresh = [one.login for one in rows.members if agencies.member_by_login(one.login) is None]
    given = {login: secrets.token_urlsafe(9) for login in fresh}
    hashes = {login: passwords.hashed(password) for login, password in given.items()}
    with opened(data, database), unit_of_work() as at:
        actions.load_directory(rows, hashes, at=at, by=CONSOLE)
        appoint_all(rows, at)
    for login, password in given.items():
        click.echo(f"{login}\t{password}")


@click.group()
def member() -> None:
    """Members: the people who sign in."""


@member.command("add")
@click.argument("login")
@click.option("--name", required=True)
@click.option("--desk", required=True, help="agency/desk")
@click.option("--role", required=True)
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh")
@click.option("--email")
@at_place
def member_add(
    login: str, name: str, desk: str, role: str, language: str, email: str | None, data: str, database: str | None
) -> None:
    """Add one member with a seat; prints the password it makes."""
    password = secrets.token_urlsafe(9)
    hashed = passwords.hashed(password)
    with opened(data, database), unit_of_work() as at:
        seat = the_desk(desk)
        made = actions.add_member(login, name, hashed, at=at, by=CONSOLE, language=language, email=email)
        actions.seat(made, seat.code, role, at=at, by=CONSOLE)
    click.echo(password)


@click.group()
def post() -> None:
    """Posts: the seats that owe."""


@post.command("appoint")
@click.argument("desk")
@click.argument("code")
@click.argument("login")
@at_place
def post_appoint(desk: str, code: str, login: str, data: str, database: str | None) -> None:
    """Let a member hold a post from now on."""
    with opened(data, database), unit_of_work() as at:
        found = agencies.post(the_desk(desk).id, code)
        person = agencies.member_by_login(login)
        if found is None or person is None:
            raise BadInput(f"There is no post {code} at {desk}, or no member {login}.")
        roster.appoint(found.id, person.id, at, CONSOLE)
    click.echo(f"{login} holds {desk} {code}.")


@post.command("rotate")
@click.option("--from", "file", required=True, help="A roster file (TOML): posts, crews, hand-overs.")
@at_place
def post_rotate(file: str, data: str, database: str | None) -> None:
    """Let crews take posts in turn, for good, for a peak, or on holidays, as a file says."""
    with opened(data, database), unit_of_work() as at:
        rows = rotate_from(file, at)
    click.echo(f"Rotations set from {file}: {len(rows)}.")


@click.group()
def token() -> None:
    """Tokens: how programs sign in."""


@token.command("issue")
@click.option("--member", "login", required=True)
@click.option("--desk", help="agency/desk; default the member's first")
@click.option("--scopes", default="*", show_default=True, help="Comma-separated, for example incidents:write.")
@click.option("--days", default=30, show_default=True)
@at_place
def token_issue(login: str, desk: str | None, scopes: str, days: int, data: str, database: str | None) -> None:
    """Issue a token for a member at one desk; prints the token alone."""
    with opened(data, database), unit_of_work() as at:
        person = agencies.member_by_login(login)
        if person is None:
            raise BadInput(f"There is no member {login}.")
        wanted = [one.strip() for one in scopes.split(",") if one.strip()]
        seats = agencies.seats_of(person.id)
        where = the_desk(desk).id if desk else seats[0][0].id if seats else 0
        label, until = f"issued at the console to {login}", at + timedelta(days=days)
        made = actions.issue_token(person.id, where, wanted, label=label, expires_at=until, at=at, by=CONSOLE)
    click.echo(made)


def rotate_from(file: str, at: datetime) -> list[rota_file.Row]:
    """Set every rotation of a roster file, all or none.

    Raises: BadInput naming what is wrong with it.
    """
    rows, faults = rota_file.read(read_text(file), at.date() - timedelta(days=1))
    if faults:
        raise BadInput(f"{file}, {faults[0]}", errors=[{"pointer": file, "detail": one} for one in faults])
    for row in rows:
        found = agencies.post(the_desk(row.desk).id, row.post)
        if found is None:
            raise BadInput(f"{file}: there is no post {row.post} at {row.desk}.")
        if row.relieve:
            for one in holders.schedules([found.id])[found.id].holdings:
                if one.until is None:
                    roster.relieve(found.id, one.member, at, CONSOLE)
        rotation = replace(row.rotation, crews=tuple(tuple(map(_login, crew)) for crew in row.rotation.crews))
        match row.kind:
            case "temporary":
                roster.add_temporary(found.id, rotation, at, CONSOLE)
            case "holidays":
                roster.set_holidays(found.id, row.dates, rotation, at, CONSOLE)
            case _:
                roster.set_rotation(found.id, rotation, at, CONSOLE)
    return rows


def _login(login: str) -> str:
    person = agencies.member_by_login(login)
    if person is None:
        raise BadInput(f"There is no member {login}; add them first, or correct the login.")
    return person.id


def appoint_all(rows: Rows, at: datetime) -> None:
    """Let every member of a directory file hold the posts it gives them."""
    for row in rows.members:
        person = agencies.member_by_login(row.login)
        for seat in row.seats:
            found = agencies.post(the_desk(seat.desk).id, seat.post) if seat.post else None
            if found and person and person.id not in holders.holders(found.id, at):
                roster.appoint(found.id, person.id, at, CONSOLE)
