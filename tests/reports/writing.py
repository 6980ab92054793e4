"""People who write reports: Dan of carrier A, Dora who leads there, and what they say of a fire."""

from __future__ import annotations

from typing import Any

from incident_hub.agencies import actions as agencies_actions
from incident_hub.agencies import queries as agencies
from incident_hub.cli.operations import open_from
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel import clock
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.text import opaque
from tests.night import FILES, Caller, Hub

# What a first report of a fire asks for and the Hub cannot know.
SAID = {"area": "二号分拣线停用", "consequence": "约八百件邮件快件受损"}


def leader(hub: Hub, login: str = "dora", desk: str = "carrier-a/duty") -> None:
    """Seat a duty leader at a desk."""
    with unit_of_work() as at:
        made = agencies_actions.add_member(login, login.title(), None, at=at, by=CONSOLE)
        agencies_actions.seat(made, desk, "duty_leader", "duty_leader", at=at, by=CONSOLE)


def levelled(hub: Hub) -> None:
    """The small city with a province above it, and a cyberspace office that is reached by telephone alone."""
    hub.people()
    with unit_of_work() as at:
        add, title = agencies_actions.add_agency, {"zh": "省邮政管理局", "en": "Provincial regulator"}
        add("province", title, "postal_regulator", at=at, by=CONSOLE)
        office = {"zh": "省网信办", "en": "Cyberspace office"}
        add("cyber", office, "government", at=at, by=CONSOLE, membership="contact_only")
        pia = agencies_actions.add_member("pia", "Pia", None, at=at, by=CONSOLE)
        agencies_actions.seat(pia, "province/duty", "duty_officer", "duty_officer", at=at, by=CONSOLE)
    text = (FILES / "operation.toml").read_text(encoding="utf-8")
    for old, new in (
        ('"carrier-b"]\n\n[parties]', '"carrier-b", "province", "cyber"]\n\n[parties]'),
        ('province = "government"', 'province = "province"'),
        ('cyberspace = "government"', 'cyberspace = "cyber"'),
        ("../../config", str(FILES.parents[1] / "config")),
    ):
        assert old in text
        text = text.replace(old, new)
    (hub.folder / "levels.toml").write_text(text, encoding="utf-8")
    open_from(hub.folder / "levels.toml")
    leader(hub)


class Person(Caller):
    """Somebody who signed in, as themselves and no program."""

    def __init__(self, hub: Hub, login: str) -> None:
        super().__init__(hub.app, "")
        member = agencies.member_by_login(login)
        assert member is not None
        with unit_of_work() as at:
            secret = opaque()
            opened = agencies_actions.open_session(member.id, None, secret, at=at)
        self.headers = {"X-CSRF-Token": opened.csrf}
        self.client.set_cookie("hub_session", secret)


def fire(hub: Hub, **more: Any) -> str:
    """A fire in Dan's counter, logged by Dan."""
    return hub.as_("dan").open(
        "EXP-FIRE",
        "分拣线起火",
        summary="皮带机起火",
        site="carrier-a/site-001",
        occurred_at=clock.now().isoformat(),
        **more,
    )


def begin(hub: Hub, ref: str, form: str = "first", login: str = "dan", **more: Any) -> dict[str, Any]:
    """A draft."""
    made = hub.as_(login).post(f"/incidents/{ref}/reports", {"form": form, **more})
    assert made.status_code in (200, 201), made.text
    return made.json


def fill(hub: Hub, report: dict[str, Any], login: str = "dan", **lines: Any) -> dict[str, Any]:
    """Write lines of a draft: words, or None with the reason for what is unknown."""
    content = {code: {"value": said} if isinstance(said, str) else said for code, said in lines.items()}
    made = hub.as_(login).patch(f"/reports/{report['id']}", {"content": content}, report["version"])
    assert made.status_code == 200, made.text
    return made.json


def unknown(reason: str = "正在核实") -> dict[str, str]:
    """What a line says that is not known."""
    return {"unknown": reason}


def signed(hub: Hub, report: dict[str, Any], login: str = "dora") -> dict[str, Any]:
    """The same, signed by whoever leads."""
    person = Person(hub, login)
    seen = person.get(f"/reports/{report['id']}").json["sha256"]
    made = person.post(f"/reports/{report['id']}/signature", {"sha256": seen})
    assert made.status_code == 200, made.text
    return made.json


def sent(hub: Hub, report: dict[str, Any], to: str = "postal/duty", login: str = "dan", **more: Any) -> dict[str, Any]:
    """The same, sent."""
    made = hub.as_(login).post(f"/reports/{report['id']}/sending", {"to": to, **more})
    assert made.status_code == 200, made.text
    return made.json


def whole(hub: Hub, ref: str) -> dict[str, Any]:
    """A first report with all it asks for, drafted."""
    for category, n in (("deaths", 0), ("injured", 2), ("missing", 0), ("items", 800)):
        hub.as_("ben").post(f"/incidents/{ref}/figures", {"category": category, "n": n, "source": "现场"})
    for kind, text in (("action", "已切断电源，疏散完毕"), ("milestone", "值班领导到场")):
        more = {"milestone": "arrived"} if kind == "milestone" else {}
        assert hub.as_("dan").post(f"/incidents/{ref}/journal", {"kind": kind, "text": text, **more}).status_code == 201
    return fill(hub, begin(hub, ref), **SAID)


def debts(hub: Hub, ref: str, login: str = "ben") -> dict[str, dict[str, Any]]:
    """What is owed on an incident, by rule, the newest of each."""
    items = hub.as_(login).get(f"/operations/EXPO/obligations?subject={ref}&limit=200").json["items"]
    return {one["rule"]: one for one in sorted(items, key=lambda one: one["opened_at"])}
