"""Many officers log at once: nothing is lost, nothing is doubled, and every desk's feed is whole."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from incident_hub.kernel import chains, clock, feeds
from incident_hub.kernel.database import db
from incident_hub.kernel.models import Entry, FeedHead
from tests.crowd import together
from tests.databases import on_both
from tests.night import Caller, Hub

pytestmark = on_both
OFFICERS, EACH = 8, 4


def officers(expo: Hub) -> list[Caller]:
    """Eight who log: two desks in turn, each with a connection of their own."""
    clock.use(clock.SystemClock())
    for login in ("dan", "ana"):
        expo.as_(login)
    return [Caller(expo.app, expo.tokens[f"{('dan', 'ana')[place % 2]}@None"]) for place in range(OFFICERS)]


def test_incidents_logged_at_once_stand_in_one_line(expo: Hub) -> None:
    before = feeds.length(expo.expo.id)

    def logging(who: Caller) -> Callable[[], list[str]]:
        return lambda: [who.open("PROH-XRAY", f"第 {place} 件") for place in range(EACH)]

    refs = [ref for mine in together(expo.app, [logging(who) for who in officers(expo)]) for ref in mine]
    assert len(set(refs)) == OFFICERS * EACH
    chain = expo.expo.id
    opened = db.session.scalars(
        select(Entry.number).where(Entry.chain == chain, Entry.kind == "incident.opened").order_by(Entry.number)
    )
    assert list(opened) == list(range(before + 1, before + 1 + OFFICERS * EACH))
    assert chains.verify_database(chain) == (before + OFFICERS * EACH, None)
    for desk in db.session.scalars(select(FeedHead.desk).where(FeedHead.chain == chain)).all():
        positions = [entry["position"] for entry in feeds.feed(chain, desk, 0, 1000)]
        assert positions == list(range(1, feeds.head(chain, desk) + 1))


def test_one_key_sent_eight_times_at_once_is_one_incident_and_one_answer(expo: Hub) -> None:
    clock.use(clock.SystemClock())
    expo.as_("dan")
    callers = [Caller(expo.app, expo.tokens["dan@None"]) for _ in range(OFFICERS)]
    body = {"type": "PROH-XRAY", "title": "X 光机发现可疑物品"}

    def send(who: Caller) -> Callable[[], tuple[int, str, bytes]]:
        def once() -> tuple[int, str, bytes]:
            answer = who.post("/operations/EXPO/incidents", body, headers={"Idempotency-Key": "one"})
            return answer.status_code, answer.headers["ETag"], answer.data

        return once

    answers = together(expo.app, [send(who) for who in callers])
    assert {status for status, _, _ in answers} == {201}
    assert len(set(answers)) == 1
    assert len(expo.as_("dan").get("/operations/EXPO/incidents").json["items"]) == 1
    assert chains.verify_database(expo.expo.id)[1] is None
