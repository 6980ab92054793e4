"""A served city and one Chromium for all tests of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests import chromium
from tests.board.conftest import hub
from tests.board.served import Served
from tests.browser.screens import Screen

__all__ = ["hub"]

Sit = Callable[..., Screen]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless browser."""
    with chromium.browser() as running:
        yield running


@pytest.fixture(scope="module")
def sessions(hub: Served) -> Callable[[str], str]:
    """One session for everybody, opened when it is first asked for."""
    kept: dict[str, str] = {}

    def session(login: str) -> str:
        if login not in kept:
            kept[login] = hub.session(login)
        return kept[login]

    return session


@pytest.fixture
def sit(hub: Served, browser: Browser, sessions: Callable[[str], str]) -> Iterator[Sit]:
    """Sits somebody down at a screen of their own; closed after the test, and no console may have complained."""
    screens: list[Screen] = []

    def seat(login: str, lang: str = "en", theme: str = "light", *, by_form: bool = False) -> Screen:
        made = Screen(hub, browser, login, lang, theme)
        screens.append(made)
        made.enter(None if by_form else sessions(login))
        return made

    yield seat
    for one in screens:
        one.close()
