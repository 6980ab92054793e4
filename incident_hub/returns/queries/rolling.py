"""Roll-ups: what a level would send now, what was sent, and what a level below has not sent yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation
from incident_hub.plan.frame import Tier
from incident_hub.plan.words import Words
from incident_hub.returns.days import window
from incident_hub.returns.models import Filing, OwingDesk, SentRollUp, ZeroReport
from incident_hub.returns.summing import RollUp, Since, Standing, came_since, merged, rolled_up

from .reading import standing

NOTHING_OWED = Words(
    "当日没有应报单位，无需汇总。", "No unit owes a return for that date, so there is nothing to roll up."
)
STILL_OPEN = Words(
    "下级截止时间未到，仍可能报来；到时或报齐后再汇总。",
    "The levels below may still send theirs; roll up at their cut-off, or once all is there.",
)


@dataclass(frozen=True)
class Compiled:
    """A day as a desk would send it now.

    Shape: `owed` says whether any unit owes the date; `below` are the roll-ups it is built from, none where it is built
    from returns; `unsent` are the desks below that sent none; `before` is the one it would amend. Units: `cut_off` is
    that of the levels below.
    """

    tier: Tier
    cut_off: datetime
    owed: bool
    units: Sequence[Standing]
    figures: RollUp
    below: Sequence[SentRollUp]
    unsent: Sequence[str]
    before: SentRollUp | None

    @property
    def held(self) -> dict[str, list[Any]]:
        """What every figure is counted from, as it is kept."""
        return {one.unit: [one.state, one.late, one.filing] for one in self.units}

    @property
    def since(self) -> Since:
        """What came after the one it would amend."""
        if self.before is None:
            return Since()
        return came_since(_filings(self.before.held), _filings(self.held))

    @property
    def told(self) -> dict[str, Any]:
        """The figures as they are sent and kept."""
        below = [
            {"desk": one.by, "tier": one.tier, "roll_up": one.id, "number": one.number,
             "received": one.figures["received"], "owed": one.figures["owed"]}
            for one in self.below
        ]  # fmt: skip
        return asdict(self.figures) | {
            "since": asdict(self.since), "below": below, "unsent": list(self.unsent),
        }  # fmt: skip

    def refusal(self, at: datetime) -> Words | None:
        """Why it cannot be sent at an instant; None when it can."""
        if not self.owed:
            return NOTHING_OWED
        whole = self.figures.received == self.figures.owed and not self.unsent
        if at < self.cut_off and not whole:
            return STILL_OPEN
        before = self.before
        same = ("owed", "unsent")
        if (
            before is not None
            and self.since == Since()
            and all(before.figures[name] == self.told[name] for name in same)
        ):
            return Words(
                f"第{before.number}号汇总之后没有新的报送。", f"Nothing has come since number {before.number}."
            )
        return None


def level_of(operation: Operation, desk: str, tier: str | None = None) -> Tier | None:
    """The level a desk sums up as, the lowest first; None when it sums up none, or not that one."""
    asked = operations.plan_of(operation.plan_version).zero_report
    seats = operations.seats(operation.id, {})
    for one in asked.tiers if asked else ():
        sums = bool(asked and asked.below(one)) and tier in (None, one.code)
        if sums and any(place[1] == desk for place in seats.get(one.party or "", [])):
            return one
    return None


def compiled(operation: Operation, tier: Tier, desk_id: int, on: date) -> Compiled:
    """What a desk of a level would send for a date now: built from returns, or from what the levels below sent."""
    asked = operations.plan_of(operation.plan_version).zero_report
    if asked is None:
        raise NotKnown
    lower = asked.below(tier)
    below, unsent = list[SentRollUp](), list[str]()
    if asked.units in lower:
        units = standing(operation.id, desk_id, on)
    else:
        below, unsent = _sent_below(operation, lower, on)
        units = merged([_units(one) for one in below])
    found = rolled_up(units, [one.code for one in asked.categories])
    cut_off = max(window(on, one.cut_off, operation.zone)[1] for one in lower)
    newest = newest_of(operation.id, desk_id, tier.code, on)
    return Compiled(tier, cut_off, _is_owed(operation.id, desk_id, on), units, found, below, unsent, newest)


def newest_of(chain: int, desk_id: int, tier: str, on: date) -> SentRollUp | None:
    """The roll-up of a desk and date that stands now."""
    query = select(SentRollUp).join(OwingDesk, OwingDesk.ref == SentRollUp.owing)
    query = query.where(SentRollUp.chain == chain, OwingDesk.desk == desk_id)
    query = query.where(SentRollUp.tier == tier, SentRollUp.date == on)
    return db.session.scalars(query.order_by(SentRollUp.number.desc()).limit(1)).first()


def roll_ups(chain: int, desk_id: int, on: date) -> list[dict[str, Any]]:
    """Every roll-up of a date that a desk may know of, the newest first."""
    query = select(SentRollUp).where(SentRollUp.chain == chain, SentRollUp.date == on)
    query = query.where(SentRollUp.owing.in_(record.known_refs(chain, desk_id, "return")))
    return [sent(row) for row in db.session.scalars(query.order_by(SentRollUp.at.desc(), SentRollUp.number.desc()))]


def roll_up_known(id: str, desk_id: int) -> SentRollUp:
    """A roll-up, if the desk may know of it. Raises: NotKnown, as `known`."""
    row = db.session.get(SentRollUp, id)
    if row is None or record.may_know(row.chain, ("return", row.owing), desk_id) is None:
        raise NotKnown
    return row


def sent(row: SentRollUp) -> dict[str, Any]:
    """A roll-up as the API tells it; what it amends is said by number."""
    names = ("id", "tier", "number", "cut_off", "at", "by", "figures", "remarks", "sha256")
    return {name: getattr(row, name) for name in names} | {
        "date": row.date.isoformat(), "amends": row.number - 1 if row.amends else None,
    }  # fmt: skip


def to_roll_up(operation: Operation, desk: str, desk_id: int, on: date, at: datetime) -> dict[str, Any] | None:
    """What a desk that sums up would send now, for the page; None for every other desk.

    Shape: {tier, title, cut_off, due_at, figures, amends, refusal: {zh, en} or None}.
    """
    tier = level_of(operation, desk)
    if tier is None:
        return None
    found = compiled(operation, tier, desk_id, on)
    refusal = found.refusal(at)
    return {
        "tier": tier.code, "title": {"zh": tier.title.zh, "en": tier.title.en}, "cut_off": found.cut_off,
        "due_at": window(on, tier.cut_off, operation.zone)[1], "figures": found.told,
        "amends": found.before.number if found.before else None, "refusal": asdict(refusal) if refusal else None,
    }  # fmt: skip


def _is_owed(chain: int, desk_id: int, on: date) -> bool:
    known = ZeroReport.owing.in_(record.known_refs(chain, desk_id, "return"))
    query = select(ZeroReport.id).where(ZeroReport.chain == chain, ZeroReport.date == on, known)
    return db.session.scalar(query.where(ZeroReport.state != "exempt").limit(1)) is not None


def _sent_below(operation: Operation, lower: Sequence[Tier], on: date) -> tuple[list[SentRollUp], list[str]]:
    seats = operations.seats(operation.id, {})
    found, unsent = list[SentRollUp](), list[str]()
    for tier in lower:
        for place in seats.get(tier.party or "", []):
            desk = agencies.desk(place[1])
            newest = newest_of(operation.id, desk.id, tier.code, on) if desk else None
            if newest is None:
                unsent.append(place[1])
            else:
                found.append(newest)
    return sorted(found, key=lambda one: (one.at, one.id)), unsent


def _units(row: SentRollUp) -> list[Standing]:
    """What a roll-up was counted from, with the numbers of the versions that counted then."""
    filings = [filing for _, _, filing in row.held.values() if filing]
    query = select(Filing.id, Filing.counts, Filing.unknown).where(Filing.id.in_(filings))
    numbers = {one.id: one for one in db.session.execute(query)}
    return [
        Standing(code, state, late, dict(numbers[filing].counts), tuple(numbers[filing].unknown), filing)
        if filing else Standing(code, state, late)
        for code, (state, late, filing) in row.held.items()
    ]  # fmt: skip


def _filings(held: Mapping[str, Sequence[Any]]) -> dict[str, str | None]:
    return {code: filing if state == "received" else None for code, (state, _, filing) in held.items()}
