"""The import: slice after slice, each its own unit of work, so that a kill in the middle costs nothing but time.

What came in before is known by its source key, so a second run brings in only what is missing. No clock is started
and nobody is called (rulings 15). Values of persons in the texts are masked: nobody is there to be asked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from incident_hub.agencies import queries as agencies
from incident_hub.incidents import actions
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import clock
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.personal import hidden
from incident_hub.kernel.record import By
from incident_hub.operations import queries as operations

from . import mapping_file
from .account import Account, rejects
from .calls import Call, Gathered, Word, gather
from .mapping import Mapping
from .rows import Unreadable, rows

Progress = Callable[[int, int], None]
SLICE = 10
# Whoever serves meanwhile asks for the writer's lock every few milliseconds; between slices it is left to them.
PAUSE = 0.006


def run_import(
    path: Path | str,
    operation_code: str,
    mapping_path: Path | str,
    *,
    dry_run: bool = False,
    rejects_path: Path | str | None = None,
    by: By,
    progress: Progress | None = None,
    slice_size: int = SLICE,
) -> Account:
    """Bring a file into an operation; `progress` is told (calls done, calls in all) after every slice.

    Units: `slice_size` counts incidents, each with its whole log.
    Raises: BadInput naming what is wrong with the file, the mapping or how it fits the operation.
    """
    began = time.monotonic()
    operation = operations.operation(operation_code)
    if operation is None:
        hint = "open it with `incident-hub operation open --from FILE`"
        raise BadInput(f"There is no operation {operation_code}; {hint}.")
    mapping = read_mapping(mapping_path)
    _refuse_misfits(mapping, operation)
    gathered = read_calls(path, mapping)
    account = Account(gathered.read, gathered.used, gathered.aside, gathered.remarks, len(gathered), dry_run=dry_run)
    if rejects_path is not None:
        _write(Path(rejects_path), rejects(gathered.aside))
    done = 0
    for calls in _slices(gathered.calls(), slice_size):
        wanting = _wanting(operation.id, calls)
        if dry_run or not any(ref is None or words for _, ref, words in wanting):
            _count(account, wanting)
        else:
            _bring_in(account, operation, mapping, calls, by)
            time.sleep(PAUSE)
        done += len(calls)
        if progress:
            progress(done, len(gathered))
    account.seconds = time.monotonic() - began
    return account


def read_mapping(path: Path | str) -> Mapping:
    """The mapping in a file.

    Raises: BadInput with every fault.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise BadInput(f"The mapping {path} cannot be read: {fault}.") from fault
    mapping, faults = mapping_file.read(text)
    if mapping is None:
        raise BadInput(f"{path}: {faults[0]}", errors=[{"pointer": str(path), "detail": words} for words in faults])
    return mapping


def read_calls(path: Path | str, mapping: Mapping) -> Gathered:
    """The calls of a file; rows that cannot be used are put aside.

    Raises: BadInput when the file as a whole cannot be read.
    """
    try:
        return gather(mapping, rows(Path(path), mapping.format, mapping.columns), clock.now())
    except Unreadable as fault:
        raise BadInput(str(fault)) from fault
    except OSError as fault:
        raise BadInput(f"The file {path} cannot be read: {fault.strerror}.") from fault


def _refuse_misfits(mapping: Mapping, operation: operations.Operation) -> None:
    _, plan = operations.plan_in_force(operation.id)
    faults = [
        f"The plan {plan.code} of {operation.code} has no type {type_}; correct [type] or the plan."
        for type_ in mapping.plan_types
        if type_ not in plan.types
    ]
    taking_part = set(operations.participants(operation.id))
    for desk in mapping.desks:
        if agencies.desk(desk) is None:
            faults.append(f"There is no desk {desk}; add its agency first or correct the [[circle]].")
        elif desk.partition("/")[0] not in taking_part:
            faults.append(f"The agency of {desk} does not take part in {operation.code}; correct the [[circle]].")
    if faults:
        errors = [{"pointer": mapping.code, "detail": words} for words in faults]
        raise BadInput(f"The mapping {mapping.code} does not fit {operation.code}: {faults[0]}", errors=errors)


def _slices(calls: Iterable[Call], size: int) -> Iterator[list[Call]]:
    left = iter(calls)
    while taken := list(islice(left, max(size, 1))):
        yield taken


def _wanting(chain: int, calls: Sequence[Call]) -> list[tuple[Call, str | None, list[Word]]]:
    """What is missing of each call: its reference if it is there, and the words that are not."""
    there = incidents.brought_in(chain, [call.key for call in calls])
    kept = incidents.journal_keys(list(there.values())) if there else set[tuple[str, str]]()
    return [
        (call, there.get(call.key), [word for word in call.words if (there.get(call.key), word.key) not in kept])
        for call in calls
    ]


def _bring_in(account: Account, operation: operations.Operation, mapping: Mapping, calls: list[Call], by: By) -> None:
    with unit_of_work(operation.id) as at:
        wanting = _wanting(operation.id, calls)
        missing = [
            (ref or actions.bring_in(operation, _arrived(mapping, call), at, by), 0 if ref is None else 1, words)
            for call, ref, words in wanting
            if ref is None or words
        ]
        found = {one.ref: one for one in incidents.refs_of(operation.id, [ref for ref, _, _ in missing])}
        for ref, known, words in missing:
            facts = incidents.facts(found[ref])
            first = incidents.next_place(ref) if known else 1
            for place, word in enumerate(words, first):
                said = actions.ArrivedWord(
                    word.key, hidden(word.text), word.at, "milestone" if word.milestone else "message", word.milestone
                )
                actions.bring_in_word(operation, ref, place, said, facts, at, by)
    _count(account, wanting)


def _arrived(mapping: Mapping, call: Call) -> actions.Arrived:
    circle = mapping.circle(call.type)
    return actions.Arrived(
        source_key=call.key, type=call.type, title=hidden(call.title), summary=hidden(call.summary),
        occurred_at=call.occurred_at, status=mapping.status, lead=circle.lead, circle=circle.desks, place=call.place,
    )  # fmt: skip


def _count(account: Account, wanting: Sequence[tuple[Call, str | None, list[Word]]]) -> None:
    for call, ref, words in wanting:
        account.incidents += ref is None
        account.incidents_there += ref is not None
        account.entries += len(words)
        account.entries_there += len(call.words) - len(words)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="")
    except OSError as fault:
        raise BadInput(f"The rows put aside cannot be written to {path}: {fault.strerror}.") from fault
