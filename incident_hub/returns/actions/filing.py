"""Filing: lines become versions of returns; what cannot be taken is refused line by line and the rest goes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select

from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.record import By
from incident_hub.kernel.text import canonical, instant, opaque, sha256
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation
from incident_hub.plan.frame import ZeroReport as AskedReturn
from incident_hub.plan.words import Words
from incident_hub.returns import judgement
from incident_hub.returns.asked import findings
from incident_hub.returns.cells import STILL
from incident_hub.returns.contradicting import Fact, contradicted
from incident_hub.returns.line import Line, Outcome, Refused
from incident_hub.returns.models import FILED, Filing, Unit, ZeroReport
from incident_hub.returns.queries.figure import standings
from incident_hub.returns.queries.knowing import covered, known_facts

from .completing import complete
from .promising import promise
from .stating import by_owing, state

_KEPT = ("statement", "explanation", "checked_how", "late_reason", "stated_by", "compiled_by", "approved_by")


@dataclass(frozen=True)
class _Against:
    """What lines are judged against: what the plan asks, the versions there are, and what may be known of the units.

    Shape: versions and facts are by return.
    """

    asked: AskedReturn
    at: datetime
    versions: dict[str, list[Filing]]
    facts: dict[str, list[Fact]]


@dataclass(frozen=True)
class _Taken:
    """A line that goes in: the row it is for, the version it makes and what it says of itself.

    Shape: `open` when a number is, or was before it, not known.
    """

    unit: str
    report: ZeroReport
    row: dict[str, Any]
    outcome: Outcome
    open: bool


def file(operation: Operation, lines: Sequence[Line], at: datetime, by: By, *, dry_run: bool = False) -> list[Outcome]:
    """File returns for units of one's own agency, and say of each line what became of it.

    Shape: outcomes in the order of the lines; what says the same as the version that counts changes nothing; with
    `dry_run` nothing is kept. Tells: return.filed, one for each owing desk; return.promised,
    return.supplemented, return.completed.
    """
    asked = operations.plan_of(operation.plan_version).zero_report
    if asked is None:
        raise BadInput("The plan of this operation asks for no daily returns.")
    owed = _owed(operation, lines, by)
    versions = _versions([report.id for report in owed.values()])
    against = _Against(asked, at, versions, known_facts(operation.id, list(owed.values()), by.desk_id))
    outcomes: list[Outcome] = []
    taken: list[_Taken] = []
    for line in lines:
        report = owed.get((line.unit, line.day))
        outcome = _judged(line, report, against)
        if report and not outcome.refused and not outcome.same:
            earlier = versions.get(report.id, [])
            row = _row(line, report, outcome, len(earlier) + 1, at, by)
            left_open = bool(line.unknown) or any(one.unknown for one in earlier)
            taken.append(_Taken(line.unit, report, row, outcome, left_open))
        outcomes.append(outcome)
    if taken and not dry_run:
        _keep(operation, taken, asked, at, by)
    return outcomes


def _owed(operation: Operation, lines: Sequence[Line], by: By) -> dict[tuple[str, date], ZeroReport]:
    query = (
        select(Unit.code, ZeroReport)
        .join(Unit, Unit.ref == ZeroReport.unit)
        .where(
            Unit.chain == operation.id,
            Unit.agency == by.agency,
            Unit.code.in_({line.unit for line in lines}),
            ZeroReport.date.in_({line.day for line in lines}),
        )
    )
    return {(code, row.date): row for code, row in db.session.execute(query)}


def _versions(reports: Sequence[str]) -> dict[str, list[Filing]]:
    found: dict[str, list[Filing]] = {}
    for row in db.session.scalars(
        select(Filing).where(Filing.zero_report.in_(reports)).order_by(Filing.zero_report, Filing.version)
    ):
        found.setdefault(row.zero_report, []).append(row)
    return found


def _judged(line: Line, report: ZeroReport | None, against: _Against) -> Outcome:
    if report is None:
        told = Words(
            f"本机构{line.day}没有“{line.unit}”应报的零报告；请核对代码和日期。",
            f"Your agency owes no return of {line.unit} for {line.day}; see the code and the date.",
        )
        return Outcome(line.unit, line.day, line.place, (Refused("/unit", told),))
    newest = next(iter(against.versions.get(report.id, [])[-1:]), None)
    if newest and newest.id == report.filing and report.state == "received" and _says(newest) == _said(line):
        return Outcome(
            line.unit, line.day, line.place, zero_report=report.id, filing=newest.id, state=report.state,
            late=report.late, questions=tuple(newest.questions), same=True,
        )  # fmt: skip
    refused = judgement.refusals(line, against.asked.categories, against.at, report.due_at)
    refused += _to_explain(line, report, against)
    if closed := _closed(line, report):
        refused = [closed]
    if refused:
        return Outcome(line.unit, line.day, line.place, tuple(refused), report.id, state=report.state)
    late = report.late if report.filing else (line.stated_at or against.at) > report.due_at
    questions = tuple(judgement.gaps(line, against.asked.checks))
    state_ = report.state if line.origin == "assumed" else "received"
    return Outcome(line.unit, line.day, line.place, (), report.id, opaque(), state_, late, questions)


def _to_explain(line: Line, report: ZeroReport, against: _Against) -> list[Refused]:
    # Whoever comes by a link has no desk that may know; what is assumed states nothing.
    if line.explanation.strip() or line.channel == "link" or line.origin == "assumed":
        return []
    categories = against.asked.categories
    found = contradicted(line.counts, categories, against.facts.get(report.id, []), covered(report, against.at))
    return [judgement.to_explain(category) for category in categories if category.code in found]


def _closed(line: Line, report: ZeroReport) -> Refused | None:
    if report.state == "exempt":
        words = Words(
            f"“{line.unit}”{line.day}免报，无需报送。", f"{line.unit} is let off for {line.day}; nothing is owed."
        )
    elif report.accepted:
        words = Words(
            f"“{line.unit}”{line.day}的零报告已审核通过；要改请先请求退回。",
            f"The return of {line.unit} for {line.day} is accepted; ask for it to be sent back first.",
        )
    else:
        return None
    return Refused("/unit", words)


def _says(row: Filing) -> dict[str, Any]:
    return {
        "counts": dict(row.counts), "unknown": dict(row.unknown), "reasons": row.reasons, "origin": row.origin,
        "explanation": row.explanation, "checked_how": row.checked_how,
    }  # fmt: skip


def _said(line: Line) -> dict[str, Any]:
    return {
        "counts": dict(line.counts),
        "unknown": {code: instant(one.expected_by) for code, one in line.unknown.items()},
        "reasons": "\n".join(f"{code}: {one.reason}" for code, one in sorted(line.unknown.items())),
        "origin": line.origin, "explanation": line.explanation, "checked_how": line.checked_how,
    }  # fmt: skip


def _row(line: Line, report: ZeroReport, outcome: Outcome, version: int, at: datetime, by: By) -> dict[str, Any]:
    texts = {name: getattr(line, name) for name in _KEPT}
    return texts | _said(line) | {
        "id": outcome.filing, "zero_report": report.id, "version": version, "questions": list(outcome.questions),
        "channel": line.channel, "stated_at": line.stated_at or at, "at": at, "by": by.desk, "review": None,
        "reviewed_at": None, "reviewed_by": None, "review_reason": None,
    }  # fmt: skip


def _keep(operation: Operation, taken: Sequence[_Taken], asked: AskedReturn, at: datetime, by: By) -> None:
    db.session.execute(insert(Filing), [one.row for one in taken])
    wanted = findings(asked)
    # What is assumed is kept as a version; it neither makes a day received nor changes what was.
    came: set[tuple[str, date]] = set()
    for one in (each for each in taken if each.row["origin"] != "assumed"):
        report = one.report
        if report.state in STILL:
            came.add((report.owing, report.date))
        report.state, report.late, report.filing = str(one.outcome.state), one.outcome.late, one.outcome.filing
        report.incomplete = bool(one.row["unknown"])
        report.quiet = judgement.is_nothing(one.row["counts"], wanted)
    db.session.flush()
    for owing, ones in by_owing((one.report.owing, one) for one in taken).items():
        told = {"units": [_told(one) for one in ones], "standing": standings(owing, [one.report.date for one in ones])}
        state(operation, owing, FILED, at, by, told)
    promise(operation, [one.report for one in taken if one.open and one.row["origin"] != "assumed"], at, by)
    complete(operation, came, at, by)


def _told(one: _Taken) -> dict[str, Any]:
    """Codes and numbers alone; the mark proves what was stated without telling it twice."""
    return {
        "unit": one.unit, "date": one.report.date.isoformat(), "filing": one.outcome.filing,
        "state": one.outcome.state, "late": one.outcome.late, "origin": one.row["origin"],
        "channel": one.row["channel"], "incomplete": bool(one.row["unknown"]), "sha256": _mark(one.row),
    }  # fmt: skip


def _mark(row: dict[str, Any]) -> str:
    return sha256(canonical({name: row[name] for name in ("counts", "unknown", "reasons", *_KEPT)}))
