"""The demonstration: what a visitor finds on the first start, and again on every later one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2.profiles import CHEAPEST
from sqlalchemy import select

from incident_hub import demonstration
from incident_hub.agencies import passwords
from incident_hub.agencies import queries as agencies
from incident_hub.agencies.standing import ROLES
from incident_hub.cli.place import Place, migrate
from incident_hub.hazards.models import Hazard
from incident_hub.incidents import queries as incidents
from incident_hub.incidents.lifecycle import ENDED
from incident_hub.incidents.models import Incident, Journal
from incident_hub.kernel import chains, clock, feeds
from incident_hub.kernel.database import HOUSE, db
from incident_hub.kernel.errors import Conflict
from incident_hub.obligations import queries as owed
from incident_hub.obligations.models import Obligation
from incident_hub.operations import queries as operations
from incident_hub.reports.models import Report
from incident_hub.roster import queries as roster
from tests.night import NIGHT, Caller, Hub, held_night

pytestmark = pytest.mark.story

MAIN = ("postal", "police", "state-security", "fire", "health", "government", "emergency")
CARRIERS = ("carrier-a", "carrier-b", "carrier-c", "carrier-d")
WEEK = tomllib.loads(demonstration.WEEK.read_text())
ZONE = "Asia/Shanghai"


class Demo:
    """A Hub after its first start, with the accounts it printed."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.accounts = demonstration.prepare(hub.folder)
        clock.use(hub.clock)

    def incidents(self) -> list[Incident]:
        return list(db.session.scalars(select(Incident).order_by(Incident.created_at)))

    def debts(self) -> list[dict[str, Any]]:
        chain = self.hub.expo.id
        return [debt for one in self.incidents() for debt in owed.of_subject(chain, one.ref)]

    def as_(self, login: str) -> Caller:
        return Caller(self.hub.app, next(one["token"] for one in self.accounts if one["login"] == login))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One first start for all tests of this file, in a house founded that very night; none of them changes anything."""
    passwords.use(CHEAPEST)
    folder = tmp_path_factory.mktemp("demo")
    place = Place(folder, f"sqlite:///{folder}/hub.db")
    clock.use(clock.HeldClock(NIGHT))
    migrate(place)
    with held_night(Hub(folder, place.url)) as hub:
        yield Demo(hub)


def test_a_week_has_happened_and_a_handful_is_still_open(demo: Demo):
    found = demo.incidents()
    assert len(found) == len(WEEK["incident"]) == 17
    assert 4 <= len([one for one in found if one.status not in ENDED]) <= 6
    assert NIGHT - timedelta(days=7) < found[0].created_at < NIGHT - timedelta(days=5)
    assert all(one.created_at <= NIGHT for one in found)


def test_every_record_holds(demo: Demo):
    for chain, entries in feeds.chain_numbers().items():
        assert chains.verify_database(chain) == (entries, None)


def test_the_record_of_the_week_goes_forward_in_time(demo: Demo):
    at = [entry["at"] for entry in chains.exported(demo.hub.expo.id)]
    assert at == sorted(at)
    assert not any("raw_clock" in entry["data"] for entry in chains.exported(demo.hub.expo.id))


def test_every_step_of_the_week_was_taken_in_its_time(demo: Demo):
    steps = [one for one in chains.exported(demo.hub.expo.id) if one["kind"] == "obligation.step_taken"]
    assert len(steps) > 50
    assert not [one["data"] for one in steps if "late_s" in one["data"]]
    whys = {why["why"] for one in steps for why in one["data"]["withheld"]}
    assert {"no_address", "entered_late"} <= whys <= {"no_address", "entered_late", "no_channel"}


def test_every_post_the_plan_calls_is_held_at_the_main_agencies(demo: Demo):
    _, plan = operations.plan_in_force(demo.hub.expo.id)
    called = {to.post for ladder in plan.ladders.values() for step in ladder.steps for to in step.to}
    assert called == {"duty_officer", "deputy", "duty_leader", "executive"}
    for agency in (*MAIN, *CARRIERS):
        desk = agencies.duty_desk(agency)
        vacant = [post for post in called if not roster.holders_of(desk.id, post, NIGHT)]
        assert not vacant, agency


def test_there_is_an_account_for_every_role_in_a_file_nobody_else_may_read(demo: Demo):
    path = demo.hub.folder / "demo-accounts.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert {one["role"] for one in demo.accounts} == set(ROLES)
    for account in demo.accounts:
        assert set(account) == {"login", "password", "token", "agency", "desk", "role", "post"}
        member = agencies.member_by_login(account["login"])
        assert passwords.holds(agencies.password_hash_of(member.id), account["password"])


def test_the_tokens_let_their_desks_in_and_each_sees_its_own_part(demo: Demo):
    cards = {login: demo.as_(login).get("/operations/EXPO/board").json["cards"] for login in ("postal", "carrier-c")}
    assert len(cards["postal"]) == 5
    assert len(cards["carrier-c"]) == 0
    assert demo.as_("admin").get("/operations/EXPO/board").status_code == 403


def test_a_second_start_changes_nothing_and_makes_no_new_passwords(demo: Demo):
    before = (feeds.chain_numbers(), (demo.hub.folder / "demo-accounts.json").read_bytes())
    assert demonstration.prepare(demo.hub.folder) == demo.accounts
    assert (feeds.chain_numbers(), (demo.hub.folder / "demo-accounts.json").read_bytes()) == before


def test_nothing_falls_due_in_the_first_ten_minutes(demo: Demo):
    still = [debt for debt in demo.debts() if debt["state"] == "open"]
    assert still
    assert min(debt["due_at"] for debt in still) > NIGHT + timedelta(minutes=10)


def test_what_has_ended_owes_nothing_but_an_investigation_of_sixty_days(demo: Demo):
    ended = [one for one in demo.incidents() if one.status in ENDED]
    still = [debt["rule"] for one in ended for debt in owed.of_subject(one.chain, one.ref) if debt["state"] == "open"]
    assert still == ["K15"]


def test_a_class_a_find_is_forty_minutes_old_taken_and_its_clocks_run(demo: Demo):
    find = next(one for one in demo.incidents() if one.attention == "A" and one.status not in ENDED)
    assert find.created_at == NIGHT - timedelta(minutes=40)
    assert {one["agency"] for one in owed.taken_by(find.chain, find.ref)} >= {"postal", "police", "state-security"}
    assert {debt["rule"] for debt in owed.of_subject(find.chain, find.ref) if debt["state"] == "open"} == {"K3", "K10"}


def test_a_life_safety_incident_of_the_last_hours_is_lifted_with_its_figures(demo: Demo):
    fire = next(one for one in demo.incidents() if one.life_safety and one.status == "lifted")
    assert NIGHT - timedelta(hours=4) < fire.created_at
    assert {one["category"]: one["n"] for one in incidents.figures_of(fire.ref)} == {"deaths": 0, "injured": 1}


def test_the_review_has_something_late_something_missed_and_its_reason(demo: Demo):
    debts = demo.debts()
    assert {debt["rule"] for debt in debts if debt["state"] == "met_late"} == {"ACK", "K2", "K3"}
    missed = [debt for debt in debts if debt["state"] == "missed"]
    assert [(debt["rule"], debt["owed_by"]["agency"]) for debt in missed] == [("K10", "fire")]
    written = db.session.scalars(select(Journal).where(Journal.kind == "deviation")).all()
    assert {(one.ref, one.by["agency"]) for one in written} > {(missed[0]["subject"]["ref"], "fire")}


@pytest.mark.parametrize("hour", range(24))
def test_at_whatever_hour_it_is_started_the_week_keeps_its_order(hour: int):
    start = NIGHT + timedelta(hours=hour)
    week = demonstration.moments(WEEK, start, ZONE)
    assert start - timedelta(days=7) < week[0].at
    assert week[-1].at < start
    in_days = [" " in WEEK["incident"][one.place]["at"] for one in week]
    assert in_days == sorted(in_days, reverse=True), "an hour of yesterday lies among the last hours"
    opened: set[int] = set()
    for one in week:
        assert (one.do == "open") == (one.place not in opened)
        opened.add(one.place)


def test_a_first_start_that_was_cut_short_is_not_taken_for_a_whole_one(demo: Demo, tmp_path: Path):
    with pytest.raises(Conflict, match=r"demo-accounts\.json is missing"):
        demonstration.prepare(tmp_path)


def test_a_house_founded_before_the_week_is_older_than_all_that_happens_in_it(tmp_path: Path):
    clock.use(clock.SystemClock())
    with demonstration.before_the_week():
        migrate(Place(tmp_path, f"sqlite:///{tmp_path}/hub.db"))
    with held_night(Hub(tmp_path, f"sqlite:///{tmp_path}/hub.db")):
        founded = next(chains.exported(HOUSE))["at"]
        first = demonstration.moments(WEEK, clock.SystemClock().now(), ZONE)[0].at
        assert founded < first.isoformat()


def test_reports_went_upward_in_the_week_and_one_is_being_written(demo: Demo):
    reports = db.session.scalars(select(Report)).all()
    sent = [one for one in reports if one.state == "sent"]
    assert {one.form for one in sent} == {"first", "follow_up", "final"}
    assert [one.desk for one in reports if one.state == "draft"] == ["carrier-a/duty"]
    receipts = [debt for debt in demo.debts() if debt["rule"] == "RCPT"]
    assert len(receipts) > len(sent)
    assert {debt["state"] for debt in receipts} == {"met"}


def test_hazards_stand_in_every_state_and_the_one_that_burned_was_overdue(demo: Demo):
    hazards = db.session.scalars(select(Hazard)).all()
    assert {one.state for one in hazards} == {"found", "settled", "rectified", "rejected", "verified"}
    burned = next(one for one in hazards if one.grade == "major")
    fire = next(one for one in demo.incidents() if one.life_safety and one.status == "lifted")
    assert burned.deadline is not None
    assert burned.deadline < fire.created_at
    linked = demo.as_("fire").get(f"/hazards/{burned.ref}").json["links"]
    assert [(one["incident"], one["relation"]) for one in linked] == [(fire.ref, "caused_by")]


def test_returns_of_the_week_stand_in_every_word_and_the_levels_rolled_up_in_time(demo: Demo):
    made = demo.as_("postal").get("/operations/EXPO/zero-reports/matrix?from=2026-08-27&to=2026-09-01").json
    words = {cell["cell"] for row in made["rows"] for cell in row["cells"].values()}
    assert words >= {"missing", "late", "zero", "nonzero", "exempt"}
    missing = [
        (row["unit"], on) for row in made["rows"] for on, cell in row["cells"].items() if cell["cell"] == "missing"
    ]
    assert missing == [("B-009", "2026-09-01")]
    levels = select(Obligation).where(Obligation.rule.in_(["K11-CITY", "K11-PROV"]), Obligation.due_at < NIGHT)
    assert [one.state for one in db.session.scalars(levels)] == ["met"] * 12
    sums = demo.as_("postal").get("/operations/EXPO/roll-ups?date=2026-09-01").json["items"]
    assert [(one["tier"], one["number"]) for one in sums] == [("city", 1)]


def test_nobody_in_the_city_has_an_address(demo: Demo):
    assert not [one.login for one in agencies.members() if one.email]
