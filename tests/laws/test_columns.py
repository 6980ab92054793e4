"""Every column carries one line of meaning, `#:` right above it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from .house import ROOT, Source, called, plant, sources

COLUMN = {"mapped_column", "Column"}


def meaningless(root: Path) -> list[str]:
    """Every column without its line."""
    return [
        f"{source.at(line)} is a column without a line of meaning"
        for source in sources(root)
        for line in sorted(set(columns(source)))
        if not has_meaning(source.text.splitlines(), line)
    ]


def columns(source: Source) -> Iterator[int]:
    """The line on which each column begins, in a class body or in a table."""
    for node in source.nodes():
        if isinstance(node, ast.ClassDef):
            yield from (statement.lineno for statement in node.body if is_column(statement))
        elif called(node) == "Table" and isinstance(node, ast.Call):
            yield from (argument.lineno for argument in node.args if called(argument) in COLUMN)


def is_column(statement: ast.stmt) -> bool:
    """An attribute with `mapped_column` or `Column`, or one that is only annotated as `Mapped[…]`."""
    if isinstance(statement, ast.Assign):
        return called(statement.value) in COLUMN
    if not isinstance(statement, ast.AnnAssign):
        return False
    if statement.value is not None:
        return called(statement.value) in COLUMN
    annotation = statement.annotation
    return isinstance(annotation, ast.Subscript) and ast.unparse(annotation.value) == "Mapped"


def has_meaning(lines: list[str], line: int) -> bool:
    """Whether the comment right above begins with `#:` and says something."""
    above = line - 2
    while above >= 0 and lines[above].strip().startswith("#") and not lines[above].strip().startswith("#:"):
        above -= 1
    words = lines[above].strip() if above >= 0 else ""
    return words.startswith("#:") and len(words.removeprefix("#:").strip()) > 2


def test_every_column_says_what_it_means():
    assert meaningless(ROOT) == []


def test_a_column_without_a_line_is_named(tmp_path):
    text = """
        class Post(Base):
            #: The post's code, unique at its desk.
            code: Mapped[str] = mapped_column(
                String(32),
            )
            title: Mapped[str] = mapped_column(String(80))
            #:
            rank: Mapped[int]
            #: A longer meaning
            # over two lines.
            since = mapped_column(Instant)
            desk: Mapped[Desk] = relationship()

        seats = Table(
            "seat",
            metadata,
            #: Whose seat it is.
            Column("member", Integer),
            Column("desk", Integer),
        )
    """
    assert meaningless(plant(tmp_path, {"incident_hub/agencies/models.py": text})) == [
        f"incident_hub/agencies/models.py:{line} is a column without a line of meaning" for line in (6, 8, 19)
    ]
