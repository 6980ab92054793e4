"""What arrives at a door: read as JSON, and fitted to its shape."""

from __future__ import annotations

from typing import Any

import orjson
from pydantic import BaseModel, ValidationError

from .errors import BadInput, Malformed


def json(raw: bytes) -> Any:
    """The body as JSON; an empty one is an empty object.

    Raises: Malformed.
    """
    try:
        return orjson.loads(raw or b"{}")
    except orjson.JSONDecodeError as fault:
        raise Malformed(f"The body is not JSON: {fault}.") from fault


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
