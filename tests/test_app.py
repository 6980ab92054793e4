"""The house as a whole: its API document is sound, its pages are guarded, and what it refuses it refuses in words."""

from __future__ import annotations

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.night import Hub


def test_the_api_document_is_valid_and_has_every_door(expo: Hub) -> None:
    document = expo.app.test_client().get("/api/v1/openapi.json").get_json()
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    described = {(path, method) for path, methods in document["paths"].items() for method in methods}
    for door in expo.app.extensions["hub_doors"]:
        path = "/api/v1" + door.path.replace("<", "{").replace(">", "}")
        assert (path, door.method.lower()) in described
    assert {"Problem", "IncidentIn"} <= set(document["components"]["schemas"])


# The doors by which one comes in ask for what one comes in with.
COMING_IN = {
    "POST /session": 422, "POST /session/factor": 422, "POST /session/passkey": 422,
    "POST /session/passkey/challenge": 200, "POST /session/seat": 422,
}  # fmt: skip


def test_every_door_but_sign_in_wants_to_know_who_asks(expo: Hub) -> None:
    stranger = expo.app.test_client()
    others: dict[str, int] = {}
    for door in expo.app.extensions["hub_doors"]:
        path = "/api/v1" + door.path.replace("<op>", "EXPO").replace("<", "").replace(">", "")
        response = stranger.open(path, method=door.method, json={})
        # A link that is none looks like anything else that is not there.
        if response.status_code != (404 if "<secret>" in door.path else 401):
            others[f"{door.method} {door.path}"] = response.status_code
        assert response.content_type == "application/problem+json" or response.status_code < 300
    assert others == COMING_IN


def test_a_page_sends_a_stranger_to_sign_in_and_back(expo: Hub) -> None:
    response = expo.app.test_client().get("/operations/EXPO/board", headers={"Accept": "text/html"})
    assert response.status_code == 302
    assert response.headers["Location"] == "/sign-in?next=%2Foperations%2FEXPO%2Fboard"


@pytest.mark.parametrize("path", ["/sign-in", "/healthz", "/api/v1/openapi.json", "/nowhere"])
def test_every_answer_carries_the_headers_that_keep_it_safe(expo: Hub, path: str) -> None:
    headers = expo.app.test_client().get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_what_cannot_be_read_is_refused_in_a_sentence(expo: Hub) -> None:
    ana = expo.as_("ana")
    broken = ana.call("POST", "/operations/EXPO/incidents", data=b"{", content_type="application/json")
    assert (broken.status_code, broken.json["type"]) == (400, "urn:incident-hub:malformed")
    assert ana.call("POST", "/operations/EXPO/incidents", data=b"[]").status_code == 422
    assert ana.get("/operations/NOPE/board").json == ana.get("/incidents/NOPE").json


def test_the_hub_says_whether_it_is_ready(expo: Hub) -> None:
    answer = expo.app.test_client().get("/readyz")
    assert answer.json == {"ready": True, "database": True, "migrations": True, "engine": None}
