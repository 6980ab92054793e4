"""Another password by a link: what is told, to whom it goes, how often it opens, and under which address."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from incident_hub.agencies.models import Member
from incident_hub.engine import loop
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.notify.channels import wording
from incident_hub.notify.messages import Message, restored
from incident_hub.notify.models import Notice
from incident_hub.sign_in import actions, queries
from incident_hub.sign_in.models import Ceremony, PasswordReset

from .conftest import PASSWORD, Doors

NEW = "a quite different sentence"


@pytest.fixture
def desk(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> Doors:
    """The city with a configured address, and Ana's letters at hand; no letter leaves."""
    doors.hub.app.config["HUB_LINK"] = "https://hub.city.example"
    monkeypatch.setattr(loop, "DELIVER", ())
    db.session.query(Member).filter(Member.login == "ana").update({"email": "ana@example.org"})
    db.session.commit()
    return doors


def ask(doors: Doors, login: str, **more: Any) -> Any:
    client = doors.hub.app.test_client()
    mark = client.get("/reset").text.split('name="csrf" value="')[1].split('"')[0]
    return client.post("/reset", data={"csrf": mark, "login": login}, **more)


def letters(doors: Doors) -> list[str]:
    """What stands in the letters that wait to be sent."""
    doors.hub.tick()
    db.session.rollback()
    rows = db.session.query(Notice).filter(Notice.channel == "email").order_by(Notice.prepared_at).all()
    made = [Message(one.delivery_id, one.address or "", "en", one.prepared_at, (restored(one.matter),)) for one in rows]
    return [wording.body(one, doors.hub.app.config) for one in made]


def link(letter: str) -> str:
    return next(line for line in letter.splitlines() if "/reset/" in line)


def choose(doors: Doors, path: str, new: str = NEW) -> Any:
    client = doors.hub.app.test_client()
    page = client.get(path)
    if page.status_code != 200:
        return page
    mark = page.text.split('name="csrf" value="')[1].split('"')[0]
    return client.post(path, data={"csrf": mark, "new": new})


def test_the_answer_is_the_same_and_so_is_what_is_written_down_meanwhile(desk: Doors):
    known, unknown = ask(desk, "ana"), ask(desk, "nobody")
    assert (known.status_code, unknown.status_code) == (200, 200)
    assert known.text.replace("nobody", "") == unknown.text.replace("nobody", "")
    rows = db.session.query(Ceremony).all()
    assert len(rows) == 2
    assert not any("ana" in row.value for row in rows)
    assert db.session.query(PasswordReset).count() == 0


def test_a_link_opens_once_ends_every_session_and_lies_nowhere_in_the_database(desk: Doors):
    inside = desk.signed_in("ana")
    ask(desk, "ana")
    (letter,) = letters(desk)
    address = link(letter)
    secret = address.rpartition("/")[2]
    notice = db.session.query(Notice).one()
    assert secret not in str(notice.matter)
    assert secret not in {row.hash for row in db.session.query(PasswordReset)}
    path = address.removeprefix("https://hub.city.example")
    assert choose(desk, path, "too short").status_code == 422
    assert choose(desk, path).status_code == 200
    assert choose(desk, path).status_code == 404
    assert inside.get("/me").status_code == 401
    assert desk.browser().sign_in("ana", PASSWORD).status_code == 401
    assert desk.browser().sign_in("ana", NEW).status_code == 201


def test_nobody_is_written_to_who_is_unknown_and_it_stands_in_the_record_without_what_was_typed(desk: Doors):
    ask(desk, "my secret password")
    assert letters(desk) == []
    assert desk.kinds("reset.asked") == ["reset.asked"]


def test_another_host_in_the_request_leaves_the_link_alone(desk: Doors):
    for headers in ({"X-Forwarded-Host": "evil.example"}, {"Forwarded": "host=evil.example"}):
        ask(desk, "ana", headers=headers)
    refused = ask(desk, "ana", headers={"Host": "evil.example"})
    assert refused.status_code in (200, 400, 403, 421)
    assert all(link(one).startswith("https://hub.city.example/reset/") for one in letters(desk))
    assert not any("evil" in one for one in letters(desk))


def test_a_link_is_over_after_half_an_hour_or_once_another_was_sent(desk: Doors):
    ask(desk, "ana")
    first = link(letters(desk)[0]).removeprefix("https://hub.city.example")
    desk.hub.clock.forward(minutes=1)
    ask(desk, "ana")
    second = link(letters(desk)[1]).removeprefix("https://hub.city.example")
    assert choose(desk, first).status_code == 404
    desk.hub.clock.forward(minutes=30)
    assert choose(desk, second).status_code == 404


def test_of_twenty_who_use_one_link_at_once_one_chooses(desk: Doors):
    ask(desk, "ana")
    secret = link(letters(desk)[0]).rpartition("/")[2]
    app = desk.hub.app
    db.session.remove()

    def use(number: int) -> bool:
        with app.app_context():
            try:
                with unit_of_work() as at:
                    return actions.reset(secret, f"hash {number}", at=at)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(20) as crowd:
        assert sum(crowd.map(use, range(20))) == 1


def test_a_question_is_answered_once_and_forgotten_with_its_time(desk: Doors):
    ask(desk, "ana")
    desk.hub.clock.forward(minutes=11)
    assert letters(desk) == []
    assert queries.first_asked_reset(desk.hub.clock.now()) is None
