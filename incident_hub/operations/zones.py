"""The zone of an operation as people say it (pure)."""

from __future__ import annotations


def zone_title(zone: str, lang: str) -> str:
    """What stands beside a time of day: Beijing time by its name, any other zone by its code."""
    if zone != "Asia/Shanghai":
        return zone
    return "北京时间" if lang == "zh" else "Beijing time"
