"""An exercise is marked on everything that shows it, and changes no number of a real operation."""

from __future__ import annotations

import json
import re
from typing import Any

from click.testing import CliRunner
from flask import Flask

from incident_hub.app import TEMPLATES
from incident_hub.cli import hub as command
from incident_hub.kernel.database import db
from incident_hub.reviews import documents
from tests.exercise.playing import load
from tests.night import Hub
from tests.paper import sheets

MARK = re.compile("演练|EXERCISE")
# What the pages of an operation are asked with; a page that needs more says so here.
PARTS = {"op", "ref", "form", "version"}


def addresses(app: Flask, ref: str, others: dict[str, str], version: str) -> list[str]:
    """Every page of the exercise, of its incident, hazard, visit and item, and every document in every form."""
    found: list[str] = []
    for rule in app.url_map.iter_rules():
        path, parts = rule.rule, set(rule.arguments)
        if path.startswith(("/api", "/static")) or not parts & {"op", "ref"} or "GET" not in (rule.methods or ()):
            continue
        if "id" in parts or "kind" in parts or path.startswith("/returns/"):
            # It shows one thing that has to be made first, and the law of the sheet below holds for it; it is a table
            # to be filled in, which says it in its name; or it only leads on to a page.
            continue
        assert parts <= PARTS, f"say in PARTS what {path} is asked with"
        about = next((other for start, other in others.items() if path.startswith(start)), ref)
        path = path.replace("<op>", "DRILL").replace("<ref>", about).replace("<version>", version)
        forms = list(documents.REGISTERED) if "form" in parts else [""]
        if "/briefing." in path or (path.startswith(("/inspections/", "/items/")) and "form" in parts):
            forms = ["pdf", "docx"]
        found += [path.replace("<form>", form) for form in forms]
    return found


def read(drill: Hub, path: str, lang: str) -> str:
    db.session.remove()
    # Who has looked is read at the desk in the lead.
    caller = drill.as_("ben" if path.endswith("/looks") else "ana")
    answer = caller.client.get(f"{path}?lang={lang}", headers={**caller.headers, "Accept": "text/html"})
    assert answer.status_code == 200, (path, answer.status_code)
    form = path.rpartition(".")[2]
    return sheets.read(form, answer.data) if form in ("pdf", "docx", "xlsx") else answer.text


def test_every_page_and_every_document_of_an_exercise_says_that_it_is_one(drill: Hub) -> None:
    ref = drill.as_("ana").post("/operations/DRILL/incidents", {"type": "VIOL", "title": "抽查"}).json["ref"]
    found = {"title": "消防通道堆放快件", "origin": "authority", "agency": "carrier-a"}
    hazard = drill.as_("ana").post("/operations/DRILL/hazards", found).json["ref"]
    seats = [{"agency": "police", "post": post} for post in ("duty_officer", "deputy")]
    look = {"visit": "announced", "origin": "authority", "agency": "carrier-a", "inspectors": seats}
    visit = drill.as_("ana").post("/operations/DRILL/inspections", {**look, "checklists": ["fire"]}).json["ref"]
    thing = {"sort": "class_b", "title": "管制刀具", "quantity": 3}
    item = drill.as_("ana").post(f"/incidents/{ref}/items", thing).json["ref"]
    others = {"/hazards/": hazard, "/inspections/": visit, "/items/": item}
    paths = addresses(drill.app, ref, others, drill.expo.plan_version)
    assert len(paths) >= 7, paths
    for path in paths:
        for lang in ("zh", "en"):
            text = read(drill, path, lang)
            if "<html" not in text:
                assert MARK.search(text) or json.loads(text)["operation"]["exercise"], path
                continue
            title = re.search("<title>(.*?)</title>", text)
            assert title, path
            assert MARK.search(title[1]), f"the title of {path} does not say it"
            body = text[text.index("<body") :]
            assert len(MARK.findall(body)) >= 2, f"{path} does not say it at both ends"


def test_a_table_to_be_filled_in_says_it_in_its_name(drill: Hub) -> None:
    caller = drill.as_("ana")
    for kind in ("csv", "xlsx"):
        answer = caller.client.get(f"/operations/DRILL/zero-reports/form.{kind}", headers=caller.headers)
        assert "EXERCISE" in answer.headers["Content-Disposition"]


def test_no_page_has_a_sheet_of_its_own_without_the_mark(drill: Hub) -> None:
    sheets = [path for path in sorted(TEMPLATES.rglob("*.html")) if "<html" in path.read_text()]
    assert {path.relative_to(TEMPLATES).as_posix() for path in sheets} == {
        "base.html",
        "reviews/documents/review.html",
    }
    assert all("exercise" in path.read_text() for path in sheets)


def test_no_page_of_a_real_operation_says_it(drill: Hub) -> None:
    drill.as_("ana").post("/operations/DRILL/incidents", {"type": "VIOL", "title": "抽查"})
    for path in ("/operations/EXPO/board", "/operations/EXPO/review", "/operations/EXPO/review.md"):
        assert "EXERCISE" not in read(drill, path, "en"), path


def test_the_exported_record_of_an_exercise_says_so_under_its_signature(drill: Hub) -> None:
    heads: dict[str, Any] = {}
    for code in ("DRILL", "EXPO"):
        file = drill.folder / f"{code}.jsonl"
        args = ["record", "export", code, "-o", str(file), "--data", str(drill.folder), "--database", drill.url]
        done = CliRunner().invoke(command, args)
        assert done.exit_code == 0, done.output
        heads[code] = json.loads(file.read_text().splitlines()[0])
        assert CliRunner().invoke(command, ["record", "verify", str(file)]).exit_code == 0
    assert heads["DRILL"]["exercise"] is True
    assert "exercise" not in heads["EXPO"]


def numbers(drill: Hub) -> dict[str, Any]:
    """Everything that counts in the real operation."""
    ana = drill.as_("ana")
    board = ana.get("/operations/EXPO/board").json
    review = ana.get("/operations/EXPO/review").json
    return {
        "cards": board["cards"], "digest": board["digest"], "counts": board["counts"], "due": board["due_next"],
        "head": board["head"], "figures": review["figures"],
        "owed": ana.get("/operations/EXPO/obligations").json["items"],
    }  # fmt: skip


def test_an_incident_of_an_exercise_changes_no_number_of_a_real_operation(drill: Hub) -> None:
    drill.as_("dan").open(site="carrier-a/site-001")
    before = numbers(drill)
    load(drill)
    ref = drill.as_("dan").post("/operations/DRILL/incidents", {"type": "PROH-XRAY", "title": "假的"}).json["ref"]
    drill.forward(minutes=4, engine=False)
    assert drill.as_("ana").get(f"/incidents/{ref}").json["exercise"]
    assert numbers(drill) == before


def test_what_an_exercise_asks_is_told_apart_at_my_desk(drill: Hub) -> None:
    real = drill.as_("dan").open(site="carrier-a/site-001")
    drill.as_("dan").post("/operations/DRILL/incidents", {"type": "PROH-XRAY", "title": "假的"})
    owed = drill.as_("ana").get("/me/desk").json["obligations"]
    assert {one["subject"]["ref"] for one in owed if not one["exercise"]} == {real}
    assert {one["operation"] for one in owed if one["exercise"]} == {"DRILL"}
