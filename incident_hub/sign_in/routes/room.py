"""What the pages at the door have in common."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response as AnyResponse

from incident_hub.agencies.entrance import form_mark, set_mark

pages = Blueprint("sign_in", __name__)
NOT_OURS = "This form was open too long. Send it once more."


def marked(template: str, *, status: int = 200, **more: Any) -> AnyResponse:
    """A page with a form for whoever is not signed in; its mark lies in a cookie beside it."""
    mark = form_mark() or secrets.token_urlsafe(32)
    response = bare(template, status, csrf=mark, **more)
    set_mark(response, mark)
    return response


def bare(template: str, status: int = 200, **more: Any) -> AnyResponse:
    """A page at the door, which no cache keeps."""
    response = make_response(render_template(template, **more), status)
    response.headers["Cache-Control"] = "no-store"
    return response
