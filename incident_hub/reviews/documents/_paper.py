"""What every written review is made from: its words, the wall clock, and which incidents it tells whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from incident_hub.operations.zones import zone_title
from incident_hub.reviews import words
from incident_hub.reviews.labels import label
from incident_hub.reviews.outward import exported

TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "reviews" / "documents"
# More than this on paper is read by nobody; the JSON document has everything.
WHOLE = 200
# Characters that turn the direction of a line or break it unseen.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

Write = Callable[[Any], str]


def sheet(write: Write) -> Environment:
    """Where the templates of documents are read; `write` makes every value inert before it is put in."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True, finalize=write, autoescape=False,  # noqa: S701  every value passes `write`
    )  # fmt: skip


def told(review: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Everything a template may use. What the house itself says is Markup; everything else is made inert."""
    review = exported(review)
    zone, names = review["operation"]["zone"], review["names"]
    tables = {
        "status": words.STATUSES, "grade": words.GRADES, "role": words.ROLES, "post": words.POSTS,
        "force": words.FORCES, "state": words.STATES, "phase": words.PHASES, "proof": words.PROOFS,
        "acknowledged": words.ACKNOWLEDGED, "verification": words.VERIFICATIONS,
    }  # fmt: skip
    whole = [one for one in review["incidents"] if not one["timeline_left_out"]][:WHOLE]
    return {
        "lang": "zh-CN" if lang.startswith("zh") else "en",
        "review": review,
        "figures": review["figures"],
        "whole": whole,
        "zone": zone_title(zone, lang),
        # Labels are ours, yet what is filled into them may not be: only a bare label is taken as it stands.
        "say": lambda name, **slots: label(name, lang, **slots) if slots else Markup(label(name, lang)),  # noqa: S704
        "word": lambda table, code: words.said(tables[table], code, lang),
        "name": lambda code: names.get(code, code) if code else "—",
        "at": lambda value: Markup(words.wall(value, zone)),  # noqa: S704
        "slack": lambda value: Markup(words.slack_words(value, lang)),  # noqa: S704
        "span": lambda value: Markup("—" if value is None else words.span(value, lang)),  # noqa: S704
    }


def seen(text: str) -> str:
    """A text without the characters that cannot be seen and change what is."""
    return _UNSEEN.sub("", text)
