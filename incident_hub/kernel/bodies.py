"""What arrives at a door: read as JSON, and fitted to its shape."""

from __future__ import annotations

from typing import Any

import orjson
from pydantic import BaseModel, ValidationError
from werkzeug.datastructures import MultiDict

from .errors import BadInput, Malformed

# No body of ours is nested deeper; what is would only cost time on its way to being refused.
DEEPEST = 32


def json(raw: bytes) -> Any:
    """The body as JSON; an empty one is an empty object.

    Raises: Malformed.
    """
    try:
        told = orjson.loads(raw or b"{}")
    except orjson.JSONDecodeError as fault:
        raise Malformed(f"The body is not JSON: {fault}.") from fault
    if raw.count(b"[") + raw.count(b"{") > DEEPEST and _deeper(told):
        raise Malformed(f"The body is nested deeper than {DEEPEST} levels.")
    return told


def once(query: MultiDict[str, str]) -> dict[str, str]:
    """The words of an address, each said once.

    Raises: BadInput for one that is said twice: two readers would not agree which one counts.
    """
    for name, said in query.lists():
        if len(said) > 1:
            told = f"{name[:60]} is said {len(said)} times; say it once."
            raise BadInput(told, errors=[{"pointer": f"/{name[:60]}", "detail": told}])
    return query.to_dict()


def fitted(model: type[BaseModel], value: Any, where: str) -> BaseModel:
    """The same as its shape.

    Raises: BadInput with a pointer to each field that does not fit.
    """
    try:
        return model.model_validate(value)
    except ValidationError as fault:
        errors = [
            {"pointer": "/" + "/".join(str(part) for part in one["loc"]), "detail": one["msg"]}
            for one in fault.errors(include_url=False, include_context=False, include_input=False)
        ]
        named = ", ".join(error["pointer"] for error in errors[:5])
        raise BadInput(f"The {where} has {len(errors)} fields that do not fit: {named}.", errors=errors) from fault


def _deeper(told: Any) -> bool:
    level = [told]
    for _ in range(DEEPEST):
        inner: list[Any] = []
        for one in level:
            inner += one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        level = [one for one in inner if isinstance(one, dict | list)]
        if not level:
            return False
    return True
