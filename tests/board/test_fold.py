"""Whoever starts from a board and folds in what came after has the board of whoever looks afresh (contract: Live)."""

from __future__ import annotations

import pytest

from tests.board.deeds import LOGINS, Deeds
from tests.board.picture import Picture
from tests.night import Hub

BOARD, FEED = "/operations/EXPO/board", "/operations/EXPO/feed?after={}&limit=1000"


@pytest.mark.parametrize("seed", [3, 42])
def test_a_folded_feed_equals_a_fresh_board_after_every_verb(expo: Hub, seed: int) -> None:
    deeds = Deeds(expo.as_, seed)
    kept = {login: Picture(expo.as_(login).get(BOARD).json) for login in LOGINS}
    for number in range(75):
        deeds.one()
        if number % 10 == 9:
            # Time passes too: clocks run out, and their passing is told like everything else.
            expo.forward(minutes=deeds.dice.choice([1, 30]), step=900)
        for login in LOGINS if number % 10 == 9 else (LOGINS[number % 6], LOGINS[(number + 1) % 6]):
            kept[login].hear_all(expo.as_(login).get(FEED.format(kept[login].head)).json["items"])
            fresh = expo.as_(login).get(BOARD).json
            assert (kept[login].head, kept[login].digest) == (fresh["head"], fresh["digest"]), (login, number)
            assert kept[login].holes == []
    assert not deeds.missing(), deeds.refused


def test_a_feed_read_late_gives_the_same_board_as_one_read_at_once(expo: Hub) -> None:
    start = {login: expo.as_(login).get(BOARD).json for login in LOGINS}
    deeds = Deeds(expo.as_, 5)
    for _ in range(60):
        deeds.one()
    for login in LOGINS:
        entries = expo.as_(login).get(FEED.format(start[login]["head"])).json["items"]
        fresh = expo.as_(login).get(BOARD).json
        for cut in (0, len(entries) // 3, len(entries)):
            late = Picture(start[login])
            late.hear_all(entries[:cut])
            late.hear_all(expo.as_(login).get(FEED.format(late.head)).json["items"])
            assert (late.head, late.digest) == (fresh["head"], fresh["digest"]), (login, cut)
