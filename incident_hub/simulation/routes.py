"""The page on which a plan is tried before the event: a scenario, a roster, and the drawn night."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from flask import Blueprint, g, render_template, request
from markupsafe import Markup

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock
from incident_hub.kernel.beside import aside
from incident_hub.kernel.database import read_snapshot
from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.pages import language
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation
from incident_hub.operations.queries import pages as surroundings

from . import queries
from .drawing import draw
from .load import Load, load_of
from .standin import stand_in
from .telling import clock_words, tell
from .timeline import Timeline
from .trying import Tried, to_come, try_out
from .words import say

pages = Blueprint("simulation", __name__)
# A scenario is written by a person; what is longer is no scenario.
LONGEST = 200_000


@dataclass(frozen=True)
class Asked:
    """What the form says. Shape: `scenario` is the name of a shipped one, or empty for one's own text."""

    scenario: str
    text: str
    version: str
    roster: str
    begins: str


@pages.route("/operations/<op>/plan/simulation", methods=["GET", "POST"])
def simulation_page(op: str) -> str:
    """Choose a scenario and see who would be called when, and what if nobody answers."""
    asker: Asker = g.identify()
    allow(asker, "board.read")
    read_snapshot()
    operation = operations.for_desk(op, asker.desk_id)
    lang, shipped = language(), queries.shipped()
    planning = operations.planning(operation)
    versions = [operation.plan_version, *(one["version"] for one in planning["proposals"])]
    asked = _asked(versions, shipped)
    if asked.roster == "real" and not asked.begins:
        text = shipped.get(asked.scenario) or asked.text
        asked = replace(asked, begins=to_come(text, operation.zone, clock.now()) if text else "")
    tried = _tried(operation, asked, shipped) if request.method == "POST" or asked.scenario else None
    return render_template(
        "simulation/simulation.html", here=request.path, asked=asked, versions=versions,
        shipped={name: queries.title_of(text, lang) for name, text in shipped.items()}, **_shown(tried, lang),
        **surroundings.around(asker, operation, lang, clock.now()),
    )  # fmt: skip


def _asked(versions: list[str], shipped: dict[str, str]) -> Asked:
    form = request.form if request.method == "POST" else request.args
    asked = Asked(
        form.get("scenario", ""), form.get("text", "")[:LONGEST], form.get("version", versions[0]),
        form.get("roster", "real"), form.get("begins", "")[:40],
    )  # fmt: skip
    if asked.version not in versions or (asked.scenario and asked.scenario not in shipped):
        raise NotKnown
    return asked


def _tried(operation: Operation, asked: Asked, shipped: dict[str, str]) -> Tried:
    plan = operations.plan_of(asked.version)
    if asked.roster == "stand-in":
        world = stand_in(plan, asked.version, operation.zone)
    else:
        world = queries.world_of(operation, plan, asked.version)
    return aside(try_out, world, shipped.get(asked.scenario) or asked.text, asked.begins)


def _shown(tried: Tried | None, lang: str) -> dict[str, Any]:
    words = partial(say, language=lang)
    if tried is None or tried.timeline is None:
        return {"tried": tried, "words": words}
    load, told, drawing = aside(_drawn, tried.timeline, lang)
    return {
        "tried": tried, "words": words, "timeline": tried.timeline, "load": load, "told": told,
        "clock": partial(clock_words, tried.timeline),
        # Our own drawing, every word in it escaped where it was put in.
        "drawing": Markup(drawing),  # noqa: S704
    }  # fmt: skip


def _drawn(timeline: Timeline, lang: str) -> tuple[Load, str, str]:
    return load_of(timeline), tell(timeline, lang), draw(timeline, lang, styled=False)
