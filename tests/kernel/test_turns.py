"""Whose turn it is: a member's many requests wait for one another, and for nobody else's."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from incident_hub.app import create_app, heavy
from incident_hub.kernel import turns
from incident_hub.kernel.errors import TooMany
from incident_hub.kernel.logbook import ASKER
from incident_hub.kernel.turns import Bucket, Shares, Turns, fair, in_time

OWNERS = {"s1": "ana", "s2": "ana", "b": "ben"}


class House:
    """Behind the turns: keeps whoever comes until they are let go, and says who is inside."""

    def __init__(self, shares: Shares | None = None) -> None:
        self.inside: list[str] = []
        self.waits: list[int] = []
        self.came = threading.Semaphore(0)
        self.let_go = threading.Semaphore(0)
        self.patient = True
        self.door = fair(self._answer, Turns(shares or Shares()), lambda e: (e["secret"], False), heavy)

    def ask(self, secret: str, path: str = "/board", method: str = "GET") -> str:
        """One request from its beginning to its end; the status."""
        told: list[str] = []
        environ = {"PATH_INFO": path, "REMOTE_ADDR": "10.0.0.1", "REQUEST_METHOD": method, "secret": secret}
        self.door(environ, lambda status, headers: told.append(status))
        return told[0]

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if owner := OWNERS.get(environ["secret"] or ""):
            environ[ASKER] = SimpleNamespace(member=owner)
        self.waits.append(environ.get(turns.WAIT, 0))
        self.inside.append(f"{environ['secret']} {environ['PATH_INFO']}")
        if self.patient:
            self.came.release()
            assert self.let_go.acquire(timeout=10)
        self.inside.remove(f"{environ['secret']} {environ['PATH_INFO']}")
        start("200 OK", [])
        return [b""]

    def known(self) -> House:
        """The same, once everybody has been here."""
        self.patient = False
        for secret in OWNERS:
            self.ask(secret)
        self.patient = True
        return self


def test_a_members_second_question_waits_and_everybody_elses_does_not() -> None:
    house = House().known()
    with ThreadPoolExecutor(8) as crowd:
        # Two sessions of one person are one person.
        several = [crowd.submit(house.ask, secret) for secret in ("s1", "s2", "s1")]
        assert house.came.acquire(timeout=10)
        several.append(crowd.submit(house.ask, "b"))
        assert house.came.acquire(timeout=10)
        assert sorted(one[0] for one in house.inside) == ["b", "s"]
        # A change and a heavy one have turns of their own.
        several += [crowd.submit(house.ask, "s1", "/x", "POST"), crowd.submit(house.ask, "s2", "/review.pdf")]
        assert house.came.acquire(timeout=10)
        assert house.came.acquire(timeout=10)
        assert len(house.inside) == 4
        assert not house.came.acquire(blocking=False)
        for _ in several:
            house.let_go.release()
        assert {one.result(10) for one in several} == {"200 OK"}


def test_whoever_shows_something_for_the_first_time_goes_alone_until_it_is_known_whose_it_is() -> None:
    house = House()
    with ThreadPoolExecutor(4) as crowd:
        several = [crowd.submit(house.ask, "s1") for _ in range(4)]
        assert house.came.acquire(timeout=10)
        assert len(house.inside) == 1
        for _ in several:
            house.let_go.release()
        assert {one.result(10) for one in several} == {"200 OK"}


def test_no_more_wait_than_anybody_waits_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOST_WAITING", 1)
    house = House().known()
    with ThreadPoolExecutor(1) as crowd:
        first = crowd.submit(house.ask, "s1")
        assert house.came.acquire(timeout=10)
        assert house.ask("s2") == "429 Too Many Requests"
        house.let_go.release()
        assert first.result(10) == "200 OK"


def test_whoever_asks_too_fast_is_told_for_how_long_and_a_heavy_one_counts_for_twenty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "HELD", 0.0)
    house = House(Shares(session=2)).known()
    house.patient = False
    house.waits.clear()
    for path in ["/board"] * 20 + ["/operations/EXPO/review.pdf"] * 2:
        house.ask("s1", path)
    house.ask("b")
    # Forty at once: twenty questions and a heavy one; for the next heavy one there is not enough for ten seconds.
    assert house.waits[:21] == [0] * 21
    assert house.waits[21] in (9, 10)
    assert house.waits[22] == 0
    with pytest.raises(TooMany) as told:
        in_time({turns.WAIT: 7})
    assert "in 7 s" in told.value.detail


def test_a_bucket_says_when_there_will_be_enough() -> None:
    bucket = Bucket(2.0, 10.0)
    assert bucket.take(bucket.looked, 10)
    assert not bucket.take(bucket.looked, 1)
    assert bucket.until(5) == pytest.approx(2.5)
    assert bucket.take(bucket.looked + 2.5, 5)


@pytest.mark.parametrize(
    ("path", "query", "counts"),
    [
        ("/operations/EXPO/review", "", True), ("/operations/EXPO/review.docx", "", True),
        ("/reports/abc.pdf", "lang=zh", True), ("/operations/EXPO/plan/simulation", "", True),
        ("/api/v1/operations/EXPO/incidents", "q=xray", True), ("/api/v1/operations/EXPO/board", "at=x", True),
        ("/api/v1/operations/EXPO/board", "", False), ("/api/v1/operations/EXPO/incidents", "q=", False),
        ("/incidents/K7QF2M", "", False), ("/push-worker.js", "", False),
    ],
)  # fmt: skip
def test_what_reads_an_operation_whole_counts_for_much(path: str, query: str, counts: bool) -> None:
    assert heavy(path, query) is counts


def test_everything_that_is_given_out_as_a_document_counts_for_much(tmp_path: Path) -> None:
    app = create_app(f"sqlite:///{tmp_path}/hub.db", {"SECRET_KEY": "x"})
    forms = [rule.rule for rule in app.url_map.iter_rules() if rule.rule.endswith(("<form>", ".pdf", ".ics"))]
    assert forms
    assert all(heavy(rule.replace("<form>", "pdf"), "") for rule in forms)
