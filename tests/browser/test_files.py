"""A photograph from a telephone, attached on a narrow screen, and downloaded without its place."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, expect

from tests.board.served import Served
from tests.browser.conftest import Sit
from tests.files.test_doors import photograph

pytestmark = pytest.mark.browser


def test_a_photograph_with_its_place_is_attached_and_downloaded_without(hub: Served, sit: Sit) -> None:
    ref = hub.as_("dan").open(title="外包装破损", site="carrier-a/site-001")
    taken = photograph(800, 600)
    assert b"Maker" in taken
    dan = sit("dan", "zh").page
    dan.set_viewport_size({"width": 390, "height": 780})
    dan.goto(f"/incidents/{ref}")
    dan.set_input_files("#files-file", FilePayload(name="现场照片.jpg", mimeType="image/jpeg", buffer=taken))
    dan.fill("#files-note", "破损处")
    dan.click("hub-files button.main")
    # Drawn: the browser has taken it for a picture.
    expect(dan.locator(".files-kept img")).to_have_js_property("naturalHeight", 800)
    assert dan.evaluate("document.documentElement.scrollWidth") == 390
    ben = sit("ben").page
    ben.goto(f"/incidents/{ref}")
    with ben.expect_download() as coming:
        ben.click(".files-kept a[download]")
    assert coming.value.suggested_filename == "现场照片.jpg"
    kept = coming.value.path().read_bytes()
    assert kept.startswith(b"\xff\xd8\xff")
    assert b"Maker" not in kept
    assert b"Exif" not in kept
