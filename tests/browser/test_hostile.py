"""Script in every text the API document has, shown on every page in Chromium: nothing of it runs, or becomes markup.

The fields come from the document, so one that is added is filled too; the pages come from the application's own routes.
A page is judged by what the browser reports of its policy, by a canary that script or markup would call, and by marked
elements that are not text any more.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest

from incident_hub.app import create_app
from tests.board.served import Served
from tests.browser.conftest import Sit
from tests.files.test_doors import photograph

pytestmark = pytest.mark.browser

# One after the other in every field that has room for it; each marks what it becomes, and calls the canary.
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
MARKED = (
    "document.querySelectorAll('[data-canary], main script:not([src]), main iframe, main object, main base').length"
)
DEEP = """() => { let found = 0; const look = root => { for (const one of root.querySelectorAll('*')) {
  const calls = a => /^on/.test(a.name) && /canary/.test(a.value);
  if (one.hasAttribute('data-canary') || [...one.attributes].some(calls)) found++;
  if (one.shadowRoot) look(one.shadowRoot); } }; look(document); return found; }"""


class Filler:
    """Bodies for every door of the document, with the corpus in every text that takes it."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.shapes = document["components"]["schemas"]
        self.paths = document["paths"]
        self.turn = 0

    def doors(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Each door that takes a body of JSON, with the shape of it."""
        for path, methods in self.paths.items():
            for method, told in methods.items():
                content = told.get("requestBody", {}).get("content", {})
                if "application/json" in content:
                    yield method.upper(), path, content["application/json"]["schema"]

    def body(self, shape: dict[str, Any], name: str = "") -> Any:
        """A value that fits a shape."""
        if "$ref" in shape:
            return self.body(self.shapes[shape["$ref"].rpartition("/")[2]], name)
        if "const" in shape or "enum" in shape:
            return shape.get("const", shape.get("enum", [None])[0])
        for either in ("anyOf", "oneOf"):
            if either in shape:
                return self.body(next(one for one in shape[either] if one.get("type") != "null"), name)
        if "allOf" in shape:
            return self.body(shape["allOf"][0], name)
        kind = shape.get("type")
        if kind == "object" or "properties" in shape:
            needed = shape.get("required", ())
            parts = shape.get("properties", {})
            return {one: self.body(part, one) for one, part in parts.items() if one in needed or self.is_text(part)}
        if kind == "array":
            return [self.body(shape["items"], name)] if shape.get("items") else []
        if kind in ("integer", "number"):
            return max(1, shape.get("minimum", 1))
        if kind == "boolean":
            return True
        return self.words(shape, name)

    def words(self, shape: dict[str, Any], name: str) -> str:
        """The corpus as far as it fits, or what its form asks for."""
        known = {"zone": "Asia/Shanghai", "type": "PROH-XRAY", "site": "carrier-a/site-001", "desk": "police/duty"}
        if shape.get("format") == "date":
            return "2026-09-01"
        if shape.get("format") == "date-time":
            return "2026-09-01T08:00:00Z"
        if "pattern" in shape or name in known or shape.get("maxLength", 1000) < 24:
            return known.get(name, "x1")
        self.turn += 1
        said = "".join(CORPUS[self.turn % len(CORPUS) :] + CORPUS[: self.turn % len(CORPUS)])
        return said[: shape.get("maxLength", 1000)]

    def is_text(self, part: dict[str, Any]) -> bool:
        """Whether a field holds free text."""
        shapes = [part, *part.get("anyOf", ())]
        return any(
            one.get("type") == "string" and not {"enum", "pattern", "format", "const"} & set(one) for one in shapes
        )


def fill(hub: Served, filler: Filler) -> tuple[list[str], list[str], dict[str, list[str]]]:
    """Send a hostile body to every door; which took it, which refused it, and what was made, by its noun."""
    ref = hub.as_("dan").open(title=CORPUS[2], site="carrier-a/site-001")
    made: dict[str, list[str]] = {"incidents": [ref]}
    took: list[str] = []
    refused: list[str] = []
    for method, path, shape in filler.doors():
        if re.search(r"session|password|passkey|totp|sign-in|subscription|tokens|disabl|members/\\{", path):
            continue
        told = path.removeprefix("/api/v1").replace("{op}", "EXPO")
        noun = told.split("{")[0].strip("/").rpartition("/")[2]
        told = re.sub(r"\{(\w+)\}", lambda found, noun=noun: (made.get(noun) or [ref])[-1], told)
        statuses: list[int] = []
        for login in ("dan", "ana", "ben", "adm"):
            if login not in hub.tokens:
                continue
            answer = hub.as_(login).call(method, told, json=filler.body(shape), headers={"If-Match": '"1"'})
            assert answer.status_code < 500, (method, path, answer.text)
            statuses.append(answer.status_code)
            if answer.status_code < 300:
                took.append(f"{method} {path}")
                for key in ("ref", "id"):
                    if isinstance(answer.json, dict) and isinstance(answer.json.get(key), str):
                        made.setdefault(told.rstrip("/").rpartition("/")[2], []).append(answer.json[key])
                break
        else:
            refused.append(f"{method} {path} {statuses}")
    return took, refused, made


def rename(hub: Served) -> None:
    """Put script into every name that stands in many places, past every door: agencies, sites, desks and people."""
    words = '"><img data-canary=1 src=x onerror=canary()><script>canary()</script>'
    both = json.dumps({"zh": words, "en": words})
    with closing(sqlite3.connect(hub.folder / "hub.db", timeout=20)) as house, house:
        for table, column in (("agency", "title"), ("site", "title"), ("desk", "title"), ("area", "title")):
            house.execute(f"UPDATE {table} SET {column} = ?", (both,))  # noqa: S608 - our own four names
        house.execute("UPDATE member SET name = ?", (words,))
        house.execute("UPDATE wording SET value = ?", (words,))


def pages(hub: Served, made: dict[str, list[str]]) -> Iterator[str]:
    """Every page of the application with what was made in it."""
    app = create_app(f"sqlite:///{hub.folder}/hub.db", {"SECRET_KEY": "x"})
    for rule in app.url_map.iter_rules():
        if (
            "GET" not in (rule.methods or ())
            or rule.rule.startswith(("/api/", "/static", "/files/"))
            or "." in rule.rule
        ):
            continue
        nouns = [part for part in rule.rule.split("/") if part and not part.startswith("<")]
        path = rule.rule.replace("<op>", "EXPO")
        inner = next((made[noun] for noun in reversed(nouns) if noun in made), made["incidents"])
        for one in inner[-1:] if "<" in path else [""]:
            yield re.sub(r"<(?:\w+:)?\w+>", one, path)


def drawn(answer: httpx.Response) -> bool:
    """Whether an answer is a page."""
    return answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")


def test_nothing_that_anybody_wrote_runs_or_becomes_markup(
    hub: Served, sit: Sit, sessions: Callable[[str], str]
) -> None:
    document = hub.as_("ana").get("/openapi.json").json
    took, refused, made = fill(hub, Filler(document))
    ref = made["incidents"][0]
    name = '"><img data-canary=1 src=x onerror=canary()>.jpg'
    photo = hub.as_("dan").client.post(
        f"/incidents/{ref}/attachments", files={"file": (name, photograph(80, 60), "image/jpeg")}
    )
    assert photo.status_code in (201, 404), photo.text
    assert len(took) >= 12, refused
    rename(hub)
    ana = sit("ana", "en")
    called: list[str] = []
    ana.page.on("dialog", lambda dialog: called.append(dialog.message))
    ana.page.on(
        "request", lambda one: called.append(one.url) if not one.url.startswith((hub.url, "data:", "ws:")) else None
    )
    ana.context.add_init_script("window.canary = () => { console.error('CANARY'); }")
    cookie = {"hub_session": sessions("ana")}
    with httpx.Client(base_url=hub.url, cookies=cookie, trust_env=False, timeout=20) as quick:
        paths = [path for path in dict.fromkeys(pages(hub, made)) if drawn(quick.get(path))]
    for path in paths:
        ana.page.goto(path, wait_until="domcontentloaded")
        ana.page.wait_for_timeout(80)
        assert ana.page.evaluate(MARKED) == 0, path
        assert ana.page.evaluate(DEEP) == 0, path
    assert len(paths) > 15
    assert called == []
    assert [one for one in ana.complaints if "CANARY" in one or "CSP" in one] == []
    ana.complaints.clear()


def test_what_would_be_seen_is_seen(sit: Sit) -> None:
    ana = sit("ana")
    ana.context.add_init_script("window.canary = () => { console.error('CANARY'); }")
    ana.board()
    ana.page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img data-canary=1 src=x onerror=canary()>')"
    )
    ana.page.wait_for_timeout(200)
    assert ana.page.evaluate(MARKED) == 1
    assert ana.page.evaluate(DEEP) >= 1
    assert any("CSP" in one for one in ana.complaints)
    ana.complaints.clear()
