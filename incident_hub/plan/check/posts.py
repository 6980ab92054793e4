"""Whether the posts that owe and are called are ones that their parties have undertaken to man. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from incident_hub.plan.contingency import Owed, Plan, Rule
from incident_hub.plan.judgement import Judgement
from incident_hub.plan.positions import Path

from .unused import concerns


def judge(plan: Plan) -> Iterator[Judgement]:
    """Posts that nobody has undertaken to man."""
    for number, rule in enumerate(plan.rules):
        yield from _manned(plan, rule.owed_by, ("rule", number, "owed_by"))
        yield from _found_to_owe(plan, rule, ("rule", number, "owed_by"))
    for number, ladder in enumerate(plan.ladders.values()):
        for step, one in enumerate(ladder.steps):
            for place, owed in enumerate(one.to):
                yield from _manned(plan, owed, ("ladder", number, "step", step, "to", place))
    for place, owed in enumerate(plan.briefing.to if plan.briefing else ()):
        yield from _manned(plan, owed, ("briefing", "to", place))


def _manned(plan: Plan, owed: Owed, path: Path) -> Iterator[Judgement]:
    """Whether the party has undertaken to man the post that is named."""
    party = plan.parties.get(owed.party)
    if party and owed.post not in party.posts:
        message = f"{owed.party} does not man the post {owed.post}"
        yield path, "post-not-manned", message, f"it mans {', '.join(party.posts)}; add the post there or name another"


def _found_to_owe(plan: Plan, rule: Rule, path: Path) -> Iterator[Judgement]:
    """Whoever turns out to lead, to support or to own the site must man the post that then owes."""
    kinds = [kind for kind in plan.types.values() if concerns(rule, kind)]
    found = {
        "lead": {kind.lead for kind in kinds},
        "access": {party for kind in kinds for party in (kind.lead, *kind.support)},
        "site_owner": {code for code, party in plan.parties.items() if party.by == "site_owner"},
    }.get(rule.owed_by.party, set[str]())
    lacking = [code for code, party in plan.parties.items() if code in found and rule.owed_by.post not in party.posts]
    if lacking:
        message = f"rule {rule.code} may fall to {', '.join(lacking)}, who do not man the post {rule.owed_by.post}"
        yield path, "post-not-manned", message, "add the post to them, or let another post owe"
