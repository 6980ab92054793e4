"""One thing of every kind in the city of `tests.trust.city`, made by real verbs; incidents in four states.

A thing is named `kind`, or `kind:state` where it belongs to an incident; its value is what an address would hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from incident_hub.engine.actions import state_outage
from incident_hub.engine.loop.passing import ENGINE
from incident_hub.engine.silence import Gap
from incident_hub.kernel.database import unit_of_work
from tests.files.test_doors import photograph
from tests.night import FILES, Hub
from tests.trust.city import Speaking, login

# 08:00 in Beijing on a day of the expo; returns are due at 16:00.
MORNING = datetime(2026, 9, 17, 0, tzinfo=UTC)
AFTERNOON = MORNING + timedelta(hours=8, minutes=1)
TODAY = "2026-09-17"
STATES = ("open", "heard", "red", "closed")
SITE = "carrier-a/site-001"
OP = "/operations/EXPO"
CODES = (
    "accepted", "inspected", "sealed", "screened", "prohibited-a", "prohibited-b", "prohibited-c", "hazards-found",
    "hazards-closed", "hazards-overdue", "staff", "vehicles", "incidents-open",
)  # fmt: skip
COUNTS = dict.fromkeys(CODES, 0) | {"accepted": 400, "inspected": 400, "sealed": 400, "staff": 12}
PLAN = (FILES.parents[1] / "config" / "plans" / "expo.toml").read_text(encoding="utf-8")
INSPECTORS = [{"agency": "postal", "post": post} for post in ("duty_officer", "deputy")]


@dataclass
class Making:
    """What has been made so far, and the words that are put into what people type."""

    hub: Hub
    speak: Callable[..., Speaking]
    words: Callable[[str], str] = str
    things: dict[str, str] = field(default_factory=dict[str, str])

    def post(self, who: str, path: str, body: Any = None, role: str = "duty_officer", *, key: str = "id") -> str:
        """Do it, and what it is known by from now on."""
        answer = self.speak(who, role).post(path, body)
        assert answer.status_code < 300, f"{path}: {answer.status_code} {answer.text}"
        return str(answer.json.get(key, ""))

    def attach(self, who: str, path: str, note: str) -> str:
        """Attach a photograph."""
        form = {"file": FileStorage(BytesIO(photograph()), self.words("name") + ".jpg"), "note": self.words(note)}
        boundary, body = encode_multipart(form)
        media = f"multipart/form-data; boundary={boundary}"
        answer = self.speak(who).call("POST", path, data=body, content_type=media)
        assert answer.status_code == 201, answer.text
        return str(answer.json["id"])


def make(making: Making) -> dict[str, str]:
    """Make everything; the address part of each thing by its name."""
    of_the_house(making)
    for state in STATES:
        incident(making, state)
    beside(making)
    returns(making)
    roster(making)
    return making.things


def incident(making: Making, state: str) -> None:
    """An incident that postal leads, in a state, with all that may belong to one."""
    words, things = making.words, making.things
    body: dict[str, Any] = {"type": "VIOL", "title": words("title"), "summary": words("summary")}
    more = {"heard": {"status": "heard"}, "red": {"tlp": "RED", "site": SITE}}.get(state, {"site": SITE})
    ref = making.post("lead", f"{OP}/incidents", body | more, key="ref")
    path = f"/incidents/{ref}"
    things[f"incident:{state}"] = ref
    write(making, state, path)
    making.hub.clock.forward(seconds=1)
    if state in ("open", "closed"):
        making.post("lead", f"{path}/access", {"desk": "fire/duty", "role": "support", "history": "from_now"})
        making.post("lead", f"{path}/access", {"desk": "health/duty", "role": "informed"})
        assert making.speak("lead").delete(f"{path}/access?desk=health/duty").status_code == 200
    things[f"item:{state}"] = making.post(
        "lead", f"{path}/items", {"sort": "suspect", "title": words("item"), "quantity": 3, "place": words("place")},
        key="ref",
    )  # fmt: skip
    said = {"channel": "phone", "from": {"agency": "postal"}, "stated_at": making.hub.clock.at.isoformat()}
    if state != "heard":
        told = {"form": "first", "spoken": True, "to": "carrier-a/duty", "via": said | {"words": words("said")}}
        things[f"sent:{state}"] = making.post("lead", f"{path}/reports", told)
    things[f"report:{state}"] = making.post("lead", f"{path}/reports", {"form": "first"})
    if state != "heard":
        things[f"task:{state}"] = making.post(
            "lead", f"{path}/tasks", {"to": "carrier-a/duty", "words": words("task"), "within_minutes": 60}
        )
    asked = {"kind": "waybill", "value": "SF1234567890", "why": words("needed")}
    things[f"personal:{state}"] = making.post("lead", f"{path}/personal", asked)
    reveal = f"/personal/{things[f'personal:{state}']}/reveals"
    things[f"reveal:{state}"] = making.post("lead", reveal, {"reason": words("reason to read")})
    owed = making.speak("lead").get(f"{OP}/obligations?subject={ref}&limit=200").json["items"]
    things[f"obligation:{state}"] = next(
        one["id"] for one in owed if one["owed_by"]["agency"] == ("postal" if state == "heard" else "carrier-a")
    )
    if state == "closed":
        for to in ("responding", "contained", "lifted", "closed"):
            making.post("lead", f"{path}/status", {"to": to, "reason": words("reason")}, "duty_leader")


def write(making: Making, state: str, path: str) -> None:
    """What is written at an incident before somebody joins it from now on."""
    words, things = making.words, making.things
    made = making.post("lead", f"{path}/journal", {"text": words("journal")})
    things[f"journal:{state}"] = made
    making.post("lead", f"{path}/journal", {"text": words("own journal"), "audience": "own"})
    figure = {"category": "injured", "n": 2, "source": words("source"), "basis": words("basis")}
    things[f"figure:{state}"] = making.post("lead", f"{path}/figures", figure)
    things[f"file:{state}"] = making.attach("lead", f"{path}/attachments", "note")


def beside(making: Making) -> None:
    """What belongs to no incident: bulletin, task, hazard, visit, readiness."""
    words, things = making.words, making.things
    bulletin = {"kind": "instruction", "title": words("bulletin"), "words": words("order"), "to": ["police/duty"]}
    things["bulletin"] = making.post("lead", f"{OP}/bulletins", bulletin | {"within_minutes": 60})
    task = {"to": "police/duty", "words": words("task of desks"), "within_minutes": 60}
    things["task"] = making.post("lead", f"{OP}/tasks", task)
    things["task_file"] = making.attach("lead", f"/tasks/{things['task']}/attachments", "evidence")
    hazard = {"title": words("hazard"), "origin": "authority", "agency": "carrier-a", "site": SITE}
    things["hazard"] = making.post("lead", f"{OP}/hazards", hazard | {"description": words("hazard said")}, key="ref")
    things["hazard_file"] = making.attach("lead", f"/hazards/{things['hazard']}/attachments", "hazard seen")
    visit = {"visit": "mystery", "origin": "authority", "agency": "carrier-a", "site": SITE, "inspectors": INSPECTORS}
    ref = making.post("lead", f"{OP}/inspections", visit | {"checklists": ["sealing"]}, key="ref")
    things["visit"] = ref
    finding = {"words": words("finding"), "checklist": "sealing", "item": "sealed"}
    things["finding"] = making.post("lead", f"/inspections/{ref}/findings", finding)
    things["visit_file"] = making.attach("lead", f"/inspections/{ref}/attachments", "photographed")
    things["readiness"] = making.post(
        "support", f"{OP}/readiness", {"item": "budget", "value": True, "words": words("in place")}
    )
    things["readiness_file"] = making.attach("support", f"/readiness/{things['readiness']}/attachments", "proof")


def returns(making: Making) -> None:
    """Units of carrier A and B, a return of each, a link, and what was rolled up."""
    words, things = making.words, making.things
    units = [
        {"unit": code, "title": {"zh": code, "en": code}, "agency": agency, "first_day": TODAY}
        for code, agency in (("A1", "carrier-a"), ("A2", "carrier-a"), ("B1", "carrier-b"))
    ]
    making.post("lead", f"{OP}/units", {"units": units}, "duty_leader")
    line = {"date": TODAY, "counts": COUNTS, "stated_by": "duty_officer"}
    filed = {"unit": "A1", "statement": words("statement")}
    things["return"] = making.post("support", f"{OP}/zero-reports", line | filed, key="zero_report")
    made = making.speak("support").post(f"{OP}/filing-links", {"date": TODAY, "units": ["A2"]})
    assert made.status_code == 201, made.text
    things["link"] = made.json["items"][0]["path"].rpartition("/")[2]
    told = making.speak("support").get(f"{OP}/feed?limit=500").json["items"]
    things["unit"] = next(one["subject"]["ref"] for one in told if one["kind"] == "return.filed")
    making.hub.clock.at = AFTERNOON
    making.hub.tick()
    things["roll_up"] = making.post("lead", f"{OP}/roll-ups", {"date": TODAY, "remarks": words("remarks")})


def of_the_house(making: Making) -> None:
    """What belongs to a desk or a person: a webhook, an address, a calendar."""
    things = making.things
    things["webhook"] = making.post("lead", "/webhooks", {"url": "https://hooks.example.org/hook"}, "duty_leader")
    things["address"] = making.post("lead", "/addresses", {"channel": "sms", "value": "+8613900000000"})
    things["calendar"] = making.post("lead", f"{OP}/calendars", {"scope": "mine"})
    mine = making.speak("lead").get("/sessions").json["items"]
    things["session"] = mine[0]["id"]
    things["operation"], things["version"] = "EXPO", making.speak("lead").get(OP).json["plan_version"]
    plan = PLAN.replace("2026.1", "2026.2")
    things["proposal"] = making.post("lead", f"{OP}/plan", {"text": plan, "reason": "x"}, "coordinator")
    things["proposed"] = things["version"].replace("2026.1", "2026.2")
    with unit_of_work(making.hub.expo.id) as at:
        gap = Gap(at - timedelta(hours=2), at - timedelta(hours=1))
        state_outage(making.hub.expo, gap, at, ENGINE)
    things["outage"] = making.speak("lead").get(f"{OP}/outages").json["items"][0]["id"]


def roster(making: Making) -> None:
    """A rotation at the desk that leads, a hand-over that was prepared and an exchange that was proposed."""
    things = making.things
    crews = [[login("duty_officer", "lead")], [login("coordinator", "lead")]]
    turns = {"post": "duty_officer", "first_on": TODAY, "handovers": ["08:00"], "crews": crews}
    things["rotation"] = making.post("lead", f"{OP}/posts", turns, "duty_leader")
    things["post"] = "duty_officer"
    note = {"post": "duty_officer", "note": making.words("hand-over")}
    things["handover"] = making.post("lead", f"{OP}/handovers", note, "coordinator")
    first, second = MORNING + timedelta(days=1), MORNING + timedelta(days=2)
    swap = {"post": "duty_officer", "since": second.isoformat(), "other": login("coordinator", "lead")}
    audit = {"desk": "police/duty", "reason": making.words("audited"), "minutes": 60}
    things["audit"] = making.post("lead", f"{OP}/audits", audit, "evaluator")
    link = {"to": things["incident:closed"], "kind": "related"}
    things["link:open"] = making.post("lead", f"/incidents/{things['incident:open']}/links", link)
    things["swap"] = making.post("lead", f"{OP}/swaps", swap | {"other_since": first.isoformat()})
    things["notice"] = making.speak("lead").get("/notices?of=desk").json["items"][0]["id"]
