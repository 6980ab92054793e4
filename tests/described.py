"""Every answer of the API is held against the API document: its status, its kind, its headers and its shape.

Each Hub of the tests does this with each answer it gives (`tests.night`), so a field that is sent and not described, or
described and not sent, fails the test that saw it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema_rs
import orjson
from flask import Flask, Response, request

from incident_hub.kernel import document
from incident_hub.kernel.doors import PREFIX

# What any address may answer, whatever stands behind it: a method that is not there, too many tries, a failure.
ANYWHERE = (404, 405, 429, 500)
_HERE = "urn:hub:document"


class NotDescribed(AssertionError):
    """The Hub answered what its document does not say."""


def hold(app: Flask) -> None:
    """Look at every answer of this application."""
    whole = Whole(app)

    @app.after_request
    def looked_at(answer: Response) -> Response:
        if request.url_rule is not None and request.url_rule.rule.startswith(PREFIX):
            whole.look(request.method, request.url_rule.rule, answer)
        return answer


class Whole:
    """The document of an application, ready to be compared with."""

    def __init__(self, app: Flask) -> None:
        self.doors = {(door.method, PREFIX + door.path): door for door in app.extensions["hub_doors"]}
        self.all = tuple(app.extensions["hub_doors"])

    def look(self, method: str, rule: str, answer: Response) -> None:
        """Raises: NotDescribed with what is wrong."""
        door = self.doors.get((method, rule))
        if door is None:
            return
        path = rule.replace("<", "{").replace(">", "}")
        fault = _described(self.all).fault(method.lower(), path, answer)
        if fault:
            raise NotDescribed(f"{method} {path} answered {answer.status_code}: {fault}")


class Described:
    """One API document with its validators, each made when it is first wanted."""

    def __init__(self, document_: dict[str, Any]) -> None:
        self.paths, self.responses = document_["paths"], document_["components"]["responses"]
        self.registry = jsonschema_rs.Registry([(_HERE, document_)])
        self.validators: dict[str, Any] = {}

    def fault(self, method: str, path: str, answer: Response) -> str | None:
        """What of an answer the document does not say; None when it says it all."""
        said = self.paths[path][method]["responses"].get(str(answer.status_code))
        if said is None:
            return None if answer.status_code in ANYWHERE else "the document knows no such status"
        said = self.responses[said["$ref"].rpartition("/")[2]] if "$ref" in said else said
        kind = answer.content_type.partition(";")[0]
        if kind not in said["content"]:
            return f"it is {kind}, not one of {', '.join(said['content'])}"
        lacks = [name for name in said.get("headers", ()) if name not in answer.headers]
        if lacks:
            return f"it has no {', '.join(lacks)}"
        schema = said["content"][kind].get("schema")
        return self.misfit(schema, answer.get_data()) if schema else None

    def misfit(self, schema: dict[str, Any], body: bytes) -> str | None:
        """Where a body is not as a schema of the document says; None when it fits."""
        key = schema.get("$ref") or repr(schema)
        if key not in self.validators:
            self.validators[key] = jsonschema_rs.validator_for(
                _at_home(schema), registry=self.registry, validate_formats=True
            )
        fault = next(self.validators[key].iter_errors(orjson.loads(body)), None)
        return f"{fault.message} at /{'/'.join(str(part) for part in fault.instance_path)}" if fault else None


def _at_home(schema: Any) -> Any:
    # A reference says from the document's root where it leads.
    if isinstance(schema, dict):
        return {key: f"{_HERE}{value}" if key == "$ref" else _at_home(value) for key, value in schema.items()}
    return [_at_home(one) for one in schema] if isinstance(schema, list) else schema


@cache
def _described(doors: tuple[Any, ...]) -> Described:
    return Described(orjson.loads(orjson.dumps(document.openapi(doors))))
