"""The customary forms: from what a room knows to a sheet, in the order in which such papers are read (pure).

A room hands over plain values that it has put into words already; what it leaves out is left out, and what is not known
is a dash. Which form, and how much has come in, decides the sentences, and they are the same for everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .words import FORMS

Sheet = dict[str, Any]
# What a form takes over as it is; see the package for the meaning of each.
PASSED = (
    "lang", "agency", "at", "subtitle", "number", "issued", "cut_off", "zone", "urgency", "tlp", "exercise",
    "signatures", "sent_to", "copied_to", "sha256", "record_mark",
)  # fmt: skip


def report(values: Mapping[str, Any]) -> Sheet:
    """An incident report: 初报, 续报, 终报 or 每日值班信息.

    Shape: what every sheet takes, and {form: first|follow_up|final|daily, turn: n of a follow-up, amends: number,
    fields: [[label, value]], account, figures: [{title, period, to_date, as_of, source, why}], measures: [text],
    outlook, requests}. A figure that is not known is None, and `why` says who finds out by when.
    """
    words = FORMS[_lang(values)]
    parts: list[tuple[str, Mapping[str, Any] | None]] = [
        ("basics", {"fields": values["fields"]} if values.get("fields") else None),
        ("account", _text(values.get("account"))),
        ("figures", _figures(values["figures"], words) if values.get("figures") else None),
        ("measures", {"items": values["measures"]} if values.get("measures") else None),
        ("outlook", _text(values.get("outlook"))),
        ("requests", _text(values.get("requests"))),
    ]
    return {
        **_passed(values),
        "title": words[values["form"]].format(n=values.get("turn", "")),
        "seal": True,
        "sections": [*_amends(values, words), *_sections(parts, words)],
    }


def roll_up(values: Mapping[str, Any]) -> Sheet:
    """The zero reports of a day as one tier hands them up; what is missing is named and is never zero.

    Shape: what every sheet takes, and {owed: m, received: n, missing: [[code, unit, owed by]], late: [same], returned:
    [same], totals: [{title, n, of}], remarks, amends: number}. `of` is how many of the received stated that category.
    """
    words = FORMS[_lang(values)]
    owed, received = values["owed"], values["received"]
    said = words["received"].format(n=received, m=owed, k=owed - received)
    columns = [{"title": words["code"], "share": 0.7}, {"title": words["unit"], "share": 2}, words["owed_by"]]
    rows = [[one["title"], one["n"], f"{one['of']} / {owed}"] for one in values.get("totals") or ()]
    totals = {
        "columns": [{"title": words["item"], "share": 2}, _right(words["n"]), _right(words["stated"])],
        "rows": rows,
    }
    parts: list[tuple[str, Mapping[str, Any] | None]] = [
        ("state", {"text": said}),
        ("missing", {"table": {"columns": columns, "rows": values.get("missing") or []}}),
        *(
            (name, {"table": {"columns": columns, "rows": values[name]}} if values.get(name) else None)
            for name in ("late", "returned")
        ),
        ("totals", {"table": totals, "note": words["totals_say"].format(n=received, m=owed)}),
        ("remarks", _text(values.get("remarks"))),
    ]
    sections = [*_amends(values, words), *_sections(parts, words)]
    return {**_passed(values), "title": words["roll_up"], "seal": True, "sections": sections}


def inspection(values: Mapping[str, Any]) -> Sheet:
    """A visit: what was looked at, what was found, and how the visited took note of it.

    Shape: what every sheet takes, and {fields: [[label, value]], items: [[item, score, finding]], hazards: [[ref, what,
    grade, settle by]], note_taken: signed|refused|unsigned|not_asked, by: post, witness: post, opinion}.
    """
    words = FORMS[_lang(values)]
    looked = [words["item"], {"title": words["score"], "align": "center", "share": 0.5}, words["finding"]]
    hazards = [
        {"title": words["code"], "share": 1.3},
        {"title": words["hazard"], "share": 2},
        words["grade"],
        words["by"],
    ]
    took = words[values["note_taken"]].format(by=values.get("by") or "—", witness=values.get("witness") or "—")
    parts: list[tuple[str, Mapping[str, Any] | None]] = [
        ("basics", {"fields": values["fields"]}),
        ("looked_at", {"table": {"columns": looked, "rows": values.get("items") or []}}),
        ("hazards", {"table": {"columns": hazards, "rows": values["hazards"]}} if values.get("hazards") else None),
        ("opinion", _text(values.get("opinion"))),
        ("note_taken", {"text": took}),
    ]
    return {**_passed(values), "title": words["inspection"], "seal": True, "sections": _sections(parts, words)}


def custody(values: Mapping[str, Any]) -> Sheet:
    """The chain of custody of one thing: what it is, every hand it went through, and who said so.

    Shape: what every sheet takes, and {fields: [[label, value]], moves: [[when, what, from and to, count, seal, where
    and what was said]]}.
    """
    words = FORMS[_lang(values)]
    columns = [
        {"title": words["when"], "share": 1.2}, {"title": words["move"], "share": 0.7},
        {"title": words["hands"], "share": 1.6}, {"title": words["n_counted"], "align": "right", "share": 0.8},
        {"title": words["seal_number"], "share": 0.9}, {"title": words["where_and_why"], "share": 2.2},
    ]  # fmt: skip
    parts: list[tuple[str, Mapping[str, Any] | None]] = [
        ("basics", {"fields": values["fields"]}),
        ("moves", {"table": {"columns": columns, "rows": values["moves"]}}),
    ]
    return {**_passed(values), "title": words["custody"], "seal": True, "sections": _sections(parts, words)}


def _lang(values: Mapping[str, Any]) -> str:
    return "zh" if str(values["lang"]).startswith("zh") else "en"


def _passed(values: Mapping[str, Any]) -> Sheet:
    return {name: values[name] for name in PASSED if name in values}


def _amends(values: Mapping[str, Any], words: Mapping[str, str]) -> list[Mapping[str, Any]]:
    return [{"text": words["amends"].format(number=values["amends"])}] if values.get("amends") else []


def _text(said: Any) -> Mapping[str, Any] | None:
    return {"text": said} if said else None


def _right(title: str) -> Mapping[str, str]:
    return {"title": title, "align": "right"}


def _figures(figures: Sequence[Mapping[str, Any]], words: Mapping[str, str]) -> Mapping[str, Any]:
    columns = [
        {"title": words["item"], "share": 1.6},
        _right(words["period"]),
        _right(words["to_date"]),
        {"title": words["as_of"], "align": "center", "share": 1.3},
        {"title": words["source"], "share": 2},
    ]
    rows = [
        [one["title"], one["period"], one["to_date"], one.get("as_of"), one.get("why") or one.get("source")]
        for one in figures
    ]
    unknown = any(one["period"] is None or one["to_date"] is None for one in figures)
    return {"table": {"columns": columns, "rows": rows}, "note": words["unknown_says"] if unknown else None}


def _sections(
    parts: Iterable[tuple[str, Mapping[str, Any] | None]], words: Mapping[str, str]
) -> list[Mapping[str, Any]]:
    """What there is, under the headings of the trade: 一、二、三 in Chinese, plain numbers in English."""
    there = [(name, body) for name, body in parts if body is not None]
    return [
        {"heading": f"{words['ordinals'][place]}{words['after_ordinal']}{words[name]}", **body}
        for place, (name, body) in enumerate(there)
    ]
