"""How a fact reached the Hub when it was not typed by its author, and the instants that go with it (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from incident_hub.kernel.saying import say

CHANNELS = ("phone", "radio", "fax", "paper", "face")


@dataclass(frozen=True)
class Via:
    """Said by somebody, through some channel, before it was typed.

    Shape: agency, desk and post say who spoke; `words_by` is a person's name and `words` what was said.
    """

    channel: str
    agency: str | None = None
    desk: str | None = None
    post: str | None = None
    words_by: str | None = None
    stated_at: datetime | None = None
    words: str | None = None

    def codes(self) -> dict[str, Any]:
        """The part that goes into the chained entry: codes and instants."""
        speaker = {"agency": self.agency, "desk": self.desk, "post": self.post}
        return {"channel": self.channel, "from": speaker, "stated_at": self.stated_at}

    def texts(self) -> dict[str, str]:
        """The part that goes beside it: names and words."""
        return {"via.words_by": self.words_by or "", "via.words": self.words or ""}

    def shape(self) -> dict[str, Any]:
        """All of it, for those who may read the journal."""
        speaker = {"agency": self.agency, "desk": self.desk, "post": self.post, "words_by": self.words_by}
        return {"channel": self.channel, "from": speaker, "stated_at": self.stated_at, "words": self.words}


def too_early(name: str, instant: datetime | None, at: datetime) -> str | None:
    """Why an instant of the past cannot be this one; None when it can (rulings 18)."""
    if instant is not None and instant > at:
        return say("{name} lies in the future; what was said or known has an instant no later than now.", name=name)
    return None
