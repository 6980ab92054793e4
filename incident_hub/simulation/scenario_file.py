"""From the text of a scenario file to a scenario, or to every fault in it with line and column. Pure.

[scenario]  title{zh,en}, start (wall time), until (wall time or "+6h"), phase?
[[event]]   at, do, by, incident?, and what the deed takes
[[answer]]  post, after, says = taken | seen | nothing, times?, incident?
[[outage]]  since, until
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from incident_hub.kernel import toml
from incident_hub.plan.faults import Fault
from incident_hub.plan.notes import Notes
from incident_hub.plan.positions import locate
from incident_hub.plan.shapes import Table
from incident_hub.plan.vocabulary import PHASES

from .deeds import DEEDS, FLAG, INSTANT, NUMBER
from .instants import read_instant, read_wall
from .scenario import SAYS, Answer, Event, Outage, Scenario

SCHEMA = 1
# A night that never ends would be counted for ever, and so would one with a clock for every second.
LONGEST = timedelta(days=62)
MOST = 2000
_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def read(text: str, zone: str, begins: datetime | None = None) -> tuple[Scenario | None, list[Fault]]:
    """The scenario, or None with its faults in the order of the file; reading never raises.

    Shape: `begins` is another start than the file's, and whatever counts from the start moves with it.
    """
    try:
        raw = toml.tables(text)
        notes = Notes(locate(text))
        scenario = _Reading(notes, zone, begins).scenario(raw)
    except RecursionError:
        return None, [Fault(1, 1, "toml", "the file nests too deep to be read", "a scenario needs two levels")]
    except ValueError as error:
        where = _WHERE.search(str(error))
        line, column = (int(where[1]), int(where[2])) if where and where[1] else (text.count("\n") + 1, 1)
        message = f"this is not TOML: {_WHERE.sub('', str(error))}"
        return None, [Fault(line, column, "toml", message, "mend this line first; the rest is read after it")]
    return (None if notes.faults else scenario), sorted(notes.faults)


class _Reading:
    """One pass over one file; what is amiss is noted, and reading goes on."""

    def __init__(self, notes: Notes, zone: str, begins: datetime | None) -> None:
        self.notes, self.zone, self.begins, self.start = notes, zone, begins, _EPOCH

    def scenario(self, raw: Mapping[str, Any]) -> Scenario:
        file = Table(raw, (), self.notes, "the file")
        schema = file.count("schema")
        if schema not in (None, SCHEMA):
            self.notes.value(("schema",), "schema", f"schema {schema} is not known here", f"write schema = {SCHEMA}")
        head = file.table("scenario", required=True) or Table(
            {}, ("scenario",), Notes(self.notes.positions), "scenario"
        )
        title = head.title("title")
        written = self._start(head)
        self.start = self.begins or written
        until = self._instant(head, "until", required=True) or self.start
        if not self.start <= until <= self.start + LONGEST and "until" in head.raw:
            message = "until does not lie within 62 days after the start"
            self.notes.value(("scenario", "until"), "order", message, 'write it like "+6h"')
        phase = head.word("phase", PHASES, "") or None
        head.done()
        events = [self._event(row) for row in self._listed(file, "event")]
        answers = [self._answer(row) for row in self._listed(file, "answer")]
        outages = [self._outage(row) for row in self._listed(file, "outage")]
        if not events:
            self.notes.key((), "missing-key", "nothing happens in it", "add at least one [[event]]")
        file.done()
        return Scenario(title, self.start, until, phase, tuple(events), tuple(answers), tuple(outages))

    def _listed(self, file: Table, name: str) -> list[Table]:
        rows = file.tables(name)
        if len(rows) > MOST:
            self.notes.key((name, MOST), "too-many", f"there are more than {MOST} of {name}", "split the scenario")
        return rows[:MOST]

    def _start(self, head: Table) -> datetime:
        words = head.text("start")
        found = read_wall(words, self.zone)
        if found is None or not 1971 <= found.year <= 2200:
            if words:
                message = f"start of scenario: {words[:40]!r} is no date with a time"
                self.notes.value((*head.path, "start"), "bad-instant", message, "write it like 2026-09-02T03:10")
            return _EPOCH
        return found

    def _event(self, row: Table) -> Event:
        at = self._instant(row, "at", required=True) or self.start
        do = row.word("do", DEEDS)
        by = row.text("by", "") if do == "phase" else row.text("by")
        incident = row.text("incident", "")
        keys = DEEDS.get(do)
        given = {name.rstrip("*"): self._given(row, name, shape) for name, shape in (keys or {}).items()}
        if keys is not None:
            row.done()
        kept = {name: value for name, value in given.items() if value is not None}
        return Event(at, do, by, incident, kept, self.notes.positions.key(row.path)[0])

    def _given(self, row: Table, starred: str, shape: str) -> Any:
        name, required = starred.rstrip("*"), starred.endswith("*")
        if shape == INSTANT:
            return self._instant(row, name, required=required)
        if shape == FLAG:
            return row.either(name)
        if shape == NUMBER:
            return self._number(row, name)
        return row.text(name, None if required else "") or None

    def _number(self, row: Table, name: str) -> int | None:
        row.asked.append(name)
        found = row.raw.get(name)
        if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found < 10**12:
            self.notes.value(
                (*row.path, name), "wrong-type", f"{name} of {row.name} must be a number from 0", "write 2"
            )
            return None
        return found

    def _answer(self, row: Table) -> Answer:
        says = row.word("says", SAYS, SAYS[0])
        after = row.duration("after") or timedelta()
        post, incident, times = row.text("post"), row.text("incident", ""), row.count("times")
        row.done()
        if post and ":" not in post:
            message = f"post of {row.name}: {post[:60]!r} names no post"
            self.notes.value((*row.path, "post"), "no-post", message, 'write "police/duty:duty_officer"')
        return Answer(post, after, says, min(times or 1, MOST), incident, self.notes.positions.key(row.path)[0])

    def _outage(self, row: Table) -> Outage:
        since = self._instant(row, "since", required=True) or self.start
        until = self._instant(row, "until", required=True) or self.start
        if until <= since and not self.notes.faults:
            message = "the outage ends before it begins"
            self.notes.value((*row.path, "until"), "order", message, "give a later instant")
        row.done()
        return Outage(since, until)

    def _instant(self, row: Table, name: str, *, required: bool = False) -> datetime | None:
        words = row.text(name, None if required else "")
        if not words.strip():
            return None
        found = read_instant(words, self.start, self.zone)
        if found is None or not 1971 <= found.year <= 2200:
            message = f"{name} of {row.name}: {words[:40]!r} is no instant"
            self.notes.value((*row.path, name), "bad-instant", message, 'write "+4m", "04:00" or "2026-09-02T04:00"')
            return None
        return found
