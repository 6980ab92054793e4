"""The file an operation is opened from: read, and every fault named with what to do (pure)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from incident_hub.kernel import toml
from incident_hub.kernel.saying import say

PHASES = ("preparing", "active", "standing_down", "closed", "archived")
NEXT_PHASE = {
    "preparing": ("active", "closed"),
    "active": ("standing_down",),
    "standing_down": ("active", "closed"),
    "closed": ("archived",),
    "archived": (),
}
# What has ended takes nothing new.
ENDED = ("closed", "archived")
KINDS = ("special", "standing")
_KEYS = frozenset({"code", "kind", "title", "zone", "phase", "exercise", "plan", "directory", "agencies", "parent"})


@dataclass(frozen=True)
class Opening:
    """An operation as its file describes it.

    Shape: `plan` and `directory` are paths relative to the file; `parties` gives the agencies of each plan role;
    `parent` is the code of the operation it belongs to.
    """

    code: str
    kind: str
    title: Mapping[str, str]
    zone: str | None
    phase: str
    exercise: bool
    plan: str
    directory: str | None
    agencies: tuple[str, ...]
    parent: str | None
    parties: Mapping[str, tuple[str, ...]]


def read(text: str) -> tuple[Opening | None, list[str]]:
    """The opening in a file's text, or the sentences that say what is wrong with it."""
    try:
        whole = toml.tables(text)
    except toml.TomlFault as fault:
        return None, [say("The file is not valid TOML: {fault}.", fault=fault)]
    table = cast("dict[str, Any]", whole.get("operation") or {})
    faults = _faults(table, whole)
    if faults:
        return None, faults
    parties = {word: tuple([given] if isinstance(given, str) else given) for word, given in whole["parties"].items()}
    return (
        Opening(
            code=table["code"],
            kind=table.get("kind", "special"),
            title=table["title"],
            zone=table.get("zone"),
            phase=table.get("phase", "preparing"),
            exercise=bool(table.get("exercise", False)),
            plan=table["plan"],
            directory=table.get("directory"),
            agencies=tuple(table["agencies"]),
            parent=table.get("parent"),
            parties=parties,
        ),
        [],
    )


def may_become(phase: str, to: str) -> str | None:
    """Why an operation may not go from one phase to another; None when it may."""
    if to not in PHASES:
        return say("There is no phase {to}; the phases are {phases}.", to=to, phases=PHASES)
    if to not in NEXT_PHASE[phase]:
        ways = NEXT_PHASE[phase] or "nothing"
        return say("An operation that is {phase} can become {ways}, not {to}.", phase=phase, ways=ways, to=to)
    return None


def own_matters_alone(operation: str, agency: str, owners: Collection[str], taking_part: Collection[str]) -> str | None:
    """Why an agency decides nothing for all of an operation; None when it may.

    Who takes part as the owner of sites is overseen by others, and settles its own matters.
    """
    if agency not in owners or set(taking_part) <= set(owners):
        return None
    return say(
        "In {operation} {agency} is overseen by others; one of them decides this for the whole operation.",
        operation=operation,
        agency=agency,
    )


def _faults(table: Mapping[str, Any], whole: Mapping[str, Any]) -> list[str]:
    faults: list[str] = [
        say("[operation] lacks {name}.", name=name)
        for name in ("code", "title", "plan", "agencies")
        if not table.get(name)
    ]
    unknown = set(table) - _KEYS
    faults += [
        say("[operation] has the unknown key {name}; check its spelling.", name=name) for name in sorted(unknown)
    ]
    if not isinstance(whole.get("parties"), dict):
        faults.append("The table [parties] is missing: it says which agency plays each role of the plan.")
    title = table.get("title")
    if title and not (isinstance(title, dict) and {"zh", "en"} <= set(cast("dict[str, str]", title))):
        faults.append("[operation] title needs both zh and en.")
    if table.get("kind", "special") not in KINDS:
        faults.append(say("[operation] kind is {kind}; it must be special or standing.", kind=table["kind"]))
    if table.get("phase", "preparing") not in PHASES:
        faults.append(
            say("[operation] phase is {phase}; it must be one of {phases}.", phase=table["phase"], phases=PHASES)
        )
    if table.get("zone") is not None:
        try:
            ZoneInfo(str(table["zone"]))
        except (ZoneInfoNotFoundError, ValueError):
            faults.append(say("[operation] zone {zone} is not an IANA zone such as Asia/Shanghai.", zone=table["zone"]))
    return faults
