"""Signing: whoever leads at the sender's agency puts a name to what it says now; from then on it stands as it is."""

from __future__ import annotations

from datetime import datetime

from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, NotAllowed, Stale
from incident_hub.kernel.record import By
from incident_hub.reports import queries
from incident_hub.reports.compiling import blank, completeness, still_open
from incident_hub.reports.models import REOPENED, SIGNED, Report
from incident_hub.roster import queries as roster

from .stating import refuse_others, refuse_unless, state, who

# 签发: the responsible or the authorised leader.
SIGNERS = ("duty_leader", "executive")


def sign(found: queries.Found, seen: str, at: datetime, by: By) -> None:
    """Sign a draft as it reads now, as a person who holds the leader's post. Tells: report.signed.

    Raises: NotAllowed for anybody else; BadInput naming each line that is blank; Stale when it reads otherwise than
    what was seen, for the facts move while people write.
    """
    refuse_others(found, by)
    row = found.row
    refuse_unless(row, "draft")
    post = _post(by, at)
    made = queries.as_it_reads(found, by.desk, by.desk_id)
    mark = queries.print_of(made)
    if mark != seen:
        told = "What is known has moved since you read it; read it again, and sign what it says now."
        raise Stale(told, sha256=mark)
    if faults := blank(made):
        raise BadInput(faults[0]["detail"], errors=faults)
    last = queries.told_by(db.session.get(Report, row.after) if row.after else None)
    row.state, row.content, row.facts, row.sha256 = "signed", made.content, dict(made.facts), mark
    row.open, row.cut_off = still_open(made, last), at
    row.signed_by, row.signed_at = who(by) | {"post": post}, at
    data = {"report": row.id, "form": row.form, "sha256": row.sha256, "post": post, "amends": row.amends}
    state(found.of, SIGNED, at, by, data | {"completeness": completeness(made.form, row.open)}, {}, None)


def reopen(found: queries.Found, at: datetime, by: By) -> None:
    """Take the signature back before anything was sent; the draft is written on again. Tells: report.reopened."""
    refuse_others(found, by)
    row = found.row
    refuse_unless(row, "signed")
    data = {"report": row.id, "form": row.form, "sha256": row.sha256}
    row.state, row.content, row.facts, row.open, row.sha256 = "draft", None, None, None, None
    row.cut_off, row.signed_by, row.signed_at = None, None, None
    state(found.of, REOPENED, at, by, data, {}, None)


def may_sign(by: By, held: list[str]) -> str | None:
    """Why somebody may not sign; None when they may (pure)."""
    if by.assurance != "personal":
        return "A report is signed by a person who signed in, not by a program."
    if not set(SIGNERS) & {*held, by.post or ""}:
        return "A report is signed by whoever holds the post of duty leader or executive at its desk."
    return None


def _post(by: By, at: datetime) -> str:
    held = roster.posts_held_at(by.desk_id, by.member or "", at)
    if refusal := may_sign(by, held):
        raise NotAllowed(refusal)
    return next(post for post in (by.post, *held) if post in SIGNERS)
