"""A link as it is met by whoever holds it, and what is said when it holds no more. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.saying import say_both
from incident_hub.plan.words import Words


@dataclass(frozen=True)
class Link:
    """What a link is for: one unit and date, until when, and who made it."""

    id: str
    chain: int
    unit: str
    title: Any
    agency: str
    date: date
    due_at: datetime
    desk: str
    desk_id: int
    expires_at: datetime


class Over(NotKnown):
    """The link was real and holds no more. Nothing is said but that, and whom to ask."""

    def __init__(self, desk: str, *, used: bool) -> None:
        super().__init__()
        self.words = (
            Words(
                f"这个链接已用过一次，报告已收到；要更正请联系{desk}。",
                f"This link was used; the return was received. To correct it ask {desk}.",
            )
            if used
            else Words(f"这个链接已失效；请向{desk}另要一个。", f"This link has ended; ask {desk} for another.")
        )
        self.detail = say_both(self.words.en, self.words.zh)
        self.extra = {"words": asdict(self.words)}
