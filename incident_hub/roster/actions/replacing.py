"""Replacing: one stands in for another, or two exchange their shifts."""

from __future__ import annotations

from datetime import datetime, timedelta

from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import opaque
from incident_hub.roster import models
from incident_hub.roster.queries.arranged import schedules
from incident_hub.roster.rotation import Watch, watches

from .expecting import expect
from .holding import someone
from .telling import tell


def override(
    post_id: int, member_id: str, instead_of: str | None, since: datetime, until: datetime, reason: str, at: datetime,
    by: By,
) -> str:  # fmt: skip
    """Let a member stand in for another between two instants, or come in addition to whoever is there.

    Raises: BadInput for a span that lies behind or is none, Conflict when there is nobody to stand in for.
    Tells: override.set.
    """
    someone(member_id)
    if until <= since or since < at:
        raise BadInput("It must begin now or later, and end after it begins; who held a post is not changed later.")
    if instead_of == member_id:
        raise BadInput("Nobody stands in for themselves.")
    if instead_of and not _mine(post_id, instead_of, since, until):
        raise Conflict("Whoever is to be replaced has no shift on this post in that span.")
    ref = _write(post_id, member_id, instead_of, since, until, None)
    told = {"override": ref, "member": member_id, "instead_of": instead_of, "since": since, "until": until}
    tell(models.OVERRIDE_SET, post_id, at, by, told, {"reason": reason})
    expect(post_id, at)
    return ref


def propose_swap(post_id: int, since: datetime, other_id: str, other_since: datetime, at: datetime, by: By) -> str:
    """Offer one's own shift, by when it begins, for one of a colleague on the same post.

    Raises: Conflict when one of the shifts is not there, or has begun. Tells: swap.proposed.
    """
    own = _shift(post_id, by.member or "", since, at)
    theirs = _shift(post_id, other_id, other_since, at)
    swap = models.Swap(
        id=opaque(), post_id=post_id, member_id=own.member, since=own.since, until=own.until, other_id=other_id,
        other_since=theirs.since, other_until=theirs.until, state="proposed", proposed_at=at,
    )  # fmt: skip
    db.session.add(swap)
    told = {"swap": swap.id, "member": own.member, "since": own.since, "other": other_id, "other_since": theirs.since}
    tell(models.SWAP_PROPOSED, post_id, at, by, told)
    return swap.id


def accept_swap(swap: models.Swap, at: datetime, by: By) -> None:
    """The other agrees; it holds once a leader agrees too. Tells: swap.accepted."""
    if by.member != swap.other_id:
        raise NotAllowed("Only the colleague it was offered to can accept this exchange.")
    _move(swap, "proposed", "accepted")
    tell(models.SWAP_ACCEPTED, swap.post_id, at, by, {"swap": swap.id})


def decline_swap(swap: models.Swap, leading: bool, at: datetime, by: By) -> None:
    """One of the two, or a leader, says no. Tells: swap.declined."""
    if by.member not in (swap.member_id, swap.other_id) and not leading:
        raise NotAllowed("Only the two whose shifts they are, or a leader of the desk, can decline this exchange.")
    _move(swap, "accepted" if swap.state == "accepted" else "proposed", "declined")
    tell(models.SWAP_DECLINED, swap.post_id, at, by, {"swap": swap.id})


def approve_swap(swap: models.Swap, at: datetime, by: By) -> None:
    """A leader agrees, and from now on each has the other's shift.

    Raises: NotAllowed for one of the two, Conflict when a shift has begun or is another's by now. Tells: swap.approved.
    """
    if by.member in (swap.member_id, swap.other_id):
        raise NotAllowed("An exchange is approved by somebody else than the two whose shifts they are.")
    _move(swap, "accepted", "approved")
    _shift(swap.post_id, swap.member_id, swap.since, at)
    _shift(swap.post_id, swap.other_id, swap.other_since, at)
    _write(swap.post_id, swap.other_id, swap.member_id, swap.since, swap.until, swap.id)
    _write(swap.post_id, swap.member_id, swap.other_id, swap.other_since, swap.other_until, swap.id)
    tell(models.SWAP_APPROVED, swap.post_id, at, by, {"swap": swap.id})
    expect(swap.post_id, at)


def _mine(post_id: int, member_id: str, since: datetime, until: datetime) -> list[Watch]:
    return [one for one in watches(schedules([post_id])[post_id], since, until) if one.member == member_id]


def _shift(post_id: int, member_id: str, since: datetime, at: datetime) -> Watch:
    """The shift of a member that begins at an instant still to come."""
    near = _mine(post_id, member_id, since, since + timedelta(microseconds=1))
    found = next((one for one in near if one.since == since and one.why != "appointed"), None)
    if found is None or since <= at:
        raise Conflict("One of the two shifts is not there, is another's by now, or has begun already.")
    return found


def _move(swap: models.Swap, before: str, after: str) -> None:
    if swap.state != before:
        raise Conflict(say("This exchange is {state} and not {before}.", state=swap.state, before=before))
    swap.state = after


def _write(
    post_id: int, member: str, instead_of: str | None, since: datetime, until: datetime, swap: str | None
) -> str:
    row = models.Override(
        ref=opaque(), post_id=post_id, member_id=member, instead_of_id=instead_of, since=since, until=until,
        swap_id=swap,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row.ref
