"""Caps, not averages: a file can be read in one sitting, a function without scrolling."""

from __future__ import annotations

import ast
from pathlib import Path

from .house import BUILT, PACKAGE, ROOT, plant, sources

FILE_LINES = 250
FUNCTION_LINES = 40


def files(root: Path) -> list[tuple[int, str]]:
    """Every file that people write in the house with its lines, the largest first."""
    package = root / PACKAGE
    typed = [path for path in (package / "frontend").rglob("*.ts") if "node_modules" not in path.parts]
    python = [path for path in package.rglob("*.py") if path.relative_to(package).parts[0] not in BUILT]
    lengths = [(len(path.read_text().splitlines()), str(path.relative_to(root))) for path in [*python, *typed]]
    return sorted(lengths, reverse=True)


def functions(root: Path) -> list[tuple[int, str]]:
    """Every function with its lines from `def` to its end, the longest first."""
    lengths = [
        (node.end_lineno - node.lineno + 1, f"{source.at(node.lineno)} {node.name}")
        for source in sources(root)
        for node in source.nodes()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    ]
    return sorted(lengths, reverse=True)


def too_large(root: Path) -> list[str]:
    """Everything over its cap."""
    return [
        f"{name} has {lines} lines of {cap}"
        for kind, cap in ((files, FILE_LINES), (functions, FUNCTION_LINES))
        for lines, name in kind(root)
        if lines > cap
    ]


def test_nothing_outgrows_a_sitting():
    for kind in (files, functions):
        print(f"largest {kind.__name__}:", *(f"{lines} {name}" for lines, name in kind(ROOT)[:3]), sep="\n  ")
    assert too_large(ROOT) == []


def test_a_file_and_a_function_over_the_cap_are_named(tmp_path):
    long = "def long():\n" + "    x = 1\n" * 40
    just = "def just():\n" + "    x = 1\n" * 39
    root = plant(
        tmp_path,
        {
            "incident_hub/plan/check.py": just + long,
            "incident_hub/plan/reader.py": "x = 1\n" * 251,
            "incident_hub/frontend/board.ts": "x = 1\n" * 251,
            "incident_hub/frontend/node_modules/lit/lit.ts": "x = 1\n" * 999,
            "incident_hub/plan/full.py": "x = 1\n" * 250,
        },
    )
    assert too_large(root) == [
        "incident_hub/plan/reader.py has 251 lines of 250",
        "incident_hub/frontend/board.ts has 251 lines of 250",
        "incident_hub/plan/check.py:41 long has 41 lines of 40",
    ]
