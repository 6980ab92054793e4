"""The verbs of a hazard. Each states one fact; what the plan wants of it is in the same entry."""

from __future__ import annotations

from .answering import enforce, evidence, extend, link, reopen, verify
from .finding import Found, find
from .settling import Settlement, settle

__all__ = [
    "Found", "Settlement", "enforce", "evidence", "extend", "find", "link", "reopen", "settle", "verify",
]  # fmt: skip
