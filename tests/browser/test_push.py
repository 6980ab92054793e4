"""Push in a real browser: what the worker makes of what the Hub sent, and what a browser without push is told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Worker

from incident_hub.notify.channels import web_push
from tests.board.served import Served
from tests.browser.conftest import Sit
from tests.browser.screens import Screen
from tests.notify.test_channels import MESSAGE

pytestmark = pytest.mark.browser
# A headless browser shows nobody anything; it notes what it was asked to show.
NOTES = """() => {
  self.asked = [];
  self.registration.showNotification = async (title, told) => void self.asked.push([title, told.body, told.data]);
}"""
ASKED = """async number => {
  for (let turn = 0; turn < 200 && self.asked.length < number; turn++) await new Promise(on => setTimeout(on, 20));
  return self.asked;
}"""


def test_the_worker_shows_a_push_and_says_so_when_it_cannot_be_read(hub: Served, sit: Sit) -> None:
    ana = sit("ana")
    worker, push = registered(ana, hub.url)
    told = web_push.composed(MESSAGE, {})
    push(json.dumps(told))
    assert worker.evaluate(ASKED, 1) == [[told["title"], told["body"], "/incidents/K7QF2M"]]
    push("this is no JSON")
    title, _, path = worker.evaluate(ASKED, 2)[1]
    assert (title, path) == ("应急联动：有新消息 / Incident Hub: a new message", "/desk")


def test_a_browser_without_push_is_told_so_in_words(hub: Served, sit: Sit) -> None:
    ana = sit("ana")
    ana.page.goto("/operations/EXPO/notices")
    ana.page.get_by_role("button", name="Push to this browser").click()
    ana.page.wait_for_selector("#said .fault")
    assert "Allow notifications for this site" in ana.page.inner_text("#said")


def registered(screen: Screen, origin: str) -> tuple[Worker, Any]:
    """The worker in this browser, and how something is pushed to it."""
    screen.page.goto("/operations/EXPO/notices")
    line, ids = screen.context.new_cdp_session(screen.page), list[str]()
    line.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: ids.extend(one["registrationId"] for one in told["registrations"]),
    )
    line.send("ServiceWorker.enable")
    with screen.context.expect_event("serviceworker") as began:
        screen.page.evaluate("navigator.serviceWorker.register('/push-worker.js', {scope: '/'}).then(() => true)")
    screen.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    worker: Worker = began.value
    worker.evaluate(NOTES)

    def push(data: str) -> None:
        line.send("ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": ids[-1], "data": data})

    return worker, push
