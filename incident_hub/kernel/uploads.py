"""One file as it arrives at a door: bounded by that door, read from a form, with the words beside it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import request
from werkzeug.exceptions import HTTPException
from werkzeug.formparser import parse_form_data

from .errors import BadInput, Malformed, TooLarge
from .saying import say

# The words around a file are few.
_AROUND = 1 << 16


@dataclass(frozen=True)
class Upload:
    """One file as it arrived in a form (multipart/form-data), with the words beside it."""

    name: str | None
    raw: bytes
    words: dict[str, str]


def bound(largest: int) -> None:
    """Let this request alone be so large; what is larger is refused before it is read.

    Raises: TooLarge, and Malformed for what is no form.
    """
    request.max_content_length = largest + _AROUND
    if (request.content_length or 0) > request.max_content_length:
        raise TooLarge(say("The file is larger than {most} MiB; send a smaller one, or several.", most=largest >> 20))
    if request.mimetype != "multipart/form-data":
        raise Malformed("Send the file as multipart/form-data, in the field `file`.")


def read(raw: bytes) -> Upload:
    """The file in a form.

    Raises: BadInput when there is none, Malformed when it cannot be read.
    """
    environ: dict[str, Any] = {"wsgi.input": BytesIO(raw), "CONTENT_LENGTH": str(len(raw)), "REQUEST_METHOD": "POST"}
    try:
        _, words, files = parse_form_data(environ | {"CONTENT_TYPE": request.content_type or ""}, max_form_parts=20)
    except (ValueError, HTTPException) as fault:
        raise Malformed("The form cannot be read; send it as multipart/form-data.") from fault
    file = files.get("file")
    if file is None:
        told = "There is no file in the field `file`; choose one."
        raise BadInput(told, errors=[{"pointer": "/file", "detail": told}])
    with closing(file):
        return Upload(file.filename, file.read(), words.to_dict())
