"""A roll-call of twelve duty rooms in real browsers, and a task that goes from desk to desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.board.served import Served, served
from tests.browser.conftest import Sit
from tests.browser.test_readable import faults
from tests.bulletins.rooms import PHONED, ROOMS, with_rooms
from tests.conftest import found
from tests.databases import Sqlite
from tests.night import Hub, held_night

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def hub(sqlite_files: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small city with twelve duty rooms more, behind the real command."""
    folder = tmp_path_factory.mktemp("rooms")
    sqlite_files.copied("rooms", found_rooms, folder)
    with served(folder) as made:
        yield made


def found_rooms(url: str, folder: Path) -> None:
    found(url, folder)
    with held_night(Hub(folder, url)) as made:
        with_rooms(made)


def roll_call(hub: Served, title: str = "夜间查岗") -> str:
    """Ben asks all twelve rooms whether they are manned; the path of what he sent."""
    body = {"kind": "roll_call", "title": title, "agencies": [*ROOMS, PHONED], "within_minutes": 60}
    return f"/bulletins/{hub.as_('ben').post('/operations/EXPO/bulletins', body).json['id']}"


def sheet(hub: Served, room: str) -> str:
    """The newest that one room was sent."""
    (newest, *_) = hub.as_(f"{room}.duty_officer").get("/operations/EXPO/bulletins").json["items"]
    return newest["id"]


def test_eleven_of_twelve_rooms_answer_and_the_silent_one_is_named_while_the_sender_watches(
    hub: Served, sit: Sit
) -> None:
    ben = sit("ben", "en").page
    ben.goto("/operations/EXPO/bulletins")
    if not ben.locator("form.writing").is_visible():
        ben.locator("details", has=ben.locator("form.writing")).locator("summary").first.click()
    ben.select_option("#send-kind", "roll_call")
    ben.fill("#send-title", "Night roll-call")
    for agency in (*ROOMS, PHONED):
        ben.check(f"input[name=to][data-agency='{agency}']")
    expect(ben.locator("[data-chosen]")).to_have_text("12 chosen")
    ben.click("form.writing button.main")
    ben.wait_for_url("**/bulletins/*")
    ben.wait_for_selector("html[data-live=live]")
    count = ben.locator(".n-of-m")
    expect(count).to_have_text("0 of 12")
    loads: list[str] = []
    ben.on("load", lambda page: loads.append(page.url))

    for n, room in enumerate(ROOMS[:-1], 1):
        answered = hub.as_(f"{room}.duty_officer").post(f"/bulletins/{sheet(hub, room)}/replies", {"answer": "present"})
        assert answered.status_code == 201, answered.text
        if n in (1, 5, 10):
            expect(count).to_have_text(f"{n} of 12")
    # The eleventh answers with one press on a telephone.
    last = sit(f"{ROOMS[-1]}.duty_officer", "zh").page
    last.set_viewport_size({"width": 390, "height": 820})
    last.goto("/operations/EXPO/bulletins")
    button = last.locator("[data-sheet] button.press")
    expect(button).to_have_text("在岗")
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    button.click()
    expect(last.locator("[data-sheet]")).to_have_count(0)

    expect(count).to_have_text("11 of 12")
    expect(ben.locator("[data-silent] .chip")).to_have_text(["Lighthouse"])
    expect(ben.locator("tr[data-desk]")).to_have_count(12)
    assert loads == []
    # No room learns of another.
    one = sit(f"{ROOMS[0]}.duty_officer", "en").page
    one.goto(f"/bulletins/{sheet(hub, ROOMS[0])}")
    text = one.locator("main").inner_text()
    assert "of 12" not in text
    assert ROOMS[1] not in text


def test_what_is_said_by_telephone_is_written_down_and_the_bulletin_is_closed(hub: Served, sit: Sit) -> None:
    ben = sit("ben", "en").page
    ben.goto(roll_call(hub))
    ben.get_by_text("Write down what a desk said by telephone").click()
    ben.select_option("#told-desk", f"{PHONED}/duty")
    ben.fill("#told-who", "the keeper")
    ben.click("form[data-said] button")
    expect(ben.locator(".n-of-m")).to_have_text("1 of 12")
    ben.get_by_text("Close or recall it").click()
    ben.fill("#end-reason", "All in place")
    ben.get_by_role("button", name="End it").click()
    expect(ben.locator(".note-line")).to_contain_text("All in place")


def test_who_may_not_know_the_incident_behind_it_gets_no_hint_on_the_page(hub: Served, sit: Sit) -> None:
    ref = hub.as_("dan").open(title="柜台发现可疑液体", site="carrier-a/site-001")
    to = ["carrier-a/duty", "carrier-b/duty"]
    body = {"kind": "warning", "title": "注意同类包裹", "to": to, "within_minutes": 60, "incident": ref}
    hub.as_("ben").post("/operations/EXPO/bulletins", body)
    for login, knows in (("dan", True), ("cleo", False)):
        page = sit(login, "zh").page
        (newest, *_) = hub.as_(login).get("/operations/EXPO/bulletins").json["items"]
        page.goto(f"/bulletins/{newest['id']}")
        assert (ref in page.content(), "可疑液体" in page.content()) == (knows, knows)
        page.locator("button.press").click()
        expect(page.locator("[data-answer]")).to_have_attribute("data-answer", "noted")


def test_a_task_is_asked_on_an_incident_accepted_and_done_while_both_watch(hub: Served, sit: Sit) -> None:
    ref = hub.as_("dan").open(title="待封存邮件", site="carrier-a/site-001")
    ben, dan = sit("ben", "en").page, sit("dan", "en").page
    for page in (ben, dan):
        page.goto(f"/incidents/{ref}")
        page.wait_for_selector("html[data-live=live] hub-tasks section")
    tasks = ben.locator("hub-tasks")
    tasks.locator("summary").click()
    ben.select_option("#task-to", "carrier-a/duty")
    ben.fill("#task-words", "Seal the batch")
    tasks.get_by_role("button", name="Ask a desk").click()
    dan.locator("hub-tasks").get_by_role("button", name="Accept").click()
    expect(tasks.locator("[data-task] .chip")).to_have_text("Accepted")
    dan.locator("hub-tasks textarea[name=words]").first.fill("42 sealed")
    dan.locator("hub-tasks").get_by_role("button", name="It is done").click()
    expect(tasks.locator("[data-task]")).to_contain_text("42 sealed")


def test_a_task_between_two_desks_is_declined_and_asked_of_another(hub: Served, sit: Sit) -> None:
    ben, dan = sit("ben", "en").page, sit("dan", "zh").page
    ben.goto("/operations/EXPO/tasks")
    if not ben.locator("#ask-words").is_visible():
        ben.get_by_text("Ask a desk for something").click()
    ben.select_option("#ask-to", "carrier-a/duty")
    ben.fill("#ask-words", "Send a van")
    ben.get_by_role("button", name="Ask it").click()
    ben.wait_for_url("**/tasks/*")
    ben.wait_for_selector("html[data-live=live]")
    path = ben.url.removeprefix(hub.url)
    dan.goto(path)
    dan.locator("details", has=dan.locator("form[data-deed=decline]")).locator("summary").click()
    dan.fill("#no-reason", "无车")
    dan.click("form[data-deed=decline] button")
    expect(dan.locator("[data-state]")).to_have_attribute("data-state", "declined")
    expect(ben.locator("[data-state]")).to_have_attribute("data-state", "declined")
    ben.reload()
    ben.get_by_text("Ask it again, or of another desk").click()
    ben.select_option("#ask-to", "carrier-b/duty")
    ben.get_by_role("button", name="Ask it").click()
    ben.wait_for_function("path => location.pathname !== path", arg=path.partition("?")[0])
    expect(ben.locator("[data-state]")).to_have_attribute("data-state", "asked")
    # Who was asked before reads nothing of it.
    assert dan.request.get(ben.url).status == 404


@pytest.mark.parametrize(("lang", "theme"), [("zh", "light"), ("en", "dark")])
def test_its_pages_break_no_rule_and_fit_a_telephone(hub: Served, sit: Sit, lang: str, theme: str) -> None:
    sent = roll_call(hub, "查岗" if lang == "zh" else "Roll-call")
    mine = f"/bulletins/{sheet(hub, ROOMS[0])}"
    body = {"to": f"{ROOMS[0]}/duty", "words": "请封存同批次包裹", "within_minutes": 60}
    task = f"/tasks/{hub.as_('ben').post('/operations/EXPO/tasks', body).json['id']}"
    lists = ("/operations/EXPO/bulletins", "/operations/EXPO/tasks")
    broken: list[str] = []
    for login, paths in (("ben", (*lists, sent, task)), (f"{ROOMS[0]}.duty_officer", (*lists, mine, task))):
        page = sit(login, lang, theme).page
        for path in paths:
            page.set_viewport_size({"width": 1366, "height": 820})
            page.goto(path)
            page.wait_for_selector("html[data-live=live] main h1")
            for details in page.locator("details.panel, section details").all():
                details.evaluate("one => { one.open = true }")
            broken += faults(page, path)
            page.set_viewport_size({"width": 390, "height": 820})
            width = page.evaluate("document.documentElement.scrollWidth")
            broken += [f"{path} is {width} px wide"] if width > 390 else []
    assert broken == []
