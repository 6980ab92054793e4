"""What the directory answers with: plain things that outlive the transaction they were read in."""

from __future__ import annotations

from dataclasses import dataclass

Title = dict[str, str]


@dataclass(frozen=True)
class Area:
    """A place in the tree of places."""

    code: str
    title: Title
    parent: str | None


@dataclass(frozen=True)
class Agency:
    """A body that can owe and know; `parent` is a code."""

    code: str
    title: Title
    kind: str
    parent: str | None
    membership: str


@dataclass(frozen=True)
class Site:
    """A place of an agency; `agency` and `area` are codes."""

    code: str
    agency: str
    area: str | None
    title: Title
    kind: str


@dataclass(frozen=True)
class Desk:
    """Who knows; `code` is `agency/desk`."""

    id: int
    code: str
    agency: str
    title: Title


@dataclass(frozen=True)
class Post:
    """Who owes, at one desk; `kind` is seated or on_call."""

    id: int
    desk_id: int
    code: str
    title: Title
    kind: str


@dataclass(frozen=True)
class Member:
    """A person, or a machine with a token."""

    id: str
    login: str
    name: str
    language: str
    email: str | None
    disabled: bool
