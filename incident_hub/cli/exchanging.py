"""What comes in from elsewhere: the import of files, and their replay as live traffic."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import click

from incident_hub.exchange import live, loop
from incident_hub.exchange.played import Played

from .place import CONSOLE, at_place, opened


@click.group("import")
def import_() -> None:
    """Bring in what another system kept."""


@import_.command("incidents")
@click.argument("file")
@click.option("--operation", "code", default="SF", show_default=True, help="The operation they belong to.")
@click.option("--mapping", required=True, help="Which column means what (TOML).")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--rejects", help="Where rows that cannot be used go, with the reason.")
@at_place
def import_incidents(
    file: str, code: str, mapping: str, dry_run: bool, rejects: str | None, data: str, database: str | None
) -> None:
    """Bring in incidents with their logs; no clock starts, and a second run changes nothing."""
    with opened(data, database):
        account = loop.run_import(
            file, code, mapping, dry_run=dry_run, rejects_path=rejects, by=CONSOLE, progress=_bar()
        )
    for sentence in account.sentences():
        click.echo(sentence)


@click.command("replay-in")
@click.argument("file")
@click.option("--operation", "code", default="SF", show_default=True)
@click.option("--mapping", required=True, help="Which column means what (TOML).")
@click.option("--server", default="http://127.0.0.1:8000", show_default=True)
@click.option("--token", "tokens", multiple=True, required=True, help="One for each desk that acts.")
@click.option("--speed", default=600.0, show_default=True, help="How many times as fast as it happened.")
@click.option("--seconds", type=float, help="Stop after so many seconds.")
@click.option("--log", help="A JSON line for every write that was acknowledged.")
@click.option("--run", help="Go on with an earlier replay without sending anything twice.")
def replay_in(
    file: str,
    code: str,
    mapping: str,
    server: str,
    tokens: tuple[str, ...],
    speed: float,
    seconds: float | None,
    log: str | None,
    run: str | None,
) -> None:
    """Play a file as live traffic through the HTTP API of a running server."""
    played = live.replay_in(
        file, mapping, code, server, tokens, speed, limit_seconds=seconds, run=run, log=log, progress=_so_far()
    )
    for sentence in played.sentences():
        click.echo(sentence)


def _so_far() -> Callable[[Played], None] | None:
    if not sys.stderr.isatty():
        return None

    def show(played: Played) -> None:
        click.echo(f"\r{played.acknowledged} of {played.sent} writes acknowledged", nl=False, err=True)

    return show


def _bar() -> Callable[[int, int], None] | None:
    if not sys.stderr.isatty():
        return None
    began = time.monotonic()

    def show(done: int, whole: int) -> None:
        end = "\n" if done >= whole else ""
        click.echo(f"\r{done} of {whole} incidents, {time.monotonic() - began:.0f} s{end}", nl=False, err=True)

    return show
