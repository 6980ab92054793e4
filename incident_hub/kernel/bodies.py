"""What arrives at a door: read as JSON, and fitted to its shape."""

from __future__ import annotations

import re
from typing import Any

import orjson
from pydantic import BaseModel, ValidationError
from werkzeug.datastructures import MultiDict

from .errors import BadInput, Malformed
from .saying import Said, say, say_as

# No body of ours is nested deeper; what is would only cost time on its way to being refused.
DEEPEST = 32
_QUOTED = re.compile(r"'([^']*)'")


def json(raw: bytes) -> Any:
    """The body as JSON; an empty one is an empty object.

    Raises: Malformed.
    """
    try:
        told = orjson.loads(raw or b"{}")
    except orjson.JSONDecodeError as fault:
        raise Malformed(say("The body is not JSON: {fault}.", fault=fault)) from fault
    if raw.count(b"[") + raw.count(b"{") > DEEPEST and _deeper(told):
        raise Malformed(say("The body is nested deeper than {deepest} levels.", deepest=DEEPEST))
    return told


def once(query: MultiDict[str, str]) -> dict[str, str]:
    """The words of an address, each said once.

    Raises: BadInput for one that is said twice: two readers would not agree which one counts.
    """
    for name, said in query.lists():
        if len(said) > 1:
            told = say("{name} is said {n} times; say it once.", name=name[:60], n=len(said))
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
            {"pointer": "/" + "/".join(str(part) for part in one["loc"]), "detail": _misfit(one)}
            for one in fault.errors(include_url=False, include_input=False)
        ]
        named = [error["pointer"] for error in errors[:5]]
        raise BadInput(
            say("The {where} has {n} fields that do not fit: {named}.", where=where, n=len(errors), named=named),
            errors=errors,
        ) from fault


def _misfit(fault: Any) -> Said:
    """What is wrong with one field, in the words of its kind. Shape: as pydantic tells it: {type, msg, ctx}."""
    values: dict[str, Any] = dict(fault.get("ctx") or {})
    if "expected" in values:
        values["expected"] = _QUOTED.findall(str(values["expected"])) or values["expected"]
    if "error" in values:
        values["error"] = str(values["error"])
    return say_as(fault["msg"], "shape", fault["type"], **values)


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
