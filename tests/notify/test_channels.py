"""Every registered channel is met here; a new file in the folder is met without a word added."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from incident_hub.notify.channels import CHANNELS, send, web_push, webhook, wording
from incident_hub.notify.messages import Matter, Message, Outcome, restored, worst_first
from incident_hub.notify.retry import STALE
from incident_hub.plan.vocabulary import CHANNELS as WORDS
from tests.notify.sink import Sink, smtp_sink

AT = datetime(2026, 9, 1, 19, 10, tzinfo=UTC)
MATTER = Matter(
    operation="EXPO", operation_title={"zh": "博览会寄递安保", "en": "Expo mail security"}, zone="Asia/Shanghai",
    exercise=False, noun="incident", ref="K7QF2M", type_title={"zh": "枪支", "en": "Firearm"},
    what={"zh": "确认收到", "en": "Acknowledge"}, kind="call", agency="police", due_at=AT + timedelta(minutes=5),
    missed=False, late_s=None, path="/incidents/K7QF2M",
)  # fmt: skip
MESSAGE = Message("d1", "ana@example.org", "en", AT, (MATTER,))


@pytest.fixture
def sink() -> Iterator[tuple[Sink, dict[str, Any]]]:
    """A mail server of one's own."""
    with smtp_sink() as made:
        yield made


def test_the_channels_are_those_a_plan_may_name() -> None:
    assert set(CHANNELS) == set(WORDS)


@pytest.mark.parametrize("name", sorted(CHANNELS))
def test_every_channel_describes_itself(name: str) -> None:
    channel = CHANNELS[name]
    assert channel.name == name
    assert channel.whose in ("none", "member", "directory", "desk", "webhook")
    assert (channel.takes is None) == (channel.whose in ("none", "webhook"))
    assert 0 < channel.timeout * 2 < STALE.total_seconds()
    assert 1 <= channel.at_once <= 16
    fault = channel.address_fault("no address at all\n", {})
    assert fault
    assert fault.endswith(".")


@pytest.mark.parametrize("name", sorted(CHANNELS))
def test_a_channel_that_is_not_set_up_says_what_is_missing(name: str) -> None:
    missing = CHANNELS[name].unset({})
    assert missing is None or str(CHANNELS[name].setting) in missing
    if missing:
        assert send(name, MESSAGE, {}) == Outcome(accepted=False, fault=missing)


@pytest.mark.parametrize("exercise", [False, True])
@pytest.mark.parametrize("kind", ["call", "remind", "inform", "test"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("many", [1, 3])
def test_every_text_is_marked_and_names_nobody(many: int, language: str, kind: str, exercise: bool) -> None:
    what = {"zh": "确认收到" * 30, "en": "Acknowledge at length " * 12}
    matters = (replace(MATTER, kind=kind, exercise=exercise, what=what),) * many
    message = replace(MESSAGE, language=language, matters=matters)
    texts = [
        wording.short(message), wording.spoken(message), wording.body(message, {}).strip(),
        web_push.composed(message, {})["title"], str(webhook.composed(message, {})),
    ]  # fmt: skip
    mark = {"zh": "演练 演练 演练", "en": "EXERCISE EXERCISE EXERCISE"}[language]
    for text in texts:
        assert (mark in text) == exercise
        assert "ana@" not in text
        assert "Ana" not in text
        assert not re.search(r"\{\{|\{%", text)
    for text in texts[:3]:
        bare = text.strip(" .。")
        assert (bare.startswith(mark), bare.endswith(mark)) == (exercise, exercise)
    assert len(texts[0]) <= {"zh": 70, "en": 150}[language]
    assert ("[EXERCISE]" in wording.subject(message) or "【演练】" in wording.subject(message)) == exercise


@pytest.mark.parametrize(("language", "words"), [("en", "Acknowledge"), ("zh", "确认收到")])
def test_a_letter_says_what_is_owed_by_when_and_nothing_about_people(
    language: str, words: str, sink: tuple[Sink, dict[str, Any]]
) -> None:
    assert send("email", replace(MESSAGE, language=language), sink[1]).accepted
    (letter,) = sink[0].letters
    text = letter.get_content()
    assert words in text
    assert words in letter["Subject"]
    assert "2026-09-02 03:15 (UTC+08:00)" in text
    assert "Asia/Shanghai" in text
    assert "https://hub.example/incidents/K7QF2M" in text
    assert letter["Message-ID"] == "<d1@example.org>"
    assert "Ana" not in text
    assert not re.search(r"\{\{|\{%|\n\n\n", text)


@pytest.mark.parametrize(("language", "title"), [("zh", "枪支"), ("en", "Firearm")])
def test_what_is_of_no_type_has_no_empty_sentence_where_its_type_would_be_said(language: str, title: str) -> None:
    """A day's returns are no incident; whoever hears of them by telephone hears no silence in the middle."""
    day = replace(MATTER, noun="return", type_title={})
    told = [wording.spoken(Message("d1", "", language, AT, (one,))) for one in (day, MATTER)]
    assert not any(gap in told[0] for gap in ("。 。", ". .", "。。", ".."))
    assert [title in words for words in told] == [False, True]


def test_every_try_of_one_delivery_carries_the_same_id(sink: tuple[Sink, dict[str, Any]]) -> None:
    for _ in range(2):
        send("email", MESSAGE, sink[1])
    assert len({letter["Message-ID"] for letter in sink[0].letters}) == 1


@pytest.mark.parametrize(("language", "mark"), [("en", "EXERCISE"), ("zh", "演练")])
def test_an_exercise_says_so_in_subject_and_text(language: str, mark: str, sink: tuple[Sink, dict[str, Any]]) -> None:
    send("email", replace(MESSAGE, language=language, matters=(replace(MATTER, exercise=True),)), sink[1])
    (letter,) = sink[0].letters
    assert mark in letter["Subject"]
    assert letter.get_content().count(mark) >= 2


def test_several_late_matters_are_one_letter_worst_first(sink: tuple[Sink, dict[str, Any]]) -> None:
    later = replace(MATTER, ref="AAAAAA", due_at=AT + timedelta(hours=1), late_s=1200.0)
    mild = replace(MATTER, ref="BBBBBB", kind="inform", late_s=1200.0)
    first = replace(MATTER, late_s=61.0)
    send("email", replace(MESSAGE, matters=worst_first([mild, later, first])), sink[1])
    (letter,) = sink[0].letters
    text = letter.get_content()
    assert "3 matters, worst first" in letter["Subject"]
    assert text.index("K7QF2M") < text.index("AAAAAA") < text.index("BBBBBB")
    assert "late by 2 min" in text


def test_what_the_server_refuses_for_good_is_not_tried_again(sink: tuple[Sink, dict[str, Any]]) -> None:
    sink[0].refuse_recipient = "550 no such mailbox"
    refused = send("email", MESSAGE, sink[1])
    assert (refused.accepted, refused.final, refused.fault) == (False, True, "recipient refused 550")
    sink[0].refuse_recipient = ""
    sink[0].refuse_letter = "451 try later"
    later = send("email", MESSAGE, sink[1])
    assert (later.accepted, later.final) == (False, False)
    assert "451" in str(later.fault)


def test_a_server_that_is_away_is_a_failed_try() -> None:
    away = send("email", MESSAGE, {"HUB_MAIL": {"host": "127.0.0.1", "port": 1}})
    assert (away.accepted, away.final, away.fault) == (False, False, "ConnectionRefusedError")


def test_a_channel_that_breaks_is_a_failed_try(caplog: pytest.LogCaptureFixture) -> None:
    broken = send("email", replace(MESSAGE, matters=()), {"HUB_MAIL": {"host": "127.0.0.1"}})
    assert not broken.accepted
    assert broken.fault
    assert "d1" in caplog.text


def test_a_matter_is_stored_and_restored_whole() -> None:
    kept = MATTER.kept() | {"due_at": MATTER.due_at.isoformat()}
    assert restored(kept) == MATTER
