"""Operations and plans from the shell."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
import orjson

from incident_hub.exercise import actions as control
from incident_hub.exercise import injects
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.text import read_instant
from incident_hub.operations import actions, opening, queries
from incident_hub.plan import check as checking
from incident_hub.plan.contingency import Plan
from incident_hub.plan.faults import Fault

from .place import CONSOLE, at_place, opened, read_text, the_operation


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
@at_place
def operation_close(code: str, statement: str, data: str, database: str | None) -> None:
    """Close an operation that is standing down."""
    with opened(data, database):
        found = the_operation(code)
        with unit_of_work(found.id) as at:
            actions.change_phase(the_operation(code), "closed", statement, at, CONSOLE)
    click.echo(f"Operation {code} is closed.")


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


@click.group()
def plan() -> None:
    """Contingency plans: check them, put them in force."""


@plan.command("check")
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Faults as JSON.")
def plan_check(file: str, as_json: bool) -> None:
    """Name every fault of a plan file with its line; exit 1 on any."""
    faults = faults_of(read_text(file))[1]
    if as_json:
        shown = [{name: getattr(one, name) for name in ("line", "column", "rule", "message", "hint")} for one in faults]
        click.echo(orjson.dumps(shown, option=orjson.OPT_INDENT_2).decode())
    else:
        for fault in faults:
            click.echo(f"{file}:{fault.line}:{fault.column}: {_sentence(fault)}")
        if not faults:
            click.echo(f"{file}: nothing is wrong.")
    if faults:
        raise SystemExit(1)


@plan.command("activate")
@click.argument("code")
@click.argument("file")
@click.option("--signed-by", "signed_by", multiple=True, required=True, help="Give it twice.")
@at_place
def plan_activate(code: str, file: str, signed_by: tuple[str, ...], data: str, database: str | None) -> None:
    """Put a plan in force for what happens from now on; it takes two signatures."""
    body = read_text(file)
    found = plan_in(body, file)
    with opened(data, database):
        place = the_operation(code)
        with unit_of_work(place.id) as at:
            version = actions.activate_plan(the_operation(code), found, body, signed_by, at, CONSOLE)
    click.echo(f"{version} is in force in {code}.")


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


def plan_in(body: str, file: str) -> Plan:
    """The plan in a file's text.

    Raises: BadInput naming the first fault and its line.
    """
    found, faults = faults_of(body)
    if found is None or faults:
        first = faults[0]
        raise BadInput(f"{file}:{first.line}: {_sentence(first)}")
    return found


def faults_of(body: str) -> tuple[Plan | None, list[Fault]]:
    """A plan with everything that is wrong with its file."""
    return checking.examine(body)


def _instant(words: str | None) -> datetime | None:
    """Raises: BadInput for what is no instant with an offset."""
    if words is None:
        return None
    try:
        return read_instant(words)
    except ValueError as fault:
        raise BadInput(f"--start {words} is no instant; write one like 2026-11-25T09:00:00+08:00.") from fault


def _sentence(fault: Fault) -> str:
    return f"{fault.message}; {fault.hint}" if fault.hint else fault.message
