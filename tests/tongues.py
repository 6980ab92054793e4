"""Whatever a test provokes the Hub to refuse is refused in both languages; the law reads the source, this hears it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import has_request_context

from incident_hub.kernel.errors import Refusal
from incident_hub.kernel.saying import Tongue


@contextmanager
def both() -> Iterator[None]:
    """Until it is over, a refusal of which some sentence has no Chinese fails the request that met it."""
    problem = Refusal.problem

    def heard(self: Refusal, chinese: Tongue | None = None) -> dict[str, Any]:
        told = problem(self, chinese)
        untold = [one["detail"] for one in (told, *told.get("errors", ())) if not one.get("detail_zh")]
        # Outside of a request, and in a bare application without a book of sentences, nobody reads it.
        if untold and chinese and has_request_context():
            raise AssertionError(f"nobody has said this in Chinese: {untold}")
        return told

    Refusal.problem = heard
    try:
        yield
    finally:
        Refusal.problem = problem
