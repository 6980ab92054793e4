"""A city in which everything anybody can type is script, made by the real doors, and served on loopback.

The things are those of `tests/trust`, the further bodies its good ones with script in every text; so what stands in the
pages came in where people bring it in. Which doors took script is counted as it goes.
"""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request
from werkzeug.serving import WSGIRequestHandler, make_server

from incident_hub.kernel.database import db
from tests.night import Hub
from tests.trust import bodies, knocking
from tests.trust.city import speakers
from tests.trust.knocking import Cell, City, Door
from tests.trust.things import COUNTS, MORNING, PLAN, STATES, TODAY

# One after the other in every text; each marks what it becomes, and calls the canary.
CORPUS = [
    "<b data-canary=1>",
    "<script>canary()</script>",
    '"><img data-canary=1 src=x onerror=canary()>',
    "'><svg onload=canary()>",
    "</textarea><b data-canary=1>",
    "</title><b data-canary=1>",
    "javascript:canary()",
    "{{7*7}}${7*7}<%=7*7%>",
    "<iframe srcdoc='<script>parent.canary()</script>'>",
    '" onfocus=canary() autofocus data-canary="1',
    "<a href=javascript:canary()>x",
    "<math><mi//xlink:href='data:x,<script>canary()</script>'>",
    "]]><b data-canary=1>",
    "--><b data-canary=1>",
    "\\u003cb data-canary=1\\u003e",
    "<style>@import 'http://127.0.0.1:9/'</style>",
    "<link rel=attachment href='file:///etc/passwd'>",
    "<base href=//127.0.0.1:9/>",
    "<form action=//127.0.0.1:9/><button>",
    "<object data='data:text/html,<script>canary()</script>'>",
    "&lt;script&gt;canary()&lt;/script&gt;",
    '<!--<img src="--><img data-canary=1 src=x onerror=canary()//">',
    "<details open ontoggle=canary()>",
    "\u202e<b data-canary=1>",
]
_SCRIPT = re.compile(r"canary|7\*7|127\.0\.0\.1:9|etc/passwd")
# What ends a thing comes after what is written at it.
_LAST = re.compile(
    r"(lead|status|outcome|refusal|completion|withdrawal|ending|strike|phase|closing|parts|answer|release)$"
)
# Who is tried at a door, until it opens.
TRIED = [
    ("duty_officer", "lead"), ("duty_leader", "lead"), ("coordinator", "lead"), ("administrator", "lead"),
    ("evaluator", "lead"), ("duty_officer", "support"), ("duty_leader", "support"), ("duty_officer", "informed"),
]  # fmt: skip
# Texts that are no words: a name of something that must exist, a code, a secret, an address.
NAMES = {
    "again", "agency", "alone", "area", "based_on", "carry_to", "category", "checklist", "checklists", "clause",
    "code", "corrects", "credential", "crews", "cursor", "datum", "desk", "findings", "form", "handover",
    "handovers", "id", "incident", "instead_of", "item", "key", "language", "lat", "login", "lon", "mark", "member",
    "new", "number", "on_behalf_of", "other", "owner", "part", "password", "pin", "post", "proposal", "receipt",
    "relation", "role", "rule", "secret", "sending", "sha256", "signature", "site", "stated_by", "supervisor",
    "system", "tier", "to", "type", "unit", "units", "url", "value", "version", "zone",
}  # fmt: skip


class Words:
    """Script for the next text, and which doors took some."""

    def __init__(self) -> None:
        self.turn = 0
        self.took: set[str] = set()

    def next(self, _label: str = "", most: int = 180) -> str:
        """Two or three of the corpus, the next ones each time."""
        said = ""
        while len(said) < most:
            self.turn += 1
            more = CORPUS[self.turn % len(CORPUS)]
            if said and len(said) + len(more) > most:
                return said
            said += more
        return said[:most]

    def watch(self, app: Flask) -> None:
        """Note the door of each request with script in it that is taken."""

        @app.before_request
        def read() -> None:
            sent = request.get_data(cache=True) if request.method in ("POST", "PATCH") else b""
            g.hostile = bool(_SCRIPT.search(sent.decode("utf-8", "replace")))

        @app.after_request
        def noted(answer: Response) -> Response:
            if answer.status_code < 300 and g.get("hostile") and request.url_rule:
                self.took.add(f"{request.method} {request.url_rule.rule.replace('/api/v1', '~')}")
            return answer


def filled(body: Any, words: Words, schema: dict[str, Any], schemas: dict[str, Any], name: str = "") -> Any:
    """A good body with script in every text that its shape has room for, also in those it left out."""
    schema = _plain(schema, schemas)
    if isinstance(body, dict):
        parts, open_ = schema.get("properties", {}), schema.get("additionalProperties")
        rest = open_ if isinstance(open_, dict) else {}
        made = {one: filled(value, words, parts.get(one, rest), schemas, one) for one, value in body.items()}
        for one, part in parts.items():
            plain = _plain(part, schemas)
            if one not in body and is_text(one, plain):
                made[one] = words.next(one, min(180, plain.get("maxLength", 180)))
            if one == "via" and one not in body:
                speaker = {"agency": "postal", "words_by": words.next(one, 100)}
                made[one] = {"channel": "phone", "from": speaker, "words": words.next(one)}
        return made
    if isinstance(body, list):
        return [filled(one, words, schema.get("items", {}), schemas, name) for one in body]
    if isinstance(body, str) and is_text(name, schema):
        return words.next(name, min(180, schema.get("maxLength", 180)))
    return body


def is_text(name: str, schema: dict[str, Any]) -> bool:
    """Whether a field holds words of people."""
    closed = {"enum", "const", "pattern", "format"} & set(schema)
    room = schema.get("maxLength", 1000) >= 24
    return schema.get("type") == "string" and not closed and room and name not in NAMES


def texts(schema: dict[str, Any], schemas: dict[str, Any], depth: int = 0, name: str = "") -> bool:
    """Whether a body has a text anywhere."""
    schema = _plain(schema, schemas)
    if is_text(name, schema):
        return True
    inner = [*schema.get("properties", {}).items(), (name, schema.get("items", {}))]
    return depth < 4 and any(texts(part, schemas, depth + 1, one) for one, part in inner if part)


def _plain(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return _plain(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    for either in ("anyOf", "oneOf"):
        if either in schema:
            return _plain(next(one for one in schema[either] if one.get("type") != "null"), schemas)
    return schema


def fill(city: City, words: Words, document: dict[str, Any]) -> dict[str, str]:
    """Knock at every door that takes texts, until it takes script; why each of the rest did not."""
    schemas, left = document["components"]["schemas"], dict[str, str]()
    for door in sorted(knocking.doors(), key=lambda one: (bool(_LAST.search(one.path)), one.name)):
        told = document["paths"].get(_path(door), {}).get(door.method.lower(), {})
        content = told.get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        upload = "multipart/form-data" in content
        if not upload and (schema is None or not texts(schema, schemas)):
            continue
        left[door.name] = _knocked(city, door, words, schema, schemas)
    return {name: why for name, why in left.items() if name not in words.took}


def good(city: City, door: Door, state: str, words: Words) -> Any:
    """The good body of a door; a plan with script in all its titles, and units that begin when they may."""
    if door.path.endswith(("<op>/plan", "/plan/check")):
        script = CORPUS[1].replace('"', "")
        return {"text": PLAN.replace("2026.1", "2026.4").replace('title = { zh = "', f'title = {{ zh = "{script}')}
    body = bodies.bodies(city.things, state).get(door.name) or {}
    if door.path.endswith("/units"):
        titles = {"zh": words.next(), "en": words.next()}
        return {"units": [one | {"first_day": "2026-09-20", "title": titles} for one in body["units"]]}
    return body


def course(city: City, words: Words) -> Iterator[tuple[str, int]]:
    """What can only be said one after the other: a hazard, a thing, a hold, a report, from beginning to end."""
    speak, things, said = speakers(city.hub, city.people), city.things, words.next
    hazard, item = f"/hazards/{things['hazard']}", f"/items/{things['item:open']}"
    lead, later = f"/incidents/{things['incident:open']}/lead", (MORNING + timedelta(days=2)).isoformat()
    five = {"post": "duty_leader", "deadline": later} | {one: said() for one in ("measure", "funds", "interim")}
    steps: list[tuple[str, str, str, dict[str, Any]]] = [
        ("support", "duty_officer", f"{hazard}/settlement", five),
        ("lead", "duty_leader", f"{hazard}/extension", {
            "until": (MORNING + timedelta(days=3)).isoformat(), "reason": said(), "monitoring": said(),
        }),
        ("support", "duty_officer", f"{hazard}/evidence", {"words": said()}),
        ("lead", "duty_officer", f"{hazard}/verification", {"accepted": False, "words": said()}),
        ("support", "duty_officer", f"{hazard}/evidence", {"words": said()}),
        ("lead", "duty_officer", f"{hazard}/verification", {"accepted": True, "words": said()}),
        ("lead", "duty_officer", f"{hazard}/reopening", {"reason": said()}),
        ("lead", "duty_officer", f"{item}/offer", {"to": "carrier-a/duty"}),
        ("support", "duty_officer", f"{item}/refusal", {"reason": said()}),
        ("lead", "duty_officer", f"{item}/offer", {"to": "carrier-a/duty"}),
        ("support", "duty_officer", f"{item}/acceptance", {"counted": 2, "words": said()}),
        ("support", "duty_leader", f"{item}/outcome", {
            "outcome": "destroyed", "words": said(), "receipt": said(most=60), "witness": "postal/duty",
        }),
        ("lead", "duty_officer", lead, {"to": "carrier-a/duty", "basis": said()}),
        ("lead", "duty_officer", f"{lead}/withdrawal", {"reason": said()}),
        ("lead", "duty_officer", lead, {"to": "carrier-a/duty", "basis": said()}),
        ("support", "duty_officer", f"{lead}/answer", {"accept": False, "reason": said()}),
        *_owed(city, words),
    ]  # fmt: skip
    for who, role, path, body in steps:
        yield path, speak(who, role).post(path, body).status_code
    hold = speak("lead", "coordinator").post("/operations/EXPO/holds", {"reason": said(), "until": later})
    for verb, more in (("review", {"until": later}), ("release", {})):
        path = f"/holds/{hold.json.get('id')}/{verb}"
        yield path, speak("lead", "coordinator").post(path, {"reason": said()} | more).status_code
    links = speak("support").post("/operations/EXPO/filing-links", {"date": TODAY, "units": ["A2"]}).json
    path = f"/filing-links/{links['items'][0]['path'].rpartition('/')[2]}/return"
    stated = {"counts": COUNTS, "stated_by": "duty_officer", "statement": said(), "late_reason": said()}
    yield path, speak("support").post(path, stated).status_code
    yield from _report(city, words)


def _owed(city: City, words: Words) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """One debt after another of those that are open, each with another of the answers."""
    later, tried = (MORNING + timedelta(days=2)).isoformat(), set[str]()
    for who in ("lead", "support"):
        asking = speakers(city.hub, city.people)(who, "duty_leader")
        for one in asking.get("/operations/EXPO/obligations?limit=200").json["items"]:
            for verb in [verb for verb in one["may"] if verb not in tried][:1]:
                tried.add(verb)
                path = {"not_applicable": "not-applicable", "settle": "settlement", "waive": "waiver",
                        "extend": "extension", "explain": "reason"}[verb]  # fmt: skip
                body = {"settle": {"words": words.next()}, "extend": {"until": later, "reason": words.next()},
                        "explain": {"code": "other", "words": words.next()}}  # fmt: skip
                yield who, "duty_leader", f"/obligations/{one['id']}/{path}", body.get(verb, {"reason": words.next()})


def _report(city: City, words: Words) -> Iterator[tuple[str, int]]:
    speak, path = speakers(city.hub, city.people), f"/reports/{city.things['report:open']}"
    lead = speak("lead", "duty_leader")
    content = lead.get(path).json["content"]
    lines = {
        one["code"]: {"unknown" if one["counts"] else "value": words.next()} for one in content if not one["value"]
    }
    yield path, lead.patch(path, {"content": lines}, lead.get(path).json["version"]).status_code
    mark = lead.get(path).json["sha256"]
    yield f"{path}/signature", lead.post(f"{path}/signature", {"sha256": mark}).status_code
    via = {"channel": "phone", "words": words.next()}
    sent = lead.post(f"{path}/sending", {"to": "police/duty", "reason": words.next(), "via": via})
    yield f"{path}/sending", sent.status_code
    sending = (sent.json.get("sendings") or [{}])[0].get("id")
    police = speak("informed", "duty_officer")
    yield f"{path}/receipt", police.post(f"{path}/receipt", {"sending": sending, "via": via}).status_code
    yield f"{path}/amendment", lead.post(f"{path}/amendment", {"why": words.next()}).status_code


def _knocked(city: City, door: Door, words: Words, schema: Any, schemas: dict[str, Any]) -> str:
    why = ""
    for state in STATES:
        for who in TRIED:
            if door.name in words.took:
                return why
            body = good(city, door, state, words)
            body = body if body is bodies.PHOTOGRAPH else filled(body, words, schema, schemas)
            if door.path.endswith(("<op>/plan", "/plan/check", "/batch")):
                # A whole plan, or rows instead of a text.
                text = good(city, door, state, words).get("text")
                body = {name: value for name, value in body.items() if name != "text"} | (
                    {"text": text} if text else {}
                )
            answer = _sent(city, door, who, state, body, words)
            why = f"{answer.status_code} {answer.get_data(as_text=True)[:160]}" if answer.status_code != 403 else why
    return why


def _sent(city: City, door: Door, who: tuple[str, str], state: str, body: Any, words: Words) -> Any:
    person = city.people[who]
    address = door.path.replace("~", "/api/v1")
    for part, value in knocking.parts(city, Cell(door, person, state)).items():
        address = re.sub(rf"<(?:\w+:)?{part}>", value, address)
    headers = {"Accept": "application/json", "If-Match": '"1"', **person.headers}
    db.session.remove()
    client = city.hub.app.test_client(use_cookies=False)
    if body is bodies.PHOTOGRAPH:
        boundary, form = knocking.encode_multipart(
            {
                "file": knocking.FileStorage(knocking.BytesIO(knocking.photograph()), f"{words.next()}.jpg"),
                "note": words.next(),
            }
        )
        return client.post(
            address, data=form, content_type=f"multipart/form-data; boundary={boundary}", headers=headers
        )
    return client.open(address, method=door.method, json=body, headers=headers)


def _path(door: Door) -> str:
    return re.sub(r"<(\w+)>", r"{\1}", door.path.replace("~", "/api/v1"))


def rename(folder: Path) -> None:
    """Put script into every name that stands in many places, past every door: agencies, sites, desks and people."""
    words = '"><img data-canary=1 src=x onerror=canary()><script>canary()</script>'
    both = json.dumps({"zh": words, "en": words})
    with closing(sqlite3.connect(folder / "hub.db", timeout=20)) as house, house:
        for table in ("agency", "site", "desk", "area", "unit"):
            house.execute(f"UPDATE {table} SET title = ?", (both,))  # noqa: S608 - our own names
        house.execute("UPDATE member SET name = ?", (words,))
        # What a device makes itself cannot be brought in by a door here.
        house.execute(
            "INSERT INTO passkey (id, member_id, credential, public_key, signs, label, made_at)"
            " SELECT 'k' || rowid, id, 'c' || rowid, 'x', 0, ?, '2026-09-01 00:00:00.000000' FROM member",
            (words[:64],),
        )


class Quiet(WSGIRequestHandler):
    """Says nothing of what it is asked."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Keep still."""


@contextmanager
def served(hub: Hub) -> Iterator[str]:
    """The application of this very process on a free port of loopback, while its clock is held."""
    server = make_server("127.0.0.1", 0, hub.app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
