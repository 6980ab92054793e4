"""Members come, sit down, get up and are disabled here; a whole directory file is loaded here too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Select, select, update

from incident_hub.agencies.models import Agency, Area, Desk, Member, Post, Seat, Site
from incident_hub.agencies.rows import LANGUAGES, AgencyRow, MemberRow, Rows
from incident_hub.agencies.standing import ROLES
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import opaque

from .entering import end_sessions_of
from .places import add_agency, add_area, add_desk, add_site, found, one_of, write
from .tokens import revoke_tokens_of


def add_member(
    login: str,
    name: str,
    password_hash: str | None,
    *,
    at: datetime,
    by: By,
    language: str = "zh",
    email: str | None = None,
) -> str:
    """Add a member; without a password hash the member acts by token alone. Returns the member's id.

    Raises: Conflict when the login is taken.
    """
    one_of("language", language, LANGUAGES)
    if not 0 < len(login) <= 64 or not 0 < len(name) <= 128 or len(email or "") > 254:
        raise BadInput(
            "A member needs a login of 1 to 64 and a name of 1 to 128 characters; an address has at most 254."
        )
    if db.session.scalar(select(Member.id).where(Member.login == login)) is not None:
        raise Conflict(say("There is a member with the login {login} already; choose another.", login=login))
    id = f"m{opaque()}"
    row = Member(id=id, login=login, name=name, password_hash=password_hash, language=language, email=email)
    db.session.add(row)
    texts = {"login": login, "name": name, "email": email or ""}
    write("member.added", ("member", id), at, by, {"language": language}, texts)
    return id


def seat(member_id: str, desk: str, role: str, post: str | None = None, *, at: datetime, by: By) -> bool:
    """Give a member a seat at a desk; a seat there with another role or post is replaced.

    Shape: False when the member sits there exactly so already; then nothing is written.
    """
    one_of("role", role, ROLES)
    where = found(Desk, desk)
    if db.session.get(Member, member_id) is None:
        raise BadInput("There is no such member; add the member first.")
    if post and db.session.scalar(select(Post.id).where(Post.desk_id == where.id, Post.code == post)) is None:
        raise BadInput(
            say("The desk {desk} has no post {post}; add it first or correct the code.", desk=desk, post=post)
        )
    held = db.session.scalars(_seat(member_id, where.id)).first()
    if held is not None:
        if (held.role, held.post) == (role, post):
            return False
        held.until = at
        db.session.flush()
    db.session.add(Seat(member_id=member_id, desk_id=where.id, role=role, post=post, since=at, until=None))
    write("member.seated", ("member", member_id), at, by, {"desk": desk, "role": role, "post": post}, {})
    return True


def unseat(member_id: str, desk: str, *, at: datetime, by: By) -> bool:
    """End a member's seat at a desk; tabs and tokens at that desk no longer hold.

    Shape: False when there was no such seat.
    """
    held = db.session.scalars(_seat(member_id, found(Desk, desk).id)).first()
    if held is None:
        return False
    held.until = at
    write("member.unseated", ("member", member_id), at, by, {"desk": desk}, {})
    return True


def disable_member(member_id: str, *, at: datetime, by: By) -> bool:
    """Let a member in no more: sessions end, tokens are revoked, at this instant.

    Shape: False when the member was disabled already.
    """
    values = update(Member).where(Member.id == member_id, Member.disabled_at.is_(None)).values(disabled_at=at)
    if not getattr(db.session.execute(values), "rowcount", 0):
        return False
    write("member.disabled", ("member", member_id), at, by, {"member": member_id}, {})
    end_sessions_of(member_id, at=at, by=by)
    revoke_tokens_of(member_id, at=at, by=by)
    return True


def change_password(member_id: str, password_hash: str, *, at: datetime, by: By, but: str | None = None) -> None:
    """Give a member another password; every session ends, or all `but` the one it was changed in."""
    db.session.execute(update(Member).where(Member.id == member_id).values(password_hash=password_hash))
    write("password.changed", ("member", member_id), at, by, {"member": member_id}, {})
    end_sessions_of(member_id, at=at, by=by, but=but)


def load_directory(rows: Rows, passwords: Mapping[str, str], *, at: datetime, by: By) -> dict[str, int]:
    """Add everything in a directory file that is not there yet; what is there stays as it is.

    Shape: `passwords` is the hash of each login that gets one; returns how many of each noun were added. Seats of
    members are brought to what the file says; nobody is removed.
    """
    added = {"area": 0, "agency": 0, "desk": 0, "site": 0, "member": 0}
    areas = set(db.session.scalars(select(Area.code)))
    for area in rows.areas:
        if area.code not in areas:
            add_area(area.code, area.title, parent=area.parent, at=at, by=by)
            added["area"] += 1
    _load_agencies(rows.agencies, added, at, by)
    sites = set(db.session.scalars(select(Site.code)))
    for site in rows.sites:
        if site.code not in sites:
            add_site(site.code, site.agency, site.title, area=site.area, kind=site.kind, at=at, by=by)
            added["site"] += 1
    members = {login: id for login, id in db.session.execute(select(Member.login, Member.id))}
    for member in rows.members:
        if member.login not in members:
            members[member.login] = _load_member(member, passwords.get(member.login), at, by)
            added["member"] += 1
        for one in member.seats:
            seat(members[member.login], one.desk, one.role, one.post, at=at, by=by)
    return added


def _load_agencies(rows: list[AgencyRow], added: dict[str, int], at: datetime, by: By) -> None:
    agencies = set(db.session.scalars(select(Agency.code)))
    for agency in rows:
        if agency.code not in agencies:
            add_agency(
                agency.code, agency.title, agency.kind, at=at, by=by,
                parent=agency.parent, membership=agency.membership, areas=agency.areas,
            )  # fmt: skip
            added["agency"] += 1
    desks = set(db.session.scalars(select(Desk.code)))
    for desk in (desk for agency in rows for desk in agency.desks if desk.code not in desks):
        add_desk(desk.agency, desk.code.partition("/")[2], desk.title, posts=desk.posts, at=at, by=by)
        added["desk"] += 1


def _load_member(member: MemberRow, password_hash: str | None, at: datetime, by: By) -> str:
    return add_member(
        member.login, member.name, password_hash, at=at, by=by, language=member.language, email=member.email
    )


def _seat(member_id: str, desk_id: int) -> Select[Seat]:
    return select(Seat).where(Seat.member_id == member_id, Seat.desk_id == desk_id, Seat.until.is_(None))
