"""A plan tried before the event: what it would do on a night that a scenario describes."""

from __future__ import annotations

import click
import orjson

from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.pages import LANGUAGES
from incident_hub.simulation import scenario_file
from incident_hub.simulation.drawing import draw
from incident_hub.simulation.queries import world_of
from incident_hub.simulation.running import simulate
from incident_hub.simulation.scenario import Scenario
from incident_hub.simulation.shape import shape
from incident_hub.simulation.standin import stand_in
from incident_hub.simulation.telling import tell

from .place import at_place, opened, read_text, the_operation
from .plans import plan, plan_in


@plan.command("simulate")
@click.argument("file")
@click.option("--scenario", required=True, help="What happens and who answers (TOML).")
@click.option("--roster", "code", help="The operation whose desks, shifts and channels are tried; else all are manned.")
@click.option("--format", "form", type=click.Choice(["text", "json", "svg"]), default="text", show_default=True)
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True)
@at_place
def plan_simulate(
    file: str, scenario: str, code: str | None, form: str, lang: str, data: str, database: str | None
) -> None:
    """Say who would be called when, and what if nobody answers."""
    found = plan_in(read_text(file), file)
    if code is None:
        world = stand_in(found)
    else:
        with opened(data, database):
            world = world_of(the_operation(code), found, f"{found.code} {found.version}")
    told = simulate(world, _scenario(scenario, world.zone))
    if form == "json":
        click.echo(orjson.dumps(shape(told), option=orjson.OPT_INDENT_2).decode())
    else:
        click.echo(draw(told, lang) if form == "svg" else tell(told, lang), nl=False)


def _scenario(file: str, zone: str) -> Scenario:
    found, faults = scenario_file.read(read_text(file), zone)
    if found is None:
        first = faults[0]
        sentences = [f"{file}:{one.line}:{one.column}: {one.message}; {one.hint}" for one in faults]
        raise BadInput(
            f"{file}:{first.line}: {first.message}; {first.hint}",
            errors=[{"pointer": "", "detail": one} for one in sentences],
        )
    return found
