from __future__ import annotations

import pytest

from incident_hub import paper
from tests.night import Hub
from tests.paper.sheets import read


def download(expo: Hub, login: str, form: str, lang: str = "en"):
    """A document as a browser asks for it, with somebody's token."""
    caller = expo.as_(login)
    return caller.client.get(f"/operations/EXPO/review.{form}?lang={lang}", headers=caller.headers)


def test_the_door_answers_with_what_the_desk_may_know(expo: Hub) -> None:
    ref = expo.as_("dan").open()
    told = expo.as_("ana").get("/operations/EXPO/review?lang=en")
    assert told.status_code == 200
    assert [one["ref"] for one in told.json["incidents"]] == [ref]
    assert told.json["as_desk"] == "police/duty"
    assert expo.as_("cleo").get("/operations/EXPO/review").json["incidents"] == []
    assert expo.as_("ana").get("/operations/EXPO/review?lang=fr").status_code == 422
    assert expo.as_("ana").get("/operations/NONE/review").status_code == 404


@pytest.mark.parametrize(
    ("form", "media"),
    [
        ("md", "text/markdown"),
        ("html", "text/html"),
        ("json", "application/json"),
        ("pdf", paper.PDF),
        ("docx", paper.DOCX),
        ("xlsx", paper.XLSX),
    ],
)
def test_a_document_is_a_file_to_keep_and_runs_nothing(expo: Hub, form: str, media: str) -> None:
    ref = expo.as_("dan").open(title="<script>alert(1)</script>")
    answer = download(expo, "ana", form, "zh")
    assert answer.status_code == 200
    assert answer.mimetype == media
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=review-EXPO-")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert ref in read(form, answer.data)
    assert ref not in read(form, download(expo, "cleo", form).data)
    if form in {"md", "html"}:
        assert "总结评估报告" in answer.text
        assert "<script" not in answer.text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_shows_the_review_of_the_askers_desk(expo: Hub, lang: str) -> None:
    ref = expo.as_("dan").open(title="<b>find</b>")
    for login, knows in (("ana", True), ("cleo", False)):
        caller = expo.as_(login)
        page = caller.client.get(f"/operations/EXPO/review?lang={lang}", headers=caller.headers)
        assert page.status_code == 200
        assert (ref in page.text) is knows
        assert "<b>find</b>" not in page.text


def test_a_form_nobody_wrote_and_an_operation_nobody_knows_look_the_same(expo: Hub) -> None:
    caller = expo.as_("ana")
    answers = [download(expo, "ana", "exe"), caller.client.get("/operations/NONE/review.md", headers=caller.headers)]
    assert [one.status_code for one in answers] == [404, 404]


def test_who_is_not_signed_in_gets_no_document(expo: Hub) -> None:
    assert expo.app.test_client().get("/operations/EXPO/review.md").status_code == 401
