"""The API document (OpenAPI 3.1), made from the doors, and what the Hub says of its own readiness."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from sqlalchemy.exc import SQLAlchemyError

from .database import db
from .doors import PREFIX, Door
from .scanning import CHOICES, takes_words

MIGRATIONS = Path(__file__).resolve().parent.parent.parent / "migrations"
_PART = re.compile(r"<(\w+)>")
_BINARY = {"type": "string", "contentMediaType": "application/octet-stream"}
_PERSONAL = {"enum": [*CHOICES], "description": "What becomes of values of persons in the texts."}
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}


def openapi(doors: Sequence[Door]) -> dict[str, Any]:
    """The whole API: every door with what it takes, gives, refuses and the scope it wants."""
    models = sorted({m for d in doors for m in (d.takes, d.query) if m}, key=lambda m: (m.__module__, m.__qualname__))
    references, definitions = models_json_schema(
        [(model, "validation") for model in models], ref_template="#/components/schemas/{model}"
    )
    for door in doors:
        if door.takes and not door.plain and takes_words(door.takes):
            _schema(door.takes, references, definitions["$defs"])["properties"]["personal"] = _PERSONAL
    paths: dict[str, dict[str, Any]] = {}
    for door in doors:
        path = PREFIX + _PART.sub(r"{\1}", door.path)
        paths.setdefault(path, {})[door.method.lower()] = _operation(door, references, definitions.get("$defs", {}))
    return {
        "openapi": "3.1.0",
        "info": {"title": "Incident Hub", "version": "1"},
        "paths": paths,
        "components": {
            "schemas": {**definitions.get("$defs", {}), "Problem": _PROBLEM},
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "hub_session"},
            },
        },
        "security": [{"bearer": []}, {"session": []}],
    }


def readiness(engine_alive: bool | None) -> dict[str, Any]:
    """Whether the Hub can do its work, and what of it cannot.

    Shape: engine is null where no engine runs in this process.
    """
    database, migrated = True, False
    try:
        migrated = schema_version() == newest_version()
    except SQLAlchemyError:
        database = False
    ready = database and migrated and engine_alive is not False
    return {"ready": ready, "database": database, "migrations": migrated, "engine": engine_alive}


def schema_version() -> str | None:
    """The migration this database has reached."""
    db.session.rollback()
    version = MigrationContext.configure(db.session.connection()).get_current_revision()
    db.session.rollback()
    return version


def newest_version() -> str | None:
    """The newest migration there is."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config).get_current_head()


def _operation(door: Door, references: dict[Any, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _PART.findall(door.path)
    ]
    parameters.append({"name": "Hub-Desk", "in": "header", "schema": {"type": "string"}})
    if door.method == "POST":
        parameters.append({"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}})
    if door.query:
        parameters += _query(door.query, references, schemas)
    made: dict[str, Any] = {
        "operationId": f"{door.room}.{door.function.__name__}",
        "summary": door.says.partition("\n")[0],
        "tags": [door.room],
        "parameters": parameters,
        "responses": _responses(door),
        "x-scope": door.scope,
    }
    if door.takes:
        schema = references[door.takes, "validation"]
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    if door.uploads:
        form = {"type": "object", "required": ["file"], "properties": {"file": _BINARY, "note": {"type": "string"}}}
        made["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": form}}}
    return made


def _responses(door: Door) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    good = {"description": "Done.", "content": {"application/json": {"schema": {"type": "object"}}}}
    refused = {str(code): {"description": "Refused.", "content": problem} for code in (401, *door.errors, 429)}
    return {str(door.status): good, **refused}


def _query(model: type[BaseModel], references: dict[Any, Any], schemas: dict[str, Any]) -> list[dict[str, Any]]:
    schema = _schema(model, references, schemas)
    return [
        {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": field}
        for name, field in schema["properties"].items()
    ]


def _schema(model: type[BaseModel], references: dict[Any, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    return schemas[references[model, "validation"]["$ref"].rpartition("/")[2]]
