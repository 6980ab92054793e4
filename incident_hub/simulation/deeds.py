"""What people can do in a scenario, each with the keys it takes. Pure."""

from __future__ import annotations

from collections.abc import Mapping

TEXT, INSTANT, NUMBER, FLAG = "text", "instant", "number", "flag"

# A key with a star must be there.
DEEDS: Mapping[str, Mapping[str, str]] = {
    "open": {
        "type*": TEXT, "title": TEXT, "site": TEXT, "area": TEXT, "grade": TEXT, "attention": TEXT, "tlp": TEXT,
        "status": TEXT, "occurred_at": INSTANT, "known_at": INSTANT, "discovered_at": INSTANT, "planned_at": INSTANT,
    },
    "raise": {},
    "amend": {"attention": TEXT, "occurred_at": INSTANT, "discovered_at": INSTANT, "planned_at": INSTANT},
    "grade": {"grade*": TEXT},
    "status": {"to*": TEXT, "reason": TEXT},
    "verify": {"state*": TEXT},
    "figure": {"category*": TEXT, "n*": NUMBER, "official": FLAG},
    "journal": {"kind*": TEXT, "milestone": TEXT, "stated_at": INSTANT},
    "acknowledge": {"says": TEXT, "for": TEXT, "stated_at": INSTANT},
    "settle": {"rule*": TEXT, "stated_at": INSTANT, "completeness": TEXT},
    "not_applicable": {"rule*": TEXT},
    "share": {"desk*": TEXT, "role": TEXT},
    "withdraw": {"desk*": TEXT},
    "offer_lead": {"to*": TEXT},
    "accept_lead": {},
    "decline_lead": {},
    "direct_lead": {"to*": TEXT},
    "phase": {"to*": TEXT},
}  # fmt: skip

# Done to the operation and not to an incident.
OF_OPERATION = ("phase",)
