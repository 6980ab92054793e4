"""How one signs in, and what agencies ask."""

from __future__ import annotations

from flask import g, render_template, request

from incident_hub.agencies import queries as directory
from incident_hub.agencies.standing import ROLES, may
from incident_hub.kernel import clock
from incident_hub.kernel.pages import language
from incident_hub.operations.queries import pages as surroundings
from incident_hub.sign_in import elsewhere, queries, sitting

from .room import pages


@pages.get("/account")
def account_page() -> str:
    """How one signs in: factors, sessions, tokens, and what one's agencies ask."""
    asker = g.identify()
    now = clock.now()
    return render_template(
        "sign_in/account.html", here=request.path, houses=elsewhere.houses_of(asker.member),
        held=queries.factors_of(asker.member),
        wanted=queries.wanted(asker.member, now), again_from=queries.asked_again_from(asker.member, now),
        sessions=directory.sessions_of(asker.member, now),
        tokens=directory.tokens_of(asker.member, now), tries=queries.tries(asker.member),
        devices=sitting.standing_at(asker.desk_id), shared=asker.assurance == "desk",
        may_enrol=may(asker, "device.enrol") is None, may_set=may(asker, "directory.change") is None,
        **surroundings.around(asker, None, language(), now),
    )  # fmt: skip


@pages.get("/account/policy")
def policy_page() -> str:
    """What the asker's agency, and those beneath it, ask of whoever signs in."""
    asker = g.identify()
    now = clock.now()
    mine = [one for one in directory.agencies() if asker.agency in (one.code, *_above(one.code))]
    rules = queries.policies(one.code for one in mine)
    return render_template(
        "sign_in/policy.html", here=request.path, agencies=mine, rules=rules, roles=ROLES,
        may_set=may(asker, "directory.change") is None, **surroundings.around(asker, None, language(), now),
    )  # fmt: skip


def _above(code: str) -> list[str]:
    return [one.code for one in directory.parent_chain(code)]
