"""Retention from the shell: what is kept until when, its destruction, copies without words, forgetting a member."""

from __future__ import annotations

from pathlib import Path

import click
import orjson

from incident_hub.agencies import queries as agencies
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import chains, clock
from incident_hub.kernel.database import HOUSE, unit_of_work
from incident_hub.kernel.errors import BadInput, NotKnown
from incident_hub.kernel.record import By
from incident_hub.kernel.text import canonical
from incident_hub.retention import actions, queries, redaction
from incident_hub.retention import loop as destroying

from .directory import member
from .place import CONSOLE, at_place, opened, the_desk, the_operation


@click.group()
def retention() -> None:
    """How long what is kept outlives the response, and its destruction."""


@retention.command("show")
@click.argument("code")
@at_place
def retention_show(code: str, data: str, database: str | None) -> None:
    """Say what an operation keeps until when, what is over, and what is held back."""
    with opened(data, database):
        found, at = the_operation(code), clock.now()
        left = {one.kept.code: one for one in destroying.over(found, at)}
        for kept in queries.kept(found):
            when = f"from {kept.due_at:%Y-%m-%d %H:%M} UTC" if kept.due_at else "counted from the stand-down"
            when = "each by its own age" if kept.by_age else when
            going = left.get(kept.code)
            told = f"; over: {len(going.left)}, held back: {going.held}" if going and (going.left or going.held) else ""
            click.echo(f"{kept.code}: {kept.days} days, destroyed {when}{told}")
        for hold in queries.holds(found.id, at):
            click.echo(f"held back: {hold.subject} until {hold.until:%Y-%m-%d} by {hold.desk}: {hold.reason}")


@retention.command("run")
@click.argument("code")
@click.option("--dry-run", is_flag=True, help="Only say what would be destroyed.")
@at_place
def retention_run(code: str, dry_run: bool, data: str, database: str | None) -> None:
    """Destroy what is over in an operation, slice by slice; a run that was cut short is gone on with."""
    with opened(data, database):
        found, at = the_operation(code), clock.now()
        if dry_run:
            for going in destroying.over(found, at):
                if going.left or going.held:
                    click.echo(f"{going.kept.code}: {len(going.left)} would be destroyed, {going.held} are held back")
            click.echo("Nothing was destroyed: this was a dry run.")
            return
        ran = destroying.run(found, at, CONSOLE)
        aged = destroying.sweep()
        clean = destroying.scour()
    for name, n in ran.done.items():
        click.echo(f"{name}: {n} destroyed")
    click.echo(f"What was over in {code} is destroyed; {aged} rows of the house went by their age.")
    if not clean:
        click.echo("Somebody is reading: the database's log still holds old pages. Run it again when they are done.")


@retention.command("copy")
@click.argument("ref")
@click.option("--as", "desk", required=True, help="The desk whose record is copied, agency/desk.")
@click.option("--reason", required=True, help="Whom the copy is for, and why.")
@click.option("-o", "--output", required=True, help="A JSON Lines file.")
@at_place
def retention_copy(ref: str, desk: str, reason: str, output: str, data: str, database: str | None) -> None:
    """Copy what a desk was shown of an incident, without names and free text, under a signed head."""
    with opened(data, database) as place:
        reader = the_desk(desk)
        by = By(reader.agency, reader.code, reader.id, None, None, None, "service")
        try:
            chain = incidents.known(ref, reader.id).incident.chain
        except NotKnown as fault:
            raise BadInput(f"{desk} knows of no incident {ref}; name a desk of its circle with --as.") from fault
        with unit_of_work(chain) as at:
            key = chains.signing_key(place.folder)
            head, lines = actions.copied(incidents.known(ref, reader.id), reason, key, at, by)
    Path(output).write_bytes(b"".join(canonical(one) + b"\n" for one in (head, *lines)))
    click.echo(f"{len(lines)} entries of {ref} are in {output}, without names and words.")


@retention.command("check")
@click.argument("file")
def retention_check(file: str) -> None:
    """Check a redacted copy by itself: its signature, and that no entry was changed; exit 1 otherwise."""
    try:
        head, *lines = [orjson.loads(line) for line in Path(file).read_bytes().splitlines() if line.strip()]
    except (OSError, ValueError) as fault:
        raise BadInput(f"{file} is not a redacted copy: {fault}.") from fault
    fault = redaction.fault(head, lines) or (None if chains.signed(head) else "the head's signature does not hold")
    if fault:
        click.echo(f"The copy {file} does not hold: {fault}.", err=True)
        raise SystemExit(1)
    click.echo(f"The copy of {head['incident']} holds: {len(lines)} entries, signed under {head['key'][:16]}….")


@member.command("forget")
@click.argument("login")
@click.option("--reason", required=True, help="Why the person's data goes.")
@at_place
def member_forget(login: str, reason: str, data: str, database: str | None) -> None:
    """Delete a member's personal data: name, login, addresses, factors, sessions; what they signed stays signed."""
    with opened(data, database):
        found = agencies.member_by_login(login)
        if found is None:
            raise BadInput(f"There is no member {login}.")
        with unit_of_work(HOUSE) as at:
            counts = actions.forget_member(found, reason, at, CONSOLE)
        destroying.scour()
    click.echo(f"The data of {login} is deleted: {sum(counts.values())} rows.")
