"""The calendar subscription, read back by a calendar library and by a client that expands what recurs."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
import recurring_ical_events
from icalendar import Calendar

from incident_hub.agencies import actions as agencies_actions
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel.database import unit_of_work
from incident_hub.roster import actions
from incident_hub.roster.documents.calendar import Entry, render
from incident_hub.roster.rotation import Change, Rotation, Schedule, watches

from .conftest import MORNING, Watch

DAY = timedelta(days=1)
DOOR = "/operations/EXPO/calendars"


def instants(event: object) -> tuple[datetime, datetime]:
    """When an event begins and ends, in the world's time."""
    return event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC)  # type: ignore[index]


def made(zone: str, schedule: Schedule, since: datetime, until: datetime) -> bytes:
    """The calendar of a schedule."""
    entries = [Entry(one, f"值班员，{one.member}；甲", "轮值", "市公安局") for one in watches(schedule, since, until)]
    return render("值班表", zone, entries, since)


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago"])
def test_a_client_sees_every_shift_at_its_instant_over_the_years_changes_of_clocks(zone: str) -> None:
    since, until = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)
    rotation = Rotation(zone, date(2025, 12, 20), (("a",), ("b",), ("c",)), (time(2, 30), time(14)), key="r")
    schedule = Schedule((rotation,))
    planned = sorted((one.since, one.until) for one in watches(schedule, since, until))
    calendar = Calendar.from_ical(made(zone, schedule, since, until))
    assert sorted(instants(event) for event in calendar.walk("VEVENT")) == planned
    expanded = recurring_ical_events.of(calendar).between(since, until)
    assert sorted(instants(event) for event in expanded) == planned
    assert [one["TZID"] for one in calendar.walk("VTIMEZONE")] == [zone]
    # Whatever the clocks do, nobody is missing between two shifts.
    assert all(following[0] <= one[1] for one, following in pairwise(planned))


def test_each_shift_has_one_name_and_an_exchange_moves_it_and_counts_up() -> None:
    since = datetime(2026, 9, 1, tzinfo=UTC)
    rotation = Rotation("Asia/Shanghai", date(2026, 9, 1), (("甲",), ("乙",)), (time(8),), key="r")
    swapped = (Change("乙", "甲", since, since + DAY, "swap"), Change("甲", "乙", since + DAY, since + 2 * DAY, "swap"))
    before, after = (
        {str(event["UID"]): event for event in Calendar.from_ical(text).walk("VEVENT")}
        for text in (
            made("Asia/Shanghai", Schedule((rotation,), changes=changes), since, since + 3 * DAY)
            for changes in ((), swapped)
        )
    )
    assert before.keys() == after.keys()
    assert len(before) == 3
    assert [str(one["SEQUENCE"]) for one in before.values()] == ["0", "0", "0"]
    assert [str(one["SEQUENCE"]) for one in after.values()] == ["1", "1", "0"]
    assert str(after["r-0-0@incident-hub"]["SUMMARY"]) == "值班员，乙；甲"


def test_chinese_and_what_must_be_escaped_survive_the_way_and_long_lines_are_folded() -> None:
    since = datetime(2026, 9, 1, tzinfo=UTC)
    rotation = Rotation("Asia/Shanghai", date(2026, 9, 1), (("张三, 李四; 王五\\赵六\n" + "长" * 80,),), (time(8),))
    text = made("Asia/Shanghai", Schedule((rotation,)), since, since + DAY)
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]) == "值班员，张三, 李四; 王五\\赵六\n" + "长" * 80 + "；甲"


def test_an_address_shows_the_shifts_of_its_desk_until_it_is_revoked(watch: Watch) -> None:
    watch.take_turns()
    ada = watch.hub.as_("ada")
    mine, every = (ada.post(DOOR, {"scope": scope}).json for scope in ("mine", "all"))
    client = watch.hub.app.test_client()
    answer = client.get(mine["path"])
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    shifts = [instants(event) for event in Calendar.from_ical(answer.data).walk("VEVENT")]
    assert (MORNING, MORNING + DAY) in shifts
    assert len(shifts) in (133, 134)
    all_of_them = Calendar.from_ical(client.get(every["path"]).data).walk("VEVENT")
    assert {str(event["SUMMARY"]).rpartition(" ")[2] for event in all_of_them} == {"Abe", "Ada", "Ana"}
    assert b"example.org" not in client.get(every["path"]).data
    assert {one["id"] for one in ada.get(DOOR).json["items"]} == {mine["id"], every["id"]}
    assert watch.hub.as_("abe").post(f"{DOOR}/{mine['id']}/revocation").status_code == 404
    assert ada.post(f"{DOOR}/{mine['id']}/revocation").status_code == 200
    assert client.get(mine["path"]).status_code == 404
    assert client.get(every["path"]).status_code == 200
    assert client.get(every["path"][:-1]).status_code == 404


def test_whoever_may_not_come_in_any_more_reads_no_shifts_either(watch: Watch) -> None:
    path = watch.hub.as_("ada").post(DOOR, {"scope": "all"}).json["path"]
    client = watch.hub.app.test_client()
    assert client.get(path).status_code == 200
    with unit_of_work() as at:
        agencies_actions.disable_member(watch.member("ada"), at=at, by=CONSOLE)
    assert client.get(path).status_code == 404


def test_a_members_own_calendar_follows_an_exchange(watch: Watch) -> None:
    watch.take_turns()
    path = watch.hub.as_("ada").post(DOOR, {"scope": "mine"}).json["path"]
    client = watch.hub.app.test_client()
    with unit_of_work() as at:
        span = (MORNING, MORNING + DAY)
        actions.override(watch.post, watch.member("abe"), watch.member("ada"), *span, "", at, CONSOLE)
    shifts = [instants(event) for event in Calendar.from_ical(client.get(path).data).walk("VEVENT")]
    assert (MORNING, MORNING + DAY) not in shifts
