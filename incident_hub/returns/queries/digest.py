"""How a day stands at the moment somebody is reminded of it: one count, and no names, for messages leave the house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select

from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.operations import queries as operations
from incident_hub.returns.asked import asked_again_by
from incident_hub.returns.cells import count
from incident_hub.returns.models import OwingDesk, ZeroReport


def digest(chain: int, ref: str, rule: str, about: str | None) -> Mapping[str, str] | None:
    """What a desk is told of a debt on its returns, {zh, en}: what to do, and how many of how many are still missing.

    A desk that sums up is told of all that it may know. None where the plan has no such rule any more.
    """
    plan = operations.plan_of(operations.at(chain).plan_version)
    asked, found = plan.zero_report, plan.rule(rule)
    again = [one.code for one in asked_again_by(plan)]
    if asked is None or found is None or about is None or rule not in (*plan.tier_rules, *again):
        return None
    of = ZeroReport.owing == ref
    if rule not in (asked.units.rule, *again):
        desk = db.session.scalar(select(OwingDesk.desk).where(OwingDesk.ref == ref)) or 0
        of = ZeroReport.owing.in_(record.known_refs(chain, desk, "return"))
    query = select(ZeroReport.state, func.count()).where(of, ZeroReport.chain == chain)
    rows = db.session.execute(query.where(ZeroReport.date == date.fromisoformat(about)).group_by(ZeroReport.state))
    # Which of the words of what was received it is makes no difference here.
    counted = count({"nonzero" if state == "received" else state: n for state, n in rows})
    still = counted.owed - counted.received
    return {
        "zh": f"{found.what.zh}（应报{counted.owed}家，尚缺{still}家）",
        "en": f"{found.what.en} ({still} of {counted.owed} still missing)",
    }
