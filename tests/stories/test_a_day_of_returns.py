"""A day of returns: one digest at each rung, counted when it is made, and no hint of it for anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.kernel.database import db
from incident_hub.notify.models import Notice
from tests.night import Hub
from tests.returns.expo import DOOR, MORNING, TODAY, at, begin, day, line, unit

pytestmark = pytest.mark.story
CUT_OFF = MORNING + timedelta(hours=8)
UNITS = [*(unit(f"A{n:02}") for n in range(1, 13)), unit("B1", "carrier-b")]


def digests(login: str) -> Iterator[tuple[int, str, str]]:
    """What somebody was told of the day in the Hub: minutes from the cut-off, kind and words."""
    db.session.rollback()
    rows = db.session.scalars(select(Notice).where(Notice.channel == "in_app").order_by(Notice.prepared_at, Notice.id))
    for row in rows:
        if row.member == member(login) and row.matter["noun"] == "return":
            minutes = (row.prepared_at - CUT_OFF) / timedelta(minutes=1)
            lang = "zh" if row.language.startswith("zh") else "en"
            yield (
                round(minutes),
                row.matter["kind"],
                row.matter["what"][lang].partition("：" if lang == "zh" else ":")[0],
            )


def member(login: str) -> str:
    found = agencies.member_by_login(login)
    assert found is not None
    return found.id


def test_each_rung_is_one_digest_that_counts_as_it_is_made(expo: Hub) -> None:
    begin(expo, UNITS)
    file = [line(f"A{n:02}") for n in range(1, 13)]
    expo.as_("dan").post(f"{DOOR}/batch", {"rows": file[:4]})
    at(expo, 14, 59)
    assert list(digests("dan")) == []
    at(expo, 15)
    at(expo, 15, 30)
    expo.as_("dan").post(f"{DOOR}/batch", {"rows": file[4:9]})
    for minute in (45, 50, 59):
        at(expo, 15, minute)
    at(expo, 16)
    at(expo, 16, 14)
    expo.as_("dan").post(f"{DOOR}/batch", {"rows": [one | {"late_reason": "停电"} for one in file[9:11]]})
    at(expo, 16, 15)
    at(expo, 17, 30)
    assert list(digests("dan")) == [
        (-60, "remind", "应报12家，尚缺8家"), (-15, "remind", "应报12家，尚缺3家"),
        (0, "remind", "应报12家，尚缺3家"), (15, "call", "应报12家，尚缺1家"),
    ]  # fmt: skip
    assert list(digests("cleo")) == [
        (-60, "remind", "1 of 1 still missing"), (-15, "remind", "1 of 1 still missing"),
        (0, "remind", "1 of 1 still missing"), (15, "call", "1 of 1 still missing"),
    ]  # fmt: skip
    assert day(expo, "ben")["A12"] == "missing"


PLACES = (
    "/operations/EXPO/feed?limit=1000", "/operations/EXPO/board", "/operations/EXPO/obligations",
    f"{DOOR}?date={TODAY}", f"{DOOR}/matrix?from={TODAY}&to={TODAY}", f"{DOOR}/roll-up?date={TODAY}",
    "/operations/EXPO/units", "/me/desk", "/notices", "/operations/EXPO/review", "/operations/EXPO/briefing",
    "/operations/EXPO/closing", "/operations/EXPO/outages",
)  # fmt: skip


@pytest.mark.parametrize("login", ["ana", "cleo", "sid"])
def test_no_other_desk_finds_a_hint_of_who_is_late(expo: Hub, login: str) -> None:
    begin(expo, UNITS[:-1])
    at(expo, 15)
    at(expo, 16)
    at(expo, 17, 30)
    told = expo.as_("ben").get(f"{DOOR}/roll-up?date={TODAY}").json
    assert (told["received"], told["owed"], len(told["missing"])) == (0, 12, 12)
    for path in PLACES:
        answer = expo.as_(login).get(path)
        assert answer.status_code in (200, 403), path
        for hint in ("A01", "K11", "return.", "carrier-a/duty:", '"missing":12'):
            assert hint not in answer.text, (path, hint)


def test_the_debt_of_the_day_is_read_by_its_circle_alone(expo: Hub) -> None:
    begin(expo, UNITS)
    at(expo, 15)
    asked = "/operations/EXPO/obligations?rule=K11&unanswered=true"
    who = {login: [one["owed_by"]["agency"] for one in expo.as_(login).get(asked).json["items"]]
           for login in ("dan", "cleo", "ben", "gus", "ana", "sid")}  # fmt: skip
    both = ["carrier-a", "carrier-b"]
    assert {login: sorted(agencies) for login, agencies in who.items()} == {
        "dan": both[:1], "cleo": both[1:], "ben": both, "gus": both, "ana": [], "sid": [],
    }  # fmt: skip


def test_the_debts_are_as_many_as_owing_desks_and_dates(expo: Hub) -> None:
    begin(expo, UNITS)
    for _ in range(3):
        expo.clock.forward(minutes=24 * 60)
        expo.tick()
    items = expo.as_("ben").get("/operations/EXPO/obligations?rule=K11&limit=200").json["items"]
    found = sorted((one["owed_by"]["desk"], datetime.fromisoformat(one["due_at"]).day) for one in items)
    assert found == [(desk, on) for desk in ("carrier-a/duty", "carrier-b/duty") for on in (17, 18, 19, 20)]
