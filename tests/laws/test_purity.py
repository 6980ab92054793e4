"""Judgement is pure: apart from the files named for it, a room touches no framework, no database and no clock."""

from __future__ import annotations

from pathlib import Path

from .house import FLOORS, GROUND, IMPURE, PACKAGE, ROOT, Import, Source, house_parts, imports, plant, sources, standard

# The standard library's own `typing`, as later versions of Python have it.
TYPING = "typing_extensions"


def stains(root: Path) -> list[str]:
    """Every import by which a pure file would touch something that is not pure."""
    house = {source.module: source for source in sources(root)}
    return [fault for source in house.values() if is_judgement(source) for fault in stains_of(source, house)]


def is_judgement(source: Source) -> bool:
    """Whether a file promises purity by its name: a room's file that is not listed, nor stands in a listed folder."""
    return source.room in FLOORS and source.room not in GROUND and not IMPURE & set(source.parts[1:])


def stains_of(source: Source, house: dict[str, Source]) -> list[str]:
    """One fault a line, however many names the line imports."""
    stained = {found.line: found.module for found in reversed(imports(source)) if not is_pure(found, house)}
    return [f"{source.at(line)} is pure by its name and imports {stained[line]}" for line in sorted(stained)]


def is_pure(imported: Import, house: dict[str, Source]) -> bool:
    """The standard library, another pure file, or a file of the kernel that itself imports only those."""
    parts = house_parts(imported)
    if parts is None:
        return standard(imported) or imported.module.partition(".")[0] == TYPING
    target = house.get(imported.module) or house.get(imported.module.rpartition(".")[0])
    if target is None or target.module in {PACKAGE, f"{PACKAGE}.kernel.clock"}:
        return False
    if target.room == "kernel":
        return all(is_pure(further, house) for further in imports(target))
    return is_judgement(target)


def test_judgement_touches_no_framework():
    assert stains(ROOT) == []


def test_a_pure_file_that_reaches_for_a_framework_a_table_or_the_clock_is_named(tmp_path):
    root = plant(
        tmp_path,
        {
            "incident_hub/kernel/__init__.py": "",
            "incident_hub/kernel/clock.py": "from datetime import datetime\n",
            "incident_hub/kernel/text.py": "import hashlib\n",
            "incident_hub/kernel/database.py": "import sqlalchemy\n",
            "incident_hub/plan/contingency.py": "from dataclasses import dataclass\n",
            "incident_hub/obligations/models.py": "import sqlalchemy\n",
            "incident_hub/obligations/channels/mail.py": "import httpx\n",
            "incident_hub/obligations/ladder.py": """
                import re
                import flask
                from incident_hub.kernel import clock
                from incident_hub.kernel.text import sha256
                from incident_hub.kernel.database import db
                from incident_hub.plan.contingency import Rule
                from .models import Obligation
            """,
        },
    )
    assert stains(root) == [
        f"incident_hub/obligations/ladder.py:{line} is pure by its name and imports {module}"
        for line, module in (
            (2, "flask"),
            (3, "incident_hub.kernel.clock"),
            (5, "incident_hub.kernel.database.db"),
            (7, "incident_hub.obligations.models.Obligation"),
        )
    ]
