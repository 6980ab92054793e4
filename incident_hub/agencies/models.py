"""The tables of the directory and of sign-in; areas, agencies, sites, desks and posts are found by their codes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant, Json
from incident_hub.kernel.registry import NOBODY, holds_text, kind

KINDS = [
    kind(name, NOBODY)
    for name in (
        "area.added", "agency.added", "site.added", "desk.added", "post.added", "member.added", "member.seated",
        "member.unseated", "member.disabled", "token.issued", "token.revoked", "session.opened", "session.proved",
        "session.challenged",
        "session.ended", "sign_in.refused", "password.changed",
    )
]  # fmt: skip

for _table in ("area", "agency", "site", "desk", "post"):
    holds_text(f"{_table}.title", "what it is called in both languages; kept as long as it exists")
holds_text("member.login", "what a member signs in with, often made from a name")
holds_text("member.name", "a person's name")
holds_text("member.email", "where a person is written to")
holds_text("session.agent", "which browser a member signed in with")
holds_text("token.label", "what the member noted the token is for")


class Area(Base):
    """A place in the tree of places; sites lie in one, agencies answer for some."""

    __tablename__ = "area"

    #: Row number, meaningless outside.
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: How it is written everywhere, `harbour`.
    code: Mapped[str] = mapped_column(String(64), unique=True)
    #: {zh, en}
    title: Mapped[Any] = mapped_column(Json)
    #: The larger area it lies in.
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))


class Agency(Base):
    """A body that can owe and know."""

    __tablename__ = "agency"

    #: Row number, meaningless outside.
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: How it is written everywhere, `police`.
    code: Mapped[str] = mapped_column(String(64), unique=True)
    #: {zh, en}
    title: Mapped[Any] = mapped_column(Json)
    #: postal_regulator, police, state_security, carrier, fire, health, customs, government, other.
    kind: Mapped[str] = mapped_column(String(32))
    #: The agency above it; being above gives no access by itself.
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    #: member works here; contact_only is reached by phone, fax or paper.
    membership: Mapped[str] = mapped_column(String(16))


class AgencyArea(Base):
    """An agency answers for an area."""

    __tablename__ = "agency_area"

    #: The agency.
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    #: The area it answers for.
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)


class Site(Base):
    """A place of an agency, most often of a carrier."""

    __tablename__ = "site"

    #: Row number, meaningless outside.
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: How it is written everywhere, `carrier-a/site-017`.
    code: Mapped[str] = mapped_column(String(96), unique=True)
    #: Whose it is.
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    #: Where it lies, if that is known.
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    #: {zh, en}
    title: Mapped[Any] = mapped_column(Json)
    #: outlet, processing_centre, vehicle_yard, station, other.
    kind: Mapped[str] = mapped_column(String(32))


class Desk(Base):
    """Who knows: a named group of seats inside an agency."""

    __tablename__ = "desk"

    #: The number the kernel knows it by; never shown outward.
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: `agency/desk`, as it is written everywhere.
    code: Mapped[str] = mapped_column(String(96), unique=True)
    #: Whose desk it is.
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    #: {zh, en}
    title: Mapped[Any] = mapped_column(Json)


class Post(Base):
    """Who owes: a seat at a desk that debts belong to, whoever holds it."""

    __tablename__ = "post"

    #: Row number, meaningless outside.
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: The desk it belongs to.
    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"))
    #: duty_officer, deputy, duty_leader, executive or the agency's own word.
    code: Mapped[str] = mapped_column(String(32))
    #: {zh, en}
    title: Mapped[Any] = mapped_column(Json)
    #: seated or on_call.
    kind: Mapped[str] = mapped_column(String(16))

    __table_args__ = (UniqueConstraint("desk_id", "code"),)


class Member(Base):
    """A person who can sign in, or a machine that acts with a token."""

    __tablename__ = "member"

    #: Opaque, begins with m.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: What is typed at the door.
    login: Mapped[str] = mapped_column(String(64), unique=True)
    #: How colleagues know the person.
    name: Mapped[str] = mapped_column(String(128))
    #: Argon2id; null for one who has no password and acts by token alone.
    password_hash: Mapped[str | None] = mapped_column(String(128))
    #: zh or en.
    language: Mapped[str] = mapped_column(String(8))
    #: Where notices are written to.
    email: Mapped[str | None] = mapped_column(String(254))
    #: Since when the member may no longer come in; null while welcome.
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)


class Seat(Base):
    """A member sits at a desk with one role, and may hold one of its posts."""

    __tablename__ = "seat"

    #: Row number; a member's first seat is the lowest.
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: Who sits.
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"))
    #: Where.
    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"), index=True)
    #: What the member may do there (standing.ROLES).
    role: Mapped[str] = mapped_column(String(32))
    #: The post of that desk the member holds, if any.
    post: Mapped[str | None] = mapped_column(String(32))
    #: From when on.
    since: Mapped[datetime] = mapped_column(Instant)
    #: Until when; null while it holds.
    until: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        Index(
            "uq_seat_current",
            "member_id",
            "desk_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )


class Session(Base):
    """A member has signed in on one browser; it ends by signing out, by being revoked, or by its age."""

    __tablename__ = "session"

    #: What it is known by in lists and in the record; opens nothing.
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: SHA-256 of the secret in the cookie, which is another after each proof; the secret itself is kept nowhere.
    hash: Mapped[str] = mapped_column(String(64))
    #: Who signed in.
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), index=True)
    #: The desk a tab sits at when it names none.
    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"))
    #: What every change must repeat, so that no other site can make one.
    csrf: Mapped[str] = mapped_column(String(64))
    #: When it began.
    opened_at: Mapped[datetime] = mapped_column(Instant)
    #: When it was last used, to the minute.
    seen_at: Mapped[datetime] = mapped_column(Instant)
    #: When it ends by itself.
    expires_at: Mapped[datetime] = mapped_column(Instant)
    #: When it was ended; null while it holds.
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    #: What is still owed before it lets anybody in: factor or enrolment; null when nothing is.
    awaits: Mapped[str | None] = mapped_column(String(12))
    #: How many wrong second factors were tried in it.
    wrong: Mapped[int] = mapped_column(Integer)
    #: By what it began: password, factor, passkey, provider or pin.
    way: Mapped[str] = mapped_column(String(12))
    #: When its member last proved to be there, by more than a PIN; null for never.
    proved_at: Mapped[datetime | None] = mapped_column(Instant)
    #: SHA-256 of the secret of the duty room's device it sits at, and holds at alone; null for a sign-in of one's own.
    device: Mapped[str | None] = mapped_column(String(64))
    #: After how many seconds without a press it holds no longer; null for a member's own sign-in.
    idle: Mapped[int | None] = mapped_column(Integer)
    #: The browser and system it was opened with, in two words.
    agent: Mapped[str] = mapped_column(String(64))

    __table_args__ = (Index("uq_session_hash", "hash", unique=True),)


class Token(Base):
    """A script acts for a member, at one desk, within its scopes."""

    __tablename__ = "token"

    #: The middle part of the token; opaque, not secret.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: SHA-256 of the secret part.
    hash: Mapped[str] = mapped_column(String(64))
    #: Whose it is.
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), index=True)
    #: The only desk it acts at.
    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"))
    #: [`incidents:read`, …]; `*` for all the role allows.
    scopes: Mapped[Any] = mapped_column(Json)
    #: What the member noted it is for.
    label: Mapped[str] = mapped_column(String(128))
    #: When it was issued.
    issued_at: Mapped[datetime] = mapped_column(Instant)
    #: When it ends by itself.
    expires_at: Mapped[datetime] = mapped_column(Instant)
    #: When it was last used, to the minute.
    last_used_at: Mapped[datetime | None] = mapped_column(Instant)
    #: When it was revoked; null while it holds.
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
