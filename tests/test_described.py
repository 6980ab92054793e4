"""What every door answers is described, and an answer that differs from its description fails whoever sees it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Response

from incident_hub.kernel.doors import PREFIX, Room
from tests import described
from tests.night import Hub

# Where the document leaves open what stands there, and why.
OPEN = {
    "EntryOut/data": "what an entry holds is said in docs/RECORD.md, by its kind",
    "EntryOut/card": "the card of whatever the entry is about",
    "HazardStep/codes": "what goes with a deed, by the deed",
    "Both/theirs": "what a line says",
    "Both/yours": "what a line says",
    "Moved/theirs": "the value of any field",
    "Moved/yours": "the value of any field",
    "Options/options": "what a browser is handed as it stands, by WebAuthn",
}


def open_in(schema: Any, at: str) -> Iterator[str]:
    """The places of a description at which anything may stand."""
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "object" and "properties" not in schema and not schema.get("additionalProperties"):
        yield at
    if schema.get("additionalProperties") is True or not schema.keys() - {"description", "title", "default"}:
        yield at
    for name, part in schema.get("properties", {}).items():
        yield from open_in(part, f"{at}/{name}")
    for part in (*schema.get("anyOf", ()), schema.get("items"), schema.get("additionalProperties")):
        yield from open_in(part, at)


def sent_shapes(document: dict[str, Any]) -> set[str]:
    """The names of the descriptions that are used by an answer, themselves or inside of one."""
    wanted: list[Any] = [one for methods in document["paths"].values() for told in methods.values()
                         for one in told["responses"].values()]  # fmt: skip
    found = {"Problem"}
    wanted.append(document["components"]["schemas"]["Problem"])
    while wanted:
        one = wanted.pop()
        if isinstance(one, dict):
            name = str(one.get("$ref", "")).partition("/schemas/")[2]
            if name and name not in found:
                found.add(name)
                wanted.append(document["components"]["schemas"][name])
            wanted += one.values()
        elif isinstance(one, list):
            wanted += one
    return found


def test_every_answer_is_described_and_what_is_left_open_is_named(expo: Hub) -> None:
    document: dict[str, Any] = expo.as_("ana").get("/openapi.json").json
    schemas = document["components"]["schemas"]
    left = {at for name in sent_shapes(document) for at in open_in(schemas[name], name)}
    assert left == set(OPEN)
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            good = {code: one for code, one in told["responses"].items() if code < "400"}
            assert good, (method, path)
            for one in good.values():
                assert all(
                    kind != "application/json" or "schema" in content for kind, content in one["content"].items()
                )


def test_the_examples_fit_the_shapes_they_stand_in(expo: Hub) -> None:
    document: dict[str, Any] = expo.as_("ana").get("/openapi.json").json
    known = described.Described(document)
    shown = {name: one["examples"] for name, one in document["components"]["schemas"].items() if "examples" in one}
    assert len(shown) == 10
    for name, examples in shown.items():
        for one in examples:
            body = expo.app.json.dumps(one).encode()
            assert known.misfit({"$ref": f"#/components/schemas/{name}"}, body) is None


def test_a_door_without_a_described_answer_cannot_be_hung() -> None:
    with pytest.raises(TypeError, match="gives"):
        Room("here").door("GET", "/here", scope=None)  # pyright: ignore[reportCallIssue]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda body: body | {"planted": 1}, "planted"),
        (lambda body: {name: value for name, value in body.items() if name != "code"}, "code"),
        (lambda body: body | {"exercise": "no"}, "exercise"),
        (lambda body: body | {"phase": "over"}, "phase"),
    ],
)
def test_an_answer_that_is_not_as_described_fails_the_test_that_sees_it(expo: Hub, change: Any, told: str) -> None:
    ana = expo.as_("ana")
    body = ana.get("/operations/EXPO").json
    rule, whole = f"{PREFIX}/operations/<op>", described.Whole(expo.app)
    whole.look("GET", rule, Response(expo.app.json.dumps(body), content_type="application/json"))
    with pytest.raises(described.NotDescribed, match=told):
        whole.look("GET", rule, Response(expo.app.json.dumps(change(body)), content_type="application/json"))


def test_a_status_a_kind_and_a_missing_header_are_told(expo: Hub) -> None:
    ref = expo.as_("ana").open()
    whole = described.Whole(expo.app)
    body = expo.app.json.dumps(expo.as_("ana").get(f"/incidents/{ref}").json)
    rule = f"{PREFIX}/incidents/<ref>"
    for answer, told in (
        (Response(body, 202, content_type="application/json"), "no such status"),
        (Response(body, content_type="text/html"), "text/html"),
        (Response(body, content_type="application/json"), "no ETag"),
    ):
        with pytest.raises(described.NotDescribed, match=told):
            whole.look("GET", rule, answer)


def test_what_a_hub_of_the_tests_answers_is_looked_at(expo: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(described.Described, "fault", lambda *_: "planted")
    with pytest.raises(described.NotDescribed, match="planted"):
        expo.as_("ana").get("/me")
