"""What every door must answer to whom, written by hand from the rulings and never imported by the product (rulings 25).

A line of `DOORS` is a method, an address (`~` is /api/v1), the scope a token needs, the verb of the role (who may do it
stands in `tests.agencies.test_standing.MATRIX`), the thing it is about, and, where knowing is not enough, which of the
relations in `tests.trust.city.DESKS` may act; the others are told 403 in a sentence. `-` is: nothing is asked.
`KNOWN` says to which relations a thing is known; to all others it must answer as if there were none.
"""

from __future__ import annotations

from tests.agencies import test_standing as standing

ALL = frozenset({"lead", "support", "informed", "from_now", "withdrawn", "colleague", "outsider"})
EVERYBODY = ALL | {"outside"}
CIRCLE = frozenset({"lead", "support", "informed", "from_now"})
LEAD, LISTED = frozenset({"lead"}), frozenset({"lead", "support", "informed"})

# A thing at an incident is known to whom the incident is known, whatever its state, unless it stands here otherwise.
INCIDENT = {"open": CIRCLE, "heard": LEAD, "red": LISTED, "closed": CIRCLE}
# Shown to those who knew when it was put there, and to those with the whole history.
FILE = INCIDENT | {"open": LISTED, "closed": LISTED}
KNOWN: dict[str, frozenset[str] | dict[str, frozenset[str]]] = {
    "incident": INCIDENT, "figure": INCIDENT, "journal": FILE, "item": INCIDENT, "obligation": INCIDENT,
    "file": FILE,
    # A value of a person and the wish to read it, which has lapsed here; of an anchor nobody knows the mark.
    "personal": INCIDENT, "reveal": INCIDENT, "anchor": frozenset(),
    # A link, to who may know of both its ends; an audit, to the evaluator who opened it.
    "link": {"open": CIRCLE}, "audit": LEAD, "audited": LEAD,
    # A draft is its own desk's; a task at an incident is known to whom the incident is.
    "report": dict.fromkeys(INCIDENT, LEAD), "task": INCIDENT, "sent": dict.fromkeys(INCIDENT, frozenset({"support"})),
    # Between two desks.
    "desk_task": frozenset({"lead", "informed"}), "task_file": frozenset({"lead", "informed"}),
    "bulletin": frozenset({"lead", "informed"}),
    # The unit's own desk and who oversees it; a mystery check before it is concluded to the inspecting desk alone.
    "hazard": frozenset({"lead", "support"}), "hazard_file": frozenset({"lead", "support"}),
    "visit": LEAD, "finding": LEAD, "visit_file": LEAD,
    "readiness": frozenset({"lead", "support"}), "readiness_file": frozenset({"lead", "support"}),
    "return": frozenset({"lead", "support"}), "unit": frozenset({"lead", "support"}), "roll_up": LEAD,
    # Of one desk, or of one person.
    "handover": LEAD, "swap": LEAD, "notice": LEAD, "webhook": LEAD, "rotation": LEAD,
    "address": LEAD, "calendar": LEAD, "session": LEAD,
    # Of the operation: every desk that takes part.
    "operation": ALL, "outage": ALL, "version": ALL,
    "house": EVERYBODY, "policy": frozenset({"lead", "colleague"}), "none": frozenset(),
}  # fmt: skip
# Parts of an address that name nothing anybody may not know of: a format, a post of the desk that asks, an agency.
NO_THING = frozenset({"form", "kind", "post", "agency", "name", "filename"})
# What a desk has whatever operation it stands in at the moment, so that the operation in the address is only the page.
OF_THE_DESK = frozenset({"handover", "swap", "rotation", "calendar"})
# What belongs to one person is known to nobody else at the desk.
PERSONAL = {
    "audit": "evaluator",
    "audited": "evaluator",
    "address": "duty_officer",
    "calendar": "duty_officer",
    "session": "duty_officer",
}

DOORS = """
GET    ~/me                                                -                house       -
DELETE ~/session                                           -                house       -
GET    ~/sessions                                          -                house       -
DELETE ~/sessions/<id>                                     -                session     -
GET    ~/account/factors                                   -                house       -
POST   ~/account/totp                                      -                house       -
GET    ~/account/totp.svg                                  -                none        -
POST   ~/account/totp/confirmation                         -                house       -
DELETE ~/account/totp                                      -                house       -
POST   ~/account/recovery-codes                            -                house       -
POST   ~/account/passkeys/challenge                        -                house       -
POST   ~/account/passkeys                                  -                house       -
DELETE ~/account/passkeys/<id>                             -                none        -
POST   ~/account/pin                                       -                house       -
POST   ~/account/password                                  -                house       -
POST   ~/account/links/<name>                              -                none        -
POST   ~/sessions/end-others                               -                house       -
GET    ~/account/tokens                                    -                house       -
DELETE ~/account/tokens/<id>                               -                none        -
GET    ~/session/proof                                     -                house       -
POST   ~/session/proof/challenge                           -                house       -
POST   ~/session/proof                                     -                house       -
GET    ~/agencies/<agency>/sign-in-policy                  directory:read   policy      -
POST   ~/agencies/<agency>/sign-in-policy                  directory:write  policy      directory.change
GET    ~/devices                                           directory:read   house       -
POST   ~/devices                                           -                house       device.enrol
DELETE ~/devices/<id>                                      -                none        device.enrol
POST   ~/session/factor                                    -                open        -
POST   ~/session/passkey/challenge                         -                open        -
POST   ~/session/passkey                                   -                open        -
POST   ~/session/seat                                      -                open        -
GET    ~/operations/<op>/retention                         retention:read   operation   board.read
POST   ~/operations/<op>/holds                             retention:write  operation   retention.hold
POST   ~/holds/<id>/review                                 retention:write  none        retention.hold
POST   ~/holds/<id>/release                                retention:write  none        retention.hold
GET    ~/agencies                                          directory:read   house       -
GET    ~/sites                                             directory:read   house       -
GET    ~/operations                                        operations:read  house       -
GET    ~/operations/<op>                                   operations:read  operation   -
GET    ~/operations/<op>/feed                              incidents:read   operation   board.read
GET    ~/operations/<op>/plan                              operations:read  operation   board.read
GET    ~/operations/<op>/plan/versions/<version>           operations:read  version     board.read
POST   ~/operations/<op>/plan/check                        operations:read  operation   board.read
POST   ~/operations/<op>/plan                              operations:write operation   plan.propose
POST   ~/operations/<op>/plan/countersignature             operations:write operation   plan.sign
POST   ~/operations/<op>/phase                             operations:write operation   operation.phase
GET    ~/operations/<op>/closing                           obligations:read operation   operation.phase
GET    ~/operations/<op>/board                             incidents:read   operation   board.read
GET    ~/operations/<op>/duty                              incidents:read   operation   board.read
GET    ~/operations/<op>/outages                           incidents:read   operation   board.read
GET    ~/operations/<op>/outages/<id>                      incidents:read   outage      board.read
GET    ~/operations/<op>/briefing                          incidents:read   operation   board.read
GET    ~/operations/<op>/briefings                         incidents:read   operation   board.read
GET    ~/operations/<op>/review                            reviews:read     operation   review.read
POST   ~/operations/<op>/test-calls                        notices:write    operation   test_call.make

GET    ~/operations/<op>/posts                             roster:read      operation   roster.read
POST   ~/operations/<op>/posts                             roster:write     operation   roster.arrange
POST   ~/operations/<op>/posts/<post>/ending               roster:write     rotation    roster.arrange
GET    ~/operations/<op>/shifts                            roster:read      operation   roster.read
POST   ~/operations/<op>/shifts                            roster:write     operation   roster.arrange
GET    ~/operations/<op>/overrides                         roster:read      operation   roster.read
POST   ~/operations/<op>/overrides                         roster:write     operation   roster.arrange
GET    ~/operations/<op>/roster/gaps                       roster:read      operation   roster.read
GET    ~/operations/<op>/swaps                             roster:read      operation   roster.read
POST   ~/operations/<op>/swaps                             roster:write     operation   roster.swap
POST   ~/operations/<op>/swaps/<id>/answer                 roster:write     swap        roster.swap
POST   ~/operations/<op>/swaps/<id>/approval               roster:write     swap        roster.approve
GET    ~/operations/<op>/handovers                         roster:read      operation   roster.read
POST   ~/operations/<op>/handovers                         roster:write     operation   handover.prepare
POST   ~/operations/<op>/handovers/<id>/signature          roster:write     handover    handover.sign
GET    ~/operations/<op>/calendars                         roster:read      operation   roster.read
POST   ~/operations/<op>/calendars                         roster:write     operation   roster.read
POST   ~/operations/<op>/calendars/<id>/revocation         roster:write     calendar    roster.read

GET    ~/channels                                          notices:read     house       notice.read
GET    ~/addresses                                         notices:read     house       address.own
POST   ~/addresses                                         notices:write    house       address.own
DELETE ~/addresses/<id>                                    notices:write    address     address.own
GET    ~/notices                                           notices:read     house       notice.read
GET    ~/notices/<id>                                      notices:read     notice      notice.read
GET    ~/call-sheet                                        notices:read     house       desk_call.answer
POST   ~/call-sheet/<id>/answer                            notices:write    none        desk_call.answer
GET    ~/webhooks                                          webhooks:read    house       webhook.change
POST   ~/webhooks                                          webhooks:write   house       webhook.change
DELETE ~/webhooks/<id>                                     webhooks:write   webhook     webhook.change
GET    ~/webhooks/<id>/deliveries                          webhooks:read    webhook     webhook.change
POST   ~/gateways/voice/answers                            -                machine     -
POST   ~/gateways/<gateway>/receipts                       -                machine     -

GET    ~/me/desk                                           obligations:read house       board.read
GET    ~/operations/<op>/obligations                       obligations:read operation   board.read
POST   ~/obligations/<id>/acknowledgement                  obligations:write obligation obligation.acknowledge
POST   ~/obligations/<id>/settlement                       obligations:write obligation obligation.settle
POST   ~/obligations/<id>/reason                           obligations:write obligation obligation.explain
POST   ~/obligations/<id>/not-applicable                   obligations:write obligation obligation.not_applicable
POST   ~/obligations/<id>/waiver                           obligations:write obligation obligation.waive
POST   ~/obligations/<id>/extension                        obligations:write obligation obligation.extend

GET    ~/operations/<op>/incidents                         incidents:read   operation   board.read
POST   ~/operations/<op>/incidents                         incidents:write  operation   incident.open
GET    ~/incidents/<ref>                                   incidents:read   incident    board.read
PATCH  ~/incidents/<ref>                                   incidents:write  incident    incident.amend
GET    ~/incidents/<ref>/access                            incidents:read   incident    board.read
POST   ~/incidents/<ref>/access                            incidents:write  incident    access.grant
DELETE ~/incidents/<ref>/access                            incidents:write  incident    access.withdraw
POST   ~/incidents/<ref>/acknowledgement                   incidents:write  incident    incident.acknowledge
POST   ~/incidents/<ref>/status                            incidents:write  incident    incident.status
POST   ~/incidents/<ref>/verification                      incidents:write  incident    incident.verify
POST   ~/incidents/<ref>/grade                             incidents:write  incident    incident.grade
POST   ~/incidents/<ref>/lead                              incidents:write  incident    lead.offer
POST   ~/incidents/<ref>/lead/answer                       incidents:write  incident    lead.answer
POST   ~/incidents/<ref>/lead/withdrawal                   incidents:write  incident    lead.offer
POST   ~/incidents/<ref>/redacted-copies                   records:read     incident    record.export
POST   ~/incidents/<ref>/plan                              incidents:write  incident    incident.replan
GET    ~/incidents/<ref>/figures                           incidents:read   incident    board.read
POST   ~/incidents/<ref>/figures                           incidents:write  incident    figure.state
POST   ~/incidents/<ref>/figures/<figure>/official         incidents:write  figure      figure.state
GET    ~/incidents/<ref>/journal                           incidents:read   incident    board.read
POST   ~/incidents/<ref>/journal                           incidents:write  incident    journal.write
POST   ~/incidents/<ref>/journal/<entry>/strike            incidents:write  journal     journal.strike
GET    ~/incidents/<ref>/attachments                       incidents:read   incident    board.read
POST   ~/incidents/<ref>/attachments                       incidents:write  incident    file.attach
GET    ~/incidents/<ref>/hazards                           incidents:read   incident    board.read
GET    ~/incidents/<ref>/items                             incidents:read   incident    board.read
POST   ~/incidents/<ref>/items                             incidents:write  incident    item.take_in
GET    ~/incidents/<ref>/reports                           incidents:read   incident    board.read
POST   ~/incidents/<ref>/reports                           incidents:write  incident    report.write
GET    ~/incidents/<ref>/tasks                             incidents:read   incident    board.read
POST   ~/incidents/<ref>/tasks                             incidents:write  incident    task.ask
GET    ~/incidents/<ref>/looks                             incidents:read   incident    looks.read
GET    ~/incidents/<ref>/access/preview                    incidents:read   incident    access.grant
POST   ~/incidents/<ref>/access/withdrawal                 incidents:write  incident    access.withdraw
POST   ~/incidents/<ref>/tlp                               incidents:write  incident    incident.mark
GET    ~/incidents/<ref>/personal                          incidents:read   incident    board.read
POST   ~/incidents/<ref>/personal                          incidents:write  incident    personal.keep
POST   ~/operations/<op>/waybills/search                   incidents:read   operation   personal.find
POST   ~/personal/<id>/reveals                             incidents:write  personal    personal.reveal
GET    ~/reveals/<id>                                      incidents:read   reveal      board.read
POST   ~/reveals/<id>/confirmation                         incidents:write  reveal      personal.reveal
POST   ~/reveals/<id>/showing                              incidents:write  reveal      personal.reveal
GET    ~/operations/<op>/anchors                           record:read      operation   board.read
POST   ~/operations/<op>/anchors/witness                   record:write     anchor      anchor.witness
GET    ~/operations/<op>/feed/head                         record:read      operation   board.read
GET    ~/incidents/<ref>/links                             incidents:read   incident    board.read
POST   ~/incidents/<ref>/links                             incidents:write  incident    incident.link
POST   ~/incidents/<ref>/links/<id>/ending                 incidents:write  link        incident.link
GET    ~/operations/<op>/audits                            incidents:read   operation   board.read
POST   ~/operations/<op>/audits                            incidents:read   operation   audit.open
POST   ~/audits/<id>/ending                                incidents:read   audit       audit.open
GET    ~/audits/<id>/board                                 incidents:read   audit       audit.open
GET    ~/audits/<id>/incidents/<ref>                       incidents:read   audited     audit.open
GET    ~/files/<id>                                        incidents:read   file        board.read

GET    ~/operations/<op>/items                             incidents:read   operation   board.read
GET    ~/items/<ref>                                       incidents:read   item        board.read
POST   ~/items/<ref>/offer                                 incidents:write  item        item.offer
POST   ~/items/<ref>/acceptance                            incidents:write  item        item.answer
POST   ~/items/<ref>/refusal                               incidents:write  item        item.answer
POST   ~/items/<ref>/recall                                incidents:write  item        item.offer
POST   ~/items/<ref>/placing                               incidents:write  item        item.keep
POST   ~/items/<ref>/parts                                 incidents:write  item        item.keep
POST   ~/items/<ref>/outcome                               incidents:write  item        item.dispose

GET    ~/operations/<op>/hazards                           incidents:read   operation   board.read
POST   ~/operations/<op>/hazards                           incidents:write  operation   hazard.find
GET    ~/hazards/<ref>                                     incidents:read   hazard      board.read
GET    ~/hazards/<ref>/attachments                         incidents:read   hazard      board.read
POST   ~/hazards/<ref>/attachments                         incidents:write  hazard      file.attach
POST   ~/hazards/<ref>/settlement                          incidents:write  hazard      hazard.settle
POST   ~/hazards/<ref>/evidence                            incidents:write  hazard      hazard.evidence
POST   ~/hazards/<ref>/verification                        incidents:write  hazard      hazard.verify
POST   ~/hazards/<ref>/reopening                           incidents:write  hazard      hazard.reopen
POST   ~/hazards/<ref>/extension                           incidents:write  hazard      hazard.extend
POST   ~/hazards/<ref>/links                               incidents:write  hazard      hazard.link
POST   ~/hazards/<ref>/enforcement                         incidents:write  hazard      hazard.enforce

GET    ~/operations/<op>/inspections                       incidents:read   operation   board.read
POST   ~/operations/<op>/inspections                       incidents:write  operation   inspection.make
GET    ~/inspections/<ref>                                 incidents:read   visit       board.read
GET    ~/inspections/<ref>/attachments                     incidents:read   visit       board.read
POST   ~/inspections/<ref>/attachments                     incidents:write  visit       file.attach
POST   ~/inspections/<ref>/answers                         incidents:write  visit       inspection.make
POST   ~/inspections/<ref>/findings                        incidents:write  visit       inspection.make
POST   ~/inspections/<ref>/findings/<id>/hazard            incidents:write  finding     hazard.find
POST   ~/inspections/<ref>/signature                       incidents:write  visit       inspection.sign
POST   ~/inspections/<ref>/refusal                         incidents:write  visit       inspection.make
POST   ~/inspections/<ref>/conclusion                      incidents:write  visit       inspection.make

GET    ~/operations/<op>/readiness                         incidents:read   operation   board.read
POST   ~/operations/<op>/readiness                         incidents:write  operation   readiness.state
POST   ~/readiness/<id>/verdict                            incidents:write  readiness   readiness.judge
GET    ~/readiness/<id>/attachments                        incidents:read   readiness   board.read
POST   ~/readiness/<id>/attachments                        incidents:write  readiness   file.attach

GET    ~/operations/<op>/tasks                             incidents:read   operation   board.read
POST   ~/operations/<op>/tasks                             incidents:write  operation   task.ask
GET    ~/tasks/<id>                                        incidents:read   task        board.read
POST   ~/tasks/<id>/answer                                 incidents:write  task        task.answer
POST   ~/tasks/<id>/completion                             incidents:write  task        task.answer
POST   ~/tasks/<id>/withdrawal                             incidents:write  task        task.ask
GET    ~/tasks/<id>/attachments                            incidents:read   task        board.read
POST   ~/tasks/<id>/attachments                            incidents:write  task        file.attach

GET    ~/operations/<op>/reports                           incidents:read   operation   board.read
GET    ~/reports/<id>                                      incidents:read   report      board.read
PATCH  ~/reports/<id>                                      incidents:write  report      report.write
DELETE ~/reports/<id>                                      incidents:write  report      report.write
POST   ~/reports/<id>/signature                            incidents:write  report      report.sign
POST   ~/reports/<id>/reopening                            incidents:write  report      report.sign
POST   ~/reports/<id>/amendment                            incidents:write  report      report.write
POST   ~/reports/<id>/sending                              incidents:write  report      report.send
POST   ~/reports/<id>/forwarding                           incidents:write  report      report.send
POST   ~/reports/<id>/receipt                              incidents:write  sent        report.receive
GET    ~/reports/<id>/attachments                          incidents:read   report      board.read
POST   ~/reports/<id>/attachments                          incidents:write  report      file.attach

GET    ~/operations/<op>/zero-reports                      returns:read     operation   board.read
POST   ~/operations/<op>/zero-reports                      returns:write    operation   return.file
POST   ~/operations/<op>/zero-reports/batch                returns:write    operation   return.file
POST   ~/operations/<op>/zero-reports/sheet                returns:write    operation   return.file
GET    ~/operations/<op>/zero-reports/figure               returns:read     operation   board.read
GET    ~/operations/<op>/zero-reports/matrix               returns:read     operation   board.read
GET    ~/operations/<op>/zero-reports/roll-up              returns:read     operation   board.read
GET    ~/zero-reports/<id>                                 returns:read     return      board.read
POST   ~/zero-reports/<id>/review                          returns:write    return      return.review
GET    ~/operations/<op>/filing-links                      returns:read     operation   return.file
POST   ~/operations/<op>/filing-links                      returns:write    operation   return.file
POST   ~/filing-links/<secret>/return                      -                secret      -
GET    ~/operations/<op>/roll-ups                          returns:read     operation   board.read
POST   ~/operations/<op>/roll-ups                          returns:write    operation   return.roll_up
GET    ~/roll-ups/<id>                                     returns:read     roll_up     board.read
GET    ~/operations/<op>/units                             returns:read     operation   board.read
POST   ~/operations/<op>/units                             returns:write    operation   unit.register
POST   ~/operations/<op>/exemptions                        returns:write    unit        unit.register

GET    ~/operations/<op>/bulletins                         incidents:read   operation   board.read
POST   ~/operations/<op>/bulletins                         incidents:write  operation   bulletin.send
GET    ~/bulletins/<id>                                    incidents:read   bulletin    board.read
POST   ~/bulletins/<id>/replies                            incidents:write  bulletin    bulletin.answer
POST   ~/bulletins/<id>/closing                            incidents:write  bulletin    bulletin.send

GET    /                                                   *                house       -
GET    /operations                                         *                house       -
GET    /account                                            *                house       -
GET    /account/policy                                     *                house       -
GET    /operations/<op>/retention                          *                operation   board.read
GET    /operations/<op>/audits                             *                operation   board.read
GET    /audits/<id>                                        *                audit       audit.open
GET    /audits/<id>/incidents/<ref>                        *                audited     audit.open
GET    /desk                                               *                house       board.read
GET    /operations/<op>/board                              *                operation   board.read
GET    /operations/<op>/outages                            *                operation   board.read
GET    /operations/<op>/outages/<id>                       *                outage      board.read
GET    /operations/<op>/incidents/new                      *                operation   board.read
GET    /incidents/<ref>                                    *                incident    board.read
GET    /incidents/<ref>/looks                              *                incident    looks.read
GET    /incidents/<ref>/personal                           *                incident    board.read
GET    /operations/<op>/record                             *                operation   board.read
GET    /record/verifier                                    *                house       -
GET    /incidents/<ref>/reports                            *                incident    board.read
GET    /operations/<op>/handovers/<id>                     *                handover    roster.read
GET    /operations/<op>/roster                             *                operation   roster.read
GET    ~/operations/<op>/roster.ics                        -                secret      -
GET    /operations/<op>/notices                            *                operation   notice.read
GET    /operations/<op>/phase                              *                operation   board.read
GET    /operations/<op>/plan                               *                operation   board.read
GET    /operations/<op>/plan/<version>.toml                *                version     board.read
GET    /operations/<op>/plan/simulation                    *                operation   board.read
POST   /operations/<op>/plan/simulation                    *                operation   board.read
GET    /operations/<op>/briefing                           *                operation   board.read
GET    /operations/<op>/briefing.<form>                    *                operation   board.read
GET    /operations/<op>/bulletins                          *                operation   board.read
GET    /bulletins/<id>                                     *                bulletin    board.read
GET    /files/<id>                                         *                file        board.read
GET    /operations/<op>/items                              *                operation   board.read
GET    /items/<ref>                                        *                item        board.read
GET    /items/<ref>.<form>                                 *                item        board.read
GET    /operations/<op>/hazards                            *                operation   board.read
GET    /hazards/<ref>                                      *                hazard      board.read
GET    /operations/<op>/inspections                        *                operation   board.read
GET    /inspections/<ref>                                  *                visit       board.read
GET    /inspections/<ref>.<form>                           *                visit       board.read
GET    /operations/<op>/readiness                          *                operation   board.read
GET    /operations/<op>/reports                            *                operation   board.read
GET    /reports/<id>                                       *                report      board.read
GET    /reports/<id>.<form>                                *                report      board.read
GET    /operations/<op>/review                             *                operation   review.read
GET    /operations/<op>/review.<form>                      *                operation   review.read
GET    /operations/<op>/tasks                              *                operation   board.read
GET    /tasks/<id>                                         *                task        board.read
GET    /operations/<op>/zero-reports                       *                operation   board.read
GET    /operations/<op>/zero-reports/today                 *                operation   board.read
GET    /operations/<op>/zero-reports/form.<kind>           *                operation   board.read
GET    /operations/<op>/zero-reports/roll-up               *                operation   board.read
GET    /operations/<op>/zero-reports/roll-up.pdf           *                operation   board.read
GET    /operations/<op>/outlet                             *                operation   board.read
GET    /zero-reports/<id>                                  *                return      board.read
GET    /returns/<ref>                                      *                unit        board.read
GET    /roll-ups/<id>.<form>                               *                roll_up     board.read

GET    /sign-in                                            -                open        -
GET    /sign-in/factor                                     -                open        -
GET    /sign-in/with/<name>                                -                open        -
GET    /sign-in/from/<name>                                -                open        -
POST   /sign-in/factor                                     -                open        -
GET    /sign-in/enrolment                                  -                open        -
GET    /sign-in/enrolment.svg                              -                open        -
POST   /sign-in/enrolment                                  -                open        -
GET    /sit                                                -                open        -
POST   /sit                                                -                open        -
GET    /reset                                              -                open        -
POST   /reset                                              -                open        -
GET    /reset/<secret>                                     -                open        -
POST   /reset/<secret>                                     -                open        -
POST   /sign-in                                            -                open        -
POST   /sign-out                                           -                open        -
POST   ~/session                                           -                open        -
GET    /filing/<secret>                                    -                secret      -
GET    /push-worker.js                                     -                open        -
GET    /static/<path:filename>                             -                open        -
GET    /healthz                                            -                open        -
GET    /readyz                                             -                open        -
GET    ~/openapi.json                                      -                open        -
"""

# Who may do a verb, by role, from the matrix on paper.
MAY = {(verb, role): allowed for verb, role, allowed in standing.CASES}
# Doors at which nobody is asked who they are, and what they answer to everybody; 200 where nothing stands.
NOBODY_ASKED: dict[str, dict[str, tuple[int, ...]]] = {
    "open": {
        "POST /sign-in": (400,), "POST /sign-out": (303,), "POST ~/session/factor": (401,),
        "POST ~/session/passkey": (422,),
        "POST ~/session/seat": (403,), "GET /sign-in/enrolment": (302,), "GET /sign-in/enrolment.svg": (302,),
        "GET /sign-in/factor": (302,), "POST /sign-in/enrolment": (302,), "POST /sign-in/factor": (302,),
        "GET /sign-in/with/<name>": (404,), "GET /sign-in/from/<name>": (302,),
        "GET /sit": (403,), "POST /sit": (403,), "POST /reset": (400,), "GET /reset/<secret>": (404, 429),
        "POST /reset/<secret>": (400, 404, 429), "POST ~/session": (401, 429),
        "GET /static/<path:filename>": (404,), "GET /readyz": (200, 503),
    },
    # Whoever holds the secret; here nobody does.
    "secret": {
        "POST ~/filing-links/<secret>/return": (404, 429), "GET /filing/<secret>": (404, 429),
        "GET ~/operations/<op>/roster.ics": (401, 404),
    },
    "machine": {"POST ~/gateways/voice/answers": (401, 404), "POST ~/gateways/<gateway>/receipts": (401, 404)},
}  # fmt: skip

# Where knowing is not enough: the relations that may act, the others being told 403 in a sentence.
# What is decided for a whole operation, or read as somebody else, is not for a carrier, which others oversee.
OVERSEERS = ALL - {"support", "outsider"}
HELPING = frozenset({"lead", "support", "from_now"})
ASKED, NONE = frozenset({"support"}), frozenset[str]()
OWING = {state: LEAD if state == "heard" else ASKED for state in INCIDENT}
ONLY: dict[str, frozenset[str] | dict[str, frozenset[str]]] = {
    # The lead decides; whoever helps states what it sees (rulings 1, issue 5 item 1).
    **dict.fromkeys(
        (
            "DELETE ~/incidents/<ref>/access", "POST ~/incidents/<ref>/access/withdrawal",
            "POST ~/incidents/<ref>/tlp", "GET /incidents/<ref>/looks", "GET ~/incidents/<ref>/looks",
            "POST ~/incidents/<ref>/status",
            "POST ~/incidents/<ref>/grade", "POST ~/incidents/<ref>/lead", "POST ~/incidents/<ref>/plan",
            "POST ~/incidents/<ref>/figures/<figure>/official",
        ),
        LEAD,
    ),
    **dict.fromkeys(
        (
            "PATCH ~/incidents/<ref>", "POST ~/incidents/<ref>/verification", "POST ~/incidents/<ref>/figures",
        ),
        HELPING,
    ),
    "POST ~/incidents/<ref>/journal/<entry>/strike": LEAD,
    # TLP:RED is exactly the desks it was opened to.
    "POST ~/incidents/<ref>/access": dict.fromkeys(INCIDENT, LEAD) | {"red": NONE},
    # Whoever owes it answers; a deadline is moved by an agency above, and this city has none.
    **dict.fromkeys((f"POST ~/obligations/<id>/{one}" for one in ("settlement", "reason", "not-applicable")), OWING),
    **dict.fromkeys((f"POST ~/obligations/<id>/{one}" for one in ("waiver", "extension")), NONE),
    # Whoever is asked answers, whoever asked withdraws.
    **dict.fromkeys((f"POST ~/tasks/<id>/{one}" for one in ("answer", "completion")), ASKED),
    "POST ~/tasks/<id>/withdrawal": LEAD,
    # What a carrier states is proved by the carrier; the authority alone enforces and sums up.
    "POST ~/operations/<op>/readiness": frozenset({"support", "outsider"}),
    "POST ~/readiness/<id>/attachments": ASKED,
    "POST ~/hazards/<ref>/enforcement": LEAD,
    "POST ~/operations/<op>/roll-ups": LEAD,
    "POST ~/operations/<op>/units": LEAD | {"support", "colleague"},
    **dict.fromkeys((f"POST ~/operations/<op>/{one}" for one in ("phase", "plan", "audits", "hazards")), OVERSEERS),
    "POST ~/readiness/<id>/verdict": LEAD,
    "POST ~/zero-reports/<id>/review": LEAD,
    "POST ~/operations/<op>/exemptions": LEAD,
    # Of a bulletin the addressee answers and the sender ends; the plan says who may instruct.
    "POST ~/bulletins/<id>/replies": frozenset({"informed"}),
    "POST ~/bulletins/<id>/closing": LEAD,
    "POST ~/operations/<op>/bulletins": ALL - {"support", "outsider", "withdrawn"},
    # TLP:RED is put into no file.
    "GET /items/<ref>.<form>": INCIDENT | {"red": NONE},
    "POST ~/incidents/<ref>/redacted-copies": INCIDENT | {"red": NONE},
    "GET /reports/<id>.<form>": INCIDENT | {"red": NONE},
    **dict.fromkeys((f"POST ~/reveals/<id>/{one}" for one in ("confirmation", "showing")), NONE),
    # The plan is proposed by whom it names, and signed by another of the same agency.
    "POST ~/operations/<op>/plan/countersignature": frozenset({"lead", "colleague"}),
    "POST ~/incidents/<ref>/links": HELPING,
    "POST ~/incidents/<ref>/links/<id>/ending": HELPING,
    "POST ~/incidents/<ref>/lead/withdrawal": LEAD,
    # Nobody here knows their own password.
    "POST ~/session/proof": NONE,
    # The inspected signs.
    "POST ~/inspections/<ref>/signature": NONE,
}  # fmt: skip

# Who may all the same wherever they sit: evaluators read who has looked.
ALSO = {"GET /incidents/<ref>/looks": "evaluator", "GET ~/incidents/<ref>/looks": "evaluator"}
# Where it is a person and not a role: at these relations nobody of another role may.
SEATED = {
    # Whoever holds the post of a duty leader signs; the watch that goes prepares; whom it was offered to answers, and
    # neither of the two approves.
    "POST ~/reports/<id>/signature": (CIRCLE, ("duty_leader",)),
    "POST ~/operations/<op>/plan/countersignature": (LEAD, ("duty_leader",)),
    "POST ~/operations/<op>/handovers": (LEAD, ("coordinator", "duty_leader")),
    "POST ~/operations/<op>/swaps/<id>/answer": (LEAD, ("coordinator",)),
    "POST ~/operations/<op>/swaps/<id>/approval": (LEAD, ("duty_leader",)),
}
# What a token is refused whatever its scopes are.
PERSONS = frozenset(
    {
        "GET ~/sessions", "DELETE ~/sessions/<id>", "GET ~/session/proof", "POST ~/session/proof/challenge",
        "POST ~/session/proof", "POST ~/sessions/end-others", "POST ~/devices", "DELETE ~/devices/<id>",
    }
) | frozenset(" ".join(line.split()[:2]) for line in DOORS.splitlines() if "~/account/" in line)  # fmt: skip
# A document of what is not finished yet: who may know of it is told so.
NOT_YET = frozenset({"GET /reports/<id>.<form>"})

# Who is shown an entry of each kind (rulings 2): the desks that may know its subject, all that take part, the desk that
# wrote it, or nobody.
KINDS = {
    "ACCESS": """
        access.granted access.withdrawn bulletin.answered bulletin.closed bulletin.sent figure.made_official
        figure.stated file.attached hazard.enforced hazard.evidenced hazard.extended hazard.found hazard.linked
        hazard.rejected hazard.reopened hazard.settled hazard.verified incident.acknowledged incident.amended
        audit.opened audit.ended incident.linked incident.unlinked
        incident.graded incident.imported incident.marked incident.opened incident.raised incident.replanned
        incident.status_changed
        incident.verified incident.withdrawn inspection.begun inspection.concluded inspection.found inspection.refused
        inspection.signed item.accepted item.disposed item.offered item.placed item.recalled item.refused item.split
        item.taken_in journal.added journal.imported journal.struck lead.withdrawn
        record.copied retention.held retention.released retention.reviewed lead.accepted lead.declined lead.directed
        lead.offered obligation.acknowledged obligation.brought_over obligation.carried obligation.ended
        obligation.exhausted obligation.explained obligation.extended obligation.found_not_applicable obligation.missed
        obligation.opened obligation.settled obligation.step_taken obligation.waived personal.kept
        personal.reveal_asked personal.reveal_confirmed personal.reveal_declined personal.revealed readiness.confirmed
        readiness.objected readiness.stated report.amended report.received report.reopened report.sent report.signed
        return.accepted return.completed return.exempted return.filed return.flagged return.invited return.missed
        return.promised return.reopened return.returned return.rolled_up return.supplemented task.accepted task.asked
        task.declined task.done task.withdrawn unit.registered
    """,
    "OPERATION": """
        anchor.witnessed retention.destroyed engine.clock_stepped engine.outage_stated operation.opened
        operation.phase_changed
        plan.activated plan.proposed
    """,
    "OWN": "briefing.issued desk_call.answered inject.said test_call.made",
    "NOBODY": """
        account.linked device.enrolled device.withdrawn factor.added factor.removed journal.sealed member.forgotten
        password.changed pin.set policy.set recovery.made recovery.used reset.asked session.challenged session.proved
        address.added address.found_bad address.removed agency.added area.added calendar.revoked calendar.subscribed
        desk.added handover.called handover.prepared handover.signed handover.taken house.founded inject.played
        inject.refused inject.scheduled member.added member.disabled member.seated member.unseated override.set
        post.added post.appointed post.relieved rotation.ended rotation.set session.ended session.opened
        sign_in.refused site.added swap.accepted swap.approved swap.declined swap.proposed token.issued token.revoked
        webhook.added webhook.stopped
    """,
}
# What a socket may say, and what it may hear.
SAYS, HEARS = frozenset({"connect", "disconnect", "watch"}), frozenset({"entry", "head", "summons", "revoked"})

# Commands that write something out for a desk.
SHELL = frozenset({"review", "retention copy"})
# Whatever makes a notice, by the file that does: who is told. `known` are desks that may know of its subject when it is
# sent, `own` the desk it is about, `person` one member, `operation` the systems of every desk that takes part.
NOTICES = {
    "obligations/actions/chasing.py": "known",
    "engine/actions.py": "own",
    "briefings/actions.py": "own",
    "notify/actions/testing.py": "own",
    "sign_in/actions/resetting.py": "person",
    "engine/loop/anchoring.py": "operation",
}
# What a notice is (the kinds of a ladder's step first), and what a system is posted.
NOTICE_KINDS = frozenset({"call", "remind", "inform", "issued", "test", "anchor", "reset"})
EVENTS = frozenset({"hub.notice.v1", "hub.anchor.v1"})
# Ways by which it goes, and whether it leaves the house: what is under TLP:RED is not named outside of it.
INSIDE = frozenset({"in_app"})
OUTSIDE = frozenset(
    {"email", "sms", "voice", "desk_call", "webhook", "web_push", "wecom", "dingtalk", "feishu", "ntfy"}
)  # fmt: skip
# Whom the ladders of an incident call within the hour, unanswered: whoever owes, and whoever shares it to help.
CALLED = {"open": frozenset({"support", "from_now"}), "red": frozenset({"support"})}

# Doors at which nothing is stated in the record, and why.
NO_ENTRY = {
    "POST ~/account/totp": "begun, and stated once it is confirmed",
    "DELETE ~/account/totp": "there is none here",
    "POST ~/account/passkeys/challenge": "a question, and no change",
    "POST ~/session/proof/challenge": "a question, and no change",
    "POST ~/sessions/end-others": "there are no others here",
    "POST ~/operations/<op>/plan/check": "nothing is kept",
    "POST ~/operations/<op>/waybills/search": "a question, sent so that the number stands in no address",
    "POST ~/incidents/<ref>/reports": "a draft is a desk's own paper until it is signed",
    "PATCH ~/reports/<id>": "a draft",
    "DELETE ~/reports/<id>": "a draft",
    "POST ~/inspections/<ref>/answers": "a sheet that is being filled in, and stated when it is signed or concluded",
    "POST ~/operations/<op>/zero-reports": "filed as it was filed before",
    "POST ~/operations/<op>/zero-reports/batch": "each line is judged, and this one is another agency's",
    "POST ~/operations/<op>/filing-links": "this desk has no unit to make one for",
}
# POST doors that promise no key: their answer holds a secret that is kept nowhere, or is a file whose every handing out
# is stated.
UNKEYED = frozenset(
    {
        "POST ~/account/totp", "POST ~/account/passkeys/challenge", "POST ~/session/proof/challenge",
        "POST ~/account/pin", "POST ~/devices", "POST ~/operations/<op>/calendars",
        "POST ~/incidents/<ref>/redacted-copies", "POST ~/operations/<op>/waybills/search",
        "POST ~/operations/<op>/filing-links",
    }
)  # fmt: skip
# What cannot be done with the things of this city as they lie; the tests of their rooms do it.
NEVER = """
DELETE ~/account/passkeys/<id>
DELETE ~/account/tokens/<id>
DELETE ~/devices/<id>
POST ~/account/links/<name>
POST ~/account/passkeys
POST ~/account/password
POST ~/account/recovery-codes
POST ~/account/totp/confirmation
POST ~/call-sheet/<id>/answer
POST ~/hazards/<ref>/evidence
POST ~/hazards/<ref>/extension
POST ~/hazards/<ref>/reopening
POST ~/hazards/<ref>/verification
POST ~/holds/<id>/release
POST ~/holds/<id>/review
POST ~/incidents/<ref>/lead/answer
POST ~/incidents/<ref>/lead/withdrawal
POST ~/incidents/<ref>/plan
POST ~/inspections/<ref>/conclusion
POST ~/inspections/<ref>/findings/<id>/hazard
POST ~/inspections/<ref>/refusal
POST ~/inspections/<ref>/signature
POST ~/items/<ref>/acceptance
POST ~/items/<ref>/outcome
POST ~/items/<ref>/placing
POST ~/items/<ref>/recall
POST ~/items/<ref>/refusal
POST ~/obligations/<id>/extension
POST ~/obligations/<id>/settlement
POST ~/obligations/<id>/waiver
POST ~/operations/<op>/anchors/witness
POST ~/operations/<op>/roll-ups
POST ~/operations/<op>/swaps
POST ~/operations/<op>/swaps/<id>/approval
POST ~/operations/<op>/units
POST ~/operations/<op>/zero-reports/sheet
POST ~/reports/<id>/amendment
POST ~/reports/<id>/forwarding
POST ~/reports/<id>/receipt
POST ~/reports/<id>/reopening
POST ~/reports/<id>/sending
POST ~/reports/<id>/signature
POST ~/reveals/<id>/confirmation
POST ~/reveals/<id>/showing
POST ~/session/proof
"""
