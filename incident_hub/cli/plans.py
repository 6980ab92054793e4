"""Contingency plans from the shell: check a file, compare two, put one in force."""

from __future__ import annotations

from pathlib import Path

import click
import orjson

from incident_hub.kernel import clock
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.errors import BadInput
from incident_hub.operations import actions
from incident_hub.plan import check as checking
from incident_hub.plan import extending
from incident_hub.plan.contingency import Plan
from incident_hub.plan.difference.changes import between
from incident_hub.plan.faults import Fault
from incident_hub.plan.positions import locate
from incident_hub.simulation.manning import judge
from incident_hub.simulation.manning.queries import manning_of

from .place import CONSOLE, at_place, opened, read_text, the_operation


@click.group()
def plan() -> None:
    """Contingency plans: check them, compare them, put them in force."""


@plan.command("check")
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Faults as JSON.")
@click.option("--roster", metavar="OP", help="Hold it also against the agencies and the roster of an operation.")
@at_place
def plan_check(file: str, as_json: bool, roster: str | None, data: str, database: str | None) -> None:
    """Name every fault of a plan file with its line; exit 1 on any."""
    body = read_text(file)
    found, faults = faults_of(body, file)
    if roster and found is not None:
        with opened(data, database):
            there = manning_of(the_operation(roster), clock.now())
        faults = sorted([*faults, *judge(found, extending.laid_over(body, found.rests_on)[1], there)])
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


@plan.command("diff")
@click.argument("before")
@click.argument("after")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="en", show_default=True, help="In which language.")
@click.option("--json", "as_json", is_flag=True, help="Changes as JSON, in both languages.")
def plan_diff(before: str, after: str, lang: str, as_json: bool) -> None:
    """Say what changes from one plan file to another, in words a duty leader reads."""
    changes = between(plan_in(read_text(before), before), plan_in(read_text(after), after))
    if as_json:
        click.echo(orjson.dumps([change.plain() for change in changes], option=orjson.OPT_INDENT_2).decode())
        return
    for change in changes:
        click.echo(change.words.of(lang))
    if not changes:
        click.echo({"zh": "两个预案没有差别。", "en": "The two plans say the same."}[lang])


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


def plan_in(body: str, file: str) -> Plan:
    """The plan in a file's text.

    Raises: BadInput naming the first fault and its line.
    """
    found, faults = faults_of(body, file)
    if found is None or faults:
        first = faults[0]
        raise BadInput(f"{file}:{first.line}: {_sentence(first)}")
    return found


def faults_of(body: str, file: str) -> tuple[Plan | None, list[Fault]]:
    """A plan with everything that is wrong with its file, or with the files it rests on."""
    parents: list[str] = []
    text, here, seen = body, Path(file), [Path(file).resolve()]
    while name := extending.rests_on(text):
        path = here.parent / name
        refusal = _refusal(path, name, seen)
        if refusal is None:
            text, here = read_text(str(path)), path
            parents.append(text)
            seen.append(path.resolve())
            continue
        return None, [Fault(*locate(body).value(("plan", "extends")), "extends", *refusal)]
    for place, parent in reversed(list(enumerate(parents))):
        _, faults = checking.examine(parent, parents[place + 1 :])
        if faults:
            message = f"{seen[place + 1].name}, which it rests on, has a fault in line {faults[0].line}"
            hint = f"{faults[0].message}; mend that file first"
            return None, [Fault(*locate(body).value(("plan", "extends")), "extends", message, hint)]
    return checking.examine(body, parents)


def _refusal(path: Path, name: str, seen: list[Path]) -> tuple[str, str] | None:
    """Why a file cannot be the one that a plan rests on, and what to do."""
    try:
        there, circle = path.is_file(), path.resolve() in seen
    except (OSError, ValueError):
        there, circle = False, False
    if circle:
        return f"the plan rests on itself by way of {name}", "a plan extends one that does not extend it"
    if len(seen) > extending.LONGEST_LINE:
        return f"more than {extending.LONGEST_LINE} plans rest on each other", "put some of them into one file"
    if not there:
        return f"there is no file {name} beside it", "name it as a path from this file"
    return None


def _sentence(fault: Fault) -> str:
    return f"{fault.message}; {fault.hint}" if fault.hint else fault.message
