"""The house as it was drawn: its floors, its doors, and how a source file is read.

To move a wall, change `FLOORS` here and write why in docs/DECISIONS.md. There is no list of exceptions.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = "incident_hub"

# A room imports only rooms on lower floors; two rooms of one floor do not know each other.
FLOORS = {
    "kernel": 0,
    "plan": 1,
    "paper": 1,
    "agencies": 1,
    "operations": 2,
    "anchors": 3,
    "roster": 3,
    "notify": 3,
    "files": 3,
    "obligations": 4,
    "sign_in": 4,
    "incidents": 5,
    "exercise": 6,
    "auditing": 6,
    "hazards": 6,
    "linking": 6,
    "tasks": 6,
    "custody": 6,
    "personal": 6,
    "looks": 6,
    "inspections": 7,
    "readiness": 7,
    "reports": 7,
    "returns": 7,
    "bulletins": 7,
    "simulation": 8,
    "sharing": 8,
    "reviews": 9,
    "exchange": 10,
    "briefings": 10,
    "retention": 10,
    "board": 11,
    "engine": 12,
}

# The files around the rooms. They know all rooms, and no room knows them.
TECHNICAL = {"app", "cli", "cooperative", "demonstration", "__init__", "__main__", "bootstrap"}

# Folders below the trade: what the house stands on, and what it prints with. They are not judged as rooms are.
GROUND = {"kernel", "paper"}

# Folders that hold no Python.
BUILT = {"frontend", "static"}

# Where a request, a socket, a tick or a command comes in. Nobody imports a door.
DOORS = {"routes", "api", "live"}

# Who may open a unit of work, apart from the kernel and the files around the rooms.
OPENERS = DOORS | {"loop"}

# Sign-in stands between judgement and door: hashing, and from what is shown at the door to who asks.
SIGN_IN = {
    "passwords", "askers", "admission", "entrance", "sealing", "authenticator", "passkeys", "providers", "showing",
    "sitting", "elsewhere",
}  # fmt: skip

# Files of a room (or folders of such files) that may touch a framework or the database; every other file is pure.
IMPURE = (
    {"models", "actions", "queries", "loop", "heart", "lease", "watchdog", "channels", "documents"} | DOORS | SIGN_IN
)


@dataclass(frozen=True)
class Import:
    """One thing that a file imports, by its full dotted name, with the line."""

    module: str
    line: int


@dataclass(frozen=True)
class Source:
    """One Python file of the house, read once."""

    path: Path
    module: str
    text: str
    tree: ast.Module

    @property
    def parts(self) -> list[str]:
        """The words of its place below the package: `incidents`, `actions`."""
        return self.module.split(".")[1:] or ["__init__"]

    @property
    def room(self) -> str | None:
        """The room it stands in; None for the files around the rooms."""
        return self.parts[0] if self.parts[0] not in TECHNICAL else None

    def at(self, line: int) -> str:
        """Where, as a message names it."""
        return f"{self.module.replace('.', '/')}.py:{line}"

    def nodes(self) -> Iterator[ast.AST]:
        """Every node of its syntax tree."""
        return ast.walk(self.tree)


def sources(root: Path = ROOT) -> list[Source]:
    """Every Python file of the package under `root`, in order of path."""
    package = root / PACKAGE
    files = sorted(path for path in package.rglob("*.py") if path.relative_to(package).parts[0] not in BUILT)
    return [read(path, module_of(path, root)) for path in files]


def module_of(path: Path, root: Path) -> str:
    """The dotted name of a file; a folder's `__init__.py` bears the folder's name."""
    parts = list(path.relative_to(root).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def read(path: Path, module: str) -> Source:
    """Parse a file once for all laws."""
    text = path.read_text()
    return Source(path, module, text, ast.parse(text, str(path)))


def imports(source: Source) -> list[Import]:
    """What a file imports, as absolute names; `from . import x` names x as well, which may be a module."""
    found: list[Import] = []
    for node in source.nodes():
        if isinstance(node, ast.Import):
            found += [Import(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = absolute(source, node)
            found += [Import(f"{base}.{alias.name}", node.lineno) for alias in node.names]
    return found


def absolute(source: Source, node: ast.ImportFrom) -> str:
    """The module an import comes from, without dots at its front."""
    if not node.level:
        return node.module or ""
    parts = source.module.split(".")
    above = node.level - (source.path.name == "__init__.py")
    base = parts[: len(parts) - above] if above else parts
    return ".".join([*base, *([node.module] if node.module else [])])


def house_parts(imported: Import) -> list[str] | None:
    """The words below the package when an import stays inside the house: `kernel`, `record`, `append`."""
    parts = imported.module.split(".")
    return parts[1:] if parts[0] == PACKAGE else None


def standard(imported: Import) -> bool:
    """Whether an import is of Python's own library."""
    return imported.module.split(".")[0] in sys.stdlib_module_names


def called(node: ast.AST) -> str | None:
    """The last word of what a call calls: `now` for `clock.now()`."""
    if not isinstance(node, ast.Call):
        return None
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else None


def plant(root: Path, files: Mapping[str, str]) -> Path:
    """Write a small tree for a law to judge."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(dedent(text).lstrip("\n"))
    return root
