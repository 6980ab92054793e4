"""Lists that go on, and reports in the customary form."""

from __future__ import annotations

from typing import Any

import pytest

from tests.databases import on_both
from tests.night import Hub
from tests.reports.writing import Person, begin, fire, leader, signed, whole

pytestmark = on_both


@pytest.fixture(autouse=True)
def dora(expo: Hub) -> None:
    leader(expo)


def test_the_list_goes_on_from_page_to_page(expo: Hub) -> None:
    refs = [fire(expo) for _ in range(3)]
    made = {begin(expo, ref)["id"] for ref in refs}
    seen: list[str] = []
    path = "/operations/EXPO/reports?limit=2"
    first = expo.as_("dan").get(path).json
    seen += [one["id"] for one in first["items"]]
    second = expo.as_("dan").get(f"{path}&cursor={first['next']}").json
    seen += [one["id"] for one in second["items"]]
    assert (len(first["items"]), second["next"], set(seen), len(seen)) == (2, None, made, 3)
    assert expo.as_("ben").get(path).json["items"] == []


def test_a_report_is_printed_once_it_is_signed_and_never_under_tlp_red(expo: Hub) -> None:
    report = whole(expo, fire(expo))
    path = f"/reports/{report['id']}"

    def paper(login: str, id: str, form: str) -> Any:
        person = Person(expo, login)
        return person.client.get(f"/reports/{id}.{form}", headers={"Accept": "text/html"})

    assert paper("dan", report["id"], "pdf").status_code == 409
    signed(expo, report)
    assert paper("dan", report["id"], "pdf").data.startswith(b"%PDF")
    assert paper("dan", report["id"], "docx").data.startswith(b"PK")
    assert [paper("dan", report["id"], "exe").status_code, paper("ana", report["id"], "pdf").status_code] == [404, 404]
    assert expo.as_("dan").get(path).json["state"] == "signed"
    red = signed(expo, whole(expo, fire(expo, tlp="RED")))
    assert paper("dan", red["id"], "pdf").status_code == 403
