"""The commands: every one says what it did, and every refusal in one sentence (contract: Command line)."""

from __future__ import annotations

import logging
import sys

import click
from sqlalchemy.exc import OperationalError

from incident_hub.kernel import logbook
from incident_hub.kernel.errors import Refusal

from .asking import agency
from .directory import member, post, token
from .exchanging import import_, replay_in
from .house import demo, doctor, engine, migrate, serve, tick, web
from .operations import operation
from .plans import plan
from .records import record, review
from .retaining import retention
from .simulating import plan_simulate
from .units import unit

__all__ = ["hub", "main", "plan_simulate"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="incident-hub")
def hub() -> None:
    """Incident Hub: where several agencies run the security of one event together."""


for command in (
    agency, demo, doctor, engine, import_, member, migrate, operation, plan, post, record, replay_in, retention, review,
    serve,
    tick, token, unit, web,
):  # fmt: skip
    hub.add_command(command)


def main() -> None:
    """Run a command; what goes wrong is one sentence: exit 2 for usage, 1 for a refusal."""
    logbook.to_terminal()
    for quiet in ("apscheduler", "alembic", "httpx"):
        logging.getLogger(quiet).setLevel(logging.WARNING)
    try:
        hub(standalone_mode=False)
    except click.exceptions.Exit as over:
        sys.exit(over.exit_code)
    except click.ClickException as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except click.Abort:
        sys.exit(130)
    except Refusal as refusal:
        click.echo(refusal.detail, err=True)
        for error in refusal.errors[1:]:
            click.echo(f"  {error['pointer']}: {error['detail']}", err=True)
        sys.exit(1)
    except OperationalError as fault:
        click.echo(f"The database cannot be used: {fault.orig}. Run `incident-hub migrate`, then try again.", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)
