from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from incident_hub.agencies import actions, models, queries
from incident_hub.agencies.directory import read
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed

from .conftest import DIRECTORY, START, House

BOTH = {"zh": "消防", "en": "Fire"}


def test_adding_an_agency_adds_its_duty_desk_with_four_posts_and_one_entry_each(bare: House):
    with bare.acting() as at:
        number = actions.add_agency("fire", BOTH, "fire", at=at, by=actions.HUB)
    assert queries.duty_desk("fire") == queries.Desk(number, "fire/duty", "fire", {"zh": "值守席", "en": "Duty desk"})
    assert [(post.code, post.kind) for post in queries.posts_of(number)] == [
        ("duty_officer", "seated"), ("deputy", "on_call"), ("duty_leader", "on_call"), ("executive", "on_call"),
    ]  # fmt: skip
    assert bare.kinds() == ["agency.added", "desk.added"]
    (added,) = bare.entries("agency.added")
    assert added.subject == "agency/fire"
    assert "消防" not in str(added.data)
    assert bare.words(added.number) == {"title.zh": "消防", "title.en": "Fire"}
    assert bare.whole()


def test_a_code_taken_unknown_or_misspelt_is_refused_and_nothing_is_written(bare: House):
    with bare.acting() as at:
        actions.add_agency("fire", BOTH, "fire", at=at, by=actions.HUB)
    before = bare.kinds()
    for refusal, words, wrong in (
        (Conflict, "The agency fire exists already", {"code": "fire"}),
        (BadInput, "There is no agency moon", {"code": "x", "parent": "moon"}),
        (BadInput, "There is no area moon", {"code": "x", "areas": ["moon"]}),
        (BadInput, "`kind` is 'navy'", {"code": "x", "kind": "navy"}),
        (BadInput, "The code 'a b'", {"code": "a b"}),
    ):
        asked: dict[str, Any] = {"title": BOTH, "kind": "fire", **wrong}
        with pytest.raises(refusal, match=words), bare.acting() as at:
            actions.add_agency(at=at, by=actions.HUB, **asked)
    assert bare.kinds() == before
    assert [agency.code for agency in queries.agencies()] == ["fire"]


def test_a_post_is_added_to_a_desk_once(house: House):
    with house.acting() as at:
        actions.add_post("police/duty", "guard", BOTH, "on_call", at=at, by=actions.HUB)
    desk = house.desk("police/duty")
    found = queries.post(desk.id, "guard")
    assert found is not None
    assert (found.kind, found.title) == ("on_call", BOTH)
    with pytest.raises(Conflict, match="has a post guard already"), house.acting() as at:
        actions.add_post("police/duty", "guard", BOTH, "on_call", at=at, by=actions.HUB)


def test_the_directory_answers_what_the_file_said(house: House):
    assert queries.agency("police") == queries.Agency(
        "police", {"zh": "公安局", "en": "Police"}, "police", "ministry", "member"
    )
    assert [one.code for one in queries.parent_chain("police")] == ["ministry"]
    assert queries.parent_chain("ministry") == []
    assert queries.areas_of("police") == ["harbour"]
    assert [one.code for one in queries.agencies_of_area("harbour", "police")] == ["police"]
    assert queries.site("carrier-a/site-017") == queries.Site(
        "carrier-a/site-017", "carrier-a", "harbour", {"zh": "carrier-a/site-017", "en": "carrier-a/site-017"}, "outlet"
    )
    assert queries.sites("police") == []
    assert [desk.code for desk in queries.desks_of_agency("police")] == ["police/duty", "police/joint"]
    ana, duty = house.member("ana"), house.desk("police/duty")
    assert queries.seats_at(duty.id) == [(ana, "duty_officer", "duty_officer")]
    assert [(desk.code, role, post) for desk, role, post in queries.seats_of(ana.id)] == [
        ("police/duty", "duty_officer", "duty_officer"), ("police/joint", "observer", None),
    ]  # fmt: skip
    assert queries.desks([duty.id, 999]) == {duty.id: duty}
    assert queries.desk_by_id(duty.id) == duty
    assert queries.known().posts["police/joint"] == {"duty_officer", "deputy", "duty_leader", "executive"}


def test_loading_the_same_file_again_changes_nothing(house: House):
    before = house.kinds()
    rows, _ = read(DIRECTORY)
    with house.acting() as at:
        added = actions.load_directory(rows, {}, at=at, by=actions.HUB)
    assert set(added.values()) == {0}
    assert house.kinds() == before
    assert house.whole()


def test_names_logins_and_addresses_stay_out_of_the_chain(bare: House):
    with bare.acting() as at:
        id = actions.add_member("zhang.wei", "张伟", None, at=at, by=actions.HUB, email="zw@example.org")
    (added,) = bare.entries("member.added")
    assert added.subject == f"member/{id}"
    assert (added.data, sorted(added.commitments)) == ({"language": "zh"}, ["email", "login", "name"])
    assert bare.words(added.number) == {"login": "zhang.wei", "name": "张伟", "email": "zw@example.org"}


def test_another_role_at_the_same_desk_replaces_the_seat_and_keeps_the_old_one(house: House):
    ana, desk = house.member("ana"), house.desk("police/joint")
    house.clock.forward(minutes=5)
    with house.acting() as at:
        assert actions.seat(ana.id, "police/joint", "coordinator", at=at, by=actions.HUB)
        assert not actions.seat(ana.id, "police/joint", "coordinator", at=at, by=actions.HUB)
    assert [(role, post) for _, role, post in queries.seats_at(desk.id)] == [("coordinator", None)]
    past = db.session.execute(
        select(models.Seat.role, models.Seat.until).where(models.Seat.desk_id == desk.id).order_by(models.Seat.id)
    )
    assert [tuple(row) for row in past] == [("observer", START + timedelta(minutes=5)), ("coordinator", None)]


def test_a_seat_needs_a_role_a_desk_and_a_post_that_exist(house: House):
    ana = house.member("ana")
    for words, wrong in (
        ("`role` is 'king'", ("police/duty", "king", None)),
        ("There is no desk moon/duty", ("moon/duty", "observer", None)),
        ("The desk police/duty has no post cook", ("police/duty", "observer", "cook")),
    ):
        with pytest.raises(BadInput, match=words), house.acting() as at:
            actions.seat(ana.id, *wrong, at=at, by=actions.HUB)


def test_disabling_a_member_ends_sessions_and_tokens_and_tells_the_live_room_after_the_commit(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    ana, desk = house.member("ana"), house.desk("police/duty")
    with house.acting() as at:
        actions.open_session(ana.id, None, "secret", at=at)
        ends = at + timedelta(days=1)
        token = actions.issue_token(ana.id, desk.id, ["*"], label="x", expires_at=ends, at=at, by=actions.HUB)
    told: list[tuple[str, str]] = []
    listener = [lambda entries: told.extend((entry.kind, entry.subject) for entry in entries)]
    monkeypatch.setattr(record, "listeners", listener)
    with house.acting() as at:
        assert actions.disable_member(ana.id, at=at, by=actions.HUB)
        assert told == []
    session = queries.sessions_of(ana.id, at)
    assert session == []
    assert [kind for kind, _ in told] == ["member.disabled", "session.ended", "token.revoked"]
    assert told[0][1] == f"member/{ana.id}"
    assert told[1][1].startswith("session/")
    assert queries.asker_of_session("secret", None, at) is None
    assert queries.asker_of_token(token, None, at) is None
    assert queries.seats_at(desk.id) == []
    with house.acting() as at:
        assert not actions.disable_member(ana.id, at=at, by=actions.HUB)


def test_a_disabled_member_is_nobody_even_where_a_session_and_a_token_were_left_standing(house: House):
    ana, desk = house.member("ana"), house.desk("police/duty")
    with house.acting() as at:
        actions.open_session(ana.id, None, "secret", at=at)
        ends = at + timedelta(days=1)
        token = actions.issue_token(ana.id, desk.id, ["*"], label="x", expires_at=ends, at=at, by=actions.HUB)
        db.session.execute(update(models.Member).where(models.Member.id == ana.id).values(disabled_at=at))
    assert queries.asker_of_session("secret", None, at) is None
    assert queries.asker_of_token(token, None, at) is None


def test_a_session_sits_at_the_first_seat_or_at_the_one_asked_for_and_never_elsewhere(house: House):
    ana, carrier = house.member("ana"), house.desk("carrier-a/duty")
    with house.acting() as at:
        assert actions.open_session(ana.id, None, "one", at=at).desk == "police/duty"
        assert actions.open_session(ana.id, house.desk("police/joint").id, "two", at=at).desk == "police/joint"
    with pytest.raises(NotAllowed, match="no seat at that desk"), house.acting() as at:
        actions.open_session(ana.id, carrier.id, "three", at=at)
    two = queries.asker_of_session("two", None, at)
    assert two is not None
    assert (two.desk, two.role, two.assurance, two.scopes) == ("police/joint", "observer", "personal", None)
    other = queries.asker_again(two, "police/duty", at)
    assert other is not None
    assert (other.desk, other.role, other.post, other.session) == (
        "police/duty",
        "duty_officer",
        "duty_officer",
        two.session,
    )
    assert queries.asker_again(two, "carrier-a/duty", at) is None
    assert "two" not in str([vars(row) for row in db.session.scalars(select(models.Session))])


def test_a_lost_seat_holds_no_longer_at_once(house: House):
    ana = house.member("ana")
    with house.acting() as at:
        actions.open_session(ana.id, None, "one", at=at)
        assert actions.unseat(ana.id, "police/duty", at=at, by=actions.HUB)
        assert not actions.unseat(ana.id, "police/duty", at=at, by=actions.HUB)
    assert queries.asker_of_session("one", "police/duty", at) is None
    left = queries.asker_of_session("one", None, at)
    assert left is not None
    assert left.desk == "police/joint"


def test_a_session_ends_by_its_age(house: House):
    ana = house.member("ana")
    with house.acting() as at:
        opened = actions.open_session(ana.id, None, "one", at=at)
    asker = queries.asker_of_session("one", None, at)
    assert asker is not None
    assert asker.session is not None
    just = opened.expires_at - timedelta(milliseconds=1)
    assert queries.session_alive(asker.session, just)
    assert not queries.session_alive(asker.session, opened.expires_at)
    assert queries.asker_of_session("one", None, opened.expires_at) is None


def test_a_token_acts_at_its_own_desk_within_its_scopes_until_it_ends(house: House):
    ana, desk = house.member("ana"), house.desk("police/duty")
    with house.acting() as at:
        ends = at + timedelta(days=30)
        scopes = ["incidents:read", "board:*"]
        token = actions.issue_token(ana.id, desk.id, scopes, label="wall", expires_at=ends, at=at, by=actions.HUB)
    asker = queries.asker_of_token(token, None, at)
    assert asker is not None
    assert (asker.desk, asker.assurance, asker.session) == ("police/duty", "service", None)
    assert asker.scopes == frozenset(scopes)
    assert queries.asker_of_token(token, "police/joint", at) is None
    assert queries.asker_of_token(token[:-1], None, at) is None
    assert queries.asker_of_token(token, None, ends) is None
    assert queries.asker_of_token(token, None, ends + timedelta(days=1)) is None
    assert queries.asker_again(asker, None, ends) is None
    (issued,) = house.entries("token.issued")
    assert token.split("_", 2)[2] not in str(issued.data)
    with house.acting() as at:
        assert actions.revoke_token(asker.token or "", at=at, by=actions.HUB)
        assert not actions.revoke_token(asker.token or "", at=at, by=actions.HUB)
    assert queries.asker_of_token(token, None, at) is None


@pytest.mark.parametrize("rubbish", ["", "ih_", "ih__", "ih_x_y", "x", "ih_日本_x"])
def test_what_is_no_token_is_nobody(house: House, rubbish: str):
    assert queries.asker_of_token(rubbish, None, START) is None


def test_a_token_with_a_bad_scope_no_scope_or_no_seat_is_not_issued(house: House):
    ana, ben = house.member("ana"), house.member("ben")
    desk, soon = house.desk("police/duty"), START + timedelta(days=1)
    for words, member, scopes, ends in (
        ("'all' is not a scope", ana, ["all"], soon),
        ("at least one scope", ana, [], soon),
        ("must end later than now", ana, ["*"], START),
        ("does not sit at that desk", ben, ["*"], soon),
    ):
        with pytest.raises(BadInput, match=words), house.acting() as at:
            actions.issue_token(member.id, desk.id, scopes, label="", expires_at=ends, at=at, by=actions.HUB)
    assert "token.issued" not in house.kinds()
