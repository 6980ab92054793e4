"""Those who file in the last minutes before the cut-off, one by one or by paste, and somebody who reads the matrix."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any

import httpx

from tests.board.served import Served
from tests.faults.expo_city import CODES, officer

DOOR = "/operations/EXPO/zero-reports"


@dataclass
class Rush:
    """What is to be filed, and what the clients saw of it.

    Shape: `units` are filed one by one, each by its carrier; `pasted` at once by the carrier `paster`. Units: seconds.
    """

    day: str
    units: dict[str, str]
    pasted: list[str]
    paster: str
    acknowledged: list[str] = field(default_factory=list[str])
    refused: list[str] = field(default_factory=list[str])
    filing: list[float] = field(default_factory=list[float])
    matrix: list[float] = field(default_factory=list[float])
    repeated: int = 0


def file_all(hub: Served, work: SimpleQueue[str], rush: Rush) -> None:
    """File until nothing is left; what is not answered is sent again under the same key."""
    with httpx.Client(base_url=f"{hub.url}/api/v1", trust_env=False, timeout=20) as line:
        while True:
            try:
                code = work.get_nowait()
            except Empty:
                return
            headers = {
                "Authorization": f"Bearer {hub.tokens[officer(rush.units[code])]}", "Idempotency-Key": f"rush-{code}"
            }  # fmt: skip
            body = {
                "unit": code, "date": rush.day, "counts": dict.fromkeys(CODES, 0), "statement": "无异常",
                "stated_by": "duty_officer", "compiled_by": "duty_officer", "approved_by": "duty_leader",
            }  # fmt: skip
            _see_through(line, body, headers, rush)


def _see_through(line: httpx.Client, body: dict[str, Any], headers: dict[str, str], rush: Rush) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        began = time.perf_counter()
        try:
            answer = line.post(DOOR, json=body, headers=headers)
        except httpx.TransportError:
            rush.repeated += 1
            time.sleep(0.05)
            continue
        if answer.status_code == 201:
            rush.filing.append(time.perf_counter() - began)
            rush.acknowledged.append(body["unit"])
        else:
            rush.refused.append(f"{body['unit']} {answer.status_code} {answer.text[:160]}")
        return
    rush.refused.append(f"{body['unit']}: no answer in a minute")


def paste(hub: Served, rush: Rush) -> None:
    """One operator files all outlets of a spreadsheet at once, while the others file theirs."""
    while len(rush.acknowledged) < len(rush.units) // 3:
        time.sleep(0.02)
    heading = "\t".join(("unit", *CODES))
    text = "\n".join([heading, *("\t".join((code, *("0" for _ in CODES))) for code in rush.pasted)])
    headers = {"Authorization": f"Bearer {hub.tokens[officer(rush.paster)]}", "Idempotency-Key": "rush-paste"}
    body = {"text": text, "date": rush.day, "stated_by": "duty_officer", "statement": "无异常"}
    with httpx.Client(base_url=f"{hub.url}/api/v1", trust_env=False, timeout=60) as line:
        while True:
            began = time.perf_counter()
            try:
                answer = line.post(f"{DOOR}/batch", json=body, headers=headers)
            except httpx.TransportError:
                time.sleep(0.05)
                continue
            break
    told = answer.json()
    if answer.status_code != 200 or told["filed"] + told["same"] != len(rush.pasted):
        rush.refused.append(f"paste {answer.status_code} {answer.text[:160]}")
        return
    rush.acknowledged += rush.pasted
    print(f"{len(rush.pasted)} by one paste in {time.perf_counter() - began:.2f} s.")


def read_matrix(hub: Served, rush: Rush, ending: threading.Event) -> None:
    headers = {"Authorization": f"Bearer {hub.tokens['ben']}"}
    with httpx.Client(base_url=f"{hub.url}/api/v1", headers=headers, trust_env=False, timeout=20) as line:
        while not ending.wait(0.2):
            began = time.perf_counter()
            try:
                answer = line.get(f"{DOOR}/matrix?from={rush.day}&to={rush.day}")
            except httpx.TransportError:
                continue
            if answer.status_code == 200:
                rush.matrix.append(time.perf_counter() - began)
            else:
                rush.refused.append(f"matrix {answer.status_code} {answer.text[:160]}")
