"""How a fact reached the Hub when it was not typed by its author, as it arrives at a door (contract: `via`)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from .doors import Shape

_Code = Annotated[str, Field(max_length=96)]


class Speaker(Shape):
    """Who said it."""

    agency: _Code | None = None
    desk: _Code | None = None
    post: _Code | None = None
    words_by: Annotated[str, Field(max_length=300)] | None = None


class ViaIn(Shape):
    """Through what, from whom, when and in which words."""

    channel: Literal["phone", "radio", "fax", "paper", "face"]
    from_: Speaker = Field(default_factory=Speaker, alias="from")
    stated_at: AwareDatetime | None = None
    words: Annotated[str, Field(max_length=2000)] | None = None

    def fields(self) -> dict[str, Any]:
        """The same by the names the verbs use."""
        return {"channel": self.channel, **self.from_.model_dump(), "stated_at": self.stated_at, "words": self.words}
