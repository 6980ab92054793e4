"""From the text of a plan file to a plan, or to every fault in it with line, column and a hint. Pure.

Reading never raises, whatever the text is: a plan is written by people, and what is wrong is said to them in words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from . import clauses, rungs, sections, surroundings
from .bounds import Beyond, more, too_much
from .briefing import briefing
from .checklists import checklist
from .contingency import Plan
from .extending import laid_over, named
from .faults import Fault
from .notes import Notes
from .positions import Positions
from .readiness import requirement
from .shapes import Table

SCHEMA = 1
_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read(text: str, parents: Sequence[str] = ()) -> tuple[Plan | None, list[Fault]]:
    """The plan, or None with its faults in the order of the file.

    Shape: `parents` are the texts of the plans it extends, the nearest first; they must read well themselves.
    """
    beyond = too_much(text)
    if beyond:
        return None, [beyond]
    notes = Notes(Positions())
    try:
        raw, notes.positions = laid_over(text, parents)
        if not parents and named(raw):
            where = notes.positions.value(("plan", "extends"))
            message = f"this plan rests on {named(raw)!r:.80}, which was not given"
            return None, [Fault(*where, "extends", message, "check it from its file, beside the one it extends")]
        plan = _plan(raw, notes, text, parents)
    except Beyond:
        return None, [*sorted(notes.faults), more(sorted(notes.faults))]
    except RecursionError:
        return None, [
            Fault(1, 1, "toml", "the file nests too deep to be read", "a plan needs no more than four levels")
        ]
    except ValueError as error:
        return None, [_unreadable(str(error), text)]
    return (None if notes.faults else plan), sorted(notes.faults)


def _unreadable(words: str, text: str) -> Fault:
    where = _WHERE.search(words)
    line, column = 1, 1
    if where and where[1]:
        line, column = int(where[1]), int(where[2])
    elif where:
        lines = text.replace("\r\n", "\n").split("\n")
        line, column = len(lines), len(lines[-1]) + 1
    message = f"this is not TOML: {_WHERE.sub('', words)}"
    return Fault(line, column, "toml", message, "mend this line first; the rest is read after it")


def _plan(raw: dict[str, Any], notes: Notes, text: str, parents: Sequence[str]) -> Plan:
    file = Table(raw, (), notes, "the file")
    _schema(file)
    parts = {part: file.tables(part, required=True) for part in ("party", "type", "rule", "ladder")}
    parts |= {part: file.tables(part) for part in ("period", "report_tier", "checklist", "readiness", "retention")}
    codes = sections.gather(parts)
    head = file.table("plan", required=True) or Table({}, ("plan",), Notes(notes.positions), "plan")
    levels = file.table("levels", required=True) or Table({}, ("levels",), Notes(notes.positions), "levels")
    signing = file.table("authority", required=True) or Table({}, ("authority",), Notes(notes.positions), "authority")
    zone, first_hour = _zone(head), head.titles("checklist")
    plan = Plan(
        code=head.text("code"),
        version=head.text("version"),
        extends=head.text("extends", "") or None,
        title=head.title("title"),
        zone=zone,
        basis=head.text("basis"),
        grades=sections.grades(levels),
        response_levels=sections.response_levels(levels),
        parties={found.code: found for found in map(sections.party, parts["party"])},
        types={
            found.code: found for found in (sections.incident_type(row, codes, first_hour) for row in parts["type"])
        },
        rules=tuple(clauses.rule(row, codes) for row in parts["rule"]),
        ladders={found.code: found for found in (rungs.ladder(row, codes) for row in parts["ladder"])},
        authority=sections.authority(signing),
        periods=tuple(surroundings.period(row, zone) for row in parts["period"]),
        calendar=surroundings.calendar(file.table("calendar")),
        zero_report=surroundings.zero_report(file.table("zero_report"), codes),
        report_tiers=surroundings.report_tiers(parts["report_tier"], codes),
        briefing=briefing(file.table("briefing"), codes),
        checklists=tuple(checklist(row) for row in parts["checklist"]),
        readiness=tuple(requirement(row) for row in parts["readiness"]),
        retention=tuple(surroundings.retention(row) for row in parts["retention"]),
        text_sha256=_sha256("\0".join((text, *parents))),
        rests_on=tuple(parents),
    )
    for table in (head, levels, file):
        table.done()
    return plan


def _schema(file: Table) -> None:
    found = file.count("schema")
    if found is None and "schema" not in file.raw:
        file.notes.key((), "missing-key", "the file lacks schema", "begin the file with schema = 1")
    elif found is not None and found != SCHEMA:
        file.notes.value(("schema",), "schema", f"schema {found} is not known here", f"this Hub reads schema {SCHEMA}")


def _zone(head: Table) -> str:
    name = head.text("zone")
    try:
        ZoneInfo(name or "UTC")
    except (KeyError, ValueError, OSError):
        message = f"no time zone is called {name[:60]!r}"
        head.notes.value((*head.path, "zone"), "unknown-word", message, "write it like Asia/Shanghai")
        return "UTC"
    return name or "UTC"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
