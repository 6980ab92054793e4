"""Plans and scenarios by chance: small, odd, and always the same for the same number."""

from __future__ import annotations

from random import Random

from tests.simulation.cities import SITES

WORDS = '{ zh = "词", en = "word" }'
HEAD = f"""
schema = 1
[plan]
code = "chance"
version = "1"
title = {WORDS}
zone = "Asia/Shanghai"
basis = "none"
[[levels.grade]]
code = "I"
title = {WORDS}
criteria = {{ deaths = 30 }}
[[levels.grade]]
code = "II"
title = {WORDS}
criteria = {{ deaths = 10 }}
[[levels.grade]]
code = "III"
title = {WORDS}
criteria = {{ deaths = 3 }}
[[levels.grade]]
code = "IV"
title = {WORDS}
criteria = {{ deaths = 1 }}
[[levels.response]]
code = "1"
title = {WORDS}
[authority]
countersign = "same_agency"
extend = "parent"
waive = "parent"
direct_lead = "same_agency"
"""
PARTIES = {"postal": "named", "police": "named", "fire": "area", "government": "named", "carrier": "site_owner"}
TYPES = {"ACC": "A", "SEC": "S", "OPS": "O"}
ACTORS = ("police", "postal", "fire-north", "fire-south", "government", "carrier-a", "carrier-b")
POSTS = ("duty_officer", "deputy", "duty_leader", "executive")


def plan_text(chance: Random) -> str:
    """A plan with three types, a handful of rules and three ladders."""
    parts = [HEAD]
    for word, by in PARTIES.items():
        parts.append(f'[[party]]\ncode = "{word}"\ntitle = {WORDS}\nby = "{by}"\nposts = ["duty_officer"]')
    for code, category in TYPES.items():
        support = [word for word in PARTIES if chance.random() < 0.45]
        informed = [word for word in PARTIES if chance.random() < 0.15]
        tlp = chance.choice(("AMBER", "AMBER", "RED"))
        parts.append(
            f'[[type]]\ncode = "{code}"\ntitle = {WORDS}\ncategory = "{category}"\ncap = "Other"\n'
            f'life_safety = {_flag(chance)}\nlead = "{chance.choice(("police", "postal", "fire", "carrier"))}"\n'
            f'tlp = "{tlp}"' + _given("support", support) + _given("informed", informed)
        )
    rules = [one for one in RULES if chance.random() < 0.6] or [RULES[0]]
    parts += [rule(chance) for rule in rules]
    parts += [_ladder(chance, code) for code in ("one", "two", "three")]
    if chance.random() < 0.3:
        parts.append(f'[[period]]\ncode = "expo"\ntitle = {WORDS}\nsince = 2026-09-01\nuntil = 2026-09-02')
    return "\n\n".join(parts)


def scenario_text(chance: Random) -> str:
    """A night of a few hours with one or two incidents, some answers and now and then an outage."""
    start = f"2026-09-02T0{chance.randint(3, 8)}:{chance.randint(10, 59)}"
    head = f'schema = 1\n[scenario]\ntitle = {WORDS}\nstart = "{start}"\nphase = "active"'
    parts = [f'{head}\nuntil = "+{chance.choice((3, 5, 30))}h"']
    names = ["a", "b"][: chance.choice((1, 1, 2))]
    for name in names:
        parts.append(_opened(chance, name))
        parts += [_event(chance, name) for _ in range(chance.randint(1, 7))]
    for _ in range(chance.randint(0, 5)):
        post = f"{chance.choice(ACTORS)}/duty:{chance.choice(POSTS[:3])}"
        parts.append(
            f'[[answer]]\npost = "{post}"\nafter = "{_minutes(chance, 1, 12)}"\n'
            f'says = "{chance.choice(("taken", "taken", "seen", "nothing"))}"\ntimes = {chance.choice((1, 1, 2))}'
        )
    if chance.random() < 0.3:
        since = chance.randint(1, 60)
        parts.append(f'[[outage]]\nsince = "+{since}m"\nuntil = "+{since + chance.randint(1, 90)}m"')
    return "\n\n".join(parts)


# --- rules --------------------------------------------------------------------------------------------------------


def _rule(chance: Random, code: str, body: str, *, force: str = "plan", within: str | None = None) -> str:
    ladder = f"ladder = {_by_gravity(chance, lambda: chance.choice(('one', 'two', 'three')))}\n"
    length = within if within is not None else f"within = {_by_gravity(chance, lambda: _minutes(chance, 3, 40))}\n"
    extra = "".join(
        line
        for line, odds in (
            (f"grades = {_list(chance.sample(['I', 'II', 'III', 'IV', 'ungraded'], 3))}\n", 0.1),
            (f"life_safety = {_flag(chance)}\n", 0.1),
            ('phases = ["active"]\n', 0.2),
            (f"by = {_list(chance.sample(list(PARTIES), 2))}\n", 0.1),
            (f"sensitive = {_flag(chance)}\n", 0.1),
            (f'window = "{_minutes(chance, 20, 300)}"\n', 0.15),
            ("outlives = true\n", 0.15),
        )
        if chance.random() < odds and line.partition(" ")[0] not in body
    )
    return (
        f'[[rule]]\ncode = "{code}"\ntitle = {WORDS}\nforce = "{force}"\nbasis = "none"\nconfirmed = true\n'
        f"what = {WORDS}\n{length}{ladder if chance.random() < 0.9 else ''}{extra}{body}"
    )


def _ack(chance: Random) -> str:
    tightened = 'tightened_by = ["incident.graded"]\n' if chance.random() < 0.5 else ""
    match = ', match = { kind = "taken" }' if chance.random() < 0.7 else ""
    body = (
        'when = ["incident.opened", "access.granted"]\nowed_by = "duty_officer of access"\n'
        f'from = "{chance.choice(("known_at", "entry"))}"\n{tightened}'
        f'settled_by = [{{ kind = "incident.acknowledged", by = "owner"{match} }}]'
    )
    return _rule(chance, "ACK", body)


def _oral(chance: Random) -> str:
    body = (
        'when = ["incident.opened"]\nowed_by = "duty_officer of site_owner"\n'
        f'from = "{chance.choice(("known_at", "occurred_at", "discovered_at"))}"\n'
        'settled_by = [{ kind = "journal.added", by = "owner", match = { milestone = "informed" } },'
        ' { kind = "incident.acknowledged", by = "postal" }]'
    )
    return _rule(chance, "K1", body)


def _law(chance: Random) -> str:
    body = (
        'when = ["incident.opened"]\ncategories = ["A"]\nowed_by = "duty_leader of site_owner"\nfrom = "known_at"\n'
        'settled_by = [{ kind = "obligation.settled", by = "owner" }]'
    )
    return _rule(chance, "K2", body, force="law")


def _written(chance: Random) -> str:
    when = '["incident.opened", "incident.graded"]' if chance.random() < 0.5 else '["incident.opened"]'
    body = (
        f'when = {when}\nowed_by = "{chance.choice(POSTS)} of {chance.choice(("lead", "site_owner", "police"))}"\n'
        'pre_report = true\nsettled_by = [{ kind = "obligation.settled", by = "owner" }]'
    )
    return _rule(chance, "K3", body)


def _supplement(chance: Random) -> str:
    body = (
        'when = ["obligation.settled"]\nmatch = { rule = ["K3"], completeness = ["pre_report"] }\n'
        'owed_by = "duty_officer of actor"\nfrom = "entry"\n'
        'settled_by = [{ kind = "obligation.settled", by = "owner" }]'
    )
    return _rule(chance, "K3b", body)


def _update(chance: Random) -> str:
    body = (
        'when = ["incident.status_changed"]\nmatch = { to = ["responding"] }\ntightened_by = ["incident.graded"]\n'
        'owed_by = "duty_officer of lead"\nfrom = "entry"\ncadence = true\n'
        'settled_by = [{ kind = "journal.added", by = "lead", match = { kind = ["action", "decision"] } }]\n'
        'ended_by = [{ kind = "incident.status_changed", match = { to = ["lifted"] } }]'
    )
    return _rule(chance, "K10", body)


def _expires(chance: Random) -> str:
    body = (
        'when = ["incident.acknowledged"]\nmatch = { kind = ["taken"] }\nowed_by = "duty_officer of actor"\n'
        f'from = "entry"\ncadence = {_flag(chance)}\n'
        'settled_by = [{ kind = "journal.added", by = "owner", match = { kind = ["action", "milestone"] } }]'
    )
    return _rule(chance, "UPD", body)


def _final(chance: Random) -> str:
    body = (
        'when = ["incident.status_changed"]\nmatch = { to = ["lifted", "closed"] }\nowed_by = "duty_leader of lead"\n'
        'from = "entry"\nsettled_by = [{ kind = "obligation.settled", by = "owner" }]'
    )
    return _rule(chance, "K13", body)


def _supplied(chance: Random) -> str:
    body = (
        'when = ["figure.stated"]\nowed_by = "duty_officer of lead"\nfrom = "entry"\n'
        'settled_by = [{ kind = "figure.made_official", by = "lead" }, { kind = "obligation.settled", by = "anyone" }]'
    )
    return _rule(chance, "K9", body)


def _heard(chance: Random) -> str:
    body = (
        'heard = true\nwhen = ["incident.opened"]\nowed_by = "duty_officer of actor"\nfrom = "known_at"\n'
        'settled_by = [{ kind = "incident.raised", by = "owner" },'
        ' { kind = "incident.status_changed", by = "owner", match = { to = ["false_alarm"] } }]'
    )
    return _rule(chance, "HEARD", body)


def _notice(chance: Random) -> str:
    body = (
        'when = ["incident.opened"]\nowed_by = "duty_officer of postal"\nfrom = "planned_at"\n'
        f'before = "{_minutes(chance, 10, 200)}"\nsettled_by = [{{ kind = "obligation.settled", by = "owner" }}]'
    )
    return _rule(chance, "K12", body, within="")


def _missed(chance: Random) -> str:
    body = (
        'when = ["obligation.missed"]\nmatch = { rule = ["ACK"] }\nowed_by = "duty_leader of government"\n'
        'from = "entry"\nsettled_by = [{ kind = "incident.acknowledged", by = "anyone" }]'
    )
    return _rule(chance, "ESC", body)


def _phase(chance: Random) -> str:
    body = (
        'when = ["operation.phase_changed"]\nowed_by = "duty_leader of postal"\nfrom = "entry"\n'
        'settled_by = [{ kind = "obligation.settled", by = "owner" }]'
    )
    return _rule(chance, "K14", body)


RULES = (
    _ack, _oral, _law, _written, _supplement, _update, _expires, _final, _supplied, _heard, _notice, _missed, _phase,
)  # fmt: skip


def _ladder(chance: Random, code: str) -> str:
    lines = [f'[[ladder]]\ncode = "{code}"']
    if chance.random() < 0.35:
        lines.append(f'loop = {{ times = {chance.randint(1, 3)}, every = "{_minutes(chance, 5, 40)}" }}')
    if chance.random() < 0.25:
        lines.append('quiet = "22:00-07:00"')
    for number in range(chance.randint(1, 4)):
        when = chance.choice(("after", "after", "after", "before_due", "after_due"))
        length = f"{number * chance.randint(0, 8)}m"
        kind = chance.choice(("call", "call", "call", "remind", "inform"))
        party = chance.choice(("own", "own", "own", "linked", "lead", "government", "fire", "site_owner"))
        to = [f"{post} of {party}" for post in chance.sample(POSTS, chance.choice((1, 1, 2)))]
        lines.append(f'[[ladder.step]]\n{when} = "{length}"\nkind = "{kind}"\nto = {_list(to)}')
        lines.append(f"channels = {_list(chance.choice((['in_app'], ['email'], ['in_app', 'email'])))}")
        if chance.random() < 0.4:
            lines.append(f'repeat = "{_minutes(chance, 1, 6)}"\nup_to = {chance.randint(2, 5)}')
        if party in ("government", "fire", "lead") and chance.random() < 0.4:
            lines.append('discloses = "informed"')
    return "\n".join(lines)


# --- events -------------------------------------------------------------------------------------------------------


def _opened(chance: Random, name: str) -> str:
    by = chance.choice(ACTORS)
    lines = [
        f'at = "+{chance.randint(0, 20)}m"',
        'do = "open"',
        f'incident = "{name}"',
        f'by = "{by}/duty:duty_officer"',
    ]
    lines.append(f'type = "{chance.choice(tuple(TYPES))}"')
    for line, odds in (
        (f'site = "{chance.choice(tuple(SITES))}"', 0.6),
        (f'area = "{chance.choice(("north", "dock", "city"))}"', 0.3),
        (f'grade = "{chance.choice(("I", "III", "IV"))}"', 0.3),
        (f'attention = "{chance.choice(("A", "B"))}"', 0.3),
        ('status = "heard"', 0.2),
        (f'occurred_at = "-{chance.randint(0, 90)}m"', 0.4),
        (f'known_at = "-{chance.randint(0, 50)}m"', 0.3),
        (f'discovered_at = "-{chance.randint(0, 50)}m"', 0.2),
        (f'planned_at = "+{chance.randint(1, 9)}h"', 0.2),
    ):
        if chance.random() < odds:
            lines.append(line)
    return "[[event]]\n" + "\n".join(lines)


def _event(chance: Random, name: str) -> str:
    actor = f"{chance.choice(ACTORS)}/duty"
    deeds = (
        f'do = "grade"\ngrade = "{chance.choice(("I", "II", "III", "IV", "none"))}"',
        f'do = "status"\nto = "{chance.choice(("responding", "lifted", "closed", "false_alarm", "contained"))}"',
        'do = "status"\nto = "responding"',
        'do = "journal"\nkind = "action"',
        'do = "journal"\nkind = "milestone"\nmilestone = "informed"',
        f'do = "acknowledge"\nsays = "{chance.choice(("taken", "seen"))}"',
        f'do = "acknowledge"\nfor = "{chance.choice(ACTORS)}/duty:duty_officer"',
        f'do = "settle"\nrule = "{chance.choice(("K2", "K3", "K3b", "K13", "K12", "K9"))}"',
        'do = "settle"\nrule = "K3"\ncompleteness = "pre_report"',
        f'do = "not_applicable"\nrule = "{chance.choice(("K2", "K3", "ACK"))}"',
        f'do = "share"\ndesk = "{chance.choice(ACTORS)}/duty"\nrole = "{chance.choice(("support", "informed"))}"',
        f'do = "withdraw"\ndesk = "{chance.choice(ACTORS)}/duty"',
        f'do = "offer_lead"\nto = "{chance.choice(ACTORS)}/duty"',
        'do = "accept_lead"',
        'do = "decline_lead"',
        f'do = "direct_lead"\nto = "{chance.choice(ACTORS)}/duty"',
        f'do = "figure"\ncategory = "deaths"\nn = {chance.randint(0, 9)}\nofficial = {_flag(chance)}',
        'do = "raise"',
        f'do = "amend"\nplanned_at = "+{chance.randint(1, 9)}h"',
        f'do = "amend"\nattention = "{chance.choice(("A", "C"))}"',
        f'do = "phase"\nto = "{chance.choice(("standing_down", "active"))}"',
        'do = "verify"\nstate = "verified"',
    )
    by = f'by = "{actor}:{chance.choice(POSTS[:2])}"'
    return f'[[event]]\nat = "+{chance.randint(1, 170)}m"\nincident = "{name}"\n{by}\n{chance.choice(deeds)}'


def _by_gravity(chance: Random, value: object) -> str:
    give = value if callable(value) else lambda: value
    if chance.random() < 0.5:
        return f'"{give()}"'
    keys = chance.sample(["life_safety", "attention_A", "I", "III", "IV"], 2)
    return "{ " + ", ".join(f'{key} = "{give()}"' for key in (*keys, "default")) + " }"


def _given(key: str, words: list[str]) -> str:
    """A key with its list, and nothing where the list is empty."""
    return f"\n{key} = {_list(words)}" if words else ""


def _minutes(chance: Random, low: int, high: int) -> str:
    return f"{chance.randint(low, high)}m"


def _flag(chance: Random) -> str:
    return chance.choice(("true", "false"))


def _list(words: list[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"
