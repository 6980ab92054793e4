"""What a message says, from the templates of the reader's language: subject, body, a short text, a spoken sentence.

Nothing in it was typed by a person about an incident, and nobody is named in it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from incident_hub.notify.messages import Message, said, wall_time

from .channel import Settings

# A text message of one part: 70 characters of Chinese; 150 of English leave room for what a gateway adds.
SHORTEST = {"zh": 70, "en": 150}
_TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "notices"
# Plain text: nothing in it is ever read as markup, so nothing is escaped.
_pages = Environment(  # noqa: S701
    loader=FileSystemLoader(_TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_words = cast("dict[str, Any]", _pages.globals)
_words |= {"said": said, "wall_time": wall_time}
# What a room adds to the path of its own kind of message when it is written: a secret that is not to lie in the outbox.
endings: dict[str, Callable[[str, Settings], str]] = {}


def subject(message: Message) -> str:
    """One line: what it is, and what is wanted."""
    return _line("subject", message)


def body(message: Message, settings: Settings) -> str:
    """Everything the Hub says about it, with the address of the page."""
    paths = [endings[one.kind](one.path, settings) if one.kind in endings else one.path for one in message.matters]
    return _rendered("body", message, link=link(settings), paths=paths)


def short(message: Message) -> str:
    """The same in one text message; the words of the plan are cut before the instant or the mark of an exercise is."""
    most = SHORTEST[message.spoken]
    what = said(message.matters[0].what, message.spoken)
    text = _line("short", message, what=what)
    if len(text) > most:
        kept = max(len(what) - (len(text) - most) - 1, 0)
        text = _line("short", message, what=what[:kept] + "…")
    return text


def spoken(message: Message) -> str:
    """The sentence to say, or to have said, on the telephone."""
    return _line("voice", message)


def link(settings: Settings) -> str:
    """The address of this Hub as readers' browsers call it; empty when nobody said."""
    return str(settings.get("HUB_LINK") or "").rstrip("/")


def _line(name: str, message: Message, **more: Any) -> str:
    return " ".join(_rendered(name, message, **more).split())


def _rendered(name: str, message: Message, **more: Any) -> str:
    values = {"message": message, "matters": message.matters, "language": message.spoken, "mark": message.mark, **more}
    return _pages.get_template(f"{message.spoken}/{name}.txt").render(values)
