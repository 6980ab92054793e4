"""Whatever keeps what people wrote is known by name, so that destruction can walk it all."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Column, Integer, MetaData, String, Table, Text
from sqlalchemy.types import TypeDecorator

import incident_hub.app
from incident_hub.kernel import registry
from incident_hub.kernel.database import Base

# Codes, ids, hashes and addresses of our own are shorter than this; what people write is not.
LONGEST_CODE = 128


def unlisted(metadata: MetaData, holders: Collection[str]) -> list[str]:
    """Columns wide enough for words that are not listed, and listed ones that no table has."""
    columns = {f"{table.name}.{column.name}": column for table in metadata.sorted_tables for column in table.columns}
    wide = {name for name, column in columns.items() if holds_words(column)}
    return [
        f"{name} could keep what people wrote and is not listed by holds_text" for name in sorted(wide - {*holders})
    ] + [f"{name} is listed by holds_text and is no column" for name in sorted({*holders} - columns.keys())]


def holds_words(column: Column[object]) -> bool:
    """Whether a column takes long text as it is; columns with a form of their own (`Json`, `Instant`) hold codes."""
    if isinstance(column.type, TypeDecorator) or not isinstance(column.type, String):
        return False
    return column.type.length is None or column.type.length > LONGEST_CODE


def test_every_column_with_words_is_listed():
    assert len(incident_hub.app.ROOMS) > 3  # every room's models are loaded
    assert unlisted(Base.metadata, registry.text_holders) == []


def test_an_unlisted_column_and_a_listed_one_that_is_gone_are_named():
    metadata = MetaData()
    Table("note", metadata, Column("id", Integer), Column("words", Text), Column("code", String(32)))
    assert unlisted(metadata, {"note.code", "note.title"}) == [
        "note.words could keep what people wrote and is not listed by holds_text",
        "note.title is listed by holds_text and is no column",
    ]
