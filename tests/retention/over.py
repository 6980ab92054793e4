"""An operation full of canaries: one word that nobody else writes, in every text that people can write."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from tests.night import Hub

CANARY = "KanarieZQ"
PHONE = "13987654321"


def fill(hub: Hub) -> str:
    """Write the canary wherever a small night writes; gives the incident."""
    ana, ben = hub.as_("ana"), hub.as_("ben")
    ref = ana.open(
        title=f"发现可疑物品 {CANARY}", summary=f"经过 {CANARY}", place={"text": f"东门 {CANARY}"},
        methane={"m": f"宣布 {CANARY}"}, figures=[{"category": "injured", "n": 1, "source": CANARY, "basis": CANARY}],
    )  # fmt: skip
    said = {"channel": "phone", "from": {"words_by": CANARY}, "words": CANARY}
    door = f"/incidents/{ref}"
    made: list[Any] = [
        ana.post(f"{door}/journal", {"kind": "note", "text": f"记录 {CANARY}", "via": said}),
        ana.post(f"{door}/journal", {"kind": "decision", "text": CANARY, "decision": {"options": CANARY}}),
        ana.post(f"{door}/journal", {"kind": "note", "text": f"联系 {PHONE} {CANARY}", "personal": "seal"}),
        ana.post(f"{door}/items", {"sort": "other", "title": CANARY, "quantity": 1, "place": CANARY, "words": CANARY}),
        ana.post(f"{door}/tasks", {"to": "postal/duty", "words": CANARY, "within_minutes": 30}),
        ana.post(f"{door}/personal", {"kind": "other", "value": f"{CANARY} 某某", "why": CANARY}),
        ben.post("/operations/EXPO/bulletins", {
            "kind": "warning", "title": CANARY, "words": CANARY, "to": ["police/duty"], "within_minutes": 60,
        }),
        ana.call("POST", f"{door}/attachments", data={
            "file": (BytesIO(f"现场 {CANARY}".encode()), f"{CANARY}.txt", "text/plain"), "note": CANARY,
        }, content_type="multipart/form-data"),
    ]  # fmt: skip
    for one in made:
        assert one.status_code in (200, 201), one.text
    return ref


def end(hub: Hub, *further: str) -> None:
    """Stand the operation down and close it."""
    for login, to in (("anna.leader", one) for one in ("standing_down", "closed", *further)):
        moved = hub.as_(login).post(
            "/operations/EXPO/phase", {"to": to, "statement": f"阶段变更 {CANARY}", "debts": []}
        )
        if moved.status_code != 200:
            owed = hub.as_(login).get("/operations/EXPO/closing").json["items"]
            debts = [{"id": one["id"], "reason": CANARY} for one in owed]
            moved = hub.as_(login).post("/operations/EXPO/phase", {"to": to, "statement": CANARY, "debts": debts})
        assert moved.status_code == 200, moved.text


def lies_in(folder: Path, *needles: str) -> list[str]:
    """The files below a folder that hold one of these words, in any of the ways it may be written."""
    wanted = [form for one in needles for form in (one.encode(), one.encode("utf-16-le"), repr(one)[1:-1].encode())]
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()
                  and any(form in one.read_bytes() for form in wanted))  # fmt: skip
