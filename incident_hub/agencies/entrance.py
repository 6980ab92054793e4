"""What the pages at the door have in common: the mark of a form before anybody is known, and where one goes on to."""

from __future__ import annotations

import hmac

from flask import request
from werkzeug.wrappers import Response

from .askers import DEVICE_COOKIE

_FORM_COOKIE = "hub_form"


def form_mark() -> str | None:
    """The mark that was given with the form, which what is sent has to repeat."""
    return request.cookies.get(_FORM_COOKIE)


def set_mark(response: Response, mark: str) -> None:
    """Give a form its mark, in a cookie no other site sends along."""
    response.set_cookie(_FORM_COOKIE, mark, secure=request.is_secure, httponly=True, samesite="Strict")


def forget_mark(response: Response) -> None:
    """Have the browser forget the mark; it is not needed once somebody is in."""
    response.delete_cookie(_FORM_COOKIE)


def same(kept: str | None, sent: str | None) -> bool:
    """Whether a mark that was sent is the one that was given, compared in constant time."""
    return bool(kept) and hmac.compare_digest((kept or "").encode(), (sent or "").encode())


def onward(wish: str | None) -> str:
    """Where to go after signing in: a path of this house; neither //elsewhere nor /\\elsewhere leaves it."""
    inside = wish and wish.startswith("/") and not wish.startswith(("//", "/\\")) and wish.isprintable()
    return wish if wish and inside else "/"


def at_a_desk() -> bool:
    """Whether this browser says that it stands in a duty room; the device itself is looked up where one sits down."""
    return bool(request.cookies.get(f"__Host-{DEVICE_COOKIE}" if request.is_secure else DEVICE_COOKIE))
