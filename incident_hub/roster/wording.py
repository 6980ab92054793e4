"""The few words by which the roster speaks outside of the Hub's own pages. Pure."""

from __future__ import annotations

from collections.abc import Mapping

_WHY = {
    "rotation": ("轮值", "Rotation"),
    "holiday": ("节假日值班", "Holiday duty"),
    "temporary": ("临时加强", "Temporary rotation"),
    "override": ("替班", "Standing in"),
    "swap": ("换班", "Exchanged"),
    "appointed": ("固定", "Appointed"),
}
_ROSTER = ("值班表", "Duty roster")


def why(code: str, language: str) -> str:
    """How a shift came about."""
    return _WHY[code][language != "zh"]


def name(place: str, language: str) -> str:
    """What a calendar of a place is called."""
    return f"{place} {_ROSTER[language != 'zh']}"


def said(title: Mapping[str, str], language: str) -> str:
    """A title in a reader's language, or in the one there is."""
    return title.get(language) or next(iter(title.values()), "")
