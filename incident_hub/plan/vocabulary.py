"""The closed words a plan file may use; everything else in it is an open word the plan itself defines."""

from __future__ import annotations

# Worst first. Social-security events carry no grade at all, so a grade is always allowed to be absent.
GRADES = ("I", "II", "III", "IV")
RESPONSE_LEVELS = ("1", "2", "3", "4")
UNGRADED = "ungraded"
ATTENTIONS = ("A", "B", "C")
# The keys of a table that differs by gravity, gravest first: the first one that fits an incident decides.
# Life safety and class A stand above every grade because such an incident is often not graded, and never waits for it.
GRAVITIES = (
    "life_safety", "attention_A", "I", "II", "III", "attention_B", "IV", "attention_C", UNGRADED,
)  # fmt: skip

FORCES = ("law", "order", "plan", "own")
# Accident, natural, health, social security (never graded), operational.
CATEGORIES = ("A", "N", "H", "S", "O")
NEVER_GRADED = "S"
FIGURES = ("deaths", "injured", "loss", "items", "hours", "records")
PHASES = ("preparing", "active", "standing_down", "closed", "archived")
POSTS = ("duty_officer", "deputy", "duty_leader", "executive")
# Every way a plan may ask for; which of them this Hub can use is for `notify/channels` and its settings to say.
CHANNELS = (
    "in_app", "email", "sms", "voice", "desk_call", "web_push", "webhook", "wecom", "dingtalk", "feishu", "ntfy",
)  # fmt: skip
# Those that make a noise; between quiet hours and in a flood they are what falls silent.
SOUNDING = ("sms", "voice", "desk_call", "web_push")
STARTS = ("known_at", "occurred_at", "discovered_at", "planned_at", "entry", "deadline")
STEP_KINDS = ("call", "remind", "inform")
PARTY_WAYS = ("area", "site_owner", "lead", "named")
AUTHORITIES = ("same_agency", "parent", "joint_desk")
DISCLOSURES = ("informed",)
TLPS = ("RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR")
CAP_CATEGORIES = (
    "Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other",
)  # fmt: skip
# An incident that reaches one of these leaves the board; what was owed under the plan is owed no longer.
CLOSING = ("closed", "false_alarm", "transferred")

# Who may settle, besides the parties of the plan.
SETTLERS = ("owner", "lead", "anyone")
# Who may owe, besides the parties: the incident's lead, the owner of its site, the desks that learn of it just now,
# the desk that stated the fact, and the desks that the fact is addressed to.
OWERS = ("lead", "site_owner", "access", "actor", "addressed")
# Whom a step may reach, besides the parties: the owing desk itself, the lead, the site's owner, and the other desks
# that share the incident as lead or support.
REACHED = ("own", "lead", "site_owner", "linked")

# What the Hub itself can count of a unit and a day, to be offered to whoever states it.
COUNTED = ("hazards.found", "hazards.closed", "hazards.overdue", "incidents.open")

# Every kind of entry a rule may wait for in this part of the Hub.
KINDS = (
    "operation.opened",
    "operation.phase_changed",
    "plan.activated",
    "incident.opened",
    "incident.raised",
    "incident.imported",
    "incident.amended",
    "incident.status_changed",
    "incident.verified",
    "incident.graded",
    "incident.marked",
    "incident.linked",
    "incident.unlinked",
    "incident.acknowledged",
    "access.granted",
    "access.withdrawn",
    "incident.withdrawn",
    "figure.stated",
    "figure.made_official",
    "journal.added",
    "journal.imported",
    "journal.struck",
    "lead.directed",
    "lead.offered",
    "lead.accepted",
    "lead.declined",
    "lead.withdrawn",
    "obligation.settled",
    "obligation.missed",
    "obligation.step_taken",
    "obligation.acknowledged",
    "obligation.found_not_applicable",
    "obligation.waived",
    "obligation.extended",
    "obligation.exhausted",
    "obligation.explained",
    "report.signed",
    "report.sent",
    "report.received",
    "report.amended",
    "return.promised",
    "return.reopened",
    "return.supplemented",
    "hazard.found",
    "hazard.settled",
    "hazard.evidenced",
    "hazard.verified",
    "hazard.rejected",
    "hazard.reopened",
    "hazard.extended",
    "item.taken_in",
    "item.offered",
    "item.accepted",
    "item.refused",
    "item.recalled",
    "item.placed",
    "item.split",
    "item.disposed",
    "readiness.stated",
    "readiness.confirmed",
    "readiness.objected",
    "return.completed",
    "return.rolled_up",
    "bulletin.sent",
    "bulletin.answered",
    "bulletin.closed",
    "audit.opened",
    "audit.ended",
    "task.asked",
    "task.accepted",
    "task.declined",
    "task.done",
    "task.withdrawn",
)
# What ends the day of a return: for the desks of the units, and for those who sum up.
COMPLETED, ROLLED_UP = "return.completed", "return.rolled_up"

# The four parts of what is in place before an event, how each item is stated, and what the Hub measures by itself.
IN_PLACE = ("investment", "training", "management", "rescue")
PREPARED = ("yes_no", "count", "percent", "date", "document")
MEASURED = ("hazard_closure",)
# How a visit comes about.
VISITS = ("announced", "unannounced", "mystery", "follow_up")
