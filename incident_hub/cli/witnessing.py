"""Witnessing from the shell of another agency: keep the seals of a record, and sign the newest with an own key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import orjson

from incident_hub.anchors.mark import SHORT, witness_bytes
from incident_hub.anchors.verifier import holds
from incident_hub.kernel import chains
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.text import canonical


def sign_newest(code: str, server: str, token: str, key_file: Path, log: Path) -> tuple[int, str | None]:
    """Keep an operation's seals and sign the newest: how many were new, and the mark of that one, if there is any.

    Raises: BadInput when the Hub does not continue what was kept, or refuses.
    """
    kept = [orjson.loads(line) for line in log.read_bytes().splitlines()] if log.exists() else []
    key = chains.key_at(key_file)
    with httpx.Client(base_url=f"{server.rstrip('/')}/api/v1", headers={"Authorization": f"Bearer {token}"}) as client:
        fresh = _fresh(client, code, kept[-1]["mark"] if kept else None)
        _follow(kept[-1] if kept else None, fresh)
        with log.open("ab") as file:
            file.writelines(canonical(one) + b"\n" for one in fresh)
        newest = [*kept, *fresh][-1:]
        if not newest:
            return 0, None
        mark = newest[0]["mark"]
        signed = {"mark": mark, "key": chains.public(key), "signature": key.sign(witness_bytes(newest[0])).hex()}
        _answered(client.post(f"/operations/{code}/anchors/witness", json=signed))
    return len(fresh), mark


def _fresh(client: httpx.Client, code: str, last: str | None) -> list[dict[str, Any]]:
    """The seals after the last one that was kept, oldest first."""
    found: list[dict[str, Any]] = []
    cursor: int | None = None
    while True:
        asked = {"limit": 500} | ({"cursor": cursor} if cursor else {})
        told = _answered(client.get(f"/operations/{code}/anchors", params=asked))
        for one in told["items"]:
            if one["mark"] == last:
                return found[::-1]
            found.append({name: value for name, value in one.items() if name != "witnesses"})
        cursor = told["next"]
        if cursor is None:
            if last is not None:
                raise BadInput(
                    f"The Hub does not have the seal {last[:SHORT]} that you kept: the record was told anew."
                )
            return found[::-1]


def _follow(last: dict[str, Any] | None, fresh: list[dict[str, Any]]) -> None:
    prev = last["mark"] if last else None
    for one in fresh:
        bare = {name: value for name, value in one.items() if name != "signature"}
        if prev is not None and one["prev"] != prev:
            raise BadInput(f"The seal of {one['at']} does not follow the one before it; nothing was signed.")
        if not holds(one["key"], one["signature"], canonical(bare)):
            raise BadInput(f"The signature of the seal of {one['at']} does not hold; nothing was signed.")
        if last is not None and one["key"] != last["key"]:
            raise BadInput(
                f"The seal of {one['at']} is signed with another key than those you kept; ask the house why."
            )
        prev = one["mark"]


def _answered(response: httpx.Response) -> Any:
    if response.is_success:
        return response.json()
    try:
        told = response.json().get("detail", "")
    except ValueError:
        told = ""
    raise BadInput(f"The Hub answered {response.status_code}: {told or response.reason_phrase}")
