"""Units from the shell: who owes a daily return."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from incident_hub.kernel import clock
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.errors import BadInput
from incident_hub.returns import actions, queries
from incident_hub.returns.days import local_date
from incident_hub.returns.sheets import documents, listing, rows
from incident_hub.returns.sheets.listing import Fault, Listed
from incident_hub.returns.sheets.refusing import Unreadable

from .place import CONSOLE, at_place, opened, the_operation

_POINTER = re.compile(r"/units/(\d+)/")


@click.group()
def unit() -> None:
    """Units: who owes a daily return, and since when."""


@unit.command("add")
@click.argument("operation")
@click.argument("code")
@click.option("--agency", required=True, help="The agency it belongs to.")
@click.option("--zh", required=True, help="Its name.")
@click.option("--en", help="Its name in English; default the other.")
@click.option("--site", help="The site it is; without one it stands for the agency as a whole.")
@click.option("--desk", help="agency/desk that owes for it; default the duty desk of its agency.")
@click.option("--first-day", type=click.DateTime(["%Y-%m-%d"]), help="The first date it owes; default today.")
@click.option("--last-day", type=click.DateTime(["%Y-%m-%d"]), help="The last one.")
@at_place
def unit_add(
    operation: str,
    code: str,
    agency: str,
    zh: str,
    en: str | None,
    site: str | None,
    desk: str | None,
    first_day: datetime | None,
    last_day: datetime | None,
    data: str,
    database: str | None,
) -> None:
    """Say that a unit owes a daily return; one that is there already is left as it is."""
    if not listing.CODE.fullmatch(code):
        raise BadInput(f"{code!r} is no code; write letters, digits, dot, dash, stroke and underscore, at most 64.")
    with opened(data, database):
        first = first_day.date() if first_day else _today(operation)
        last = last_day.date() if last_day else None
        made = _register(operation, [Listed(1, code, zh, en or zh, agency, site, desk, first, last)], code)
    click.echo(f"{code} owes a daily return from {first}." if made else f"{code} is there already; nothing changed.")


@unit.command("import")
@click.argument("operation")
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and keep nothing.")
@at_place
def unit_import(operation: str, file: str, dry_run: bool, data: str, database: str | None) -> None:
    """Take in the units of a CSV file or spreadsheet: all of them, or none and each row that cannot be taken named.

    Its first row names the columns: code, zh, agency, and if wished en, site, desk, first_day, last_day. A second run
    changes nothing.
    """
    with opened(data, database):
        found, faults = listing.read(_rows(file), _today(operation))
        _refuse(file, faults)
        made = _register(operation, found, file, dry_run=dry_run)
    said = "would be taken in" if dry_run else "were taken in"
    click.echo(f"{made} of {len(found)} units {said}; the others are there already.")


@unit.command("list")
@click.argument("operation")
@click.option("--agency", help="Those of one agency alone.")
@at_place
def unit_list(operation: str, agency: str | None, data: str, database: str | None) -> None:
    """List the units of an operation: code, agency, site, desk that owes, first and last day, name."""
    with opened(data, database):
        for one in queries.every_unit(the_operation(operation).id, agency):
            click.echo("\t".join(one))


def _rows(file: str) -> list[rows.Row]:
    try:
        raw = Path(file).read_bytes()
        return documents.from_xlsx(raw) if raw.startswith(b"PK") else rows.from_text(rows.decoded(raw))
    except OSError as fault:
        raise BadInput(f"The file {file} cannot be read: {fault.strerror}.") from fault
    except Unreadable as fault:
        raise BadInput(f"{file}: {fault.words.en}") from fault


def _today(operation: str) -> date:
    return local_date(clock.now(), the_operation(operation).zone)


def _register(operation: str, listed: Sequence[Listed], source: str, *, dry_run: bool = False) -> int:
    new = [
        actions.NewUnit(
            one.code, {"zh": one.zh, "en": one.en}, one.agency, one.site, one.desk, one.first_day, one.last_day
        )
        for one in listed
    ]  # fmt: skip
    try:
        if dry_run:
            return actions.would_register(the_operation(operation), new, clock.now(), CONSOLE)
        with unit_of_work(the_operation(operation).id) as at:
            return actions.register(the_operation(operation), new, at, CONSOLE)
    except BadInput as refusal:
        if not refusal.errors:
            raise
        _refuse(source, [Fault(_place(listed, one["pointer"]), one["detail"]) for one in refusal.errors])
        raise


def _place(listed: Sequence[Listed], pointer: str) -> int:
    found = _POINTER.match(pointer)
    return listed[int(found[1])].place if found else 0


def _refuse(source: str, faults: Sequence[Fault]) -> None:
    if not faults:
        return
    errors = [{"pointer": f"row {one.place}", "detail": one.sentence} for one in faults]
    more = f" ({len(faults)} rows cannot be taken, so none was)" if len(faults) > 1 else ""
    raise BadInput(f"{source}, row {faults[0].place}: {faults[0].sentence}{more}", errors=errors)
