"""Twelve duty rooms around the small city's regulator, one of which is reached by telephone alone."""

from __future__ import annotations

import json
from typing import Any

from incident_hub.agencies import actions as agencies_actions
from incident_hub.agencies import directory
from incident_hub.agencies import queries as agencies
from incident_hub.cli.directory import appoint_all
from incident_hub.cli.operations import open_from
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel.database import unit_of_work
from tests.night import FILES, Hub

ROOMS = tuple(f"room-{n:02}" for n in range(1, 12))
PHONED = "lighthouse"
AGENCY = """
[[agency]]
code = "{room}"
title = {{ zh = "{n}号值班室", en = "Duty room {n}" }}
kind = "carrier"
"""
MEMBER = """
[[member]]
login = "{room}.{post}"
name = "{room} {post}"
seats = [{{ desk = "{room}/duty", role = "{post}", post = "{post}" }}]
"""
LIGHTHOUSE = """
[[agency]]
code = "lighthouse"
title = { zh = "灯塔", en = "Lighthouse" }
kind = "other"
membership = "contact_only"
"""


def with_rooms(hub: Hub) -> None:
    """The small city, with eleven duty rooms more that have an officer and a leader, and the lighthouse."""
    hub.people()
    posts = [(room, post) for room in ROOMS for post in ("duty_officer", "duty_leader")]
    text = "".join(AGENCY.format(room=room, n=room[-2:]) for room in ROOMS) + LIGHTHOUSE
    text += "".join(MEMBER.format(room=room, post=post) for room, post in posts)
    rows, faults = directory.read(text, agencies.known())
    assert not faults, faults
    with unit_of_work() as at:
        agencies_actions.load_directory(rows, {}, at=at, by=CONSOLE)
        appoint_all(rows, at)
    file = (FILES / "operation.toml").read_text(encoding="utf-8")
    named = ", ".join(f'"{one}"' for one in (*ROOMS, PHONED))
    for old, new in (
        ('"carrier-b"]\n\n[parties]', f'"carrier-b", {named}]\n\n[parties]'),
        ("../../config", str(FILES.parents[1] / "config")),
    ):
        assert old in file
        file = file.replace(old, new)
    (hub.folder / "rooms.toml").write_text(file, encoding="utf-8")
    open_from(hub.folder / "rooms.toml")


def sent(hub: Hub, login: str = "ben", **changed: Any) -> Any:
    """Send a bulletin as somebody."""
    body = {
        "kind": "warning",
        "title": "注意同类包裹",
        "to": ["carrier-a/duty", "carrier-b/duty"],
        "within_minutes": 30,
    }
    return hub.as_(login).post("/operations/EXPO/bulletins", body | changed)


def kinds(hub: Hub, login: str) -> list[str]:
    """What somebody's desk was shown about bulletins."""
    every = [one["kind"] for one in hub.as_(login).get("/operations/EXPO/feed?limit=1000").json["items"]]
    return [one for one in every if one.startswith("bulletin.")]


def heard(hub: Hub, login: str) -> str:
    """All that somebody's desk was shown since the operation was opened, as text."""
    entries = hub.as_(login).get("/operations/EXPO/feed?limit=1000").json["items"]
    return json.dumps([one for one in entries if one["kind"] != "operation.opened"], ensure_ascii=False)
