"""The days of the expo with units in them: three of carrier A, one of them a site's, and one of carrier B."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.night import Hub

DOOR = "/operations/EXPO/zero-reports"
# 08:00 in Beijing on a day of the expo; the cut-off is 16:00.
MORNING = datetime(2026, 9, 17, 0, tzinfo=UTC)
TODAY = "2026-09-17"
CODES = (
    "accepted", "inspected", "sealed", "screened", "prohibited-a", "prohibited-b", "prohibited-c", "hazards-found",
    "hazards-closed", "hazards-overdue", "staff", "vehicles", "incidents-open",
)  # fmt: skip
QUIET = dict.fromkeys(CODES, 0) | {"accepted": 400, "inspected": 400, "sealed": 400, "staff": 12}


def unit(code: str, agency: str = "carrier-a", **more: Any) -> dict[str, Any]:
    title = {"zh": f"{code}营业部", "en": f"Outlet {code}"}
    return {"unit": code, "title": title, "agency": agency, "first_day": TODAY, **more}


def begin(hub: Hub, units: list[dict[str, Any]] | None = None) -> None:
    """Move to the morning of a day of the expo and take the units in."""
    hub.clock.at = MORNING
    hub.tick()
    listed = units or [unit("A1", site="carrier-a/site-001"), unit("A2"), unit("A3"), unit("B1", "carrier-b")]
    made = hub.as_("ben.leader").post("/operations/EXPO/units", {"units": listed})
    assert made.status_code == 201, made.text


def at(hub: Hub, hour: int, minute: int = 0) -> None:
    """Go on to a wall time of that day in Beijing, the engine looking on the way."""
    wanted = MORNING + timedelta(hours=hour - 8, minutes=minute)
    assert wanted > hub.clock.at
    hub.clock.at = wanted
    hub.tick()


def line(code: str, counts: dict[str, int] | None = None, **more: Any) -> dict[str, Any]:
    """What one unit states."""
    return {"unit": code, "date": TODAY, "counts": counts or QUIET, "stated_by": "duty_officer", **more}


def day(hub: Hub, login: str) -> dict[str, str]:
    """The word of every unit of that day that somebody may know of."""
    items = hub.as_(login).get(f"{DOOR}?date={TODAY}").json["items"]
    return {one["unit"]: one["cell"] for one in items}
