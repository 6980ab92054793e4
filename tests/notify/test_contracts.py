"""Every channel that carries something outside, against a service that speaks its format and may misbehave."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from incident_hub.notify.channels import CHANNELS, send, web_push
from incident_hub.notify.messages import Message
from tests.notify.sinks import SECRET, DingTalk, Feishu, Gateway, Listener, Ntfy, Push, Service, WeCom, running
from tests.notify.test_channels import MATTER, MESSAGE

KEY = web_push.new_key()


@dataclass(frozen=True)
class Contract:
    """How to speak to one service. Shape: `names_delivery` where the format has a place for the delivery's id."""

    channel: str
    service: Callable[[], Service]
    settings: Callable[[Service], dict[str, Any]]
    address: Callable[[Service], str]
    names_delivery: bool = True
    gone: bool = False


def at_gateway(name: str) -> Callable[[Service], dict[str, Any]]:
    return lambda service: {name: {"url": service.url, "secret": SECRET}}


def at_chat(name: str) -> Callable[[Service], dict[str, Any]]:
    return lambda service: {name: {"url": service.url}}


def inside(service: Service) -> dict[str, Any]:
    return {"HUB_LET_THROUGH": f"127.0.0.1:{service.port}"}


def pushes(service: Service) -> dict[str, Any]:
    return {"HUB_PUSH": {"key": KEY, "subject": "mailto:hub@example.org"}, **inside(service)}


def subscription(service: Service) -> str:
    assert isinstance(service, Push)
    return service.subscription


CONTRACTS = (
    Contract("sms", Gateway, at_gateway("HUB_SMS"), lambda _: "+8613900000000"),
    Contract("voice", Gateway, at_gateway("HUB_VOICE"), lambda _: "+8613900000000"),
    Contract("webhook", Listener, inside, lambda service: f"{service.url}/hook", gone=True),
    Contract("web_push", Push, pushes, subscription, gone=True),
    Contract("wecom", WeCom, at_chat("HUB_WECOM"), lambda _: "key-1", names_delivery=False),
    Contract("dingtalk", DingTalk, at_chat("HUB_DINGTALK"), lambda _: "token1", names_delivery=False),
    Contract("feishu", Feishu, at_chat("HUB_FEISHU"), lambda _: "token1", names_delivery=False),
    Contract("ntfy", Ntfy, at_chat("HUB_NTFY"), lambda _: "duty-1", names_delivery=False),
)
each = pytest.mark.parametrize("contract", CONTRACTS, ids=lambda one: one.channel)


@contextmanager
def spoken_to(contract: Contract) -> Iterator[tuple[Service, Message, dict[str, Any]]]:
    """The service, a message for it and the settings that lead there; it must have understood all it was sent."""
    with running(contract.service) as service:
        message = replace(MESSAGE, address=contract.address(service), secret=SECRET)
        yield service, message, contract.settings(service) | {"HUB_LINK": "https://hub.example"}
    assert [one for one in service.faults if isinstance(one, AssertionError)] == []


def test_every_channel_that_carries_has_a_contract() -> None:
    carrying = {name for name, one in CHANNELS.items() if one.carries}
    assert {one.channel for one in CONTRACTS} | {"email"} == carrying


@each
def test_what_is_accepted_is_sent(contract: Contract) -> None:
    with spoken_to(contract) as (service, message, settings):
        assert CHANNELS[contract.channel].address_fault(message.address, settings) is None
        assert send(contract.channel, message, settings).accepted
        assert len(service.texts) == 1


@each
def test_what_is_refused_is_not_tried_again(contract: Contract) -> None:
    with spoken_to(contract) as (service, message, settings):
        service.ways = ["refuse"]
        refused = send(contract.channel, message, settings)
        assert (refused.accepted, refused.final, refused.down) == (False, True, False)
        assert refused.fault
        assert refused.gone is contract.gone


@each
@pytest.mark.parametrize("way", ["hurried", "http 503"])
def test_whoever_asks_for_time_is_given_it(contract: Contract, way: str) -> None:
    with spoken_to(contract) as (service, message, settings):
        service.ways = [way]
        later = send(contract.channel, message, settings)
        # Too many to one group says nothing of the others that the same service carries.
        one_group = way == "hurried" and contract.channel in ("wecom", "dingtalk", "feishu")
        assert (later.accepted, later.final, later.down) == (False, False, not one_group)
        assert later.asked is not None
        assert timedelta(seconds=60) <= later.asked <= timedelta(seconds=90)


@each
def test_a_service_that_does_not_answer_is_a_failed_try(contract: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    with spoken_to(contract) as (service, message, settings):
        service.ways = ["slow"]
        hurrying = replace(CHANNELS[contract.channel], timeout=0.2)  # type: ignore[type-var]
        monkeypatch.setitem(CHANNELS, contract.channel, hurrying)
        late = send(contract.channel, message, settings)
        assert (late.accepted, late.final, late.down) == (False, False, True)
        service.let_go.set()


@each
def test_a_service_that_is_away_is_a_failed_try(contract: Contract) -> None:
    with spoken_to(contract) as (service, message, settings):
        pass
    away = send(contract.channel, message, settings)
    assert (away.accepted, away.final, away.down) == (False, False, True)
    assert service.received == []


@each
def test_what_was_cut_off_after_all_was_read_goes_out_again_under_the_same_id(contract: Contract) -> None:
    with spoken_to(contract) as (service, message, settings):
        service.ways = ["cut"]
        cut = send(contract.channel, message, settings)
        assert (cut.accepted, cut.final, cut.down) == (False, False, True)
        assert send(contract.channel, message, settings).accepted
        assert len(service.texts) == 2
        if contract.names_delivery:
            assert service.ids == [message.delivery_id] * 2
        else:
            assert all(message.delivery_id in text for text in service.texts)


@each
@pytest.mark.parametrize("status", [301, 307])
def test_a_redirect_is_not_followed(contract: Contract, status: int) -> None:
    with spoken_to(contract) as (service, message, settings):
        service.ways = [f"http {status}"]
        refused = send(contract.channel, message, settings)
        assert (refused.accepted, refused.final) == (False, True)
        assert len(service.received) == 1


@each
@pytest.mark.parametrize(("language", "mark"), [("en", "EXERCISE EXERCISE EXERCISE"), ("zh", "演练 演练 演练")])
def test_an_exercise_is_marked_first_and_last(contract: Contract, language: str, mark: str) -> None:
    with spoken_to(contract) as (service, message, settings):
        drill = replace(message, language=language, matters=(replace(MATTER, exercise=True),))
        assert send(contract.channel, drill, settings).accepted
        text = service.texts[0].strip(" .。\n")
        assert text.endswith(mark)
        assert text.startswith((mark, "[EXERCISE]", "【演练】"))
        assert text.count(mark) >= 2


def test_a_push_shows_a_title_and_opens_the_page() -> None:
    with spoken_to(CONTRACTS[3]) as (service, message, settings):
        send("web_push", message, settings)
        assert isinstance(service, Push)
        (shown,) = service.shown
        assert shown["title"] == "[EXPO K7QF2M] Call: Acknowledge"
        assert shown["path"] == "/incidents/K7QF2M"


def test_a_webhook_says_that_it_is_an_exercise_in_a_field_of_its_own() -> None:
    with spoken_to(CONTRACTS[2]) as (service, message, settings):
        send("webhook", replace(message, matters=(replace(MATTER, exercise=True),)), settings)
        told = service.received[0].json["data"]
        assert (told["exercise"], told["mark"]) == (True, "EXERCISE EXERCISE EXERCISE")
        assert told["matters"][0]["link"] == "https://hub.example/incidents/K7QF2M"


@pytest.mark.parametrize("channel", ["webhook", "web_push"])
def test_an_address_inside_the_house_is_not_posted_to(channel: str) -> None:
    contract = next(one for one in CONTRACTS if one.channel == channel)
    with spoken_to(contract) as (service, message, settings):
        refused = send(channel, message, settings | {"HUB_LET_THROUGH": ""})
        assert (refused.accepted, refused.final, refused.fault) == (False, True, "address not allowed")
        assert service.received == []
