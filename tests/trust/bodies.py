"""A body that is good for every door that takes one, so that whoever is refused is refused for who they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tests.trust.city import login
from tests.trust.things import COUNTS, INSPECTORS, MORNING, PLAN, SITE, TODAY

# A photograph, sent as a form.
PHOTOGRAPH = object()
_LATER = (MORNING + timedelta(days=2)).isoformat()
_SPAN = {"since": (MORNING + timedelta(days=1)).isoformat(), "until": _LATER}
_FIVE = {"post": "duty_leader", "measure": "x", "funds": "x", "interim": "x", "deadline": _LATER}
_CREW = [[login("duty_officer", "lead")]]


def bodies(things: Mapping[str, str], state: str) -> dict[str, Any]:
    """The good body of each door, by method and address; a door that is not named takes none."""
    return {
        "POST ~/session": {"login": "nobody", "password": "x"},
        "POST ~/incidents/<ref>/links": {"to": things["incident:closed"], "kind": "related"},
        "POST ~/incidents/<ref>/links/<id>/ending": {"reason": "needed"},
        "POST ~/operations/<op>/audits": {"desk": "police/duty", "reason": "needed", "minutes": 30},
        "POST ~/account/totp/confirmation": {"code": "000000"},
        "POST ~/account/passkeys": {"label": "x", "credential": {}},
        "POST ~/account/pin": {"pin": "493817"},
        "POST ~/account/password": {"password": "x", "new": "another one of some length"},
        "POST ~/session/proof": {"password": "x"},
        "POST ~/agencies/<agency>/sign-in-policy": {"second_from": None, "alone": [], "idle_minutes": 60},
        "POST ~/devices": {"label": "x"},
        "POST ~/session/factor": {"code": "000000"},
        "POST ~/session/passkey": {"credential": {}},
        "POST ~/session/seat": {"login": "x", "pin": "493817"},
        "POST ~/operations/<op>/holds": {"reason": "needed", "until": _LATER},
        "POST ~/holds/<id>/review": {"reason": "needed", "until": _LATER},
        "POST ~/holds/<id>/release": {"reason": "needed"},
        "POST ~/incidents/<ref>/lead/withdrawal": {"reason": "needed"},
        "POST ~/incidents/<ref>/redacted-copies": {"reason": "needed"},
        "POST ~/operations/<op>/plan/check": {"text": PLAN},
        "POST ~/operations/<op>/plan": {"text": PLAN.replace("2026.1", "2026.3"), "reason": "x"},
        "POST ~/operations/<op>/plan/countersignature": {"proposal": things["proposal"]},
        "POST ~/operations/<op>/phase": {"to": "standing_down", "statement": "x"},
        "POST ~/operations/<op>/test-calls": {},
        "POST ~/operations/<op>/posts": {
            "post": "duty_officer", "first_on": TODAY, "handovers": ["08:00"], "crews": _CREW,
        },
        "POST ~/operations/<op>/posts/<post>/ending": {"id": things["rotation"]},
        "POST ~/operations/<op>/shifts": {"post": "duty_officer", "member": login("duty_officer", "lead"), **_SPAN},
        "POST ~/operations/<op>/overrides": {
            "post": "duty_officer", "member": login("duty_officer", "lead"),
            "instead_of": login("coordinator", "lead"), **_SPAN,
        },
        "POST ~/operations/<op>/swaps": {
            "post": "duty_officer", "since": _SPAN["since"], "other": login("coordinator", "lead"),
            "other_since": _SPAN["until"],
        },
        "POST ~/operations/<op>/swaps/<id>/answer": {"accept": True},
        "POST ~/operations/<op>/handovers": {"post": "duty_officer"},
        "POST ~/operations/<op>/handovers/<id>/signature": {},
        "POST ~/operations/<op>/calendars": {"scope": "mine"},
        "POST ~/addresses": {"channel": "sms", "value": "+8613900000001"},
        "POST ~/call-sheet/<id>/answer": {"answer": "understood"},
        "POST ~/webhooks": {"url": "https://hooks.example.org/other"},
        "POST ~/gateways/voice/answers": {"delivery": "x", "key": "1"},
        "POST ~/gateways/<gateway>/receipts": {"delivery": "x", "state": "read"},
        "POST ~/obligations/<id>/acknowledgement": {"kind": "seen"},
        "POST ~/obligations/<id>/settlement": {"words": "x"},
        "POST ~/obligations/<id>/reason": {"code": "other", "words": "x"},
        "POST ~/obligations/<id>/not-applicable": {"reason": "x"},
        "POST ~/obligations/<id>/waiver": {"reason": "x"},
        "POST ~/obligations/<id>/extension": {"until": _LATER, "reason": "x"},
        "POST ~/operations/<op>/incidents": {"type": "VIOL", "title": "x"},
        "PATCH ~/incidents/<ref>": {"title": "y"},
        "POST ~/incidents/<ref>/access": {"desk": "government/duty"},
        "DELETE ~/incidents/<ref>/access": None,
        "POST ~/incidents/<ref>/acknowledgement": {"kind": "seen"},
        "POST ~/incidents/<ref>/status": {"to": "reported" if state == "heard" else "responding", "reason": "x"},
        "POST ~/incidents/<ref>/verification": {"state": "doubtful", "basis": "x"},
        "POST ~/incidents/<ref>/grade": {"grade": "IV", "basis": "x"},
        "POST ~/incidents/<ref>/lead": {"to": "carrier-a/duty", "basis": "x"},
        "POST ~/incidents/<ref>/lead/answer": {"accept": True},
        "POST ~/incidents/<ref>/plan": {"reason": "x"},
        "POST ~/incidents/<ref>/figures": {"category": "injured", "n": 1, "source": "x", "basis": "x"},
        "POST ~/incidents/<ref>/journal": {"text": "x"},
        "POST ~/incidents/<ref>/journal/<entry>/strike": {"reason": "x"},
        "POST ~/incidents/<ref>/attachments": PHOTOGRAPH,
        "POST ~/incidents/<ref>/items": {"sort": "suspect", "title": "x", "quantity": 1},
        "POST ~/incidents/<ref>/reports": {"form": "first"},
        "POST ~/incidents/<ref>/tasks": {"to": "carrier-a/duty", "words": "x", "within_minutes": 30},
        "POST ~/incidents/<ref>/access/withdrawal": {"desk": "carrier-a/duty", "reason": "no longer"},
        "POST ~/incidents/<ref>/tlp": {"tlp": "AMBER+STRICT", "basis": "as ordered"},
        "POST ~/incidents/<ref>/personal": {"kind": "waybill", "value": "SF0987654321", "why": "needed"},
        "POST ~/operations/<op>/waybills/search": {"number": "SF1234567890"},
        "POST ~/personal/<id>/reveals": {"reason": "needed"},
        "POST ~/reveals/<id>/confirmation": {"agree": True},
        "POST ~/operations/<op>/anchors/witness": {"mark": "0" * 64, "key": "0" * 64, "signature": "0" * 128},
        "POST ~/items/<ref>/offer": {"to": "carrier-a/duty"},
        "POST ~/items/<ref>/acceptance": {"counted": 3},
        "POST ~/items/<ref>/refusal": {"reason": "x"},
        "POST ~/items/<ref>/recall": {"reason": "x"},
        "POST ~/items/<ref>/placing": {"place": "x"},
        "POST ~/items/<ref>/parts": {"parts": [{"quantity": 1}, {"quantity": 2}]},
        "POST ~/items/<ref>/outcome": {"outcome": "destroyed", "words": "x", "receipt": "x", "witness": "x"},
        "POST ~/operations/<op>/hazards": {
            "title": "x", "origin": "authority", "agency": "carrier-a", "site": SITE,
        },
        "POST ~/hazards/<ref>/attachments": PHOTOGRAPH,
        "POST ~/hazards/<ref>/settlement": _FIVE,
        "POST ~/hazards/<ref>/evidence": {"words": "x"},
        "POST ~/hazards/<ref>/verification": {"accepted": True},
        "POST ~/hazards/<ref>/reopening": {"reason": "x"},
        "POST ~/hazards/<ref>/extension": {"until": _LATER, "reason": "x", "monitoring": "x"},
        "POST ~/hazards/<ref>/links": {"incident": things["incident:open"]},
        "POST ~/hazards/<ref>/enforcement": {"outcome": "warning", "basis": "x"},
        "POST ~/operations/<op>/inspections": {
            "visit": "unannounced", "origin": "authority", "agency": "carrier-a", "site": SITE,
            "inspectors": INSPECTORS, "checklists": ["sealing"],
        },
        "POST ~/inspections/<ref>/attachments": PHOTOGRAPH,
        "POST ~/inspections/<ref>/answers": {"checklist": "sealing", "item": "sealed", "answer": "no"},
        "POST ~/inspections/<ref>/findings": {"words": "x"},
        "POST ~/inspections/<ref>/refusal": {"words": "x", "witness": INSPECTORS[0]},
        "POST ~/operations/<op>/readiness": {"item": "budget", "value": True},
        "POST ~/readiness/<id>/verdict": {"accepted": True},
        "POST ~/readiness/<id>/attachments": PHOTOGRAPH,
        "POST ~/operations/<op>/tasks": {"to": "police/duty", "words": "x", "within_minutes": 30},
        "POST ~/tasks/<id>/answer": {"accept": True},
        "POST ~/tasks/<id>/completion": {"words": "x"},
        "POST ~/tasks/<id>/withdrawal": {"reason": "x"},
        "POST ~/tasks/<id>/attachments": PHOTOGRAPH,
        "PATCH ~/reports/<id>": {"content": {"area": {"value": "x"}}},
        "POST ~/reports/<id>/signature": {"sha256": "0" * 64},
        "POST ~/reports/<id>/amendment": {"why": "x"},
        "POST ~/reports/<id>/sending": {"to": "police/duty"},
        "POST ~/reports/<id>/forwarding": {"to": "police/duty"},
        "POST ~/reports/<id>/receipt": {},
        "POST ~/reports/<id>/attachments": PHOTOGRAPH,
        "POST ~/operations/<op>/zero-reports": {
            "unit": "A1", "date": TODAY, "counts": COUNTS, "stated_by": "duty_officer",
        },
        "POST ~/operations/<op>/zero-reports/batch": {
            "rows": [{"unit": "A1", "date": TODAY, "counts": COUNTS, "stated_by": "duty_officer"}],
        },
        "POST ~/operations/<op>/zero-reports/sheet": PHOTOGRAPH,
        "POST ~/zero-reports/<id>/review": {"outcome": "accepted"},
        "POST ~/operations/<op>/filing-links": {"date": TODAY},
        "POST ~/filing-links/<secret>/return": {"counts": COUNTS, "stated_by": "duty_officer"},
        "POST ~/operations/<op>/roll-ups": {"date": TODAY},
        "POST ~/operations/<op>/units": {
            "units": [{"unit": "A9", "title": {"zh": "A9", "en": "A9"}, "agency": "carrier-a", "first_day": TODAY}],
        },
        "POST ~/operations/<op>/exemptions": {"unit": "A1", "since": TODAY, "until": TODAY, "reason": "x"},
        "POST ~/operations/<op>/bulletins": {
            "kind": "instruction", "title": "x", "words": "x", "to": ["police/duty"], "within_minutes": 30,
        },
        "POST ~/bulletins/<id>/replies": {"answer": "noted"},
        "POST ~/bulletins/<id>/closing": {"reason": "x"},
    }  # fmt: skip


# What is asked of a door beside its address.
QUERIES = {
    "DELETE ~/incidents/<ref>/access": "desk=carrier-a/duty",
    "GET ~/operations/<op>/zero-reports/matrix": f"from={TODAY}&to={TODAY}",
    "GET ~/operations/<op>/zero-reports/figure": f"from={TODAY}&to={TODAY}&category=accepted",
}
# The version a change is made on.
VERSIONED = ("PATCH ~/incidents/<ref>", "PATCH ~/reports/<id>")
# Parts of an address that are no thing: a format, a gateway.
FORMS = {
    "/operations/<op>/briefing.<form>": "docx", "/items/<ref>.<form>": "docx", "/inspections/<ref>.<form>": "docx",
    "/reports/<id>.<form>": "docx", "/operations/<op>/review.<form>": "json", "/roll-ups/<id>.<form>": "docx",
    "/operations/<op>/zero-reports/form.<kind>": "xlsx",
}  # fmt: skip
