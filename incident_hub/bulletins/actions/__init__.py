"""The verbs of a bulletin: send, answer, close."""

from __future__ import annotations

from .answering import answer
from .ending import end
from .sending import Outgoing, send

__all__ = ["Outgoing", "answer", "end", "send"]
