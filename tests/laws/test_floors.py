"""A room imports only rooms on lower floors."""

from __future__ import annotations

from pathlib import Path

from .house import BUILT, FLOORS, PACKAGE, ROOT, TECHNICAL, Source, house_parts, imports, plant, sources


def climbs(root: Path) -> list[str]:
    """Every import that goes up, sideways or out of the rooms, and every file that stands outside of them."""
    return [fault for source in sources(root) for fault in climbs_of(source)] + strangers(root)


def climbs_of(source: Source) -> list[str]:
    faults: list[str] = []
    for imported in imports(source):
        parts = house_parts(imported)
        if not parts or source.room is None or source.room == parts[0]:
            continue
        if parts[0] in TECHNICAL and parts[0] != "__init__":
            faults.append(f"{source.at(imported.line)} imports {parts[0]}, which knows the rooms and is known by none")
        elif FLOORS.get(parts[0], -1) >= FLOORS.get(source.room, 99):
            faults.append(f"{source.at(imported.line)} imports {parts[0]}, which is not on a floor below {source.room}")
    return faults


def strangers(root: Path) -> list[str]:
    """What stands in the package and is neither a room nor one of the files around them."""
    places = {path.relative_to(root / PACKAGE).parts[0] for path in (root / PACKAGE).rglob("*.py")}
    known = FLOORS.keys() | TECHNICAL | BUILT
    return [
        f"{PACKAGE}/{place} is not a room of the house" for place in sorted(places) if Path(place).stem not in known
    ]


def test_every_import_goes_down():
    assert climbs(ROOT) == []


def test_an_import_upwards_sideways_or_of_the_roof_is_named(tmp_path):
    root = plant(
        tmp_path,
        {
            "incident_hub/kernel/record.py": "from incident_hub.incidents import actions\n",
            "incident_hub/plan/check.py": "import incident_hub.agencies.standing\n",
            "incident_hub/board/routes.py": "from incident_hub import app, engine\nfrom ..kernel import record\n",
            "incident_hub/engine/loop.py": "from ..board import snapshot\nfrom . import lease\n",
        },
    )
    assert climbs(root) == [
        "incident_hub/board/routes.py:1 imports app, which knows the rooms and is known by none",
        "incident_hub/board/routes.py:1 imports engine, which is not on a floor below board",
        "incident_hub/kernel/record.py:1 imports incidents, which is not on a floor below kernel",
        "incident_hub/plan/check.py:1 imports agencies, which is not on a floor below plan",
    ]


def test_a_folder_that_is_no_room_is_named(tmp_path):
    root = plant(tmp_path, {"incident_hub/common/words.py": "", "incident_hub/extra.py": "", "incident_hub/app.py": ""})
    assert climbs(root) == [
        "incident_hub/common is not a room of the house",
        "incident_hub/extra.py is not a room of the house",
    ]
