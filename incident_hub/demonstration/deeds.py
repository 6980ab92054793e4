"""One deed of the demonstration: somebody does something at an instant of the week."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from incident_hub.agencies.standing import Asker
from incident_hub.operations.queries import Operation


@dataclass(frozen=True)
class Deed:
    """Shape: `by` is a login, `verb` what its role must be allowed; `act` runs inside the unit of work."""

    at: datetime
    by: str
    verb: str
    act: Callable[[Operation, Asker, datetime], None]
