"""The parts of a briefing: one file here each, found by itself, in the order of their PLACE."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from incident_hub.briefings.queries.asked import Section

_found = [import_module(f"{__name__}.{one.name}") for one in iter_modules(__path__)]
SECTIONS: tuple[Section, ...] = tuple(sorted((cast("Section", one) for one in _found), key=lambda one: one.PLACE))
