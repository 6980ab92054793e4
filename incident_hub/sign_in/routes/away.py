"""Coming in through another house, and choosing another password by a link."""

from __future__ import annotations

import secrets
from dataclasses import replace
from urllib.parse import urlencode

from flask import g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from incident_hub.agencies import actions as agencies
from incident_hub.agencies import passwords
from incident_hub.agencies.admission import holding, keep, knock, where_from
from incident_hub.agencies.askers import by_of
from incident_hub.agencies.entrance import form_mark, onward, same
from incident_hub.kernel import clock
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.kernel.errors import NotKnown, NotSignedIn
from incident_hub.sign_in import actions, elsewhere, showing

from .room import NOT_OURS, marked, pages

TOO_SHORT = "The password is shorter than twelve characters."


@pages.get("/sign-in/with/<name>")
def go_elsewhere(name: str) -> AnyResponse:
    """Send somebody to another house, to say there who they are."""
    begun = elsewhere.begin(name)
    with unit_of_work() as at:
        elsewhere.pose(name, begun, None, onward(request.args.get("next")), at)
    response = elsewhere.sent(begun)
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/sign-in/from/<name>")
def come_back(name: str) -> AnyResponse:
    """Let in whoever the other house says it is, if they are linked; or link them, if that is what they went for."""
    state = elsewhere.state_shown()
    with unit_of_work() as at:
        value = actions.answered(state, "provider", None, at=at)
    db.session.rollback()
    provider, kept, subject = elsewhere.said(name, state, value)
    if kept["member"]:
        asker = g.identify()
        if asker.member != kept["member"]:
            raise NotSignedIn(elsewhere.NOT_LINKED)
        with unit_of_work() as at:
            actions.link_account(provider.name, subject, asker.member, at=at, by=by_of(asker))
        return redirect("/account")
    member, secret = elsewhere.member_of(provider, subject), secrets.token_urlsafe(32)
    with unit_of_work() as at:
        knocks = replace(knock(member, member is not None, at), way="provider")
        opened = agencies.enter(knocks, None, secret, at=at)
    if opened is None:
        raise NotSignedIn(elsewhere.NOT_LINKED)
    there = str(kept["next"])
    if opened.awaits:
        there = f"/sign-in/{opened.awaits}?{urlencode({'next': there})}"
    response = redirect(there)
    keep(response, secret)
    return response


@pages.get("/reset")
def reset_page() -> AnyResponse:
    """Ask for another password."""
    return marked("sign_in/reset.html", sent=False, fault=None)


@pages.post("/reset")
def ask_reset() -> AnyResponse:
    """Send a link to whoever has this login, if anybody; the answer is the same either way."""
    if not same(form_mark(), request.form.get("csrf")):
        return marked("sign_in/reset.html", sent=False, fault=NOT_OURS, status=400)
    login = request.form.get("login", "").strip()[:64]
    with showing.asking(), unit_of_work() as at:
        actions.ask_reset(login, where_from(), at=at)
    return marked("sign_in/reset.html", sent=True, fault=None)


@pages.get("/reset/<secret>")
def choose_page(secret: str) -> AnyResponse:
    """Choose another password, with a link that is still good."""
    good = _reset_member(secret) is not None
    return marked("sign_in/chosen.html", state="ask" if good else "over", fault=None, status=200 if good else 404)


@pages.post("/reset/<secret>")
def choose(secret: str) -> AnyResponse:
    """Take another password; every session of the member ends."""
    new = request.form.get("new", "")
    if not same(form_mark(), request.form.get("csrf")):
        return marked("sign_in/chosen.html", state="ask", fault=NOT_OURS, status=400)
    if len(new) < passwords.SHORTEST:
        return marked("sign_in/chosen.html", state="ask", fault=TOO_SHORT, status=422)
    if _reset_member(secret) is None:
        return marked("sign_in/chosen.html", state="over", fault=None, status=404)
    hash = passwords.hashed(new)
    with unit_of_work() as at:
        done = actions.reset(secret, hash, at=at)
    return marked("sign_in/chosen.html", state="done" if done else "over", fault=None, status=200 if done else 404)


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
