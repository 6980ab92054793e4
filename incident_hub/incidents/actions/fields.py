"""The fields of an incident as they are given: what does not fit, and what follows from a site or a place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.incidents.stated import too_early
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import canonical


def refuse_bad_fields(changes: Mapping[str, Any], at: datetime) -> None:
    """Stop a change to something that cannot be.

    Raises: BadInput naming every field.
    """
    errors = field_errors(changes, at)
    if "title" in changes and not changes["title"]:
        errors.append({"pointer": "/title", "detail": "Say in one line what happened."})
    if errors:
        raise BadInput(errors[0]["detail"], errors=errors)


def field_errors(fields: Mapping[str, Any], at: datetime) -> list[dict[str, str]]:
    """What is wrong with a site nobody knows, or an instant that has not come."""
    errors: list[dict[str, str]] = []
    site = fields.get("site")
    if site and agencies.site(site) is None:
        errors.append(
            {
                "pointer": "/site",
                "detail": say("There is no site {site}; give its code, or a place in words.", site=site),
            }
        )
    if refusal := too_early("occurred_at", fields.get("occurred_at"), at):
        errors.append({"pointer": "/occurred_at", "detail": refusal})
    return errors


def written(fields: Mapping[str, Any]) -> dict[str, str]:
    """Fields as the record keeps them beside the entry: words as they are, structures as canonical JSON."""
    given = {name: value for name, value in fields.items() if value is not None}
    return {name: value if isinstance(value, str) else canonical(value).decode() for name, value in given.items()}


def owner_of(site: str | None) -> str | None:
    """The agency whose site it is; None without a site."""
    found = agencies.site(site) if site else None
    return found.agency if found else None


def areas_of(site: str | None, place: Mapping[str, Any] | None) -> list[str]:
    """The areas an incident lies in, the innermost first: that of its place, otherwise that of its site."""
    found = agencies.site(site) if site else None
    area = (place or {}).get("area") or (found.area if found else None)
    return (agencies.areas_above(area) or [area]) if area else []
