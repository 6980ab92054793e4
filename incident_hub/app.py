"""The composition root: hangs the rooms in floor order and wires what follows what. Imports all, imported by none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request
from werkzeug.wrappers import Request

from incident_hub.agencies import api as agencies_api
from incident_hub.agencies import queries as agencies
from incident_hub.agencies import routes as agencies_routes
from incident_hub.agencies.admission import asked
from incident_hub.agencies.askers import secret_shown
from incident_hub.agencies.standing import STRANGER, Asker
from incident_hub.anchors import api as anchors_api
from incident_hub.anchors import routes as anchors_routes
from incident_hub.auditing import api as auditing_api
from incident_hub.auditing import routes as auditing_routes
from incident_hub.board import api as board_api
from incident_hub.board import routes as board_routes
from incident_hub.board.live.adapter import install
from incident_hub.board.live.gate import gate, known
from incident_hub.board.live.lines import Caps, Lines
from incident_hub.board.live.namespace import Live, open_socket
from incident_hub.board.live.pump import Pump
from incident_hub.board.live.watchers import Watchers
from incident_hub.briefings import api as briefings_api
from incident_hub.briefings import routes as briefings_routes
from incident_hub.bulletins import api as bulletins_api
from incident_hub.bulletins import routes as bulletins_routes
from incident_hub.custody import api as custody_api
from incident_hub.custody import routes as custody_routes
from incident_hub.engine.heart import Heart
from incident_hub.exchange import api as exchange_api
from incident_hub.files import api as files_api
from incident_hub.files import queries as files
from incident_hub.files import routes as files_routes
from incident_hub.hazards import api as hazards_api
from incident_hub.hazards import routes as hazards_routes
from incident_hub.incidents import api as incidents_api
from incident_hub.incidents import queries as incidents
from incident_hub.inspections import api as inspections_api
from incident_hub.inspections import routes as inspections_routes
from incident_hub.kernel import (
    breath,
    database,
    document,
    doors,
    hosts,
    logbook,
    looks,
    pages,
    record,
    registry,
    scanning,
    turns,
    vault,
)  # fmt: skip
from incident_hub.kernel.errors import NotAllowed
from incident_hub.kernel.text import canonical
from incident_hub.linking import api as linking_api
from incident_hub.looks import api as looks_api
from incident_hub.looks import routes as looks_routes
from incident_hub.notify import api as notify_api
from incident_hub.notify import routes as notify_routes
from incident_hub.notify.channels import wording
from incident_hub.obligations import actions as obligations
from incident_hub.obligations import api as obligations_api
from incident_hub.obligations import routes as obligations_routes
from incident_hub.operations import actions as operations
from incident_hub.operations import api as operations_api
from incident_hub.operations import routes as operations_routes
from incident_hub.personal import api as personal_api
from incident_hub.personal import queries as personal
from incident_hub.personal import routes as personal_routes
from incident_hub.readiness import api as readiness_api
from incident_hub.readiness import routes as readiness_routes
from incident_hub.reports import actions as reports
from incident_hub.reports import api as reports_api
from incident_hub.reports import routes as reports_routes
from incident_hub.retention import api as retention_api
from incident_hub.retention import routes as retention_routes
from incident_hub.returns import api as returns_api
from incident_hub.returns import queries as returns
from incident_hub.returns import routes as returns_routes
from incident_hub.reviews import api as reviews_api
from incident_hub.reviews import routes as reviews_routes
from incident_hub.roster import api as roster_api
from incident_hub.roster import routes as roster_routes
from incident_hub.sharing import api as sharing_api
from incident_hub.sign_in import api as sign_in_api
from incident_hub.sign_in import providers, sealing
from incident_hub.sign_in import queries as sign_in
from incident_hub.sign_in import routes as sign_in_routes
from incident_hub.simulation import routes as simulation_routes
from incident_hub.tasks import api as tasks_api
from incident_hub.tasks import routes as tasks_routes

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
STATIC = Path(__file__).resolve().parent / "static"
ROOMS = (
    agencies_api.room, operations_api.room, roster_api.room, sign_in_api.room, notify_api.room, files_api.room,
    obligations_api.room, incidents_api.room, personal_api.room, looks_api.room,
    auditing_api.room, custody_api.room, hazards_api.room, linking_api.room, tasks_api.room,
    inspections_api.room, readiness_api.room, reports_api.room, returns_api.room, bulletins_api.room,
    sharing_api.room, reviews_api.room, exchange_api.room, briefings_api.room, retention_api.room,
    board_api.room,
    anchors_api.room,
)  # fmt: skip
# What counts for much: whatever reads an operation whole, is set on paper or in a table, or looks through every text.
HEAVY = re.compile(
    r"/(review|briefing|simulation|record|matrix|roll-up)$|\.(pdf|docx|xlsx|csv|html|md|json|jsonl|ics)$"
)
_SEARCH = re.compile(r"(?:^|&)(?:q|at|scenario)=[^&]")


@dataclass
class Running:
    """The parts of a running Hub beside the web application."""

    socketio: Any
    pump: Pump
    heart: Heart
    looks: looks.Keeper


def create_app(url: str, settings: Mapping[str, Any] | None = None) -> Flask:
    """The application on one database, with its rooms, doors and pages."""
    app = Flask(__name__, static_folder=str(STATIC), static_url_path="/static", template_folder=str(TEMPLATES))
    app.config.update({"MAX_CONTENT_LENGTH": doors.LARGEST_BODY, **(settings or {})})
    app.config["TRUSTED_HOSTS"] = hosts.hosts(app.config)
    _share(app)
    app.wsgi_app = hosts.fronted(app.wsgi_app, app.config)
    database.attach(app, url)
    logbook.attach(app)
    pages.attach(app, TEMPLATES, STATIC, agencies.called)
    breath.attach(app)
    follow()
    doors.mount(app, ROOMS, _identify)
    for blueprint in (
        agencies_routes.pages, sign_in_routes.pages, operations_routes.pages, roster_routes.pages,
        obligations_routes.pages, notify_routes.pages, simulation_routes.pages, board_routes.pages,
        reviews_routes.pages,
        briefings_routes.pages, files_routes.pages, hazards_routes.pages, inspections_routes.pages,
        readiness_routes.pages, reports_routes.pages, returns_routes.pages, bulletins_routes.pages,
        auditing_routes.pages, custody_routes.pages, tasks_routes.pages, personal_routes.pages,
        looks_routes.pages, anchors_routes.pages, retention_routes.pages,
    ):  # fmt: skip
        app.register_blueprint(blueprint)
    agencies_routes.attach(app)
    app.before_request(_identify_by)
    app.after_request(looks.watch)
    _plain_doors(app)
    return app


def follow() -> None:
    """Wire upward causation: the plan answers drafts, incidents draw their cards, returns count what is missing.

    Safe to repeat.
    """
    for reaction in (operations.refuse_after_the_end, scanning.lock_away, obligations.follow, reports.follow):
        if reaction not in record.reactions:
            record.reactions.append(reaction)
    asked.more, asked.houses = sign_in.awaits, providers.named
    wording.endings["reset"] = sealing.opened_link
    record.cards["incident"] = incidents.build_card
    registry.tellers["return"] = returns.digest
    registry.marks["incident"] = incidents.mark
    vault.lasting["plan"] = personal.lasting
    looks.belongs |= {"files": files.subjects, "reveals": personal.subjects, "personal": personal.subjects}


def heavy(path: str, query: str) -> bool:
    """Whether a request counts for much, by its path and query."""
    return bool(HEAVY.search(path) or _SEARCH.search(query))


def enliven(app: Flask, mode: str = "gevent") -> Running:
    """Give the application its socket, its pump and its engine, not yet started."""
    watchers, lines = Watchers(), Lines(Caps(**app.config.get("HUB_SOCKETS") or {}))
    socketio = open_socket(app, mode)
    install(socketio, lines)
    socketio.on_namespace(Live(watchers))
    gated: Any = gate(app, app.wsgi_app, lines)
    app.wsgi_app = gated
    pump = Pump(app, socketio, watchers, lines)
    heart = Heart(app)
    app.extensions["hub_heart"] = heart
    record.listeners.append(pump.nudge)
    record.listeners.append(heart.nudge)
    return Running(socketio, pump, heart, looks.Keeper(app))


def _share(app: Flask) -> None:
    # A command that asks for itself waits for nobody; whoever comes in from outside waits for their turn.
    if "HUB_SHARES" in app.config:
        shares = turns.Turns(turns.Shares(**app.config["HUB_SHARES"]))
        taken: Any = turns.fair(app.wsgi_app, shares, lambda environ: secret_shown(Request(environ)), heavy)
        app.wsgi_app = taken
        app.before_request(lambda: turns.in_time(request.environ))


def _identify_by() -> None:
    g.identify = _identify_at_page


def _identify_at_page() -> Asker:
    # A page shows all that its reader's role may see, so a token with narrower scopes reads none.
    asker = _identify()
    if lack := asker.lacks("*"):
        raise NotAllowed(lack)
    return asker


def _identify() -> Asker:
    # Who asked is known to what is noted after the answer: who looked, and who was refused.
    g.hub_asker = asker = agencies_routes.identify()
    if asker is not STRANGER:
        known(request.environ, asker)
    return asker


def _plain_doors(app: Flask) -> None:
    @app.get("/healthz")
    def healthz() -> Response:
        """The process answers; nothing else is asked."""
        return Response(b'{"alive":true}', content_type="application/json")

    @app.get("/readyz")
    def readyz() -> Response:
        """Database, schema and engine, each said by name."""
        heart = app.extensions.get("hub_heart")
        state = document.readiness(heart.alive() if heart else None)
        return Response(canonical(state), 200 if state["ready"] else 503, content_type="application/json")

    @cache
    def described() -> bytes:
        return canonical(document.openapi(app.extensions["hub_doors"]))

    @app.get("/api/v1/openapi.json")
    def openapi() -> Response:
        """The API document, made from the doors themselves once somebody asks, and kept: anybody may ask again."""
        return Response(described(), content_type="application/json")
