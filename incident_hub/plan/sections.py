"""The parts of a plan file that say what there is: grades, levels, parties, types and who may sign. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from . import vocabulary
from .contingency import Authority, Grade, IncidentType, Party, ResponseLevel, Words
from .shapes import Table

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_RESERVED = {*vocabulary.SETTLERS, *vocabulary.OWERS, *vocabulary.REACHED}


@dataclass(frozen=True)
class Codes:
    """The codes a file defines, gathered before its parts refer to each other."""

    parties: tuple[str, ...]
    types: tuple[str, ...]
    rules: tuple[str, ...]
    ladders: tuple[str, ...]
    periods: tuple[str, ...] = ()


def gather(tables: Mapping[str, Sequence[Table]]) -> Codes:
    """The codes of every part; one that is used twice, or that is not a code, is noted."""
    found = {part: own_codes(listed, part) for part, listed in tables.items()}
    return Codes(found["party"], found["type"], found["rule"], found["ladder"], found["period"])


def own_codes(tables: Sequence[Table], part: str) -> tuple[str, ...]:
    """The codes of one part."""
    codes: list[str] = []
    for table in tables:
        code = table.text("code")
        _judge_code(table, code, codes, part)
        codes.append(code)
    return tuple(code for code in codes if code)


def grades(table: Table) -> tuple[Grade, ...]:
    """The grades, in the order of the file."""
    found: list[Grade] = []
    for row in table.tables("grade", required=True):
        code = row.word("code", vocabulary.GRADES)
        if any(grade.code == code for grade in found):
            row.notes.value((*row.path, "code"), "duplicate-code", f"grade {code} is here twice", "keep one of them")
        criteria = row.table("criteria")
        numbers = criteria.figures(vocabulary.FIGURES) if criteria else {}
        found.append(Grade(code, row.title("title"), numbers))
        row.done()
    return tuple(found)


def response_levels(table: Table) -> tuple[ResponseLevel, ...]:
    """The response levels, in the order of the file."""
    found: list[ResponseLevel] = []
    for row in table.tables("response", required=True):
        code = row.word("code", vocabulary.RESPONSE_LEVELS)
        if any(level.code == code for level in found):
            row.notes.value((*row.path, "code"), "duplicate-code", f"level {code} is here twice", "keep one of them")
        found.append(ResponseLevel(code, row.title("title")))
        row.done()
    return tuple(found)


def party(table: Table) -> Party:
    """One party."""
    code = table.text("code")
    if code in _RESERVED:
        message = f"the plan uses {code} as a word of its own"
        table.notes.value((*table.path, "code"), "reserved-word", message, "choose another code for the party")
    found = Party(
        code=code,
        title=table.title("title"),
        posts=table.words("posts", vocabulary.POSTS, required=True),
        by=table.word("by", vocabulary.PARTY_WAYS),
        kinds=table.words("kinds"),
    )
    table.done()
    return found


def incident_type(table: Table, codes: Codes, first_hour: tuple[Words, ...] = ()) -> IncidentType:
    """One type of incident; what is done in the first hour of any stands before its own check-list."""
    own = table.table("criteria")
    if own and not own.raw:
        message = f"criteria of {table.name} is empty"
        table.notes.value(own.path, "empty", message, "write the figures of a grade, or drop the key")
    criteria: dict[str, dict[str, float]] = {}
    for grade in own.raw if own else ():
        row = own.table(grade) if own and own.known(grade, vocabulary.GRADES, (*own.path, grade), "grade") else None
        criteria[grade] = row.figures(vocabulary.FIGURES) if row else {}
    found = IncidentType(
        code=table.text("code"),
        title=table.title("title"),
        category=table.word("category", vocabulary.CATEGORIES),
        life_safety=table.flag("life_safety"),
        lead=table.word("lead", codes.parties),
        support=table.words("support", codes.parties),
        informed=table.words("informed", codes.parties),
        tlp=table.word("tlp", vocabulary.TLPS, "AMBER"),
        checklist=(*first_hour, *table.titles("checklist")),
        cap=table.word("cap", vocabulary.CAP_CATEGORIES, "Other"),
        criteria=criteria,
    )
    table.done()
    return found


def authority(table: Table) -> Authority:
    """Who may sign second, extend, waive and direct."""
    found = Authority(
        countersign=table.word("countersign", vocabulary.AUTHORITIES),
        extend=table.word("extend", vocabulary.AUTHORITIES),
        waive=table.word("waive", vocabulary.AUTHORITIES),
        direct_lead=table.word("direct_lead", vocabulary.AUTHORITIES),
    )
    table.done()
    return found


def _judge_code(table: Table, code: str, before: Sequence[str], part: str) -> None:
    path = (*table.path, "code")
    if code and code in before:
        message = f"a second {part} is called {code[:60]}"
        table.notes.value(path, "duplicate-code", message, "give each its own code")
    elif code.strip() and not _CODE.fullmatch(code):
        message = f"{code[:60]!r} is not a code"
        table.notes.value(path, "bad-code", message, "use letters, digits, dot, dash and underscore, 40 at most")
