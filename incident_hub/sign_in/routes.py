"""The pages of sign-in beyond the password: second factor, enrolment, the shared desk, resets, one's own account."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, Response, current_app, g, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from incident_hub.agencies import actions as agencies
from incident_hub.agencies import passwords
from incident_hub.agencies import queries as directory
from incident_hub.agencies.admission import holding, keep, knock, where_from
from incident_hub.agencies.askers import HalfOpen
from incident_hub.agencies.entrance import form_mark, onward, same, set_mark
from incident_hub.agencies.standing import ROLES, may
from incident_hub.kernel import clock
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.kernel.errors import NotKnown, NotSignedIn, Refusal
from incident_hub.kernel.pages import language
from incident_hub.operations.queries import pages as surroundings

from . import actions, authenticator, queries, sealing, showing, sitting
from .actions.factors import WRONG_CODE

pages = Blueprint("sign_in", __name__)
NOT_OURS = "This form was open too long. Send it once more."
TOO_SHORT = "The password is shorter than twelve characters."


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
    response = _bare("sign_in/codes.html", codes=made, onward=onward(request.args.get("next")))
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


@pages.get("/reset")
def reset_page() -> AnyResponse:
    """Ask for another password."""
    return _marked("sign_in/reset.html", sent=False, fault=None)


@pages.post("/reset")
def ask_reset() -> AnyResponse:
    """Send a link to whoever has this login, if anybody; the answer is the same either way."""
    if not same(form_mark(), request.form.get("csrf")):
        return _marked("sign_in/reset.html", sent=False, fault=NOT_OURS, status=400)
    login = request.form.get("login", "").strip()[:64]
    with showing.asking(), unit_of_work() as at:
        actions.ask_reset(login, current_app.config, where_from(), at=at)
    return _marked("sign_in/reset.html", sent=True, fault=None)


@pages.get("/reset/<secret>")
def choose_page(secret: str) -> AnyResponse:
    """Choose another password, with a link that is still good."""
    good = _reset_member(secret) is not None
    return _marked("sign_in/chosen.html", state="ask" if good else "over", fault=None, status=200 if good else 404)


@pages.post("/reset/<secret>")
def choose(secret: str) -> AnyResponse:
    """Take another password; every session of the member ends."""
    new = request.form.get("new", "")
    if not same(form_mark(), request.form.get("csrf")):
        return _marked("sign_in/chosen.html", state="ask", fault=NOT_OURS, status=400)
    if len(new) < passwords.SHORTEST:
        return _marked("sign_in/chosen.html", state="ask", fault=TOO_SHORT, status=422)
    if _reset_member(secret) is None:
        return _marked("sign_in/chosen.html", state="over", fault=None, status=404)
    hash = passwords.hashed(new)
    with unit_of_work() as at:
        done = actions.reset(secret, hash, at=at)
    return _marked("sign_in/chosen.html", state="done" if done else "over", fault=None, status=200 if done else 404)


@pages.get("/account")
def account_page() -> str:
    """How one signs in: factors, sessions, tokens, and what one's agencies ask."""
    asker = g.identify()
    now = clock.now()
    return render_template(
        "sign_in/account.html", here=request.path, held=queries.factors_of(asker.member),
        wanted=queries.wanted(asker.member, now), sessions=directory.sessions_of(asker.member, now),
        tokens=directory.tokens_of(asker.member, now), tries=queries.tries(asker.member),
        devices=sitting.standing_at(asker.desk_id), shared=asker.assurance == "desk",
        may_enrol=may(asker, "device.enrol") is None, may_set=may(asker, "directory.change") is None,
        **surroundings.around(asker, None, language(), now),
    )  # fmt: skip


@pages.get("/account/policy")
def policy_page() -> str:
    """What the asker's agency, and those beneath it, ask of whoever signs in."""
    asker = g.identify()
    now = clock.now()
    mine = [one for one in directory.agencies() if asker.agency in (one.code, *_above(one.code))]
    rules = queries.policies(one.code for one in mine)
    return render_template(
        "sign_in/policy.html", here=request.path, agencies=mine, rules=rules, roles=ROLES,
        may_set=may(asker, "directory.change") is None, **surroundings.around(asker, None, language(), now),
    )  # fmt: skip


def _above(code: str) -> list[str]:
    return [one.code for one in directory.parent_chain(code)]


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
    return _bare(f"sign_in/{awaits}.html", status, csrf=half.csrf, fault=fault, **more)


def _seat(login: str = "", fault: str | None = None, status: int = 200) -> AnyResponse:
    stand = sitting.here()
    desk = directory.desk_by_id(stand.desk_id)
    seated = [member for member, _, _ in directory.seats_at(stand.desk_id) if queries.pin_hash_of(member.id)]
    return _marked(
        "sign_in/seat.html", stand=stand, desk=desk, seated=seated, login=login, fault=fault, status=status,
        next=request.args.get("next"),
    )  # fmt: skip


def _reset_member(secret: str) -> str | None:
    try:
        with holding(secret):
            found = actions.member_of(secret, clock.now())
            if found is None:
                raise NotKnown()
            return found
    except NotKnown:
        return None
    finally:
        db.session.rollback()


def _marked(template: str, *, status: int = 200, **more: Any) -> AnyResponse:
    # The mark is this page's own and lies in a cookie beside it, for nobody is signed in here.
    mark = form_mark() or secrets.token_urlsafe(32)
    response = _bare(template, status, csrf=mark, **more)
    set_mark(response, mark)
    return response


def _bare(template: str, status: int = 200, **more: Any) -> AnyResponse:
    response = make_response(render_template(template, **more), status)
    response.headers["Cache-Control"] = "no-store"
    return response
