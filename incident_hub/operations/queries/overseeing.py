"""Who oversees an agency under the plan of an operation, and who looks after its own places."""

from __future__ import annotations

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.queries import Desk
from incident_hub.operations import opening

from .operations import Operation, plan_of, seats
from .playing import bound, participants


def overseers(operation: Operation, agency: str, site: str | None) -> list[Desk]:
    """The duty desks of the party that the plan says `oversees`, as far as they are not of this agency."""
    asked = plan_of(operation.plan_version).zero_report
    if asked is None:
        return []
    place = agencies.site(site) if site else None
    facts = {"site": site, "site_owner": agency, "area": place.area if place else None}
    found = [agencies.desk(one[1]) for one in seats(operation.id, facts).get(asked.oversees, [])]
    return [one for one in found if one and one.agency != agency]


def site_owners(operation: Operation) -> list[str]:
    """The agencies that take part as owners of sites, in the order they are named."""
    plan, bindings = plan_of(operation.plan_version), bound(operation.id)
    found = [one for party in plan.parties.values() if party.by == "site_owner" for one in bindings.get(party.code, ())]
    return list(dict.fromkeys(found))


def own_matters_alone(operation: Operation, agency: str) -> str | None:
    """Why an agency decides nothing for all of an operation; None when it may."""
    return opening.own_matters_alone(operation.code, agency, site_owners(operation), participants(operation.id))
