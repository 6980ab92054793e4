"""The doorstep: an address a member gave never leads into the house or its neighbourhood."""

from __future__ import annotations

import pytest

from incident_hub.notify.doorstep import outside, url_fault


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/hook", "https://127.0.0.1/", "https://127.1/", "https://2130706433/", "https://0x7f.1/",
        "https://localhost/", "https://LOCALHOST./", "https://intranet/", "https://hub.local/", "https://10.0.0.1/",
        "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data", "https://[::1]/", "https://[fe80::1]/",
        "https://[::ffff:10.0.0.1]/", "https://[64:ff9b::a00:1]/", "https://[2002:a00:1::]/", "https://0.0.0.0/",
        "https://224.0.0.1/", "https://user@example.org/", "https://example.org:99999/", "https://exämple.org/",
        "ftp://example.org/", "https://", "example.org", "https://example.org/#x", "https://example.org/" + "a" * 2000,
    ],
)  # fmt: skip
def test_what_is_not_outside_is_refused_in_words(url: str) -> None:
    fault = url_fault(url, ())
    assert fault
    assert fault.endswith(".")


@pytest.mark.parametrize("url", ["https://example.org/hook?a=1", "https://example.org:8443/", "https://1.1.1.1/"])
def test_what_lies_outside_may_be_posted_to(url: str) -> None:
    assert url_fault(url, ()) is None


def test_the_settings_let_single_places_inside_through() -> None:
    assert url_fault("http://127.0.0.1:9000/hook", {"127.0.0.1:9000"}) is None
    assert url_fault("http://127.0.0.1:9001/hook", {"127.0.0.1:9000"}) is not None


@pytest.mark.parametrize(
    ("found", "machine"),
    [
        (["93.184.215.14"], "93.184.215.14"), (["2606:2800:21f::1", "93.184.215.14"], "2606:2800:21f::1"),
        (["93.184.215.14", "10.0.0.1"], None), (["127.0.0.1"], None), (["fe80::1%eth0"], None), ([], None),
        (["100.64.0.1"], None), (["198.18.0.1"], None),
    ],
)  # fmt: skip
def test_a_name_is_outside_when_every_machine_it_leads_to_is(found: list[str], machine: str | None) -> None:
    assert outside(found) == machine
