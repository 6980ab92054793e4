"""Every check is documented in docs/PLAN.md, and a plan broken in that one way is told so where it is broken."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from incident_hub.incidents.lifecycle import JOURNAL_KINDS, MILESTONES, STATUSES
from incident_hub.plan.check import examine
from incident_hub.plan.check.matching import SAID

ROOT = Path(__file__).parents[2]
SMALL = Path(__file__).with_name("small.toml").read_text(encoding="utf-8")
TABLE = (ROOT / "docs" / "PLAN.md").read_text(encoding="utf-8")
AGAINST_A_ROSTER = {
    "party-unbound",
    "area-unplayed",
    "area-contested",
    "post-unheld",
    "post-missing",
    "step-unreachable",
}
CHILD = 'schema = 1\n[plan]\ncode = "child"\nversion = "1"\nextends = "small.toml"\n'


def block(begins: str) -> str:
    """A part of the small plan, from its header to the next."""
    start = SMALL.index(begins)
    return SMALL[start : SMALL.index("\n\n", start) + 2]


def between(begins: str, ends: str) -> str:
    return SMALL[SMALL.index(begins) : SMALL.index(ends)]


SERIOUS, MAJOR, ORDINARY = (block(f'[[levels.grade]]\ncode = "{grade}"') for grade in ("II", "III", "IV"))
PEAK, CARRIER, ACK = block("[[period]]"), block('[[party]]\ncode = "carrier"'), block('[[rule]]\ncode = "ACK"')
SUMMING = block('[[rule]]\ncode = "ROLL-UP"')
OPENED, RESPONDING = 'when = ["incident.opened"]\n', 'match = { to = ["responding"] }'
# The check, what is written in the small plan, what stands there instead, and the line that is pointed at.
BROKEN = [
    ("toml", 'code = "small"', "code = ", "code ="),
    ("too-long", 'code = "small"', "a" + ".b" * 30 + " = 1", "a.b"),
    ("schema", "schema = 1", "schema = 2", "schema = 2"),
    ("extends", 'code = "small"', 'code = "small"\nextends = "other.toml"', "extends"),
    ("missing-key", 'zone = "Asia/Shanghai"\n', "", "[plan]"),
    ("unknown-key", 'zone = "Asia', 'zoen = "Asia', "zoen"),
    ("unknown-word", '"duty_officer of access"', '"duty_officer of acces"', "owed_by"),
    ("wrong-type", "confirmed = false", 'confirmed = "no"', "confirmed"),
    ("empty", 'basis = "a test"', 'basis = ""', "basis"),
    ("bad-duration", 'within = "30m"', 'within = "30 min"', "within"),
    ("bad-number", "deaths = 30", "deaths = 0", "criteria"),
    ("bad-code", 'code = "THEFT"', 'code = "THEFT!"', "code"),
    ("duplicate-code", 'code = "LAW"', 'code = "ACK"', "code"),
    ("reserved-word", 'code = "carrier"', 'code = "lead"', "code"),
    ("post-of-party", '"duty_officer of access"', '"duty_officer"', "owed_by"),
    ("step-instant", 'after = "10m"', 'after = "10m"\nafter_due = "1m"', "[[ladder.step]]"),
    ("one-of-two", 'every = "day at 16:00"', 'every = "day at 16:00"\nwhen = ["incident.opened"]', "every"),
    ("bad-every", "day at 16:00", "day at 25:00", "every"),
    ("before-from", 'from = "planned_at"\n', "", "before"),
    ("no-incident", 'every = "day at 16:00"', 'every = "day at 16:00"\nheard = true', "heard"),
    ("bad-time", '"22:00-07:00"', '"22:00"', "quiet"),
    ("bad-date", "since = 2026-11-01", "since = 9999-11-01", "since"),
    ("period-empty", "until = 2026-11-09", "until = 2026-10-09", "until"),
    ("no-working-day", '["sat", "sun"]', '["mon", "tue", "wed", "thu", "fri", "sat", "sun"]', "rest"),
    ("two-in-one", "workdays = [2026-10-10]", "workdays = [2026-10-01]", "workdays"),
    ("bad-check", "found = seen", "found", "checks"),
    ("grade-missing", ORDINARY, "", "[[levels.grade]]"),
    ("grades-out-of-order", SERIOUS + MAJOR, MAJOR + SERIOUS, "[[levels.grade]]"),
    ("grades-overlap", "deaths = 10", "deaths = 3", "criteria"),
    ("grade-gap", "deaths = 10", "hours = 9", "criteria"),
    ("grade-gap", "II = { items = 50 }\n", "", "[type.criteria]"),
    ("criteria-idle", "II = { items = 50 }", "II = { items = 50, deaths = 20 }", "II ="),
    ("never-graded", 'category = "O"', 'category = "S"', "[type.criteria]"),
    ("never-triggered", 'types = ["THEFT"]', 'types = ["THEFT"]\ncategories = ["A"]', "categories"),
    ("never-triggered", 'types = ["THEFT"]', 'types = ["CROWD"]', "grades"),
    ("never-triggered", 'types = ["THEFT"]', 'types = ["THEFT"]\nlife_safety = true', "life_safety"),
    ("never-triggered", 'phases = ["active"]', 'phases = ["archived"]', "phases"),
    ("no-period", PEAK, "", "sensitive"),
    ("window-without-occurrence", 'from = "planned_at"', 'from = "planned_at"\nwindow = "7d"', "window"),
    ("heard-never", OPENED + "heard", 'when = ["lead.offered"]\nheard', "when"),
    ("heard-never", OPENED + "heard", 'when = ["incident.status_changed"]\nmatch = { to = "lifted" }\nheard', "match"),
    ("never-matched", '{ to = ["responding"] }', '{ to = ["respondng"] }', "match"),
    ("never-matched", '{ kind = "taken" }', '{ knid = "taken" }', "settled_by"),
    ("never-matched", '{ kind = "taken" }', '{ kind = "takn" }', "settled_by"),
    ("graver-is-slower", 'I = "5m", III = "10m"', 'I = "10m", III = "5m"', "within"),
    ("law-ends", 'window = "7d"', 'window = "7d"\nended_by = [{ kind = "incident.verified" }]', "ended_by"),
    ("settles-itself", '[{ kind = "incident.raised", by = "owner" }]', '[{ kind = "incident.opened" }]', "settled_by"),
    ("overlapping-clocks", ACK, ACK + ACK.replace('"ACK"', '"ACK-2"'), "settled_by"),
    ("cycle", 'when = ["incident.status_changed"]\n' + RESPONDING, 'when = ["obligation.missed"]', "when"),
    ("post-not-manned", "duty_leader of police", "executive of police", "owed_by"),
    ("post-not-manned", "duty_officer of access", "duty_leader of access", "owed_by"),
    ("endless-repeat", "up_to = 3\n", "", "[[ladder.step]]"),
    ("silent-call", '["sms"]', '["email"]', "channels"),
    ("ladder-late", 'after = "0m"', 'after = "16m"', "[[ladder.step]]"),
    ("ladder-ends-early", 'after_due = "0m"', 'before_due = "10m"', "[[ladder]]"),
    ("loop-too-short", 'every = "30m"', 'every = "10m"', "loop"),
    ("step-too-early", 'before_due = "30m"', 'before_due = "3h"', "[[ladder.step]]"),
    ("steps-out-of-order", 'after_due = "0m"', 'before_due = "40m"', "[[ladder.step]]"),
    ("ladder-unused", 'ladder = "reminding"\n', "", "code"),
    ("type-not-chased", OPENED + "tightened", OPENED + 'types = ["THEFT"]\ntightened', "code"),
    ("party-unmentioned", CARRIER, CARRIER + CARRIER.replace("carrier", "fire").replace("site_owner", "named"), "code"),
    ("untranslated", '{ zh = "小预案"', '{ zh = "A small plan"', "title"),
    ("untranslated", 'en = "Theft"', 'en = "盗窃"', "title"),
    ("attention-idle", '"hazards.found"]', '"hazards.found"]\nattention = ["A"]', "attention"),
    ("unknown-word", '"THEFT", "hazards.found"', '"THEFT", "hazards.lost"', "contradicted_by"),
    ("cut-offs-out-of-order", '"17:00"', '"16:00"', "cut_off"),
    ("tier-rule-due", "day at 16:30", "day at 16:00", "rule"),
    ("tier-rule-due", "day at 16:30", "day at 23:30", "rule"),
    ("tier-rule-unfit", "day at 16:30", "shift", "rule"),
    ("tier-rule-unfit", "day at 16:30", "30 4,16 * * *", "rule"),
    ("tier-rule-unfit", 'each = "date"\n', "", "rule"),
    ("tier-rule-unfit", SUMMING, SUMMING.replace("duty_leader of police", "duty_officer of carrier"), "rule"),
    ("tier-rule-unfit", "return.rolled_up", "return.completed", "rule"),
    ("tier-rule-unfit", 'rolls_up_to = "city"\n', 'rolls_up_to = "city"\nrule = "ROLL-UP"\n', "rule"),
    ("each-without-fact", 'rule = "ROLL-UP"\n', "", "each"),
]  # fmt: skip
LOOSER = [
    ("loosens-zone", "", 'zone = "UTC"', "zone"),
    ("loosens-grades", between("[[levels.grade]]", "[authority]"), "deaths = 30 -> deaths = 31", "[[levels"),
    ("loosens-authority", block("[authority]"), 'extend = "parent" -> extend = "same_agency"', "extend"),
    ("loosens-calendar", block("[calendar]"), "workdays = [2026-10-10] -> workdays = []", "[calendar]"),
    ("loosens-period", PEAK, "until = 2026-11-09 -> until = 2026-11-02", "[[period]]"),
    ("loosens-party", block("[[party]]"), '["duty_officer", "duty_leader"] -> ["duty_leader"]', "posts"),
    ("loosens-type", block("[[type]]"), 'support = ["carrier"] -> support = ["police"]', "support"),
    ("loosens-rule", ACK, 'default = "15m" -> default = "16m"', "within"),
    ("loosens-ladder", between("[[ladder]]", '[[ladder]]\ncode = "reminding"'), "times = 2 -> times = 1", "[[ladder]]"),
    ("loosens-return", between("[zero_report]", "[[report_tier]]"), '"17:00" -> "17:30"', "[zero_report]"),
    ("loosens-report-tier", block("[[report_tier]]"), 'reports_to = ["city"] -> ', "[[report_tier]]"),
    ("loosens-briefing", between("[briefing]", "[[checklist]]"), "08:00 -> 09:00", "[briefing]"),
    ("loosens-checklist", between("[[checklist]]", "[[readiness]]"), "grave = true -> grave = false", "[[checklist]]"),
    ("loosens-readiness", between("[[readiness]]", "[[retention]]"), 'at_least = 95 -> at_least = 94', "[[readiness]]"),
    ("loosens-retention", SMALL[SMALL.index("[[retention]]") :], "days = 30 -> days = 31", "days"),
]  # fmt: skip


def told(text: str, *parents: str) -> list[tuple[str, str]]:
    _, faults = examine(text, parents)
    lines = text.split("\n")
    assert all(fault.message and fault.hint for fault in faults)
    return [(fault.rule, lines[fault.line - 1].strip()) for fault in faults]


@pytest.mark.parametrize(("check", "old", "new", "where"), BROKEN)
def test_a_plan_that_is_broken_in_one_way_is_told_so_where_it_is_broken(check: str, old: str, new: str, where: str):
    assert old in SMALL
    found = told(SMALL.replace(old, new, 1))
    assert check in {rule for rule, _ in found}
    assert any(rule == check and line.startswith(where) for rule, line in found)


@pytest.mark.parametrize(("check", "part", "change", "where"), LOOSER)
def test_a_child_that_loosens_in_one_way_is_told_so_where_it_does(check: str, part: str, change: str, where: str):
    old, arrow, new = change.partition(" -> ")
    assert not arrow or old in part
    found = told(f"{CHILD}{part.replace(old, new, 1) if arrow else old}\n", SMALL)
    assert (check, True) in {(rule, line.startswith(where)) for rule, line in found}


def test_the_small_plan_itself_has_no_fault():
    assert told(SMALL) == []


def test_a_list_of_faults_that_was_cut_says_so():
    words = ", ".join('"x"' for _ in range(300))
    assert told(SMALL.replace('when = ["incident.opened"]', f"when = [{words}]", 1))[-1][0] == "too-many-faults"


def spoken(root: Path) -> set[str]:
    """Every name of a check in the source: what is noted, what is yielded with four parts, what a fault is made of."""
    found: set[str] = set()
    for path in sorted((root / "incident_hub" / "plan").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = name_in(node)
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                found.add(name.value)
    return found


def name_in(node: ast.AST) -> ast.AST | None:
    match node:
        case ast.Call(func=ast.Attribute(attr="value" | "key"), args=[_, name, _, *_]):
            return name
        case ast.Call(func=ast.Name(id="Fault"), args=args):
            return next((one for one in args if isinstance(one, ast.Constant) and isinstance(one.value, str)), None)
        case ast.Yield(value=ast.Tuple(elts=[_, name, _, _])):
            return name
        case _:
            return None


def test_every_check_is_documented_tried_and_there():
    documented = re.findall(r"^\| `([a-z-]+)` \|", TABLE, re.MULTILINE)
    tried = {check for check, *_ in (*BROKEN, *LOOSER)} | {"too-many-faults"}
    assert len(documented) == len(set(documented))
    assert spoken(ROOT) == set(documented) - AGAINST_A_ROSTER == tried


def test_what_an_entry_may_say_is_what_incidents_know():
    assert SAID["incident.status_changed"]["to"] == STATUSES
    assert (SAID["journal.added"]["kind"], SAID["journal.added"]["milestone"]) == (JOURNAL_KINDS, MILESTONES)
