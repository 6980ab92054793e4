"""The second factor, setting one up, and the shared desk."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from incident_hub.agencies import actions as agencies
from incident_hub.agencies import queries as directory
from incident_hub.agencies.admission import keep, knock
from incident_hub.agencies.askers import HalfOpen
from incident_hub.agencies.entrance import form_mark, onward, same
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.errors import NotKnown, NotSignedIn, Refusal
from incident_hub.sign_in import actions, authenticator, queries, sealing, showing, sitting
from incident_hub.sign_in.actions.factors import WRONG_CODE

from .room import NOT_OURS, bare, marked, pages


@pages.get("/sign-in/factor")
def factor_page() -> AnyResponse:
    """Ask for the second factor."""
    return _asked("factor")


@pages.post("/sign-in/factor")
def show_factor() -> AnyResponse:
    """Let in whoever shows it; otherwise the form again with the reason."""
    half, typed, secret = showing.half(), request.form.get("code", ""), secrets.token_urlsafe(32)
    if not same(half.csrf, request.form.get("csrf")):
        return _page("factor", half, NOT_OURS, 400)
    try:
        showing.may_try(half.member, typed)
        with unit_of_work() as at:
            opened = showing.let_in(half, typed, secret, at=at)
    except Refusal as refusal:
        return _page("factor", half, refusal.detail, refusal.status)
    if opened is None:
        return _page("factor", half, WRONG_CODE, 401)
    response = redirect(onward(request.args.get("next")), 303)
    keep(response, secret)
    return response


@pages.get("/sign-in/enrolment")
def enrolment_page() -> AnyResponse:
    """Ask somebody whose agency wants a second factor to set one up; there is no other way on."""
    return _asked("enrolment")


@pages.post("/sign-in/enrolment")
def enrol() -> AnyResponse:
    """Offer an authenticator, or take it into use by its first code and let its member in."""
    half, typed = showing.half(), request.form.get("code", "")
    if half.awaits != "enrolment" or not same(half.csrf, request.form.get("csrf")):
        return _page("enrolment", half, NOT_OURS, 400)
    if not typed:
        with unit_of_work() as at:
            actions.offer_totp(half.member, authenticator.new_secret(), at=at)
        return redirect(request.full_path.rstrip("?"), 303)
    secret = secrets.token_urlsafe(32)
    with unit_of_work() as at:
        made = actions.confirm_totp(half.member, typed, at=at, by=agencies.HUB)
        if made:
            agencies.complete(half.id, secret, "factor", at=at)
    if made is None:
        return _page("enrolment", half, WRONG_CODE, 401)
    response = bare("sign_in/codes.html", codes=made, onward=onward(request.args.get("next")))
    keep(response, secret)
    return response


@pages.get("/sign-in/enrolment.svg")
def enrolment_picture() -> Response:
    """The picture of the authenticator that is being set up."""
    half = showing.half()
    kept = queries.totp_sealed(half.member, confirmed=False)
    member = directory.member(half.member)
    if half.awaits != "enrolment" or kept is None or member is None:
        raise NotKnown()
    made = authenticator.picture(sealing.opened(kept, half.member), member.login)
    return Response(made, content_type="image/svg+xml", headers={"Cache-Control": "no-store"})


@pages.get("/sit")
def seat_page() -> AnyResponse:
    """Who sits down at the desk of this device?"""
    return _seat()


@pages.post("/sit")
def sit_down() -> AnyResponse:
    """Let a member sit down by PIN; who sat there before stands up."""
    stand, login = sitting.here(), request.form.get("login", "")
    if not same(form_mark(), request.form.get("csrf")):
        return _seat(login, NOT_OURS, 400)
    try:
        member, right = sitting.judged(stand, login, request.form.get("pin", ""))
        secret = secrets.token_urlsafe(32)
        with unit_of_work() as at:
            opened = sitting.sit(stand, knock(member, right, at), secret, at=at)
    except Refusal as refusal:
        return _seat(login, refusal.detail, refusal.status)
    if opened is None:
        return _seat(login, sitting.WRONG_PIN, 401)
    response = redirect(onward(request.args.get("next")), 303)
    keep(response, secret)
    return response


def _asked(awaits: str) -> AnyResponse:
    try:
        half = showing.half()
    except NotSignedIn:
        return redirect("/sign-in")
    return _page(awaits, half) if half.awaits == awaits else redirect(f"/sign-in/{half.awaits}")


def _page(awaits: str, half: HalfOpen, fault: str | None = None, status: int = 200) -> AnyResponse:
    more: dict[str, Any] = {}
    if awaits == "enrolment":
        kept = queries.totp_sealed(half.member, confirmed=False)
        more["secret"] = sealing.opened(kept, half.member) if kept else None
    return bare(f"sign_in/{awaits}.html", status, csrf=half.csrf, fault=fault, **more)


def _seat(login: str = "", fault: str | None = None, status: int = 200) -> AnyResponse:
    stand = sitting.here()
    desk = directory.desk_by_id(stand.desk_id)
    seated = [member for member, _, _ in directory.seats_at(stand.desk_id) if queries.pin_hash_of(member.id)]
    return marked(
        "sign_in/seat.html", stand=stand, desk=desk, seated=seated, login=login, fault=fault, status=status,
        next=request.args.get("next"),
    )  # fmt: skip
