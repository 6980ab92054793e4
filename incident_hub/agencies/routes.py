"""The front door: the sign-in page, and who it is that asks, from a cookie, a token and the desk of the tab."""

from __future__ import annotations

import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from incident_hub.kernel import clock
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import PREFIX
from incident_hub.kernel.errors import Malformed, NotAllowed, NotSignedIn, Refusal
from incident_hub.kernel.pages import language
from incident_hub.kernel.saying import say

from . import actions
from .admission import WRONG, asked, judged, keep, knock, limiter, take_back
from .askers import asker_shown, by_of, csrf_of, half_open, last_seen, session_cookie
from .entrance import at_a_desk, forget_mark, form_mark, onward, same, set_mark
from .standing import STRANGER, Asker

# Doors for whoever is not signed in yet. They take JSON alone, which a form on another site cannot send.
OPEN_DOORS = frozenset(
    {
        f"{PREFIX}/session", f"{PREFIX}/session/factor", f"{PREFIX}/session/passkey",
        f"{PREFIX}/session/passkey/challenge", f"{PREFIX}/session/seat",
    }
)  # fmt: skip
# Where whoever still owes a second factor, or has to set one up, is led.
NEXT_PAGES = {"factor": "/sign-in/factor", "enrolment": "/sign-in/enrolment"}
NOT_OURS = "This form did not come from this page, or was open too long. Send it once more."
NOT_YET = "Your password was right; the second factor is still owed."
NO_CSRF = "Send X-CSRF-Token with the value that /api/v1/me gives, or reload the page."

pages = Blueprint("agencies", __name__)
_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_TOUCH_AFTER = timedelta(minutes=1)


def attach(app: Flask) -> None:
    """Give the application its count of tries at the door."""
    limiter.init_app(app)


@pages.get("/sign-in")
def sign_in_page() -> Response:
    """Show the form."""
    return _form()


@pages.post("/sign-in")
def sign_in() -> AnyResponse:
    """Let somebody in, or show the form again with the reason in a sentence."""
    login = request.form.get("login", "").strip()
    if not same(form_mark(), request.form.get("csrf")):
        return _form(login, NOT_OURS, 400)
    try:
        member, right = judged(login, request.form.get("password", ""))
        secret = secrets.token_urlsafe(32)
        with unit_of_work() as at:
            opened = actions.enter(knock(member, right, at), request.form.get("desk") or None, secret, at=at)
    except Refusal as refusal:
        return _form(login, refusal.detail, refusal.status)
    if opened is None:
        return _form(login, WRONG, 401)
    onward_ = onward(request.args.get("next"))
    if opened.awaits:
        onward_ = f"{NEXT_PAGES[opened.awaits]}?{urlencode({'next': onward_})}"
    response = redirect(onward_, 303)
    keep(response, secret)
    forget_mark(response)
    return response


@pages.post("/sign-out")
def sign_out() -> AnyResponse:
    """End the session of this browser; all its tabs and sockets end with it."""
    response = redirect("/sit" if at_a_desk() else "/sign-in", 303)
    with suppress(NotSignedIn):
        asker = identify()
        if asker.session:
            with unit_of_work() as at:
                actions.end_session(asker.session, at=at, by=by_of(asker))
    take_back(response)
    return response


def identify() -> Asker:
    """Who asks, at which desk.

    Raises: NotSignedIn when nobody is known to; NotAllowed for a desk that is not theirs, or a change without the
    session's own mark.
    """
    if request.method == "POST" and request.path in OPEN_DOORS:
        if request.mimetype != "application/json":
            raise Malformed("Send the body as application/json.")
        return STRANGER
    desk, at = request.headers.get("Hub-Desk") or _desk_of_tab(), clock.now()
    asker = asker_shown(request, desk, at)
    if asker is None:
        elsewhere = asker_shown(request, None, at) if desk else None
        if elsewhere is None:
            raise _not_yet(at)
        raise NotAllowed(
            say(
                "You have no seat at the desk {desk}; you may act at {yours}. Change Hub-Desk.",
                desk=desk,
                yours=elsewhere.desk,
            )
        )
    if asker.session and request.method in _UNSAFE and not same(csrf_of(asker.session), _sent_mark()):
        raise NotAllowed(NO_CSRF)
    seen = last_seen(asker)
    if _pressed(asker) and (seen is None or at - seen >= _TOUCH_AFTER):
        with unit_of_work() as present:
            actions.touch(asker, at=present)
    return asker


def _not_yet(at: datetime) -> NotSignedIn:
    half = half_open(session_cookie(request), at)
    if half:
        return NotSignedIn(NOT_YET, page=NEXT_PAGES[half.awaits])
    return NotSignedIn(page="/sit") if at_a_desk() else NotSignedIn()


def _pressed(asker: Asker) -> bool:
    # At a shared desk only what a person does keeps the seat; a picture that draws itself anew does not.
    return asker.assurance != "desk" or request.method in _UNSAFE or not request.path.startswith(PREFIX)


def _desk_of_tab() -> str | None:
    # A page's own address says at which desk the tab sits; the API is told by its header alone.
    return None if request.path.startswith(PREFIX) or request.method != "GET" else request.args.get("desk")


def _sent_mark() -> str | None:
    sent = request.headers.get("X-CSRF-Token")
    if sent is None and request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data"):
        sent = request.form.get("csrf")
    return sent


def _form(login: str = "", fault: str | None = None, status: int = 200) -> Response:
    mark = form_mark() or secrets.token_urlsafe(32)
    told = {"stands": at_a_desk(), "next": request.args.get("next", ""), "houses": asked.houses()}
    page = render_template("agencies/sign_in.html", lang=language(), csrf=mark, login=login, fault=fault, **told)
    response = make_response(page, status)
    set_mark(response, mark)
    response.headers["Cache-Control"] = "no-store"
    return response
