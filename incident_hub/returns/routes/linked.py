"""The page of a link: the form of one unit and one date, for whoever holds the address and nobody is signed in."""

from __future__ import annotations

from typing import Any

from flask import render_template
from werkzeug.wrappers import Response

from incident_hub.agencies.admission import holding
from incident_hub.kernel import clock
from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.pages import language
from incident_hub.kernel.text import instant
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import pages as surroundings
from incident_hub.returns import queries
from incident_hub.returns.links import Over

from .frame import pages


@pages.get("/filing/<secret>")
def linked_page(secret: str) -> Response:
    """One form, and nothing else of the Hub; looking at it does not use the link up."""
    at, lang = clock.now(), language()
    told: dict[str, Any] = {"page": {"lang": lang, "csrf": "", "now": instant(at)}}
    try:
        with holding(secret):
            link = queries.link_shown(secret, at)
    except NotKnown as fault:
        words = fault.words.of(lang) if isinstance(fault, Over) else ""
        return _answer(render_template("returns/link_over.html", words=words, **told), 404)
    operation = operations.at(link.chain)
    return _answer(
        render_template(
            "returns/linked.html", link=link, late=at > link.due_at, secret=secret,
            asked=operations.plan_of(operation.plan_version).zero_report,
            operation=surroundings.shown(operation, lang), **told,
        ),
        200,
    )  # fmt: skip


def _answer(text: str, status: int) -> Response:
    # The address is the secret: it goes to no other page, and nobody keeps what was shown.
    headers = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    return Response(text, status, headers, content_type="text/html; charset=utf-8")
