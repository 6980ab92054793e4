"""The API document (OpenAPI 3.1), made from the doors, and what the Hub says of its own readiness."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from pydantic import BaseModel, TypeAdapter
from sqlalchemy.exc import SQLAlchemyError

from .database import db
from .door import Door, Media
from .doors import PREFIX
from .scanning import CHOICES, takes_words
from .shapes import Problem

MIGRATIONS = Path(__file__).resolve().parent.parent.parent / "migrations"
_PART = re.compile(r"<(\w+)>")
_BINARY = {"type": "string", "contentMediaType": "application/octet-stream"}
_PERSONAL = {"enum": [*CHOICES], "description": "What becomes of values of persons in the texts."}
_SCHEMAS = "#/components/schemas/"
_NAME = re.compile(r"^(?:incident_hub__(?P<room>[a-z_]+?)__[a-z_]*?(?P<name>[A-Z]\w*)|Listed_(?P<item>\w+)_)$")
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_REFUSED = {
    400: "It could not be read, or this is not a name the Hub answers to.",
    401: "Nobody is known to be asking.",
    403: "The role, the scope, the desk, the place in the circle or the mark of the session does not allow it.",
    404: "There is no such thing, or the asker's desk may not know of it; the two are never told apart.",
    409: "It does not fit the state the thing is in.",
    412: "Somebody else changed the same field.",
    413: "More than is taken at once.",
    422: "It was read, and something in it is wrong; the pointers say where.",
    428: "A change of fields must say which version it was made on.",
    429: "Too many tries in too short a time.",
}
_INFO = {
    "title": "Incident Hub",
    "version": "1",
    "summary": "Several agencies run the security of one event together.",
    "description": "What one may know depends on the desk one asks from (`Hub-Desk`); a thing one may not know of is "
    "404. Instants are RFC 3339 with an offset. Every refusal is a problem (RFC 9457) with one sentence that says what "
    "to do. Lists answer `items` and `next`, the cursor that goes on. A POST with an `Idempotency-Key` may be sent "
    "again.",
}
_HEADERS = {
    "Hub-Desk": "`agency/desk` one acts at; left out, that of the session or token.",
    "Idempotency-Key": "Up to 200 characters; sent again with the same body, the first answer is given.",
    "If-Match": "The ETag of the version the change was made on; without it the answer is 428.",
}
_ETAG = {"ETag": {"required": True, "description": "The version, for If-Match.", "schema": {"type": "string"}}}


def openapi(doors: Sequence[Door]) -> dict[str, Any]:
    """The whole API: every door with what it takes, gives, refuses and the scope it wants."""
    references, schemas = _described(doors)
    paths: dict[str, dict[str, Any]] = {}
    for door in doors:
        path = PREFIX + _PART.sub(r"{\1}", door.path)
        paths.setdefault(path, {})[door.method.lower()] = _operation(door, references, schemas)
    return {
        "openapi": "3.1.0",
        "info": _INFO,
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": _of_room(name)} for name in dict.fromkeys(door.room for door in doors)],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "parameters": {
                name: {
                    "name": name,
                    "in": "header",
                    "description": said,
                    "schema": {"type": "string", "maxLength": 200},
                }
                for name, said in _HEADERS.items()
            },
            "responses": {
                f"Refused{code}": {"description": said, "content": _PROBLEM} for code, said in _REFUSED.items()
            },
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


def _described(doors: Sequence[Door]) -> tuple[dict[Any, Any], dict[str, dict[str, Any]]]:
    """Where the document describes each shape, and all of its descriptions; what is not in one is not sent."""
    shapes: set[Any] = {Problem}
    for door in doors:
        shapes |= {shape for shape in (door.takes, door.query, door.gives) if shape and not isinstance(shape, Media)}
    listed: list[Any] = [(shape, "validation", TypeAdapter(shape)) for shape in sorted(shapes, key=repr)]
    made, told = TypeAdapter.json_schemas(listed, ref_template=_SCHEMAS + "{model}")
    names = {name: _NAME.sub(_called, name) for name in told["$defs"]}
    schemas: dict[str, dict[str, Any]] = {names[name]: _named(one, names) for name, one in told["$defs"].items()}
    for schema in schemas.values():
        if "properties" in schema:
            schema.setdefault("additionalProperties", False)
    references = {key: _named(schema, names) for key, schema in made.items()}
    for door in doors:
        if door.takes and not door.plain and takes_words(door.takes):
            _schema(door.takes, references, schemas)["properties"]["personal"] = _PERSONAL
    return references, schemas


def _called(found: re.Match[str]) -> str:
    """What two rooms call alike bears the room's name; a list the name of what is listed."""
    room, name, item = found["room"] or "", found["name"], found["item"]
    if item:
        return f"{item}List"
    return name if room == "kernel" else "".join(part.title() for part in room.split("_")) + name


def _named(schema: Any, names: Mapping[str, str]) -> Any:
    if isinstance(schema, dict):
        told = {key: value if key == "examples" else _named(value, names) for key, value in schema.items()}
        if isinstance(told.get("title"), str):
            # It says no more than the field's own name.
            del told["title"]
        if "$ref" in told:
            told["$ref"] = _SCHEMAS + names[told["$ref"].removeprefix(_SCHEMAS)]
        return told
    return [_named(one, names) for one in schema] if isinstance(schema, list) else schema


def _of_room(name: str) -> str:
    return (sys.modules[f"incident_hub.{name}"].__doc__ or "").strip().partition("\n")[0]


def _operation(door: Door, references: dict[Any, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _PART.findall(door.path)
    ]
    headers = ["Hub-Desk", *{"POST": ["Idempotency-Key"], "PATCH": ["If-Match"]}.get(door.method, [])]
    parameters += [{"$ref": f"#/components/parameters/{name}"} for name in headers]
    if door.query:
        parameters += _query(door.query, references, schemas)
    made: dict[str, Any] = {
        "operationId": f"{door.room}.{door.function.__name__}",
        "summary": door.says.partition("\n")[0],
        "tags": [door.room],
        "parameters": parameters,
        "responses": _responses(door, references),
        "x-scope": door.scope,
    }
    if door.takes:
        schema = references[door.takes, "validation"]
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    if door.uploads:
        form = {"type": "object", "required": ["file"], "properties": {"file": _BINARY, "note": {"type": "string"}}}
        made["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": form}}}
    if door.scope is None and door.signed:
        made["security"] = []
    return made


def _responses(door: Door, references: dict[Any, Any]) -> dict[str, Any]:
    if isinstance(door.gives, Media):
        content: dict[str, Any] = {media: {} for media in door.gives.types}
    else:
        content = {"application/json": {"schema": references[door.gives, "validation"]}}
    good = {"description": "Done.", "content": content} | ({"headers": _ETAG} if door.versioned else {})
    stood = {str(door.standing): good | {"description": "It stood there already."}} if door.standing else {}
    return {
        str(door.status): good,
        **stood,
        **{str(code): {"$ref": f"#/components/responses/Refused{code}"} for code in sorted(_refusals(door))},
    }


def _refusals(door: Door) -> set[int]:
    always = {400, 403, 429, *door.errors} | (set() if door.signed else {401})
    # Nothing is written in an operation that has ended, whatever the door.
    written = {409, 413} if door.method != "GET" else set[int]()
    return always | written | ({422} if door.takes or door.query or door.method == "POST" else set[int]())


def _query(model: type[BaseModel], references: dict[Any, Any], schemas: dict[str, Any]) -> list[dict[str, Any]]:
    schema = _schema(model, references, schemas)
    return [
        {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": field}
        for name, field in schema["properties"].items()
    ]


def _schema(model: type[BaseModel], references: dict[Any, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    return schemas[references[model, "validation"]["$ref"].rpartition("/")[2]]
