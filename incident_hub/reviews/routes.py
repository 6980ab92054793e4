"""The page of a review, and its documents to keep."""

from __future__ import annotations

from flask import Blueprint, Response, g, render_template, request

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock
from incident_hub.kernel.database import read_snapshot
from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.pages import language
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import pages as surroundings

from . import documents, queries

pages = Blueprint("reviews", __name__)
# A page with more than this is slow to read and slow to draw; the documents have the rest.
ON_PAGE = 200
# A document is a file to keep, and runs nothing wherever it is opened.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@pages.get("/operations/<op>/review")
def review_page(op: str) -> str:
    """The review on the screen, with the newest incidents whole."""
    asker, operation = _at(op)
    lang = language()
    told = queries.review(operation, asker.desk, asker.desk_id, clock.now(), lang, newest=ON_PAGE)
    told["incidents"] = told["incidents"][:ON_PAGE]
    forms = [{"name": name, "media_type": one.MEDIA_TYPE} for name, one in documents.REGISTERED.items()]
    around = surroundings.around(asker, operation, lang, clock.now())
    return render_template("reviews/review.html", review=told, documents=forms, here=request.path, **around)


@pages.get("/operations/<op>/review.<form>")
def review_document(op: str, form: str) -> Response:
    """The review as a file in one of the registered forms."""
    asker, operation = _at(op)
    document = documents.REGISTERED.get(form)
    if document is None:
        raise NotKnown
    lang, at = language(), clock.now()
    body = document.render(queries.review(operation, asker.desk, asker.desk_id, at, lang), lang)
    response = Response(body, content_type=document.MEDIA_TYPE)
    mark = "EXERCISE-" if operation.exercise else ""
    name = f"{mark}review-{operation.code}-{at:%Y%m%dT%H%MZ}-{lang}.{form}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _at(op: str) -> tuple[Asker, operations.Operation]:
    asker: Asker = g.identify()
    allow(asker, "review.read")
    read_snapshot()
    return asker, operations.for_desk(op, asker.desk_id)
