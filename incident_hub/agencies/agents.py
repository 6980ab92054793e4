"""Which browser on which system, in two words that a member knows it again by. Pure."""

from __future__ import annotations

# The order tells: every browser names the ones before it as well.
_BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip


def two_words(agent: str) -> str:
    """`Firefox · Windows`; what sends something else is a program. Nothing finer is kept."""
    found = [next((word for mark, word in marks if mark in agent), "") for marks in (_BROWSERS, _SYSTEMS)]
    return " · ".join(word for word in found if word) or "API"
