"""The record and its reading from the shell: export, verify, sign the head, review."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import orjson

from incident_hub.kernel import chains, clock
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.text import canonical
from incident_hub.reviews import documents
from incident_hub.reviews import queries as reviews

from .place import at_place, opened, the_desk, the_operation


@click.group()
def record() -> None:
    """The record: everything that happened, in order."""


@record.command("export")
@click.argument("code")
@click.option("-o", "--output", required=True, help="A JSON Lines file.")
@at_place
def record_export(code: str, output: str, data: str, database: str | None) -> None:
    """Write an operation's record with its signed head; the words behind the entries stay here."""
    with opened(data, database) as place:
        found = the_operation(code)
        key = chains.signing_key(place.folder)
        count = 0
        with Path(output).open("wb") as file:
            file.write(canonical(chains.header(found.id, key, clock.now(), exercise=found.exercise)) + b"\n")
            for entry in chains.exported(found.id):
                file.write(canonical(entry) + b"\n")
                count += 1
    click.echo(f"{count} entries of {code} are in {output}.")


@record.command("head")
@click.argument("code")
@click.option("-o", "--output", required=True, help="Where to keep it; keep it away from the database.")
@at_place
def record_head(code: str, output: str, data: str, database: str | None) -> None:
    """Sign the head of an operation's record: later it shows whether anything was cut off or rewritten."""
    with opened(data, database) as place:
        found = the_operation(code)
        key = chains.signing_key(place.folder)
        head = chains.header(found.id, key, clock.now(), exercise=found.exercise)
    Path(output).write_bytes(orjson.dumps(head, option=orjson.OPT_INDENT_2) + b"\n")
    click.echo(f"The head of {code} at {head['size']} entries is in {output}.")


@record.command("verify")
@click.argument("target")
@click.option("--head", "head_file", help="A head signed earlier, to find what was cut off or rewritten since.")
@at_place
def record_verify(target: str, head_file: str | None, data: str, database: str | None) -> None:
    """Check an exported file by itself, or an operation in the database; names the first bad entry, exit 1."""
    head = _head(head_file) if head_file else None
    if Path(target).is_file():
        with Path(target).open("rb") as file:
            code, count, fault = chains.verify_file(file)
        hashes: dict[int, str] = {}
    else:
        with opened(data, database):
            code, chain = target, the_operation(target).id
            count, fault = chains.verify_database(chain)
            size = int(head["size"]) if head else 0
            hashes = {number: mark for number in {count, size} if (mark := chains.hash_at(chain, number))}
    if head is not None and head["operation"] != code:
        raise BadInput(f"The signed head is of {head['operation']}, not of {code}; give the one that was kept for it.")
    if fault is None and head is not None:
        fault = chains.against(head, count, hashes.get(count, ""), hashes)
    if fault:
        click.echo(f"The record {code} does not hold: {fault.words}.", err=True)
        raise SystemExit(1)
    click.echo(f"The record {code} holds: {count} entries, unbroken.")


@click.command()
@click.argument("code")
@click.option("--format", "form", type=click.Choice(sorted(documents.REGISTERED)), default="md", show_default=True)
@click.option("-o", "--output", required=True)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("--as", "desk", required=True, help="The desk it is read for, agency/desk.")
@at_place
def review(code: str, form: str, output: str, lang: str, desk: str, data: str, database: str | None) -> None:
    """The after-action report of an operation, as one desk may know it."""
    with opened(data, database):
        found, reader = the_operation(code), the_desk(desk)
        told = reviews.review(found, reader.code, reader.id, clock.now(), lang)
    Path(output).write_bytes(documents.REGISTERED[form].render(told, lang))
    click.echo(f"The review of {code} for {desk} is in {output}.")


def _head(path: str) -> dict[str, Any]:
    try:
        head = orjson.loads(Path(path).read_bytes())
    except (OSError, orjson.JSONDecodeError) as fault:
        raise BadInput(f"{path} is not a signed head: {fault}.") from fault
    if not chains.signed(head):
        raise BadInput(f"The signature on {path} does not hold.")
    return head
