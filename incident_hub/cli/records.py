"""The record and its reading from the shell: export, verify, sign the head, review."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import click
import orjson

from incident_hub.anchors import actions as sealing
from incident_hub.anchors import mark as anchored
from incident_hub.anchors import queries as anchors
from incident_hub.anchors import verifier
from incident_hub.kernel import chains, clock, destruction
from incident_hub.kernel.errors import BadInput, NotKnown
from incident_hub.kernel.text import canonical
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation
from incident_hub.reviews import documents
from incident_hub.reviews import queries as reviews

from .place import Place, at_place, opened, the_desk, the_operation
from .witnessing import sign_newest


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
            carried = anchors.exported(found)
            head = chains.header(found.id, key, clock.now(), carried, exercise=found.exercise)
            file.write(canonical(head) + b"\n")
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
@click.option("--kept", help="Seals that were kept elsewhere, one a line, as `record witness` keeps them.")
@at_place
def record_verify(target: str, head_file: str | None, kept: str | None, data: str, database: str | None) -> None:
    """Check an exported file by itself, or an operation in the database; names the first bad entry, exit 1."""
    head, gone = _head(head_file) if head_file else None, 0
    if Path(target).is_file():
        code, count, fault = _verify_file(Path(target), head, kept)
    else:
        with opened(data, database) as place:
            found = the_operation(target)
            code = found.code
            count, fault = _verify_database(found, place, head, kept)
            gone = destruction.destroyed_words(found.id)
    if head is not None and head["operation"] != code:
        raise BadInput(f"The signed head is of {head['operation']}, not of {code}; give the one that was kept for it.")
    if fault:
        click.echo(f"The record {code} does not hold: {fault}.", err=True)
        raise SystemExit(1)
    told = f"; {gone} words were destroyed when their time was over" if gone else ""
    click.echo(f"The record {code} holds: {count} entries, unbroken{told}.")


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
        reader = the_desk(desk)
        try:
            found = operations.for_desk(code, reader.id)
        except NotKnown as fault:
            raise BadInput(f"{desk} takes part in no operation {code}; name another one with --as.") from fault
        told = reviews.review(found, reader.code, reader.id, clock.now(), lang)
    Path(output).write_bytes(documents.REGISTERED[form].render(told, lang))
    click.echo(f"The review of {code} for {desk} is in {output}.")


@record.command("verifier")
@click.option("-o", "--output", required=True, help="Where to write it, for example verify_record.py.")
def record_verifier(output: str) -> None:
    """Write the verifier: one readable file that checks an export with nothing but Python."""
    Path(output).write_bytes((files("incident_hub.anchors") / "verifier.py").read_bytes())
    click.echo(f"The verifier is in {output}.")


@record.command("witness")
@click.argument("code")
@click.option("--server", required=True, help="The Hub's address, for example https://hub.example.")
@click.option("--token", required=True, envvar="HUB_TOKEN", help="A token with record:read and record:write.")
@click.option("--key", "key_file", required=True, help="The agency's own key; made if it is not there.")
@click.option("--log", "log_file", required=True, help="Where the seals are kept, one a line.")
def record_witness(code: str, server: str, token: str, key_file: str, log_file: str) -> None:
    """Keep the seals of an operation's record, and sign the newest for another agency with a key of its own."""
    fresh, mark = sign_newest(code, server, token, Path(key_file), Path(log_file))
    if mark is None:
        click.echo("Nothing is sealed yet; try again in a minute.")
    else:
        click.echo(f"{fresh} new seals of {code} are in {log_file}; {mark[: anchored.SHORT]} is signed.")


def _verify_file(target: Path, head: dict[str, Any] | None, kept: str | None) -> tuple[str, int, str | None]:
    lines = target.read_bytes().splitlines()
    code, count = str(_first(lines).get("operation", "")), len(lines) - 1
    try:
        told = verifier.verify(lines, _kept(kept))
    except verifier.Fault as fault:
        return code, count, str(fault)
    if head is None:
        return code, told["entries"], None
    hashes = {number: orjson.loads(line)["hash"] for number, line in enumerate(lines) if number}
    found = chains.against(head, told["entries"], told["head"], hashes)
    return code, told["entries"], found.words if found else None


def _verify_database(
    found: Operation, place: Place, head: dict[str, Any] | None, kept: str | None
) -> tuple[int, str | None]:
    count, fault = chains.verify_database(found.id)
    if fault is None and head is not None:
        hashes = chains.hashes_at(found.id, {count, int(head["size"])})
        fault = chains.against(head, count, hashes.get(count, ""), hashes)
    if fault:
        return count, fault.words
    marks = [str(one["mark"]) for one in sealing.kept(place.folder, found.code)]
    marks += [str(orjson.loads(line)["mark"]) for line in _kept(kept)]
    sealed = anchors.all_of(found)
    over = chains.hashes_at(found.id, {one.size for one in sealed})
    return count, anchored.fault(sealed, over, count, marks)


def _first(lines: list[bytes]) -> dict[str, Any]:
    try:
        found = orjson.loads(lines[0]) if lines else {}
    except orjson.JSONDecodeError:
        found = {}
    return found if isinstance(found, dict) else {}


def _kept(path: str | None) -> list[bytes]:
    try:
        return Path(path).read_bytes().splitlines() if path else []
    except OSError as fault:
        raise BadInput(f"{path} cannot be read: {fault.strerror}.") from fault


def _head(path: str) -> dict[str, Any]:
    try:
        head = orjson.loads(Path(path).read_bytes())
    except (OSError, orjson.JSONDecodeError) as fault:
        raise BadInput(f"{path} is not a signed head: {fault}.") from fault
    if not chains.signed(head):
        raise BadInput(f"The signature on {path} does not hold.")
    return head
