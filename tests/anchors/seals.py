"""What the tests of seals do again and again."""

from __future__ import annotations

from typing import Any

from incident_hub.kernel.text import canonical
from tests.cli.test_commands import typed
from tests.night import Hub

DOOR = "/operations/EXPO/anchors"


def handed_out(hub: Hub, login: str = "ana") -> list[dict[str, Any]]:
    """The seals as an agency gets them, oldest first."""
    items = hub.as_(login).get(DOOR).json["items"]
    return [{name: value for name, value in one.items() if name != "witnesses"} for one in reversed(items)]


def kept(hub: Hub) -> bytes:
    """The seals as an agency keeps them."""
    return b"".join(canonical(one) + b"\n" for one in handed_out(hub))


def export(hub: Hub) -> bytes:
    """The record as it is exported."""
    path = hub.folder / "export.jsonl"
    typed(hub, "record", "export", "EXPO", "-o", str(path))
    return path.read_bytes()
