"""What somebody asks to have tried, and where it is read from: a shipped scenario or their own words. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from incident_hub.plan.faults import Fault

from .instants import read_wall
from .running import simulate
from .scenario_file import read
from .timeline import Timeline
from .world import World


@dataclass(frozen=True)
class Tried:
    """One trial: the timeline, or what is wrong with the scenario."""

    timeline: Timeline | None
    faults: tuple[Fault, ...] = ()


def try_out(world: World, text: str, begins: str = "") -> Tried:
    """Run a scenario's text in a world; `begins` is another wall time to begin at, and everything moves with it."""
    start: datetime | None = None
    if begins:
        start = read_wall(begins, world.zone)
        if start is None:
            words = f"{begins[:40]!r} is no date with a time"
            return Tried(None, (Fault(1, 1, "bad-instant", words, "write it like 2026-09-02T03:10"),))
    scenario, faults = read(text, world.zone, start)
    if scenario is None:
        return Tried(None, tuple(faults))
    return Tried(simulate(replace(world, phase=scenario.phase or world.phase), scenario))


def to_come(text: str, zone: str, now: datetime) -> str:
    """When a scenario that lies in the past would begin next, at the same wall time: that is the roster people have.

    Shape: a wall time as a person writes it; empty when the scenario lies ahead, or cannot be read.
    """
    scenario, _ = read(text, zone)
    if scenario is None or scenario.start > now:
        return ""
    written, local = scenario.start.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    ahead = datetime.combine(local.date(), written.time())
    if ahead <= local.replace(tzinfo=None):
        ahead += timedelta(days=1)
    return ahead.isoformat(timespec="minutes")
