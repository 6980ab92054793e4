"""Whatever a test provokes the Hub to refuse is refused in both languages; the law reads the source, this hears it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from incident_hub.kernel.errors import Refusal
from incident_hub.kernel.saying import Tongue


@contextmanager
def both() -> Iterator[None]:
    """Until it is over, a refusal of which some sentence has no Chinese fails the request that met it."""
    problem = Refusal.problem

    def heard(self: Refusal, chinese: Tongue | None = None) -> dict[str, Any]:
        told = problem(self, chinese)
        untold = [one["detail"] for one in (told, *told.get("errors", ())) if not one.get("detail_zh")]
        # A test may hang doors into a bare application, which has no book of sentences.
        if untold and chinese:
            raise AssertionError(f"nobody has said this in Chinese: {untold}")
        return told

    Refusal.problem = heard
    try:
        yield
    finally:
        Refusal.problem = problem
