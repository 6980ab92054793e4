"""Operations from the shell."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from incident_hub.exercise import actions as control
from incident_hub.exercise import injects
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.text import read_instant
from incident_hub.obligations import actions as owing
from incident_hub.obligations.queries import closing
from incident_hub.operations import actions, opening, queries
from incident_hub.operations.opening import may_become

from .place import CONSOLE, at_place, opened, read_text, the_operation
from .plans import plan_in


@click.group()
def operation() -> None:
    """Operations: a period under a plan."""


@operation.command("open")
@click.option("--from", "file", required=True, help="An operation file (TOML).")
@at_place
def operation_open(file: str, data: str, database: str | None) -> None:
    """Open an operation with the agencies and the plan its file names."""
    with opened(data, database):
        made = open_from(Path(file))
    click.echo(f"Operation {made.code} is open under plan {made.plan_version}.")


@operation.command("close")
@click.argument("code")
@click.option("--statement", required=True, help="What is said with it.")
@click.option("--carry-to", help="The standing operation that what is still owed goes on in, at the same desks.")
@click.option("--end", default="", help="Why what is still owed ends here; a law's clock is carried in any case.")
@at_place
def operation_close(code: str, statement: str, carry_to: str | None, end: str, data: str, database: str | None) -> None:
    """Close an operation that is standing down; what is still owed is carried or ended, never dropped."""
    with opened(data, database):
        found = the_operation(code)
        to = the_operation(carry_to) if carry_to else None
        with unit_of_work(found.id, also=to.id if to else None) as at:
            found = the_operation(code)
            told: dict[str, Any] = {}
            if may_become(found.phase, "closed") is None:
                left = closing.unanswered(found.id, None)
                fates = [owing.Fate(one.id, "" if one.force == "law" else end) for one in left if carry_to or end]
                told = owing.dispose(found, fates, to, at, CONSOLE, everything=True)
            actions.change_phase(found, "closed", statement, at, CONSOLE, told)
    click.echo(f"Operation {code} is closed; {told.get('carried', 0)} debts carried, {told.get('ended', 0)} ended.")


@operation.command("inject")
@click.argument("code")
@click.argument("file")
@click.option("--start", help="From when the file counts, RFC 3339; default now.")
@at_place
def operation_inject(code: str, file: str, start: str | None, data: str, database: str | None) -> None:
    """Load what the control desk of an exercise plays, each at its instant; refused for a real operation."""
    body = read_text(file)
    with opened(data, database):
        found = the_operation(code)
        control.refuse_real(found)
        rows, faults = injects.read(body, list(queries.plan_of(found.plan_version).types))
        if faults:
            raise BadInput(f"{file}: {faults[0]}", errors=[{"pointer": "", "detail": one} for one in faults])
        with unit_of_work(found.id) as at:
            count = control.schedule(the_operation(code), rows, _instant(start) or at, at, CONSOLE)
    click.echo(f"{count} injects are armed in the exercise {code}.")


def open_from(path: Path) -> queries.Operation:
    """Open the operation a file describes; its plan lies where the file says.

    Raises: BadInput naming what is wrong with either file.
    """
    described, sentences = opening.read(read_text(str(path)))
    if described is None:
        raise BadInput(f"{path}: {sentences[0]}", errors=[{"pointer": "", "detail": one} for one in sentences])
    plan_path = path.parent / described.plan
    body = read_text(str(plan_path))
    found = plan_in(body, str(plan_path))
    with unit_of_work() as at:
        return actions.open_operation(described, found, body, at, CONSOLE)


def _instant(words: str | None) -> datetime | None:
    """Raises: BadInput for what is no instant with an offset."""
    if words is None:
        return None
    try:
        return read_instant(words)
    except ValueError as fault:
        raise BadInput(f"--start {words} is no instant; write one like 2026-11-25T09:00:00+08:00.") from fault
