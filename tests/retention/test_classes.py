"""When a class is due, and that no text is kept without one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import incident_hub.app
from incident_hub.kernel import destruction, registry
from incident_hub.kernel.database import Base
from incident_hub.retention import classes
from incident_hub.retention.actions.forgetting import belongs_to_a_member

DAY = datetime(2026, 9, 1, tzinfo=UTC)


def phases(*names: str) -> list[tuple[datetime, str]]:
    return [(DAY + timedelta(days=i), name) for i, name in enumerate(names)]


@pytest.mark.parametrize(
    ("names", "day"),
    [
        (("preparing", "active"), None),
        (("preparing", "active", "standing_down"), 2),
        (("preparing", "active", "standing_down", "closed", "archived"), 2),
        # Taken up again: the days begin anew.
        (("active", "standing_down", "active"), None),
        (("active", "standing_down", "active", "standing_down", "closed"), 3),
        # Closed before it ever ran.
        (("preparing", "closed"), 1),
        ((), None),
    ],
)
def test_days_count_from_the_last_stand_down(names: tuple[str, ...], day: int | None) -> None:
    since = classes.stood_down_at(phases(*names))
    assert since == (None if day is None else DAY + timedelta(days=day))
    due = classes.due_at(since, 30)
    assert due == (None if day is None else DAY + timedelta(days=day + 30))


def test_a_class_is_over_to_the_second() -> None:
    kept = classes.Kept("words", 30, DAY)
    assert (kept.over(DAY - timedelta(seconds=1)), kept.over(DAY)) == (False, True)
    assert classes.Kept("words", 30, None).over(DAY) is False


def test_every_text_of_every_table_has_a_class_and_is_reached() -> None:
    assert len(incident_hub.app.ROOMS) > 3  # every room's models are loaded
    holders = [one for one in registry.text_holders if not belongs_to_a_member(one.partition(".")[0])]
    named = {name: code for name, code in classes.OF.items() if name in registry.text_holders}
    assert classes.unclassed(holders, named) == []
    lost = [
        name
        for name, code in named.items()
        if code in (classes.WORDS, classes.FILES, classes.NOTICES)
        and destruction.place_of(name.partition(".")[0]) is None
    ]
    assert lost == []
    assert set(classes.OF) <= set(registry.text_holders)


def test_a_text_without_a_class_is_named() -> None:
    assert classes.unclassed(["diary.text", "journal.text"], classes.OF) == ["diary.text has no class of retention"]


def test_words_go_and_codes_stay() -> None:
    said = {"channel": "phone", "from": {"agency": "police", "desk": "police/duty", "words_by": "王某"}, "words": "话"}
    assert destruction.blanked(said) == {
        "channel": "phone", "from": {"agency": "police", "desk": "police/duty", "words_by": "■"}, "words": "■",
    }  # fmt: skip
    who = {"agency": "police", "desk": "police/duty", "post": None, "name": "安娜", "assurance": "personal"}
    assert destruction.blanked(who)["name"] == "■"
    assert destruction.blanked(destruction.blanked(who)) == destruction.blanked(who)
    title = Base.metadata.tables["incident"].c.title
    assert (destruction.emptied(title, "x"), destruction.emptied(title, "■")) == ("■", "■")
