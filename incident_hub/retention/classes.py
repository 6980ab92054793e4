"""To which class of the plan's `[retention]` each kept text belongs, and when a class is due. Pure.

A class that the plan does not name is kept; only the vault, the looks and the answers to repeated requests end by
themselves. A text column without a class fails a law.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

# What the plan gives days for.
VAULT, WORDS, FILES, NOTICES, ROSTER, LOOKS = "vault", "words", "files", "notices", "roster", "looks"
PLANNED = (VAULT, WORDS, FILES, NOTICES, ROSTER, LOOKS)
# What is kept as long as what it belongs to: the directory, plans, our own sentences.
HOUSE = "house"
# What is made anew from the rest, and what is kept for a day.
DRAWN, DAY = "drawn", "day"
# Where the plan says nothing. Units: days. Three years of looks: Personal Information Protection Law, Art. 56.
ALWAYS = {VAULT: 30, LOOKS: 1095}
ENDED = ("standing_down", "closed", "archived")

_HOUSE = (
    "agency.title", "area.title", "desk.title", "post.title", "site.title", "member.login", "member.name",
    "member.email", "token.label", "address.value", "webhook.url", "plan_version.body", "obligation.why",
    "obligation.acknowledged_by", "device.label",
)  # fmt: skip
_WORDS = {
    "audit": ("reason",),
    "bulletin": ("title", "words", "reason"),
    "bulletin_answer": ("words", "via", "by"),
    "exemption": ("reason",),
    "figure": ("source", "basis"),
    "filing": (
        "statement", "explanation", "checked_how", "late_reason", "stated_by", "compiled_by", "approved_by", "reasons",
        "review_reason",
    ),
    "hazard": ("title", "description", "measure", "funds", "interim"),
    "hazard_step": ("words", "further", "by"),
    "hold": ("reason",),
    "incident": ("title", "summary", "place", "methane"),
    "incident_link": ("reason",),
    "incident_report": (
        "typed", "content", "facts", "open", "why", "words", "via", "compiled_by", "signed_by",
    ),
    "inject": ("body", "refusal"),
    "inspection": ("refusal",),
    "inspection_answer": ("note",),
    "inspection_finding": ("words",),
    "item": ("title", "place"),
    "item_move": ("place", "words", "receiver", "via", "by"),
    "journal": ("text", "decision", "via", "by", "struck_reason"),
    "obligation": ("reason", "explanation"),
    "readiness_statement": ("words", "by", "verdict_words"),
    "report_sending": ("reason", "via", "received_by"),
    "roll_up": ("remarks",),
    "task": ("words", "said", "via"),
    "wording": ("value",),
}  # fmt: skip
OF: Mapping[str, str] = {
    **dict.fromkeys(_HOUSE, HOUSE),
    **{f"{table}.{column}": WORDS for table, columns in _WORDS.items() for column in columns},
    "attachment.name": FILES, "attachment.note": FILES, "attachment.by": FILES,
    "vault.sealed": VAULT, "reveal.reason": VAULT,
    "notice.address": NOTICES,
    "handover.note": ROSTER,
    "card.body": DRAWN,
    "answer.body": DAY,
}  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """One class in one operation: how many days the plan says, and when it is due; null while the operation runs."""

    code: str
    days: int
    due_at: datetime | None
    basis: str = ""
    title: Mapping[str, str] | None = None

    @property
    def by_age(self) -> bool:
        """Whether each row goes by its own age, whatever the operation does."""
        return self.code == LOOKS

    def over(self, at: datetime) -> bool:
        """Whether its time is over."""
        return self.due_at is not None and at >= self.due_at


def unclassed(holders: Iterable[str], classed: Mapping[str, str] = OF) -> list[str]:
    """Text columns without a class; those that go with their member need none."""
    return [f"{name} has no class of retention" for name in sorted({*holders} - {*classed})]


def of_wording(kind: str) -> str:
    """The class of the words behind an entry, by its kind."""
    if kind.startswith("personal."):
        return VAULT
    if kind == "file.attached":
        return FILES
    return ROSTER if kind.startswith("handover.") else WORDS


def stood_down_at(phases: Sequence[tuple[datetime, str]]) -> datetime | None:
    """From when an operation has been standing down without being taken up again; None while it runs."""
    since: datetime | None = None
    for at, phase in phases:
        if phase not in ENDED:
            since = None
        elif since is None:
            since = at
    return since


def due_at(since: datetime | None, days: int) -> datetime | None:
    """When a class is due. Units: whole days of 24 hours after the stand-down."""
    return None if since is None else since + timedelta(days=days)
