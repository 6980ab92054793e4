"""What became of every step of a run, read from the database it left behind and from the receipts."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.figures import percentile
from tests.faults.receipts import Receipt

Rung = tuple[str, int, int]


@dataclass
class Verdict:
    """How a run went. Units: lateness in seconds, of the record's instant and of the first receipt."""

    steps: int = 0
    sent: int = 0
    withheld: int = 0
    deliveries: int = 0
    copies: int = 0
    wrong: dict[str, list[Any]] = field(default_factory=dict[str, list[Any]])
    recorded: list[float] = field(default_factory=list[float])
    received: list[float] = field(default_factory=list[float])
    clock_steps: int = 0

    @property
    def holds(self) -> bool:
        """Whether every promise was kept."""
        return bool(self.steps) and not any(self.wrong.values())

    def sentences(self) -> list[str]:
        """The figures in words."""
        said = [
            f"{self.steps} steps: {self.sent} sent, {self.withheld} withheld after an outage",
            f"{self.deliveries} deliveries, {self.copies} second copies under the same id",
            f"{self.clock_steps} clock steps in the record",
            f"late in the record: {_spread(self.recorded)}; received: {_spread(self.received)}",
        ]
        return said + [f"NOT SO: {name}: {len(rows)}, e.g. {rows[:3]}" for name, rows in self.wrong.items() if rows]


def left(folder: Path) -> int:
    """How many steps are armed and how many letters wait."""
    base = sqlite3.connect(f"file:{folder}/hub.db?mode=ro", uri=True)
    armed = "SELECT count(*) FROM step WHERE state = 'armed'"
    waiting = "SELECT count(*) FROM notice WHERE state IN ('prepared', 'claimed')"
    try:
        return sum(base.execute(question).fetchone()[0] for question in (armed, waiting))
    finally:
        base.close()


def judge(folder: Path, receipts: Sequence[Receipt], *, real: bool) -> Verdict:
    """Compare what was armed with what was recorded and what arrived.

    Shape: `real` says that the Hub's clock was the machine's, so that its instants can be compared with receipts.
    """
    base = sqlite3.connect(f"file:{folder}/hub.db?mode=ro", uri=True)
    rows = base.execute(
        "SELECT s.obligation_id, s.step, s.occurrence, s.state, s.at, s.taken_at, o.opened_at"
        " FROM step s JOIN obligation o ON o.id = s.obligation_id"
    ).fetchall()
    told = Counter(_rung(json.loads(data)) for data in _of_kind(base, "obligation.step_taken"))
    notices = base.execute(
        "SELECT obligation, step, occurrence, carried, state, fault FROM notice WHERE channel = 'email'"
    ).fetchall()
    jumps = sorted(_seconds(at) for (at,) in base.execute("SELECT at FROM entry WHERE kind = 'engine.clock_stepped'"))
    base.close()
    first: dict[str, float] = {}
    for one in receipts:
        first.setdefault(one.delivery, one.at)
    verdict = Verdict(steps=len(rows), clock_steps=len(jumps))
    by_rung: dict[Rung, list[tuple[str | None, str, str | None]]] = {}
    for obligation, step, occurrence, *rest in notices:
        by_rung.setdefault((obligation, step, occurrence), []).append((rest[0], rest[1], rest[2]))
    wrong = verdict.wrong
    for obligation, step, occurrence, state, at, taken_at, opened_at in rows:
        rung = (obligation, step, occurrence)
        _judge_one(
            verdict, rung, told[rung], state, [at, taken_at, opened_at], by_rung.get(rung, []), first, jumps, real
        )
    wrong["told of no step"] = [one for one in told if one not in {(row[0], row[1], row[2]) for row in rows}]
    known = {carried for _, _, _, carried, _, _ in notices}
    wrong["a receipt of nothing that was sent"] = [one.delivery for one in receipts if one.delivery not in known]
    verdict.deliveries, verdict.copies = len(first), len(receipts) - len(first)
    return verdict


def _judge_one(
    verdict: Verdict, rung: Rung, times: int, state: str, instants: list[str | None],
    notices: list[tuple[str | None, str, str | None]], first: dict[str, float], jumps: list[float], real: bool,
) -> None:  # fmt: skip
    wrong = verdict.wrong
    if times != 1 or instants[1] is None:
        wrong.setdefault("not recorded exactly once", []).append((rung, state, times))
        return
    at, taken, opened = (_seconds(str(one)) for one in instants)
    since = max([at, opened, *jumps[: bisect_right(jumps, taken)][-1:]])
    verdict.recorded.append(max(taken - since, 0.0))
    if taken < at:
        wrong.setdefault("early in the record", []).append((rung, taken - at))
    if state == "withheld":
        verdict.withheld += 1
        return
    verdict.sent += 1
    if len(notices) != 1 or notices[0][0] not in first:
        wrong.setdefault("not received, or under two ids", []).append((rung, state, notices))
        return
    if real:
        verdict.received.append(first[str(notices[0][0])] - since)
        if verdict.received[-1] < 0:
            wrong.setdefault("received early", []).append((rung, verdict.received[-1]))


def _of_kind(base: sqlite3.Connection, kind: str) -> list[str]:
    return [data for (data,) in base.execute("SELECT data FROM entry WHERE kind = ?", (kind,))]


def _rung(data: dict[str, Any]) -> Rung:
    return data["obligation"], data["step"], data["occurrence"]


def _seconds(at: str) -> float:
    return datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp()


def _spread(seconds: list[float]) -> str:
    if not seconds:
        return "-"
    return "median {:.3f} s, p99 {:.3f} s, worst {:.3f} s".format(
        *(percentile(seconds, one) for one in (0.5, 0.99, 1.0))
    )
