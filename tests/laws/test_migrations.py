"""Migrations say why, and lead from nothing to exactly what the models say."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Column, Engine, MetaData, String, Table, create_engine, inspect

import incident_hub.app
from incident_hub.kernel.database import Base
from tests import postgres

from .house import ROOT, plant


def silent(root: Path) -> list[str]:
    """Migrations whose first line is not a sentence that says why."""
    faults: list[str] = []
    for path in sorted((root / "migrations" / "versions").glob("*.py")):
        first = (ast.get_docstring(ast.parse(path.read_text())) or "").partition("\n")[0]
        if len(first.split()) < 5 or not first.endswith("."):
            faults.append(f"{path.name} does not begin with a sentence that says why")
    return faults


def migrated(url: str) -> Engine:
    """A database brought from nothing to the newest migration."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations").replace("%", "%%"))
    config.attributes["url"] = url
    command.upgrade(config, "head")
    return create_engine(url)


def differences(engine: Engine, metadata: MetaData) -> list[Any]:
    """What a new migration would have to change for the database to equal the models."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return compare_metadata(context, metadata)


def test_every_migration_says_why():
    assert any((ROOT / "migrations" / "versions").glob("*.py"))
    assert silent(ROOT) == []


def test_migrations_from_nothing_equal_the_models(tmp_path):
    assert len(incident_hub.app.ROOMS) > 3  # every room's models are loaded
    engine = migrated(f"sqlite:///{tmp_path}/hub.db")
    assert len(inspect(engine).get_table_names()) > 10
    assert differences(engine, Base.metadata) == []
    engine.dispose()


@pytest.mark.postgres
def test_migrations_from_nothing_equal_the_models_on_postgresql():
    with postgres.running() as server:
        engine = migrated(server.url(server.fresh()))
        assert differences(engine, Base.metadata) == []
        engine.dispose()


def test_a_migration_without_a_reason_is_named(tmp_path):
    files = {
        "migrations/versions/0001_first.py": '"""The record begins: chains, entries and feeds."""\n',
        "migrations/versions/0002_more.py": '"""add desk.\n\nRevision ID: 0002\n"""\n',
        "migrations/versions/0003_none.py": "revision = '0003'\n",
    }
    assert silent(plant(tmp_path, files)) == [
        "0002_more.py does not begin with a sentence that says why",
        "0003_none.py does not begin with a sentence that says why",
    ]


def test_a_column_that_no_migration_made_is_found(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/hub.db")
    metadata = MetaData()
    Table("desk", metadata, Column("code", String(8), primary_key=True))
    metadata.create_all(engine)
    assert differences(engine, metadata) == []
    metadata.tables["desk"].append_column(Column("title", String(8)))
    assert [change[0] for change in differences(engine, metadata)] == ["add_column"]
    engine.dispose()
