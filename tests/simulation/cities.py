"""Small cities for random nights: some posts vacant, some people on two of them, shifts that change in the night."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from incident_hub.agencies import actions as agencies_actions
from incident_hub.agencies import directory
from incident_hub.agencies import queries as agencies
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.plan.vocabulary import POSTS
from incident_hub.roster import actions as roster
from incident_hub.roster.models import Holding
from tests.night import NIGHT

AGENCIES = {
    "police": "police", "postal": "postal_regulator", "fire-north": "fire", "fire-south": "fire",
    "government": "government", "carrier-a": "carrier", "carrier-b": "carrier",
}  # fmt: skip
AREAS = {"city": None, "north": "city", "south": "city", "dock": "south"}
ANSWERS_FOR = {"fire-north": ["north"], "fire-south": ["south"]}
SITES = {"carrier-a/site-001": ("carrier-a", "dock"), "carrier-b/site-001": ("carrier-b", "north")}
BOUND = {
    "postal": ("postal",), "police": ("police",), "fire": ("fire-north", "fire-south"), "government": ("government",),
    "carrier": ("carrier-a", "carrier-b"),
}  # fmt: skip


def populate(chance: Random) -> None:
    """Found a city; who holds what is up to chance."""
    rows, faults = directory.read(_directory(chance), agencies.known())
    assert not faults, faults
    with unit_of_work() as at:
        agencies_actions.load_directory(rows, {}, at=at, by=CONSOLE)
    with unit_of_work() as at:
        _man(chance, at)


def _man(chance: Random, at: datetime) -> None:
    members = [one for one in agencies.members()]
    for agency in AGENCIES:
        desk = agencies.duty_desk(agency)
        assert desk is not None
        own = [one for one in members if one.login.startswith(f"{agency}.")]
        for post in agencies.posts_of(desk.id):
            for _ in range(chance.choice((0, 1, 1, 1, 2))):
                since = NIGHT - timedelta(hours=chance.choice((2, 400)))
                until = chance.choice((None, None, NIGHT + timedelta(minutes=chance.randint(1, 600))))
                one = Holding(post_id=post.id, member_id=chance.choice(own).id, since=since, until=until)
                if not _doubled(one):
                    db.session.add(one)
                    db.session.flush()
            if chance.random() < 0.3:
                since = NIGHT + timedelta(minutes=chance.randint(1, 400))
                db.session.add(Holding(post_id=post.id, member_id=own[0].id, since=since, until=since + HOURS))
    # What the roster remembers is read anew once one of its verbs has been done.
    last = agencies.duty_desk("carrier-b")
    assert last is not None
    roster.appoint(agencies.posts_of(last.id)[0].id, members[-1].id, at, CONSOLE)


def _doubled(one: Holding) -> bool:
    held = db.session.query(Holding).filter_by(post_id=one.post_id, member_id=one.member_id)
    return any(other.until is None or one.until is None for other in held)


HOURS = timedelta(hours=3)


def _directory(chance: Random) -> str:
    parts: list[str] = []
    for code, parent in AREAS.items():
        above = f'\nparent = "{parent}"' if parent else ""
        parts.append(f'[[area]]\ncode = "{code}"\ntitle = {{ zh = "{code}", en = "{code}" }}{above}')
    for code, kind in AGENCIES.items():
        areas = f"\nareas = {ANSWERS_FOR[code]!r}".replace("'", '"') if code in ANSWERS_FOR else ""
        parts.append(f'[[agency]]\ncode = "{code}"\ntitle = {{ zh = "{code}", en = "{code}" }}\nkind = "{kind}"{areas}')
    for code, (agency, area) in SITES.items():
        parts.append(f'[[site]]\ncode = "{code}"\nagency = "{agency}"\narea = "{area}"\n'
                     f'title = {{ zh = "{code}", en = "{code}" }}')  # fmt: skip
    for code in AGENCIES:
        for number in range(3):
            email = f'\nemail = "{code}.{number}@example.org"' if chance.random() < 0.7 else ""
            seat = f'{{ desk = "{code}/duty", role = "duty_officer", post = "{POSTS[number]}" }}'
            parts.append(f'[[member]]\nlogin = "{code}.{number}"\nname = "{code} {number}"\nlanguage = "en"{email}\n'
                         f"seats = [{seat}]")  # fmt: skip
    return "\n\n".join(parts)
