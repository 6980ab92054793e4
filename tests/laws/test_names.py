"""Words of the trade: no name that would fit any program, and nothing left undone."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from .house import PACKAGE, ROOT, plant, sources

VAGUE = re.compile(r"^(utils?|helpers?|managers?|services?|handlers?|data|infos?|common|core|misc|lib|base)$")
VAGUE_CLASS = re.compile(r"(Utils?|Helper|Manager|Service|Handler|Data|Info)$")
# Put together here, so that this file does not name what it looks for.
UNDONE = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error"]) + r")\b")
WRITTEN = {".py", ".ts", ".css", ".html", ".toml", ".md", ".po", ".txt"}


def vague(root: Path) -> list[str]:
    """Every file, folder or class whose name says nothing of the trade."""
    faults: list[str] = []
    for source in sources(root):
        faults += [f"{source.at(1)} has a part called {part}" for part in source.parts if VAGUE.match(part)]
        faults += [
            f"{source.at(node.lineno)} has a class called {node.name}"
            for node in source.nodes()
            if isinstance(node, ast.ClassDef) and VAGUE_CLASS.search(node.name)
        ]
    return faults


def undone(root: Path) -> list[str]:
    """Every line that promises work instead of doing it."""
    places = [root / name for name in (PACKAGE, "templates", "migrations", "config", "docs")]
    found = [path for place in places for path in sorted(place.rglob("*")) if path.suffix in WRITTEN]
    return [
        f"{path.relative_to(root)}:{number} is left undone"
        for path in found
        if not {"node_modules", "static"} & set(path.relative_to(root).parts)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if UNDONE.search(line)
    ]


def test_names_are_words_of_the_trade():
    assert vague(ROOT) == []


def test_nothing_is_left_undone():
    assert undone(ROOT) == []


def test_a_vague_file_folder_or_class_is_named(tmp_path):
    files = {
        "incident_hub/plan/utils.py": "",
        "incident_hub/data/x.py": "",
        "incident_hub/app.py": "class DeskManager: ...",
    }
    assert vague(plant(tmp_path, files)) == [
        "incident_hub/app.py:1 has a class called DeskManager",
        "incident_hub/data/x.py:1 has a part called data",
        "incident_hub/plan/utils.py:1 has a part called utils",
    ]


def test_a_promise_of_work_is_named(tmp_path):
    word = "TO" + "DO"
    root = plant(tmp_path, {"incident_hub/app.py": f"x = 1\n# {word} later\n", "templates/a.html": "todos are fine\n"})
    assert undone(root) == ["incident_hub/app.py:2 is left undone"]
