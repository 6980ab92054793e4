"""Every key of a plan file broken in every way a hand may slip, each with the line at which it must be found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from incident_hub.plan.check import examine
from incident_hub.plan.positions import Path

# Words the plan makes up itself, or that people read: any other word is as good.
FREE = {"title", "question", "basis", "what", "zh", "en", "code", "version", "unit", "extends", "areas", "zone"}


LISTED = {
    "party", "type", "rule", "ladder", "period", "retention", "grade", "response", "step", "category", "tier",
    "checklist", "item", "readiness", "report_tier",
}  # fmt: skip


@dataclass(frozen=True)
class Slip:
    """One key broken in one way. Units: lines from 1; `path` is where it stands in the file that is broken."""

    path: Path
    way: str
    raw: dict[str, Any]

    @property
    def kind(self) -> tuple[str, ...]:
        """The key without the numbers of lists: rule.within.III."""
        return tuple(part for part in self.path if isinstance(part, str))


def slips(raw: dict[str, Any]) -> Iterator[Slip]:
    """Every key of a plan missing, misspelt, of a wrong type, out of range and dangling."""
    for path, value in keys(raw):
        yield Slip(path, "missing", changed(raw, path, None))
        yield Slip(path, "misspelt", changed(raw, path, value, f"{path[-1]}_"))
        yield Slip(path, "wrong type", changed(raw, path, "x" if not isinstance(value, str) else 7))
        beyond = out_of_range(value)
        if beyond is not None:
            yield Slip(path, "out of range", changed(raw, path, beyond))
        if dangles(path, value):
            yield Slip(path, "dangling", changed(raw, path, ["nowhere"] if isinstance(value, list) else "nowhere"))


def keys(found: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every key with its value, however deep."""
    pairs = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for step, value in pairs:
        if isinstance(step, str):
            yield (*path, step), value
        yield from keys(value, (*path, step))


def out_of_range(value: Any) -> Any:
    """A value of the same kind that nobody can mean; None where there is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return -1
    if isinstance(value, str):
        return ""
    if isinstance(value, list | dict):
        return type(value)()
    return value.replace(year=9999) if isinstance(value, date | datetime) else None


def dangles(path: Path, value: Any) -> bool:
    names = {part for part in path if isinstance(part, str)}
    if isinstance(value, list):
        return bool(value) and all(isinstance(one, str) for one in value) and not names & FREE
    return isinstance(value, str) and not names & FREE


def changed(raw: Any, path: Path, value: Any, renamed: str | None = None) -> Any:
    """A copy of a plan with one key set, renamed, or, where the value is None, left out."""
    step, rest = path[0], path[1:]
    if rest:
        inner = changed(raw[step], rest, value, renamed)
        if isinstance(raw, list):
            return [inner if number == step else one for number, one in enumerate(raw)]
        return {key: inner if key == step else one for key, one in raw.items()}
    found = {(renamed or key) if key == step else key: value if key == step else one for key, one in raw.items()}
    return {key: one for key, one in found.items() if key != step or value is not None}


def written(raw: dict[str, Any]) -> tuple[str, dict[Path, int]]:
    """A plan as a file, and the line of each of its keys; what stands inside another value has that one's line."""
    lines: list[str] = []
    places: dict[Path, int] = {(): 1}
    _table(raw, (), "", lines, places)
    return "\n".join(lines) + "\n", places


def _table(raw: dict[str, Any], path: Path, name: str, lines: list[str], places: dict[Path, int]) -> None:
    inner = {key: value for key, value in raw.items() if _has_header(key, value)}
    for key, value in raw.items():
        if key not in inner:
            lines.append(f"{key} = {_value(value)}")
            places[(*path, key)] = len(lines)
    for key, value in inner.items():
        places[(*path, key)] = len(lines) + 1
        for number, row in enumerate(value if isinstance(value, list) else [value]):
            here = (*path, key, number) if isinstance(value, list) else (*path, key)
            lines.append(f"[[{name}{key}]]" if isinstance(value, list) else f"[{name}{key}]")
            places[here] = len(lines)
            _table(row, here, f"{name}{key}.", lines, places)


def _has_header(key: str, value: Any) -> bool:
    rows = key in LISTED
    if isinstance(value, list):
        return rows and bool(value) and all(isinstance(row, dict) for row in value)
    return isinstance(value, dict) and key in ("plan", "levels", "authority", "calendar", "zero_report", "briefing")


def _value(found: Any) -> str:
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, str):
        return '"' + found.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if isinstance(found, list):
        return f"[{', '.join(_value(one) for one in found)}]"
    if isinstance(found, dict):
        return "{" + ", ".join(f"{key} = {_value(value)}" for key, value in found.items()) + "}"
    return found.isoformat() if isinstance(found, date | datetime) else str(found)


def missed(slip: Slip) -> str | None:
    """How a slip was not found where it is, or None."""
    text, places = written(slip.raw)
    _, faults = examine(text)
    path = slip.path[:-1] if slip.way == "missing" else slip.path
    if slip.way == "misspelt":
        path = (*slip.path[:-1], f"{slip.path[-1]}_")
    while path not in places:
        path = path[:-1]
    line = places[path]
    if any(fault.line == line for fault in faults):
        return None
    found = "; ".join(f"line {fault.line} {fault.rule}: {fault.message}" for fault in faults[:2])
    return f"{'.'.join(map(str, slip.path))} {slip.way}: line {line}; found {found or 'nothing'}"
