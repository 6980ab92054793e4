"""A review as a sheet of paper and as tables: the same words as the other forms, in the shapes `paper` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ._paper import told

# Whole incidents are told until so many cells are full; nobody reads a ream, and the other forms have everything.
CELLS = 16_000
LISTED = 1_000
# The strictest mark of what is inside goes on every page.
STRICT = ("AMBER+STRICT", "AMBER", "GREEN", "CLEAR")

Words = Mapping[str, Any]
Section = dict[str, Any]


def sheet(review: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The review as paper takes it: head, figures, course, list of incidents, and the newest of them whole."""
    words = told(review, lang)
    say, at, head = words["say"], words["at"], review["operation"]
    tlps = {one.get("tlp") for one in words["review"]["incidents"]}
    return {
        "lang": lang,
        "agency": words["name"](review["as_desk"]),
        "title": say("review"),
        "subtitle": f"{head['title']} · {head['code']}",
        "at": review["generated_at"].isoformat(),
        "issued": at(review["generated_at"]),
        "cut_off": at(review["to"]),
        "zone": words["zone"],
        "exercise": head["exercise"],
        "tlp": next((one for one in STRICT if one in tlps), None),
        "landscape": True,
        "record_mark": review["integrity"].get("record_mark"),
        "sections": [*_figures(words), *_course(words), *_incidents(words), *_integrity(words)],
    }


def tables(review: Mapping[str, Any], lang: str) -> list[dict[str, Any]]:
    """Key figures, clocks and timelines as tables for a spreadsheet, every incident of them."""
    words = told(review, lang)
    say, figures, incidents = words["say"], review["figures"], words["review"]["incidents"]
    numbers = [[say(name), figures[key]] for name, key in _NUMBERS]
    if review["operation"]["exercise"]:
        numbers.insert(0, [say("exercise"), None])
    if unnamed := words["review"]["unnamed"]:
        numbers.append([say("unnamed_says", n=unnamed), None])
    lines = [(None, line) for line in review["course"]] + [(one, line) for one in incidents for line in one["timeline"]]
    courses = [[one["ref"] if one else None, *_line(words, line)] for one, line in lines]
    clocks = [[one["ref"], *_clock(words, clock)] for one in incidents for clock in one["clocks"]]
    return [
        {"name": say("figures"), "columns": [say("figures"), say("n")], "rows": numbers},
        {"name": say("by_rule"), **_by_rule(words)},
        {"name": say("agency"), **_by_agency(words)},
        {"name": say("incidents"), **_list(words, incidents)},
        {"name": say("clocks"), "columns": [say("ref"), *_heads(say, _CLOCK)], "rows": clocks},
        {"name": say("timeline"), "columns": [say("ref"), *_heads(say, _LINE)], "rows": courses},
    ]


_NUMBERS = [
    ("incidents", "incidents"), ("clocks", "clocks"), ("met", "clocks_met"), ("met_late", "clocks_met_late"),
    ("missed", "clocks_missed"), ("open", "clocks_open"),
]  # fmt: skip
_CLOCK = ("rule", "force", "owed_by", "started", "due", "state", "done", "slack", "proof")
_LINE = ("at", "what", "by", "entered")


def _figures(words: Words) -> list[Section]:
    say, span, figures = words["say"], words["span"], words["figures"]
    head = words["review"]["operation"]
    period = f"{words['at'](words['review']['from'])} – {words['at'](words['review']['to'])}"
    answers = say(
        "acknowledged_says",
        median=span(figures["acknowledged_median_s"]),
        p90=span(figures["acknowledged_p90_s"]),
        n=figures["n"],
    )
    proof = say(
        "proof_says",
        stated=figures["clocks_met_stated"],
        receipt=figures["clocks_met_receipt"],
        late=figures["clocks_entered_late"],
    )
    other = sum(figures[f"clocks_{one}"] for one in ("not_applicable", "waived", "superseded"))
    fields = [
        [say("period"), period],
        [say("plan"), head["plan"]],
        [say("phase"), words["word"]("phase", head["phase"])],
        *([say(name), figures[key]] for name, key in _NUMBERS),
        [say("other"), other],
        [say("acknowledged"), answers],
    ]
    sections: list[Section] = [
        {"heading": say("figures"), "fields": fields, "note": f"{say('scope', zone=words['zone'])}\n{proof}"}
    ]
    if figures["by_rule"]:
        sections.append({"heading": say("by_rule"), "table": _by_rule(words), "note": say("slack_says")})
    if figures["by_agency"]:
        sections.append({"heading": say("by_agency"), "table": _by_agency(words)})
    return sections


def _course(words: Words) -> list[Section]:
    lines = words["review"]["course"]
    return [{"heading": words["say"]("course"), "table": _lines(words, lines[-LISTED:])}] if lines else []


def _incidents(words: Words) -> list[Section]:
    say, incidents = words["say"], words["review"]["incidents"]
    listed: Section = {"heading": say("list"), "table": _list(words, incidents[:LISTED])}
    whole: list[Section] = []
    full, shown = 0, 0
    for one in words["whole"]:
        full += 9 * len(one["clocks"]) + 4 * (len(one["timeline"]) + len(one["who_knew"]))
        if full > CELLS:
            break
        shown += 1
        whole += _whole(words, one)
    notes = [say("detail_says", all=len(incidents), shown=shown)] if shown < len(incidents) else []
    if unnamed := words["review"]["unnamed"]:
        notes.append(say("unnamed_says", n=unnamed))
    listed["note"] = "\n".join(notes)
    return [listed, *whole]


def _whole(words: Words, one: Mapping[str, Any]) -> list[Section]:
    say, at, heading = words["say"], words["at"], f"{one['ref']} · {one['title']}"
    knew = [
        [words["name"](row["desk"]), words["word"]("role", row["role"]), at(row["since"]), at(row["until"])]
        for row in one["who_knew"]
    ]
    clocks = {"columns": _heads(say, _CLOCK), "rows": [_clock(words, clock) for clock in one["clocks"]]}
    return [
        {"heading": f"{heading} · {say('clocks')}", "table": clocks},
        {"heading": f"{one['ref']} · {say('knew')}", "table": {
            "columns": _heads(say, ("desk", "role", "since", "until")), "rows": knew}},
        {"heading": f"{one['ref']} · {say('timeline')}", "table": _lines(words, one["timeline"])},
    ]  # fmt: skip


def _integrity(words: Words) -> list[Section]:
    say, integrity = words["say"], words["review"]["integrity"]
    lines = [say("integrity_says", position=integrity["feed_position"])]
    if integrity["feed_hash"]:
        lines.append(say("hash_says", hash=integrity["feed_hash"]))
    return [{"heading": say("integrity"), "text": "\n".join(lines)}]


def _by_rule(words: Words) -> dict[str, Any]:
    say, slack = words["say"], words["slack"]
    counts, spans = ("n", "met", "met_late", "missed", "open"), ("median", "p90", "p10")
    rows = [
        [f"{row['title']} ({row['rule']})", _force(words, row), *(row[one] for one in counts),
         *(slack(row[f"{one}_slack_s"]) for one in spans)]
        for row in words["figures"]["by_rule"]
    ]  # fmt: skip
    first = [{"title": say("rule"), "share": 3}, {"title": say("force"), "share": 1.4}]
    return {"columns": [*first, *_numbered(say, counts), *_heads(say, spans)], "rows": rows}


def _by_agency(words: Words) -> dict[str, Any]:
    say, slack, span = words["say"], words["slack"], words["span"]
    counts, spans = ("n", "met", "met_late", "missed", "open"), ("median", "p90", "p10")
    rows = [
        [words["name"](row["agency"]), *(row[one] for one in counts), *(slack(row[f"{one}_slack_s"]) for one in spans),
         span(row["acknowledged_median_s"]), span(row["acknowledged_p90_s"])]
        for row in words["figures"]["by_agency"]
    ]  # fmt: skip
    columns = [{"title": say("agency"), "share": 2}, *_numbered(say, counts)]
    return {"columns": [*columns, *_heads(say, (*spans, "answer_median", "answer_p90"))], "rows": rows}


def _list(words: Words, incidents: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    say, at, word = words["say"], words["at"], words["word"]
    rows = [
        [one["ref"], one["title"], one["type_title"], word("grade", one["grade"]), word("status", one["status"]),
         words["name"](one["lead"]), _occurred(words, one), at(one["opened_at"])]
        for one in incidents
    ]  # fmt: skip
    columns: list[Any] = _heads(say, ("ref", "title", "type", "grade", "status", "lead", "occurred", "opened"))
    columns[1] = {"title": columns[1], "share": 2.6}
    return {"columns": columns, "rows": rows}


def _occurred(words: Words, one: Mapping[str, Any]) -> str:
    about = words["say"]("about") if one["occurred_about"] and one["occurred_at"] else ""
    return about + words["at"](one["occurred_at"])


def _clock(words: Words, clock: Mapping[str, Any]) -> list[Any]:
    at, owed = words["at"], clock["owed_by"]
    late = f" ({words['say']('entered_late')})" if clock["entered_late"] else ""
    return [
        clock["title"],
        _force(words, clock),
        f"{words['name'](owed['desk'])} · {words['word']('post', owed['post'])}",
        at(clock["starts_at"]),
        at(clock["due_at"]),
        words["word"]("state", clock["state"]) + late,
        at(clock["met_at"]),
        words["slack"](clock["slack_s"]),
        words["word"]("proof", clock["proof"]),
    ]


def _force(words: Words, rule: Mapping[str, Any]) -> str:
    confirmed = "" if rule["confirmed"] else f" — {words['say']('unconfirmed')}"
    return words["word"]("force", rule["force"]) + confirmed


def _lines(words: Words, lines: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    columns: list[Any] = _heads(words["say"], _LINE)
    columns[1] = {"title": columns[1], "share": 4}
    return {"columns": columns, "rows": [_line(words, line) for line in lines]}


def _line(words: Words, line: Mapping[str, Any]) -> list[Any]:
    at = words["at"]
    return [
        at(line["occurred_at"] or line["at"]),
        line["text"],
        words["name"](line["by"]["desk"]) if line["by"] else words["say"]("hub"),
        at(line["at"]) if line["occurred_at"] else None,
    ]


def _heads(say: Callable[[str], str], names: Iterable[str]) -> list[Any]:
    return [say(name) for name in names]


def _numbered(say: Callable[[str], str], names: Iterable[str]) -> list[Any]:
    return [{"title": say(name), "align": "right", "share": 0.7} for name in names]
