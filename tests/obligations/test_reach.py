"""Whom a rung reaches: posts of parties, cut to those who may know, and at the last call everybody who may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from incident_hub.obligations.chase import Chased
from incident_hub.obligations.ladder import EVERYBODY, Rung
from incident_hub.obligations.reach import Place, by_some_channel, reach

T0 = datetime(2026, 9, 1, 19, 10, tzinfo=UTC)
DEBT = Chased("police", "police/duty", "plan", T0, T0, T0, None)
CALL = Rung(0, 0, "call", T0, T0, (("duty_officer", "own"), ("duty_officer", "government")), ("in_app",))


@dataclass
class City:
    """A small city at night."""

    held: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    knows: Sequence[str] = ("police/duty",)
    open: bool = True

    def places(self, party: str) -> Sequence[Place]:
        if party == "access":
            return [(desk.partition("/")[0], desk, "may know") for desk in self.knows]
        return [(party, f"{party}/duty", "bound")]

    def is_desk(self, desk: str) -> bool:
        return desk != "nowhere/duty"

    def may_know(self, desk: str) -> bool:
        return desk in self.knows

    def may_widen(self) -> bool:
        return self.open

    def posts(self, desk: str) -> Sequence[str]:
        return ("duty_officer", "duty_leader")

    def holders(self, desk: str, post: str) -> Sequence[str]:
        return self.held.get(f"{desk}:{post}", ())


CITY = City(
    {"police/duty:duty_officer": ["ana"], "police/duty:duty_leader": ["anna"], "government/duty:duty_officer": ["gus"]}
)


def why(rung: Rung, city: City, debt: Chased = DEBT) -> list[tuple[str, str]]:
    """Who is left out, and why."""
    return [(f"{one['desk']}:{one['post']}", one["why"]) for one in reach(debt, rung, city).withheld]


def test_who_may_not_know_is_left_out_and_named() -> None:
    found = reach(DEBT, CALL, CITY)
    assert found.people == {"ana": "police/duty"}
    assert why(CALL, CITY) == [("government/duty:duty_officer", "not_cleared")]


def test_a_rung_that_discloses_lets_the_desk_know_unless_nobody_may_be_added() -> None:
    found = reach(DEBT, replace(CALL, discloses="informed"), CITY)
    assert (list(found.people), found.disclosed) == (["ana", "gus"], ["government/duty"])
    assert why(replace(CALL, discloses="informed"), replace(CITY, open=False))[0][1] == "not_cleared"


def test_a_vacant_post_a_desk_that_is_none_and_a_post_that_has_seen() -> None:
    assert why(CALL, replace(CITY, held={}))[0] == ("police/duty:duty_officer", "vacant")
    assert why(replace(CALL, to=(("duty_officer", "nowhere"),)), CITY) == [("nowhere/duty:duty_officer", "no_desk")]
    seen = replace(DEBT, seen_by=("police/duty:duty_officer",))
    assert reach(seen, CALL, CITY).answered is False
    again = reach(seen, replace(CALL, occurrence=1), CITY)
    assert (again.people, again.answered) == ({}, True)


def test_the_last_call_reaches_every_post_of_every_desk_that_may_know() -> None:
    everybody = replace(CALL, to=EVERYBODY)
    assert list(reach(DEBT, everybody, CITY).people) == ["ana", "anna"]
    wider = replace(CITY, knows=("police/duty", "government/duty"))
    assert list(reach(DEBT, everybody, wider).people) == ["ana", "anna", "gus"]
    assert why(everybody, wider) == [("government/duty:duty_leader", "vacant")]


def test_whom_no_channel_can_carry_anything_to_is_not_reached() -> None:
    faults = {"ana": {"email": "no_address", "in_app": None}, "gus": {"voice": "channel_down"}}
    assert by_some_channel(faults) == ["ana"]
