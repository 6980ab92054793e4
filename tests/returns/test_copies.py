"""Thirty quiet days that say the same: a hint to whoever reviews and to whoever files, and nothing more."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.kernel.text import opaque
from incident_hub.returns import queries
from incident_hub.returns.models import Filing, Unit, ZeroReport
from tests.databases import on_both
from tests.night import Hub

from .expo import DOOR, QUIET, TODAY, begin, line

pytestmark = on_both
WORDS = (
    "reasons", "statement", "explanation", "checked_how", "late_reason", "stated_by", "compiled_by", "approved_by",
    "by",
)  # fmt: skip


def past(hub: Hub, code: str, days: int, changed: int | None = None, exempt: int | None = None) -> None:
    """Quiet days before today; one of them with another number, or let off."""
    with unit_of_work(hub.expo.id) as at:
        unit = db.session.scalars(select(Unit).where(Unit.code == code)).one()
        for n in range(1, days + 1):
            on, id, filing = date.fromisoformat(TODAY) - timedelta(days=n), opaque(), opaque()
            state = "exempt" if n == exempt else "received"
            db.session.add(
                ZeroReport(
                    id=id, chain=unit.chain, unit=unit.ref, owing=unit.owing, date=on, since=at, due_at=at, state=state,
                    late=False, quiet=True, incomplete=False, accepted=False, filing=filing,
                )
            )  # fmt: skip
            counts = QUIET | ({"accepted": 401} if n == changed else {})
            db.session.flush()
            db.session.add(
                Filing(
                    id=filing, zero_report=id, version=1, counts=counts, unknown={}, questions=[], channel="hub",
                    origin="own", stated_at=at, at=at, **dict.fromkeys(WORDS, ""),
                )
            )  # fmt: skip


def hinted(hub: Hub, login: str) -> list[str]:
    person = agencies.member_by_login(login)
    assert person
    desk = agencies.seats_of(person.id)[0][0].id
    return queries.copied(hub.expo.id, desk, date.fromisoformat(TODAY))


def test_thirty_days_that_say_the_same_are_hinted_at_and_taken_all_the_same(expo: Hub) -> None:
    begin(expo)
    past(expo, "A1", 29)
    past(expo, "A2", 28)
    past(expo, "A3", 35, changed=20)
    made = [expo.as_("dan").post(DOOR, line(code)).json for code in ("A1", "A2", "A3")]
    assert [one["state"] for one in made] == ["received"] * 3
    assert hinted(expo, "ben") == hinted(expo, "dan") == ["A1"]
    assert hinted(expo, "cleo") == []
    for login in ("ben", "dan"):
        told = [expo.as_(login).get(f"/zero-reports/{one['zero_report']}").json["copied"] for one in made]
        assert told == [True, False, False]


def test_days_that_were_let_off_are_left_out_of_the_row(expo: Hub) -> None:
    begin(expo)
    past(expo, "A1", 30, exempt=10)
    expo.as_("dan").post(DOOR, line("A1"))
    assert hinted(expo, "ben") == ["A1"]


def test_a_day_on_which_something_was_found_is_no_copy(expo: Hub) -> None:
    begin(expo)
    past(expo, "A1", 30)
    expo.as_("dan").post(DOOR, line("A1", QUIET | {"prohibited-b": 1}))
    assert hinted(expo, "ben") == []
