"""The world as the database has it: who plays a party, who may know, who holds a post now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.authority import JOINT_DESK
from incident_hub.kernel import record
from incident_hub.kernel.disclosure import Access
from incident_hub.obligations.models import Obligation
from incident_hub.obligations.reach import Place
from incident_hub.operations import queries as operations
from incident_hub.plan.marking import may_pass_by_plan
from incident_hub.roster import queries as roster


@dataclass(frozen=True)
class Now:
    """Who is who for the subject of a debt at an instant; the answers that `reach` asks for."""

    debt: Obligation
    at: datetime

    def places(self, party: str) -> Sequence[Place]:
        """Who plays a party, or shares the subject."""
        if party == "linked":
            return self._sharing(row.desk_id for row in self._access() if row.role != "informed")
        if party == "access":
            return self._everybody()
        return operations.seats(self.debt.chain, self.debt.facts).get(party, [])

    def is_desk(self, desk: str) -> bool:
        """Whether there is such a desk."""
        return agencies.desk(desk) is not None

    def may_know(self, desk: str) -> bool:
        """Whether the desk may know of the subject."""
        return record.may_know(self.debt.chain, self._subject, desk_id(desk)) is not None

    def may_widen(self) -> bool:
        """Whether a step that discloses may; TLP:RED is exactly the listed desks."""
        return may_pass_by_plan(str(self.debt.facts.get("tlp"))) is None

    def posts(self, desk: str) -> Sequence[str]:
        """The posts of a desk."""
        return [post.code for post in agencies.posts_of(desk_id(desk))]

    def holders(self, desk: str, post: str) -> Sequence[str]:
        """The members who hold a post now and are not disabled."""
        held = [agencies.member(id) for id in roster.holders_of(desk_id(desk), post, self.at)]
        return [one.id for one in held if one is not None and not one.disabled]

    @property
    def _subject(self) -> tuple[str, str]:
        return self.debt.noun, self.debt.ref

    def _access(self) -> list[Access]:
        return record.access(self.debt.chain, self._subject)

    def _sharing(self, desk_ids: Iterable[int]) -> list[Place]:
        sharing = list(desk_ids)
        desks = agencies.desks(sharing)
        return [(desks[id].agency, desks[id].code, "shares it") for id in sharing if id != self.debt.desk_id]

    def _everybody(self) -> list[Place]:
        """Whom the last call reaches: all who may know of an incident. Of an operation everybody knows, and the last
        call about what one desk owes in it wakes that desk's agency and the joint desk alone.
        """
        desks = agencies.desks([row.desk_id for row in self._access()])
        every = [(one.agency, one.code, "may know of it") for one in desks.values()]
        if self.debt.noun == "incident":
            return every
        return [place for place in every if place[0] == self.debt.agency or place[1] == JOINT_DESK]


def desk_id(code: str) -> int:
    """The number of a desk that is known to be one."""
    desk = agencies.desk(code)
    if desk is None:
        raise LookupError(f"there is no desk {code}")
    return desk.id
