"""Who stands at a door of the API, as far as the door has to know. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Asking(Protocol):
    """What a door needs to know of whoever asks."""

    @property
    def member(self) -> str: ...

    @property
    def desk(self) -> str: ...

    def lacks(self, scope: str) -> str | None: ...


@dataclass(frozen=True)
class Machine:
    """Whoever comes to a door that checks a signature itself; a signature has no scopes."""

    member: str = ""
    desk: str = ""

    def lacks(self, scope: str) -> str | None:
        return None
