"""Places as a scenario writes them, found in a world: a desk, an agency, or whoever plays a role of the plan. Pure."""

from __future__ import annotations

from .scenario import place_and_post
from .world import DUTY, SiteHere, World


def desk_of(world: World, words: str) -> str | None:
    """The desk meant by `police/duty`, `police` or a role's word; the first agency that plays the role."""
    place, _ = place_and_post(words)
    if place in world.desks:
        return place
    agency = next(iter(world.parties.get(place, ())), place)
    return f"{agency}/{DUTY}" if f"{agency}/{DUTY}" in world.desks else None


def site_of(world: World, words: str) -> SiteHere | None:
    """The site of this code, or the first one of an agency or of whoever plays a role."""
    if words in world.sites:
        return world.sites[words]
    agency = next(iter(world.parties.get(words, ())), words)
    return next((site for site in world.sites.values() if site.agency == agency), None)
