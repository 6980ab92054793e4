"""The journal: what people write, and striking it out with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.incidents import models, queries
from incident_hub.incidents.lifecycle import JOURNAL_KINDS, MILESTONES
from incident_hub.incidents.stated import Via, too_early
from incident_hub.kernel import feeds, record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import opaque

from .drafting import draft, refuse_unless


@dataclass(frozen=True)
class Written:
    """What somebody writes into the journal.

    Shape: `audience` is all, own, sealed, or desks within the incident's circle; `posts` are those of one's own desk
    that may read what is sealed; `decision` has options, basis, approver.
    """

    kind: str
    text: str
    audience: str | Sequence[str] = "all"
    occurred_at: datetime | None = None
    milestone: str | None = None
    decision: Mapping[str, Any] | None = None
    via: Via | None = None
    posts: Sequence[str] = ()


def write(found: queries.Known, written: Written, at: datetime, by: By) -> str:
    """Write into the journal; a decision keeps how far its desk had been told. Tells: journal.added; of what is
    sealed, nobody.
    """
    refuse_unless(found, "journal.write")
    _refuse_misfits(written, at)
    desks, posts = _audience(found, written, by), _sealed_for(written, by)
    journal_id = opaque()
    decision = None
    if written.kind == "decision":
        shown = feeds.head(found.incident.chain, by.desk_id)
        decision = {**(written.decision or {}), "shown": shown}
    entry_by = {"agency": by.agency, "desk": by.desk, "post": by.post, "name": by.name}
    entry_by["assurance"] = "relayed" if written.via else by.assurance
    row = models.Journal(
        id=journal_id, ref=found.incident.ref, kind=written.kind, text=written.text, at=at,
        occurred_at=written.occurred_at or (written.via and written.via.stated_at) or at, by=entry_by,
        via=written.via.shape() if written.via else None, desks=desks, posts=posts, milestone=written.milestone,
        decision=decision, place=queries.next_place(found.incident.ref),
    )  # fmt: skip
    db.session.add(row)
    data: dict[str, Any] = {"id": journal_id, "kind": written.kind, "milestone": written.milestone}
    data["occurred_at"] = written.occurred_at
    if decision:
        data["shown"] = decision["shown"]
    texts = {"text": written.text}
    texts |= {f"decision.{name}": str(value) for name, value in (written.decision or {}).items() if value}
    # What is sealed has a kind of its own, which no rule of a plan waits for: a clock that stopped would give it away.
    kind = models.JOURNAL_SEALED if posts else models.JOURNAL_ADDED
    entry = draft(found, kind, at, by, data, texts, written.via)
    if posts:
        entry.desks = ()
    elif desks is not None:
        known = [agencies.desk(code) for code in desks]
        entry.desks = tuple(desk.id for desk in known if desk)
    record.append(entry)
    return journal_id


def strike(found: queries.Known, journal_id: str, reason: str, at: datetime, by: By) -> None:
    """Strike out what one's own desk wrote, or, as the lead, what anybody wrote. Tells: journal.struck."""
    refuse_unless(found, "journal.strike")
    posts = queries.posts_of(by.desk_id, by.member, by.post, at)
    row = queries.journal_entry(found, by.desk, journal_id, posts)
    if row.struck_at is not None:
        raise Conflict("This entry is struck out already.")
    if row.by.get("desk") != by.desk and found.access.role != "lead":
        raise NotAllowed("Only the desk that wrote it, or the lead, strikes an entry out.")
    row.struck_at, row.struck_by, row.struck_reason = at, by.desk, reason
    entry = draft(found, models.JOURNAL_STRUCK, at, by, {"id": journal_id}, {"reason": reason})
    if row.posts:
        entry.desks = ()
    elif row.desks is not None:
        known = [agencies.desk(code) for code in row.desks]
        entry.desks = tuple(desk.id for desk in known if desk)
    record.append(entry)


def _refuse_misfits(written: Written, at: datetime) -> None:
    errors: list[dict[str, str]] = []
    if written.kind not in JOURNAL_KINDS:
        words = say("There is no kind {kind}; it is one of {kinds}.", kind=written.kind, kinds=JOURNAL_KINDS)
        errors.append({"pointer": "/kind", "detail": words})
    if not written.text.strip():
        errors.append({"pointer": "/text", "detail": "There is nothing written in it."})
    if (written.kind == "milestone") != (written.milestone in MILESTONES):
        words = say("A milestone is one of {milestones}, and only a milestone names one.", milestones=MILESTONES)
        errors.append({"pointer": "/milestone", "detail": words})
    if refusal := too_early("occurred_at", written.occurred_at, at):
        errors.append({"pointer": "/occurred_at", "detail": refusal})
    if errors:
        raise BadInput(errors[0]["detail"], errors=errors)


def _audience(found: queries.Known, written: Written, by: By) -> list[str] | None:
    if written.audience == "all":
        return None
    if written.audience in ("own", "sealed"):
        return [by.desk]
    named = [written.audience] if isinstance(written.audience, str) else list(written.audience)
    circle = {row["desk"] for row in queries.circle_of(found.incident.chain, found.incident.ref)}
    outside = [code for code in named if code not in circle]
    if outside:
        words = say("{outside} may not know of this incident; share it first, or leave them out.", outside=outside)
        raise BadInput(words, errors=[{"pointer": "/audience", "detail": words}])
    return sorted({*named, by.desk})


def _sealed_for(written: Written, by: By) -> list[str] | None:
    """The posts that may read what is sealed, the writer's among them; None when it is not sealed."""
    if written.audience != "sealed":
        if written.posts:
            words = "Posts are named for what is sealed alone."
            raise BadInput(words, errors=[{"pointer": "/posts", "detail": words}])
        return None
    there = {post.code for post in agencies.posts_of(by.desk_id)}
    if unknown := [code for code in written.posts if code not in there]:
        words = say("Your desk has no post {unknown}; it has {there}.", unknown=unknown, there=sorted(there))
        raise BadInput(words, errors=[{"pointer": "/posts", "detail": words}])
    own = [by.post] if by.post else []
    posts = sorted({*written.posts, *own})
    if not posts:
        words = "Name the posts of your desk that may read it."
        raise BadInput(words, errors=[{"pointer": "/posts", "detail": words}])
    return posts
