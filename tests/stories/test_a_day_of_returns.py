"""A day of returns: one digest at each rung, counted when it is made, and no hint of it for anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.kernel.database import db
from incident_hub.notify.messages import said
from incident_hub.notify.models import Notice
from tests.night import Hub
from tests.paper import sheets
from tests.returns.expo import DOOR, MORNING, QUIET, TODAY, at, begin, day, line, unit

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
            yield round(minutes), row.matter["kind"], said(row.matter["what"], row.language)


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
        (-60, "remind", "报送当日零报告（应报12家，尚缺8家）"), (-15, "remind", "报送当日零报告（应报12家，尚缺3家）"),
        (0, "remind", "报送当日零报告（应报12家，尚缺3家）"), (15, "call", "报送当日零报告（应报12家，尚缺1家）"),
    ]  # fmt: skip
    one = "Make the return of the day (1 of 1 still missing)"
    assert list(digests("cleo")) == [
        (-60, "remind", one), (-15, "remind", one), (0, "remind", one), (15, "call", one),
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


ROLL_UPS = "/operations/EXPO/roll-ups"


def sends(hub: Hub, login: str, **more: str) -> dict[str, Any]:
    answer = hub.as_(login).post(ROLL_UPS, {"date": TODAY, **more})
    assert answer.status_code == 201, answer.text
    return answer.json


def states(hub: Hub, login: str, rule: str) -> list[str]:
    items = hub.as_(login).get(f"/operations/EXPO/obligations?rule={rule}").json["items"]
    return [one["state"] for one in items if one["due_at"].startswith(TODAY)]


def test_the_day_goes_up_as_it_stands_and_is_amended_by_what_comes_later(expo: Hub) -> None:
    begin(expo, UNITS)
    rows = [line(f"A{n:02}") for n in range(1, 13)]
    expo.as_("dan").post(f"{DOOR}/batch", {"rows": rows[:9]})
    unknown = [{"category": "screened", "reason": "三号机停机", "expected_by": f"{TODAY}T20:00:00+08:00"}]
    counts = {code: n for code, n in QUIET.items() if code != "screened"}
    expo.as_("dan").post(DOOR, line("A10", counts, unknown=unknown))
    early = expo.as_("ben").post(ROLL_UPS, {"date": TODAY})
    assert (early.status_code, "may still send" in early.json["detail"]) == (409, True)
    expo.clock.at = CUT_OFF
    first = sends(expo, "ben", remarks="其余正在催报")
    # That what was still due is missing by now is no news.
    at(expo, 16, 1)
    again = expo.as_("ben").post(ROLL_UPS, {"date": TODAY})
    assert (again.status_code, again.json["words"]["zh"]) == (409, "第1号汇总之后没有新的报送。")
    told = first["figures"]
    assert (first["number"], first["amends"], told["received"], told["owed"]) == (1, None, 10, 13)
    assert told["missing"] == ["A11", "A12", "B1"]
    assert told["totals"]["screened"] == {"n": 9 * QUIET["screened"], "of": 9, "unknown": 1}
    assert told["totals"]["accepted"]["n"] == 10 * QUIET["accepted"]
    assert states(expo, "ben", "K11-CITY") == ["met"]

    at(expo, 17)
    above = sends(expo, "gus")["figures"]
    assert (above["received"], above["owed"], above["missing"]) == (10, 13, ["A11", "A12", "B1"])
    assert [(one["desk"], one["number"]) for one in above["below"]] == [("postal/duty", 1)]

    late = {"late_reason": "停电"}
    expo.as_("dan").post(f"{DOOR}/batch", {"rows": [rows[10] | late, line("A10", QUIET | {"screened": 7}, **late)]})
    # The level above stands on what was sent to it, not on what has come in below meanwhile.
    assert expo.as_("gus").post(ROLL_UPS, {"date": TODAY}).status_code == 409
    second = sends(expo, "ben")
    assert (second["number"], second["amends"], second["figures"]["received"]) == (2, 1, 11)
    assert second["figures"]["since"] == {"came": ["A11"], "changed": ["A10"], "gone": []}
    assert sends(expo, "gus")["figures"]["since"]["came"] == ["A11"]
    # What was sent stays as it was.
    assert expo.as_("gus").get(f"/roll-ups/{first['id']}").json == first
    assert states(expo, "gus", "K11-PROV") == ["met"]

    caller = expo.as_("ben")
    for form in ("pdf", "docx"):
        paper = caller.client.get(f"/roll-ups/{second['id']}.{form}?lang=zh", headers=caller.headers)
        assert paper.status_code == 200
        words = sheets.read(form, paper.data)
        for part in ("应报13家，已报11家，未报2家", "本件更正第1号", "A12", "上一号之后报来：A11"):
            assert part in words, (form, part)
    assert (
        expo.as_("cleo").client.get(f"/roll-ups/{second['id']}.pdf", headers=expo.as_("cleo").headers).status_code
        == 404
    )


def test_a_roll_up_is_known_on_its_way_upward_alone(expo: Hub) -> None:
    begin(expo, UNITS)
    at(expo, 16, 1)
    sent = sends(expo, "ben")
    for login, status in (("ben", 200), ("gus", 200), ("dan", 404), ("cleo", 404), ("ana", 404)):
        assert expo.as_(login).get(f"/roll-ups/{sent['id']}").status_code == status, login
        told = expo.as_(login).get(f"{ROLL_UPS}?date={TODAY}").json
        assert len(told["items"]) == (1 if status == 200 else 0), login
        assert (told["mine"] is None) == (login not in ("ben", "gus")), login
        kinds = [one["kind"] for one in expo.as_(login).get("/operations/EXPO/feed?limit=1000").json["items"]]
        assert ("return.rolled_up" in kinds) == (status == 200), login
    assert expo.as_("dan").post(ROLL_UPS, {"date": TODAY}).status_code == 403
    assert expo.as_("ana").post(ROLL_UPS, {"date": TODAY}).status_code == 403
    for login, on in (("ben", "2026-09-30"), ("gus", "2026-09-01")):
        refused = expo.as_(login).post(ROLL_UPS, {"date": on})
        assert (refused.status_code, "No unit owes" in refused.json["detail"]) == (409, True)


def test_a_level_that_has_not_sent_is_named_and_counted_as_nothing(expo: Hub) -> None:
    begin(expo, UNITS)
    expo.as_("dan").post(DOOR, line("A01"))
    at(expo, 17, 30)
    told = sends(expo, "gus")["figures"]
    assert (told["owed"], told["received"], told["unsent"]) == (0, 0, ["postal/duty"])
    assert told["totals"]["accepted"] == {"n": 0, "of": 0, "unknown": 0}
    assert states(expo, "ben", "K11-CITY") == ["missed"]
    sends(expo, "ben")
    assert states(expo, "ben", "K11-CITY") == ["met_late"]
    assert sends(expo, "gus")["figures"]["owed"] == 13
