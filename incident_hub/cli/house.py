"""Running the house: serve and its two halves, demo, migrate, doctor, tick."""

from __future__ import annotations

import fcntl
import gc
import os
import resource
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click
import gevent
from flask import Flask
from gevent.event import Event
from sqlalchemy import text

from incident_hub import demonstration
from incident_hub.app import enliven
from incident_hub.board.live.gate import asker_behind
from incident_hub.engine import loop
from incident_hub.engine.heart import Heart
from incident_hub.kernel import chains, document, record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import Conflict
from incident_hub.kernel.text import read_instant
from incident_hub.operations import queries as operations

from .listening import Listener
from .outward import look
from .place import Place, application, at_place, opened, place_of
from .place import migrate as bring_up

# What only one process may do in a folder: answer its web, and run its engine.
HALVES = ("serve", "engine")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@at_place
def serve(host: str, port: int, data: str, database: str | None) -> None:
    """Web, live board and engine in one process; creates and migrates the database first."""
    place = place_of(data, database)
    with alone(place, *HALVES):
        bring_up(place)
        _serve(place, host, port)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@at_place
def web(host: str, port: int, data: str, database: str | None) -> None:
    """Web and live board alone; `incident-hub engine` does the chasing in a process of its own."""
    place = _migrated(data, database)
    with alone(place, "serve"):
        _serve(place, host, port, chases=False)


@click.command()
@at_place
def engine(data: str, database: str | None) -> None:
    """The engine alone: takes what is due and sends it, for a Hub whose pages are served by `incident-hub web`."""
    place = _migrated(data, database)
    with alone(place, "engine"):
        app = _ready(place)
        heart = Heart(app)
        record.listeners.append(heart.nudge)
        ending = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            gevent.signal_handler(number, ending.set)
        heart.start()
        click.echo("The engine runs.  (Ctrl-C ends it)")
        ending.wait()
        heart.stop()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@at_place
def demo(host: str, port: int, data: str, database: str | None) -> None:
    """The same with the expo: agencies, sites, posts, the plan and a week that has happened."""
    place = place_of(data, database)
    with alone(place, *HALVES):
        with demonstration.before_the_week():
            bring_up(place)
        with application(place).app_context():
            accounts = demonstration.prepare(place.folder)
            db.engine.dispose()
        click.echo("Sign in as (login · password · desk · role):")
        for account in accounts:
            click.echo("  {login:18} {password:14} {desk:22} {role}".format(**account))
        _serve(place, host, port)


@click.command()
@at_place
def migrate(data: str, database: str | None) -> None:
    """Bring the database to the newest migration."""
    place = place_of(data, database)
    bring_up(place)
    click.echo("The database is at the newest migration.")


@click.command()
@at_place
def doctor(data: str, database: str | None) -> None:
    """Say in plain words what is wrong and what to do; exit 1 if anything is."""
    wrong: list[str] = []
    place = place_of(data, database)
    app = application(place)
    fine, dead = look(app.config)
    click.echo("\n".join(fine))
    wrong += dead
    with app.app_context():
        if document.schema_version() != document.newest_version():
            wrong.append("The database is not at the newest migration: run `incident-hub migrate`.")
        else:
            for chain, code in db.session.execute(text("SELECT id, code FROM chain ORDER BY id")).all():
                count, fault = chains.verify_database(chain)
                if fault:
                    wrong.append(f"The record {code} does not hold: {fault.words}. Keep the database and ask for help.")
                else:
                    click.echo(f"The record {code} holds: {count} entries.")
    if os.statvfs(place.folder).f_bavail * os.statvfs(place.folder).f_frsize < 1 << 30:
        wrong.append(f"Less than 1 GiB is free in {data}: make room.")
    for words in wrong:
        click.echo(words, err=True)
    if wrong:
        raise SystemExit(1)
    click.echo("Nothing is wrong.")


@click.command()
@click.option("--at", "instant", help="Only what was due by this instant; later than now is now.")
@at_place
def tick(instant: str | None, data: str, database: str | None) -> None:
    """One pass of the engine by hand."""
    with opened(data, database) as place:
        app = application(place)
        done = loop.tick(loop.Pass(app, loop.Aside(), read_instant(instant) if instant else None))
        click.echo(f"One pass of the engine: {done} things were due and done.")


def _migrated(data: str, database: str | None) -> Place:
    with opened(data, database) as place:
        db.engine.dispose()
    return place


def _ready(place: Place) -> Flask:
    app = application(place)
    if place.url.startswith("sqlite"):
        # Only one process chases in a folder, so a restart may take the engine's lease at once.
        app.config["HUB_ENGINE"] = f"serve {place.folder}"
    with app.app_context():
        operations.read_all_plans()
    return app


def _serve(place: Place, host: str, port: int, *, chases: bool = True) -> None:
    app = _ready(place)
    running = enliven(app)
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Without it gevent answers some twenty requests a second on a kept connection; accepted sockets inherit it.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((host, port))
    except OSError as fault:
        words = f"Port {port} on {host} cannot be used: {fault.strerror}. Choose another with --port."
        raise Conflict(words) from fault
    listener.listen(1024)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    server = Listener(listener, app, lambda environ: asker_behind(app, environ) is not None)
    if chases:
        running.heart.start()
    threading.Thread(target=running.pump.run, name="live pump", daemon=True).start()
    running.looks.start()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, lambda: gevent.spawn(server.stop, 2))
    gc.collect()
    gc.freeze()
    click.echo(f"Incident Hub is at http://{host}:{port}/  (Ctrl-C ends it)")
    try:
        server.serve_forever()
    finally:
        running.pump.stop()
        running.heart.stop()
        running.looks.stop()


@contextmanager
def alone(place: Place, *halves: str) -> Iterator[None]:
    """Hold a folder for the halves named. Raises: Conflict when another process does."""
    # Two engines on one folder would be harmless to the facts and confusing to everyone; on SQLite two webs as well. A
    # server's database takes as many webs as are needed, all on one folder.
    many = () if place.url.startswith("sqlite") else ("serve",)
    with ExitStack() as locks:
        for half in (one for one in halves if one not in many):
            handle = os.open(Path(place.folder) / f"{half}.lock", os.O_RDWR | os.O_CREAT, 0o600)
            locks.callback(os.close, handle)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as fault:
                words = f"A Hub is serving from {place.folder} already; stop it, or choose another --data."
                raise Conflict(words) from fault
        yield
