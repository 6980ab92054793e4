"""The directory as a file: areas, agencies, desks, sites and members, read from TOML into plain rows. Pure.

    [[area]]                                    # a place; `parent` is the larger one
    code = "harbour"
    title = {zh = "港区", en = "Harbour"}
    [[agency]]                                  # its `duty` desk with the four usual posts is made by itself
    code = "police"
    title = {zh = "公安局", en = "Police"}
    kind = "police"                             # one of KINDS
    parent = "ministry"                         # optional
    membership = "member"                       # or "contact_only": reached by phone, fax or paper
    areas = ["harbour"]                         # answered for
    desks = ["joint", {code = "night", title = "Night desk", posts = ["duty_officer"]}]
    [[site]]                                    # `kind` is one of SITE_KINDS, outlet if left out
    code = "carrier-a/site-017"
    agency = "carrier-a"
    area = "harbour"
    title = {zh = "港区营业厅", en = "Harbour counter"}
    [[member]]                                  # one seat per desk; `post` is held by whoever sits there
    login = "police.officer"
    name = "Officer One"
    language = "zh"
    email = "officer@example.org"
    seats = [{desk = "police/duty", role = "duty_officer", post = "duty_officer"}]

A title may be one string when both languages say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from incident_hub.kernel import toml

from .reading import CODE, SITE_CODE, Reading, both
from .rows import (
    DUTY_TITLE,
    KINDS,
    LANGUAGES,
    MEMBERSHIPS,
    POSTS,
    SITE_KINDS,
    AgencyRow,
    AreaRow,
    DeskRow,
    Fault,
    Known,
    MemberRow,
    PostRow,
    Rows,
    SeatRow,
    SiteRow,
)
from .standing import ROLES

_Row = TypeVar("_Row", AreaRow, AgencyRow)


def read(text: str, known: Known | None = None) -> tuple[Rows, list[Fault]]:
    """A directory file as rows, and everything that is wrong with it.

    Shape: `known` is what exists already; the file may build on it and may repeat it. Load the rows only when there
    is no fault.
    """
    try:
        tables = toml.tables(text)
    except toml.TomlFault as fault:
        return Rows(), [Fault("the file", f"It cannot be read as TOML: {fault}.")]
    reading = _Directory(known=known or Known())
    reading.read(tables)
    return reading.rows, reading.faults


@dataclass
class _Directory(Reading):
    """One pass over a file, gathering rows and faults."""

    known: Known = field(default_factory=Known)
    rows: Rows = field(default_factory=Rows)

    def read(self, tables: Mapping[str, Any]) -> None:
        for name in tables.keys() - {"area", "agency", "site", "member"}:
            self.where = name
            self.fault("It is not part of a directory; use [[area]], [[agency]], [[site]] and [[member]].")
        makers: tuple[tuple[str, Callable[[Mapping[str, Any]], None]], ...] = (
            ("area", self.area), ("agency", self.agency), ("site", self.site), ("member", self.member),
        )  # fmt: skip
        for noun, make in makers:
            for number, table in enumerate(_tables(tables.get(noun)), 1):
                named = table.get("login" if noun == "member" else "code", "")
                self.where = f"[[{noun}]] {number}" + (f" ({named})" if named else "")
                self.only(table, noun)
                make(table)
        self.refer()
        self.rows.areas = self.parents_first(self.rows.areas, "area")
        self.rows.agencies = self.parents_first(self.rows.agencies, "agency")

    def area(self, table: Mapping[str, Any]) -> None:
        code = self.code(table, "area")
        self.rows.areas.append(AreaRow(code, self.title(table, code), self.text(table, "parent", needed=False)))

    def agency(self, table: Mapping[str, Any]) -> None:
        code = self.code(table, "agency")
        desks = [DeskRow(f"{code}/duty", code, DUTY_TITLE, POSTS)]
        desks += [self.desk(code, one) for one in _list(table.get("desks"))]
        codes = [desk.code for desk in desks]
        for twice in sorted({one for one in codes if codes.count(one) > 1}):
            self.fault(
                f"The desk {twice} is there twice; `duty` is made by itself, and every other desk needs its own code."
            )
        self.rows.agencies.append(
            AgencyRow(
                code,
                self.title(table, code),
                self.word(table, "kind", KINDS),
                self.text(table, "parent", needed=False),
                self.word(table, "membership", MEMBERSHIPS, "member"),
                tuple(str(one) for one in _list(table.get("areas"))),
                tuple(desks),
            )
        )

    def desk(self, agency: str, given: Any) -> DeskRow:
        table: Mapping[str, Any] = given if isinstance(given, dict) else {"code": given}
        self.only(table, "desk")
        code = self.text(table, "code") or ""
        if not CODE.fullmatch(code):
            self.fault(
                f"The desk code {code!r} must be letters, digits, dots and hyphens, without the agency before it."
            )
        usual = {post.code: post for post in POSTS}
        posts = tuple(
            usual.get(str(one), PostRow(str(one), both(str(one)), "on_call"))
            for one in _list(table.get("posts", list(usual)))
        )
        return DeskRow(f"{agency}/{code}", agency, self.title(table, code), posts)

    def site(self, table: Mapping[str, Any]) -> None:
        code = self.code(table, "site", SITE_CODE)
        owner, area = self.text(table, "agency") or "", self.text(table, "area", needed=False)
        kind = self.word(table, "kind", SITE_KINDS, "outlet")
        self.rows.sites.append(SiteRow(code, owner, area, self.title(table, code), kind))

    def member(self, table: Mapping[str, Any]) -> None:
        login, name = self.text(table, "login") or "", self.text(table, "name") or ""
        self.once(f"login {login}")
        language = self.word(table, "language", LANGUAGES, "zh")
        seats: list[SeatRow] = []
        for given in _tables(table.get("seats")):
            self.only(given, "seat")
            role, post = self.word(given, "role", ROLES), self.text(given, "post", needed=False)
            seats.append(SeatRow(self.text(given, "desk") or "", role, post))
        desks = [seat.desk for seat in seats]
        for twice in sorted({one for one in desks if desks.count(one) > 1}):
            self.fault(f"There are two seats at the desk {twice}; a member has one seat at a desk.")
        self.rows.members.append(
            MemberRow(login, name, language, self.text(table, "email", needed=False), tuple(seats))
        )

    def refer(self) -> None:
        """Check every code that points elsewhere."""
        areas = self.known.areas | {row.code for row in self.rows.areas}
        agencies = self.known.agencies | {row.code for row in self.rows.agencies}
        posts = {desk: set(codes) for desk, codes in self.known.posts.items()}
        for row in self.rows.agencies:
            posts |= {desk.code: {post.code for post in desk.posts} for desk in row.desks}
        for area in self.rows.areas:
            self.points(f"[[area]] ({area.code})", "area", [area.parent], areas)
        for agency in self.rows.agencies:
            self.points(f"[[agency]] ({agency.code})", "agency", [agency.parent], agencies)
            self.points(f"[[agency]] ({agency.code})", "area", agency.areas, areas)
        for site in self.rows.sites:
            self.points(f"[[site]] ({site.code})", "agency", [site.agency], agencies)
            self.points(f"[[site]] ({site.code})", "area", [site.area], areas)
        for member in self.rows.members:
            where = f"[[member]] ({member.login})"
            for seat in member.seats:
                self.points(where, "desk", [seat.desk], posts)
                if seat.post and seat.post not in posts.get(seat.desk, {seat.post}):
                    self.fault(f"The desk {seat.desk} has no post {seat.post}; add it to the desk or correct the code.")

    def points(self, where: str, noun: str, codes: Any, there: Any) -> None:
        self.where = where
        for code in codes:
            if code and code not in there:
                self.fault(f"There is no {noun} {code}; add it to the file or correct the code.")

    def parents_first(self, rows: list[_Row], noun: str) -> list[_Row]:
        left, done = {row.code: row for row in rows}, list[_Row]()
        while left:
            ready = [row for row in left.values() if row.parent not in left]
            if not ready:
                self.where = f"[[{noun}]] ({', '.join(left)})"
                self.fault("Each lies in the other; give one of them another parent.")
                return done
            done += ready
            left = {code: row for code, row in left.items() if row not in ready}
        return done


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _tables(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in _list(value) if isinstance(one, dict)]
