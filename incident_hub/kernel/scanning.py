"""Where what people write comes in, it is looked through for values of persons, once for every door.

Whoever wrote says what becomes of them, in the member `personal` of the body: `mask` leaves dots and the last four,
`seal` locks the value away with the incident besides, `keep` takes the text as it is. Without a word the door answers
422 with every place; nothing is refused for good, so a message that saves lives goes through with one more press.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NoReturn

from flask import g
from pydantic import BaseModel

from . import bodies, vault
from .database import Work, before_commit
from .errors import BadInput
from .personal import Found, found, masked
from .record import Draft
from .saying import say
from .uploads import Upload
from .vault import Value

CHOICES = ("mask", "keep", "seal")
# Words are longer than codes and shorter than files. Units: characters a field may have.
_WORDS = range(200, 20_001)
# Fields that hold words, whatever length their shape allows them.
_ALWAYS = frozenset({"words", "words_by"})
# Fields that are no words, whatever their length.
_NEVER = frozenset({"password", "secret", "pin", "token", "url"})


class HoldsPersonal(BadInput):
    """A text holds what looks like a value of a person, and nobody said what is to become of it."""

    type, title = "personal-values", "Values of persons in the text"


def fitted(model: type[BaseModel], sent: Any, *, plain: bool) -> BaseModel:
    """The body in its shape, with the values of persons treated as asked.

    Raises: BadInput, and HoldsPersonal with the place of each value when nothing was asked.
    """
    g.hub_sealing = []
    if plain or not isinstance(sent, dict) or "personal" in model.model_fields:
        return bodies.fitted(model, sent, "body")
    choice = _chosen(sent.get("personal"))
    body = {name: value for name, value in sent.items() if name != "personal"}
    made = bodies.fitted(model, body, "body")
    if choice == "keep":
        return made
    places = places_of(model)
    if choice is None:
        _refuse(body, places)
        return made
    treated = _each(body, places, "", _sealed if choice == "seal" else lambda _pointer, text: masked(text, found(text)))
    return bodies.fitted(model, treated, "body")


def noted(upload: Upload) -> Upload:
    """A file with the note beside it treated as asked. Raises: HoldsPersonal as `fitted` does."""
    g.hub_sealing = []
    choice, note = _chosen(upload.words.get("personal")), upload.words.get("note", "")
    finds = found(note)
    if not finds or choice == "keep":
        return upload
    if choice is None:
        _tell([{"pointer": "/note", "kind": one.kind, "start": one.start, "end": one.end} for one in finds])
    treated = _sealed("/note", note) if choice == "seal" else masked(note, finds)
    return replace(upload, words={**upload.words, "note": treated})


def lock_away(draft: Draft) -> None:
    """Lock away what was sealed in the words of this entry, and say so in it; the record asks this of every draft.

    Raises: BadInput where the entry is about no incident: nobody could reveal it there.
    """
    sealing: list[tuple[str, Value]] = g.get("hub_sealing") or []
    said = "\n".join(draft.texts.values())
    for one in [one for one in sealing if one[0] in said]:
        if draft.subject[0] != "incident":
            raise BadInput(_NOWHERE, errors=[{"pointer": "/personal", "detail": _NOWHERE}])
        row = vault.put(draft.chain, draft.subject, one[1], draft.by.desk, draft.at)
        draft.data.setdefault("sealed", []).append({"value": row.id, "kind": row.kind})
        sealing.remove(one)


@before_commit
def _nothing_lost(_work: Work) -> None:
    # A text whose value was taken out and locked away nowhere would be a loss that nobody notices.
    if g.get("hub_sealing"):
        g.hub_sealing = []
        raise BadInput(_NOWHERE, errors=[{"pointer": "/personal", "detail": _NOWHERE}])


_NOWHERE = "Values are locked away with an incident, and this is about none; send it with personal mask or keep."


@cache
def places_of(model: type[BaseModel]) -> Mapping[str, Any]:
    """The free texts of a shape, as its JSON schema with every reference followed."""
    return model.model_json_schema(by_alias=True)


def takes_words(model: type[BaseModel]) -> bool:
    """Whether a shape has a field for words somewhere."""
    schema = places_of(model)
    shapes = [schema, *schema.get("$defs", {}).values()]
    return any(_worded(field, name) for one in shapes for name, field in one.get("properties", {}).items())


def _worded(node: Mapping[str, Any], name: str) -> bool:
    forms = [node, *node.get("anyOf", ()), node.get("items") or {}, node.get("additionalProperties") or {}]
    held = [form for form in forms if isinstance(form, dict) and form.get("type") == "string"]
    return name not in _NEVER and any(form.get("maxLength") in _WORDS or name in _ALWAYS for form in held)


def _refuse(body: Mapping[str, Any], places: Mapping[str, Any]) -> None:
    finds: list[dict[str, Any]] = []

    def look(pointer: str, text: str) -> str:
        finds.extend({"pointer": pointer, "kind": one.kind, "start": one.start, "end": one.end} for one in found(text))
        return text

    _each(body, places, "", look)
    if finds:
        _tell(finds)


def _chosen(choice: Any) -> str | None:
    if choice is not None and choice not in CHOICES:
        words = say("personal is one of {choices}.", choices=CHOICES)
        raise BadInput(words, errors=[{"pointer": "/personal", "detail": words}])
    return choice


def _tell(finds: Sequence[Mapping[str, Any]]) -> NoReturn:
    words = say(
        "The text holds {n} values that look like a person's: a telephone, identity or waybill number.", n=len(finds)
    )
    errors: list[dict[str, str]] = [
        {"pointer": one["pointer"], "detail": say("{kind}, characters {start} to {end}", **one)} for one in finds
    ]
    told = say("{words} Send it again with personal: mask, seal (into the vault) or keep.", words=words)
    raise HoldsPersonal(told, errors=errors, personal=finds, choices=list(CHOICES))


def _sealed(_pointer: str, text: str) -> str:
    finds = found(text)
    whole = masked(text, finds)
    for one in finds:
        value = text[one.start : one.end]
        g.hub_sealing.append((masked(value, [Found(one.kind, 0, len(value))]), Value(one.kind, value)))
    return whole


def _each(
    sent: Any, node: Mapping[str, Any], pointer: str, deed: Callable[[str, str], str], root: Mapping[str, Any] = {}
) -> Any:
    """What was sent, with a deed done to each free text in it."""
    root = root or node
    node = _followed(node, root, sent)
    if isinstance(sent, str):
        name = pointer.rpartition("/")[2]
        return deed(pointer, sent) if _worded(node, name) else sent
    if isinstance(sent, dict):
        fields, rest = node.get("properties", {}), node.get("additionalProperties") or {}
        return {
            name: _each(
                value, fields.get(name, rest if isinstance(rest, dict) else {}), f"{pointer}/{name}", deed, root
            )
            for name, value in sent.items()
        }
    if isinstance(sent, list):
        return [_each(one, node.get("items", {}), f"{pointer}/{i}", deed, root) for i, one in enumerate(sent)]
    return sent


def _followed(node: Mapping[str, Any], root: Mapping[str, Any], sent: Any) -> Mapping[str, Any]:
    """The part of a schema that speaks of what was sent: references followed, of several forms the fitting one."""
    while "$ref" in node:
        node = root.get("$defs", {}).get(node["$ref"].rpartition("/")[2], {})
    kind = {str: "string", dict: "object", list: "array"}.get(type(sent))
    for form in (*node.get("anyOf", ()), *node.get("oneOf", ())):
        chosen = _followed(form, root, sent)
        if chosen.get("type") == kind:
            return chosen
    return node
