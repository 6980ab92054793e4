"""The page of notices: what one was sent and how it went, what is to be called, where one is reached; and push."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, current_app, g, render_template, request

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock
from incident_hub.kernel.pages import asset, language
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import pages as surroundings

from .queries import inbox, ways

pages = Blueprint("notify", __name__)
# The newest are what a page is for; all of them are at the door of the API.
SHOWN = 40


@pages.get("/operations/<op>/notices")
def notices_page(op: str) -> str:
    """One's own notices, or those of the whole desk, each with its history; and the ways to reach somebody."""
    asker: Asker = g.identify()
    allow(asker, "notice.read")
    operation = operations.for_desk(op, asker.desk_id)
    now, lang = clock.now(), language()
    whole_desk = request.args.get("of") == "desk"
    listed, _ = inbox.listed(asker.desk_id, None if whole_desk else asker.member, None, SHOWN)
    told = {
        "whole_desk": whole_desk,
        "notices": [inbox.whole(one["id"], asker.desk_id) for one in listed],
        "calls": inbox.calls_of(asker.desk_id, now),
        "channels": ways.channels(current_app.config, now),
        "addresses": ways.addresses_of(asker.member, asker.desk_id),
        "posts": [
            {"code": one.code, "title": one.title.get(lang, one.code)} for one in agencies.posts_of(asker.desk_id)
        ],
    }
    around = surroundings.around(asker, operation, lang, now)
    return render_template("notify/notices.html", here=request.path, told=told, **around)


@pages.get("/push-worker.js")
def push_worker() -> Response:
    """The service worker that shows a push; it stands at the root, so that it may open any page of the Hub."""
    static = Path(current_app.static_folder or "")
    built = static / asset(static, "push-worker.ts").removeprefix("/static/")
    return Response(built.read_bytes(), content_type="text/javascript")
