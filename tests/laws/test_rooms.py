"""Inside a room: doors open the unit of work, verbs are told the time, tables stay at home."""

from __future__ import annotations

import ast
from pathlib import Path

from .house import DOORS, OPENERS, ROOT, Source, called, house_parts, imports, plant, sources

# Words by which somebody would ask the machine what time it is.
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
VERBS_NEVER = {"commit", "rollback", "unit_of_work"}
VERBS_NEVER_IMPORT = {"flask", "werkzeug", "flask_socketio", "socketio"}


def breaches(root: Path) -> list[str]:
    """Every breach of the manners of a room."""
    judges = (hidden_imports, imported_doors, foreign_tables, opened_work, clock_readings, verbs_that_know_too_much)
    return [fault for source in sources(root) for judge in judges for fault in judge(source)]


def hidden_imports(source: Source) -> list[str]:
    """Imports stand at the top of a file: one inside a function or a block says that a word is on the wrong floor."""
    shown = {id(node) for node in source.tree.body}
    return [
        f"{source.at(node.lineno)} imports inside a function or a block"
        for node in source.nodes()
        if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in shown
    ]


def imported_doors(source: Source) -> list[str]:
    """Nobody imports a door; the files of one door, when it is a folder, know each other."""
    return [
        f"{source.at(imported.line)} imports a door, {'.'.join(parts)}"
        for imported in imports(source)
        if source.room
        and (parts := house_parts(imported))
        and DOORS & set(parts[1:2])
        and parts[:2] != source.parts[:2]
    ]


def foreign_tables(source: Source) -> list[str]:
    """Another room is asked through its actions, queries or pure files, the kernel through its words."""
    return [
        f"{source.at(imported.line)} touches the tables of {parts[0]}"
        for imported in imports(source)
        if source.room and (parts := house_parts(imported)) and parts[1:2] == ["models"] and parts[0] != source.room
    ]


def opened_work(source: Source) -> list[str]:
    if source.room in {None, "kernel"} or OPENERS & set(source.parts):
        return []
    return [
        f"{source.at(node.lineno)} opens a unit of work and is no door"
        for node in source.nodes()
        if isinstance(node, ast.Call) and called(node) == "unit_of_work"
    ]


def clock_readings(source: Source) -> list[str]:
    """Only kernel/clock.py asks the machine and defines `now`."""
    if source.parts == ["kernel", "clock"]:
        return []
    faults = [
        f"{source.at(node.lineno)} asks the machine for the time: take `at`, or in a door clock.now()"
        for node in source.nodes()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and asks_the_machine(node.func)
    ]
    return faults + [
        f"{source.at(node.lineno)} defines now(), which belongs to kernel/clock.py"
        for node in source.nodes()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == "now"
    ]


def asks_the_machine(function: ast.Attribute) -> bool:
    """Whether it reads `datetime.now`, `datetime.datetime.now` and the like."""
    owner = function.value
    name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
    return (name, function.attr) in CLOCKS


def verbs_that_know_too_much(source: Source) -> list[str]:
    """Actions never commit, never read the clock and never know HTTP."""
    if "actions" not in source.parts[1:]:
        return []
    faults = [
        f"{source.at(node.lineno)} is an action and calls {called(node)}()"
        for node in source.nodes()
        if isinstance(node, ast.Call) and (called(node) in VERBS_NEVER or is_clock_now(node))
    ]
    return faults + [
        f"{source.at(imported.line)} is an action and imports {imported.module}"
        for imported in imports(source)
        if imported.module.split(".")[0] in VERBS_NEVER_IMPORT
    ]


def is_clock_now(node: ast.Call) -> bool:
    """`clock.now()` or a bare `now()`; the database's own `func.now()` is no clock of ours."""
    if isinstance(node.func, ast.Name):
        return node.func.id == "now"
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    return called(node) == "now" and isinstance(owner, ast.Name) and owner.id == "clock"


def test_rooms_keep_their_manners():
    assert breaches(ROOT) == []


def test_an_import_inside_a_function_or_block_is_named(tmp_path):
    text = "import ast\nif True:\n    import re\ndef f():\n    from os import path\n"
    assert breaches(plant(tmp_path, {"incident_hub/app.py": text})) == [
        "incident_hub/app.py:3 imports inside a function or a block",
        "incident_hub/app.py:5 imports inside a function or a block",
    ]


def test_importing_a_door_is_named_except_at_the_roof(tmp_path):
    text = "from incident_hub.board import live\nfrom incident_hub.board.routes import hall\n"
    own = {"incident_hub/board/live/pump.py": "from .watchers import Watchers\nfrom ..queries import live\n"}
    root = plant(tmp_path, {"incident_hub/app.py": text, "incident_hub/engine/heart.py": text, **own})
    assert breaches(root) == [
        "incident_hub/engine/heart.py:1 imports a door, board.live",
        "incident_hub/engine/heart.py:2 imports a door, board.routes.hall",
    ]


def test_touching_the_tables_of_another_room_is_named(tmp_path):
    files = {
        "incident_hub/incidents/queries.py": "from . import models\nfrom incident_hub.agencies.models import Desk\n",
        "incident_hub/incidents/actions.py": "from incident_hub.obligations import models\n",
    }
    assert breaches(plant(tmp_path, files)) == [
        "incident_hub/incidents/actions.py:1 touches the tables of obligations",
        "incident_hub/incidents/queries.py:2 touches the tables of agencies",
    ]


def test_a_unit_of_work_opened_behind_the_doors_is_named(tmp_path):
    text = "def f():\n    with unit_of_work() as at:\n        return at\n"
    places = ("incidents/api", "incidents/queries", "engine/loop", "kernel/doors", "cli")
    root = plant(tmp_path, {f"incident_hub/{place}.py": text for place in places})
    assert breaches(root) == ["incident_hub/incidents/queries.py:2 opens a unit of work and is no door"]


def test_reading_the_clock_outside_of_the_kernel_is_named(tmp_path):
    files = {
        "incident_hub/kernel/clock.py": "def now():\n    return datetime.now(UTC)\n",
        "incident_hub/board/routes.py": "def f():\n    return clock.now(), datetime.datetime.now(UTC)\n",
        "incident_hub/roster/rotation.py": "def now():\n    return date.today()\n",
    }
    asked = "asks the machine for the time: take `at`, or in a door clock.now()"
    assert breaches(plant(tmp_path, files)) == [
        f"incident_hub/board/routes.py:2 {asked}",
        f"incident_hub/roster/rotation.py:2 {asked}",
        "incident_hub/roster/rotation.py:1 defines now(), which belongs to kernel/clock.py",
    ]


def test_an_action_that_commits_reads_the_clock_or_knows_http_is_named(tmp_path):
    text = "from flask import request\ndef f():\n    db.session.commit()\n    clock.now()\n    func.now()\n"
    assert breaches(plant(tmp_path, {"incident_hub/incidents/actions.py": text})) == [
        "incident_hub/incidents/actions.py:3 is an action and calls commit()",
        "incident_hub/incidents/actions.py:4 is an action and calls now()",
        "incident_hub/incidents/actions.py:1 is an action and imports flask.request",
    ]
