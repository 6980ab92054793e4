"""Whether the posts that owe and are called are ones that their parties have undertaken to man. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from incident_hub.plan.contingency import Owed, Plan
from incident_hub.plan.judgement import Judgement
from incident_hub.plan.positions import Path


def judge(plan: Plan) -> Iterator[Judgement]:
    """Posts that nobody has undertaken to man."""
    for number, rule in enumerate(plan.rules):
        yield from _manned(plan, rule.owed_by, ("rule", number, "owed_by"))
    for number, ladder in enumerate(plan.ladders.values()):
        for step, one in enumerate(ladder.steps):
            for place, owed in enumerate(one.to):
                yield from _manned(plan, owed, ("ladder", number, "step", step, "to", place))


def _manned(plan: Plan, owed: Owed, path: Path) -> Iterator[Judgement]:
    """Whether the party has undertaken to man the post that is named."""
    party = plan.parties.get(owed.party)
    if party and owed.post not in party.posts:
        message = f"{owed.party} does not man the post {owed.post}"
        yield path, "post-not-manned", message, f"it mans {', '.join(party.posts)}; add the post there or name another"
