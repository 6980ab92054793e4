"""The first page of each: the board of the one operation there is, or their account for who reads no board."""

from __future__ import annotations

import pytest

from tests.night import Hub


@pytest.mark.parametrize(
    ("login", "page"), [("ana", "/operations/EXPO/board"), ("obs", "/operations/EXPO/board"), ("adm", "/account")]
)
def test_everybody_begins_at_a_page_they_may_read(expo: Hub, login: str, page: str) -> None:
    caller = expo.as_(login)
    first = caller.client.get("/", headers=caller.headers)
    assert (first.status_code, first.location) == (302, page)
    assert caller.client.get(page, headers=caller.headers).status_code == 200
