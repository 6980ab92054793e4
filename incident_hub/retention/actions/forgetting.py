"""Forgetting a member: what the directory knew of the person is gone, what they signed stays signed.

Whatever hangs on the member by a foreign key goes: sessions, tokens, factors, addresses, calendars. Where they sat and
what they held stays under the opaque id, for the record refers to it. The names they signed with belong to the records
of the operations and go with those.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Table, delete, update

from incident_hub.agencies import actions as agencies
from incident_hub.agencies.queries import Member
from incident_hub.kernel import destruction, record
from incident_hub.kernel.database import HOUSE, Base, db
from incident_hub.kernel.record import By, Draft
from incident_hub.retention import models

# What says where somebody sat and what was sent: kept under the opaque id. Sent messages lose the address.
STAYS = frozenset({"seat", "holding", "swap", "override", "turn", "webhook", "notice"})


def forget_member(member: Member, reason: str, at: datetime, by: By) -> dict[str, int]:
    """Delete a member's personal data; safe to repeat. Tells: member.disabled, member.forgotten.

    Shape: how many rows went, by table; `wording` are the names and addresses behind entries of the house.
    """
    agencies.disable_member(member.id, at=at, by=by)
    counts: dict[str, int] = {}
    for table in reversed(Base.metadata.sorted_tables):
        if mine := _owner(table):
            gone = db.session.execute(delete(table).where(table.c[mine] == member.id))
            _count(counts, str(table.name), int(getattr(gone, "rowcount", 0)))
    notice, row = Base.metadata.tables["notice"], Base.metadata.tables["member"]
    sent = (notice.c.member == member.id, notice.c.address.is_not(None))
    gone = db.session.execute(update(notice).where(*sent).values(address=None))
    _count(counts, "notice", int(getattr(gone, "rowcount", 0)))
    blank = {"login": f"forgotten-{member.id}", "name": destruction.TOMBSTONE, "email": None, "password_hash": None}
    db.session.execute(update(row).where(row.c.id == member.id).values(**blank))
    _count(counts, "wording", _words_of_the_house(member.id))
    if not counts:
        return counts
    data = {"counts": counts}
    record.append(Draft(HOUSE, models.FORGOTTEN, at, by, ("member", member.id), {}, data, {"reason": reason}))
    return counts


def belongs_to_a_member(name: str) -> bool:
    """Whether the rows of a table go when their member is forgotten."""
    return name == "member" or _owner(Base.metadata.tables[name]) is not None


def _owner(table: Table) -> str | None:
    """The column by which a table's rows belong to a member; None where they stay."""
    if table.name in STAYS:
        return None
    keys = [key.parent.name for key in table.foreign_keys if key.column.table.name == "member"]
    return next((one for one in keys if one in ("member_id", "member")), None)


def _words_of_the_house(member_id: str) -> int:
    """Destroy login, name and address behind the house's entries about a member, and the name they signed with."""
    n = 0
    for one in destruction.words_left(HOUSE):
        about = one.subject == f"member/{member_id}" and one.kind != models.FORGOTTEN
        if about or (one.field == "by.name" and one.by.get("member") == member_id):
            destruction.forget_words(HOUSE, one.number, one.field)
            n += 1
    return n


def _count(counts: dict[str, int], name: str, n: int) -> None:
    if n:
        counts[name] = counts.get(name, 0) + n
