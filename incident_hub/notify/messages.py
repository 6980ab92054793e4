"""What a notice says, and what becomes of sending it. Pure: codes and words of the plan, never a person's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

_URGENCY = {"call": 0, "remind": 1, "inform": 2}
# What an exercise says first and last, in every channel; nobody who hears the middle alone has heard an order.
EXERCISE = {"zh": "演练 演练 演练", "en": "EXERCISE EXERCISE EXERCISE"}

# All that leaves the house about what is under TLP:RED: that there is something, and until when.
CLOSED = {
    "zh": "有一项仅限本席知悉的事项（TLP:RED），请到席查看",
    "en": "A matter for your desk alone (TLP:RED), to be read at the desk",
}


@dataclass(frozen=True)
class Matter:
    """What one notice is about.

    Shape: titles are {zh, en}; `kind` is call, remind, inform, issued, anchor or test; `anchor` is the newest seal of
    the record, where it goes along; `late_s` is set when the Hub itself was
    late; `path` is the page to open. Nothing in it was typed by a person about an incident.
    """

    operation: str
    operation_title: Mapping[str, str]
    zone: str
    exercise: bool
    noun: str
    ref: str
    type_title: Mapping[str, str]
    what: Mapping[str, str]
    kind: str
    agency: str
    due_at: datetime
    missed: bool
    late_s: float | None
    path: str
    anchor: Mapping[str, Any] | None = None

    def kept(self) -> dict[str, Any]:
        """As it is stored beside the notice."""
        return asdict(self)


@dataclass(frozen=True)
class Message:
    """One message as a channel sends it.

    Shape: several matters are a bundle, worst first; `secret` is what a webhook's own messages are signed with.
    """

    delivery_id: str
    address: str
    language: str
    at: datetime
    matters: tuple[Matter, ...]
    secret: str = ""

    @property
    def spoken(self) -> str:
        """The language it is written in, as the templates are named."""
        return "zh" if self.language.startswith("zh") else "en"

    @property
    def exercise(self) -> bool:
        """Whether any of it is an exercise."""
        return any(one.exercise for one in self.matters)

    @property
    def mark(self) -> str:
        """What an exercise says first and last; empty in earnest."""
        return EXERCISE[self.spoken] if self.exercise else ""


@dataclass(frozen=True)
class Outcome:
    """What became of a try.

    Shape: `fault` is a code; `final` says that trying again is useless; `down` that the channel itself is at fault, not
    this one recipient; `gone` that the address is dead for good; `asked` how long the receiver wants to be left alone.
    """

    accepted: bool
    fault: str | None = None
    final: bool = False
    down: bool = False
    gone: bool = False
    asked: timedelta | None = None


def trial_of(operation: Mapping[str, Any], agency: str, at: datetime) -> Matter:
    """What a test call says: that it is one. Shape: `operation` has code, title, zone and exercise."""
    code, words = str(operation["code"]), {"zh": "测试消息", "en": "Test message"}
    return Matter(
        operation=code, operation_title=operation["title"], zone=operation["zone"], exercise=operation["exercise"],
        noun="operation", ref=code, type_title=words, what=words, kind="test", agency=agency, due_at=at, missed=False,
        late_s=None, path=f"/operations/{code}/board",
    )  # fmt: skip


def anchored(operation: Mapping[str, Any], anchor: Mapping[str, Any], at: datetime) -> Matter:
    """What a desk's own system is told every hour: the seal of the record. Shape: `operation` as for a trial."""
    code, words = str(operation["code"]), {"zh": "记录完整性校验值", "en": "Seal of the record"}
    return Matter(
        operation=code, operation_title=operation["title"], zone=operation["zone"], exercise=operation["exercise"],
        noun="operation", ref=code, type_title=words, what=words, kind="anchor", agency="", due_at=at, missed=False,
        late_s=None, path=f"/operations/{code}/record", anchor=anchor,
    )  # fmt: skip


def restored(kept: Mapping[str, Any]) -> Matter:
    """A matter as it was stored."""
    values: dict[str, Any] = dict(kept)
    values["due_at"] = datetime.fromisoformat(values["due_at"]).astimezone(UTC)
    return Matter(**values)


def closed(matter: Matter) -> Matter:
    """What may be said outside of the house about a matter under TLP:RED: neither which it is nor who owes what."""
    code = matter.operation
    return replace(matter, noun="operation", ref=code, type_title={}, what=CLOSED, agency="", path="/desk")


def worst_first(matters: Sequence[Matter]) -> tuple[Matter, ...]:
    """Matters in the order a reader needs them: calls before reminders, the earliest due first."""
    return tuple(sorted(matters, key=lambda one: (_URGENCY.get(one.kind, 9), one.due_at, one.ref)))


def wall_time(at: datetime, zone: str) -> str:
    """An instant on the operation's wall clock, with the offset, so that nobody has to guess."""
    local = at.astimezone(ZoneInfo(zone))
    offset = local.strftime("%z")
    return f"{local:%Y-%m-%d %H:%M} (UTC{offset[:3]}:{offset[3:]})"


def said(words: Mapping[str, str], language: str) -> str:
    """Words in a reader's language, or in the one there is."""
    return words.get("zh" if language.startswith("zh") else "en") or next(iter(words.values()), "")
