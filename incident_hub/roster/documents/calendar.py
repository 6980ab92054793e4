"""The roster as an iCalendar: one event a shift and place in its crew, for any calendar client. Source: RFC 5545."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from incident_hub.roster.rotation import Watch

REFRESH = timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """One watch with the words a reader sees: `title` names post and member, `why` says how it came about."""

    watch: Watch
    title: str
    why: str
    place: str


def render(name: str, zone: str, entries: Iterable[Entry], at: datetime) -> bytes:
    """A calendar of shifts in a zone, with the zone's own changes of clocks in it.

    Shape: UIDs are those of the shifts, so that a client moves an event that was exchanged; SEQUENCE counts changes.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Incident Hub//Roster//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, zone, at))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(entry: Entry, zone: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.watch.key.replace('@', '-').replace(':', '-')}@incident-hub")
    event.add("dtstamp", at)
    event.add("sequence", entry.watch.sequence)
    event.add("summary", entry.title)
    event.add("description", entry.why)
    event.add("location", entry.place)
    begin, end = _told(entry.watch.since, entry.watch.until, zone)
    event.add("dtstart", begin)
    event.add("dtend", end)
    event.add("transp", "OPAQUE")
    return event


def _told(since: datetime, until: datetime, zone: str) -> tuple[datetime, datetime]:
    """A span on the clock of the zone; in UTC where the clock shows one of its ends once more, which it cannot say."""
    begin, end = since.astimezone(ZoneInfo(zone)), until.astimezone(ZoneInfo(zone))
    if begin.fold or end.fold:
        # Both ends alike: clients that compare a local time with one in UTC take the first of the two.
        return since.astimezone(UTC), until.astimezone(UTC)
    return begin, end
