"""Verbs at random, as the desks of the small city would use them; the same seed gives the same wishes."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

LEADS = {"postal": "ben", "police": "ana", "government": "gus", "carrier-a": "dan", "carrier-b": "cleo"}
TYPES = ("PROH-XRAY", "PROH-XRAY", "VIOL", "THEFT", "IT", "OUTLET", "CASUALTY")
DESKS = ("police/duty", "postal/duty", "carrier-a/duty", "carrier-b/duty", "government/duty", "state-security/duty")
LOGINS = ("ana", "ben", "dan", "cleo", "gus", "sid")
STATUSES = ("responding", "contained", "lifted", "closed", "false_alarm", "transferred", "reported")
WORDS = ("三号机", "wet parcel", "😀 'quoted' \"两次\"", "line\nbreak\u2028", "<b>粗</b>", "x" * 200)
ALLOWED = (200, 201, 403, 404, 409, 412, 422)


class Deeds:
    """Does one thing after another; what is refused changes nothing and is counted apart."""

    def __init__(self, as_: Callable[[str], Any], seed: int) -> None:
        self.speak = {login: as_(login) for login in (*LOGINS, "ben.leader")}
        self.dice = random.Random(seed)
        self.refs: list[str] = []
        self.turns: list[str] = []
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    def one(self) -> None:
        """Do one thing; every verb has its turn before any comes again."""
        if not self.turns:
            self.turns = [name for name in dir(self) if name.startswith("verb_")]
            self.dice.shuffle(self.turns)
        if len(self.refs) < 3:
            self.verb_open()
        else:
            getattr(self, self.turns.pop())()

    def missing(self) -> set[str]:
        """The verbs that have not succeeded yet."""
        return {name for name in dir(self) if name.startswith("verb_")} - set(self.done)

    def verb_open(self) -> None:
        """Log an incident."""
        who = self.dice.choice(["dan", "cleo", "ben", "ana"])
        site = {"dan": "carrier-a/site-001", "cleo": "carrier-b/site-001"}.get(who)
        body = {"type": self.dice.choice(TYPES), "title": self._words(), "summary": self._words(), "site": site}
        answer = self._post("open", who, "/operations/EXPO/incidents", body)
        if answer.status_code == 201:
            self.refs.append(answer.json["ref"])

    def verb_status(self) -> None:
        """Move its status."""
        ref, lead = self._led()
        self._post("status", lead, f"/incidents/{ref}/status", {"to": self.dice.choice(STATUSES), "reason": "据报"})

    def verb_grade(self) -> None:
        """Grade it."""
        ref, lead = self._led()
        grade = self.dice.choice(["I", "II", "III", "IV", None])
        self._post("grade", lead, f"/incidents/{ref}/grade", {"grade": grade, "basis": self._words()})

    def verb_verify(self) -> None:
        """Say how sure it is."""
        ref, lead = self._led()
        body = {"state": self.dice.choice(["verified", "doubtful", "false"]), "basis": self._words()}
        self._post("verify", lead, f"/incidents/{ref}/verification", body)

    def verb_acknowledge(self) -> None:
        """Say that it was seen, or taken."""
        path, kind = f"/incidents/{self._ref()}/acknowledgement", self.dice.choice(["seen", "taken"])
        self._post("acknowledge", self._who(), path, {"kind": kind})

    def verb_figure(self) -> None:
        """State a figure, and sometimes make it the official one."""
        ref, lead = self._led()
        body = {"category": self.dice.choice(["injured", "dead"]), "n": self.dice.randrange(9), "source": "现场"}
        made = self._post("figure", lead, f"/incidents/{ref}/figures", body)
        if made.status_code == 201 and self.dice.random() < 0.5:
            self._post("figure", lead, f"/incidents/{ref}/figures/{made.json['id']}/official", {})

    def verb_write(self) -> None:
        """Write in the journal, for all, for one's own desk, or for some."""
        audience = self.dice.choice(["all", "own", ["police/duty", "postal/duty"]])
        path = f"/incidents/{self._ref()}/journal"
        self._post("write", self._who(), path, {"text": self._words(), "audience": audience})

    def verb_strike(self) -> None:
        """Strike out what one has just written."""
        path, who = f"/incidents/{self._ref()}/journal", self._who()
        made = self._post("write", who, path, {"text": self._words()})
        if made.status_code == 201:
            self._post("strike", who, f"{path}/{made.json['id']}/strike", {"reason": "写错"})

    def verb_grant(self) -> None:
        """Let a desk know."""
        ref, lead = self._led()
        history = self.dice.choice(["full", "from_now"])
        body = {"desk": self.dice.choice(DESKS), "role": self.dice.choice(["support", "informed"]), "history": history}
        self._post("grant", lead, f"/incidents/{ref}/access", body)

    def verb_withdraw(self) -> None:
        """End a desk's access."""
        ref, lead = self._led()
        seen = self.speak[lead].get(f"/incidents/{ref}")
        desks = [one["desk"] for one in seen.json["access"]] if seen.status_code == 200 else list(DESKS)
        # The lead's own desk is among them, and is refused.
        answer = self.speak[lead].delete(f"/incidents/{ref}/access?desk={self.dice.choice(desks)}")
        self._count("withdraw", answer)

    def verb_amend(self) -> None:
        """Change fields, on the version one has seen or on an older one."""
        ref, who = self._ref(), self._who()
        seen = self.speak[who].get(f"/incidents/{ref}")
        if seen.status_code == 200:
            version = max(0, seen.json["version"] - self.dice.choice([0, 0, 3]))
            fields = {self.dice.choice(["title", "summary"]): self._words()}
            self._count("amend", self.speak[who].patch(f"/incidents/{ref}", fields, version))

    def verb_debt(self) -> None:
        """Acknowledge, settle, or find a debt not applicable."""
        who = self.dice.choice(["ana", "ben"])
        open_ones = self.speak[who].get("/operations/EXPO/obligations?state=open").json["items"]
        debts = [one for one in open_ones if one["owed_by"]["agency"] in LEADS]
        if not debts:
            return
        debt = self.dice.choice(debts)
        owner = LEADS[debt["owed_by"]["agency"]]
        ways: list[tuple[str, str, dict[str, Any]]] = [
            (owner, "acknowledgement", {"kind": "taken"}),
            (owner, "settlement", {"words": self._words()}),
            ("ben.leader", "not-applicable", {"reason": self._words()}),
        ]
        who, way, body = self.dice.choice(ways)
        self._post("debt", who, f"/obligations/{debt['id']}/{way}", body)

    def _post(self, verb: str, who: str, path: str, body: dict[str, Any]) -> Any:
        return self._count(verb, self.speak[who].post(path, body))

    def _count(self, verb: str, answer: Any) -> Any:
        assert answer.status_code in ALLOWED, f"{verb}: {answer.status_code} {answer.text}"
        (self.done if answer.status_code < 300 else self.refused)[f"verb_{verb}"] += 1
        return answer

    def _ref(self) -> str:
        # Mostly the newest, so that some incidents live through many verbs.
        return self.dice.choice(self.refs[-8:])

    def _who(self) -> str:
        return self.dice.choice(LOGINS)

    def _led(self) -> tuple[str, str]:
        ref = self._ref()
        for login in LOGINS:
            seen = self.speak[login].get(f"/incidents/{ref}")
            if seen.status_code == 200:
                return ref, LEADS.get(seen.json["lead"], login)
        return ref, "ana"

    def _words(self) -> str:
        return self.dice.choice(WORDS)
