"""The small city with as many carriers as one likes, each with an officer and a leader, and their outlets as units."""

from __future__ import annotations

from collections.abc import Sequence

from incident_hub.cli.operations import open_from
from tests.night import FILES, Hub

POSTS = ("duty_officer", "duty_leader")
PLAN = FILES.parent.parent / "config" / "plans" / "expo.toml"
CODES = (
    "accepted", "inspected", "sealed", "screened", "prohibited-a", "prohibited-b", "prohibited-c", "hazards-found",
    "hazards-closed", "hazards-overdue", "staff", "vehicles", "incidents-open",
)  # fmt: skip
_AGENCY = '[[agency]]\ncode = "{0}"\ntitle = {{ zh = "{0}", en = "{0}" }}\nkind = "carrier"\n'
_MEMBER = """[[member]]
login = "{0}.{1}"
name = "{0} {1}"
language = "zh"
email = "{1}@{0}.example"
seats = [{{ desk = "{0}/duty", role = "{1}", post = "{1}" }}]
"""


def officer(carrier: str) -> str:
    """The login of a carrier's duty officer."""
    return f"{carrier}.{POSTS[0]}"


def populate(hub: Hub, carriers: Sequence[str], plan: str, zone: str) -> None:
    """Found the city with these carriers, and open its expo under a plan, in a zone."""
    city = (FILES / "directory.toml").read_text()
    more = [_AGENCY.format(one) for one in carriers]
    more += [_MEMBER.format(one, post) for one in carriers for post in POSTS]
    hub.people("\n".join([city, *more]))
    (hub.folder / "plan.toml").write_text(plan)
    (hub.folder / "operation.toml").write_text(_form(carriers, zone))
    open_from(hub.folder / "operation.toml")


def _form(carriers: Sequence[str], zone: str) -> str:
    listed = ", ".join(f'"{one}"' for one in carriers)
    form = (FILES / "operation.toml").read_text()
    form = form.replace("../../config/plans/expo.toml", "plan.toml").replace("Asia/Shanghai", zone)
    form = form.replace('"carrier-a", "carrier-b"]\n\n', f'"carrier-a", "carrier-b", {listed}]\n\n')
    return form.replace('unit = ["carrier-a", "carrier-b"]', f"unit = [{listed}]")
