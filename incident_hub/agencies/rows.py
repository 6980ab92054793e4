"""What a directory consists of, as plain rows: the words a file may use and the posts every desk begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .nouns import Title

KINDS = ("postal_regulator", "police", "state_security", "carrier", "fire", "health", "customs", "government", "other")
SITE_KINDS = ("outlet", "processing_centre", "vehicle_yard", "station", "other")
MEMBERSHIPS = ("member", "contact_only")
LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class PostRow:
    """A post as it is set up at a desk."""

    code: str
    title: Title
    kind: str


POSTS = (
    PostRow("duty_officer", {"zh": "值班员", "en": "Duty officer"}, "seated"),
    PostRow("deputy", {"zh": "备班", "en": "Deputy"}, "on_call"),
    PostRow("duty_leader", {"zh": "带班领导", "en": "Duty leader"}, "on_call"),
    PostRow("executive", {"zh": "分管领导", "en": "Executive"}, "on_call"),
)
DUTY_TITLE: Title = {"zh": "值守席", "en": "Duty desk"}


@dataclass(frozen=True)
class AreaRow:
    """An area; `parent` is a code."""

    code: str
    title: Title
    parent: str | None


@dataclass(frozen=True)
class DeskRow:
    """A desk; `code` is `agency/desk`."""

    code: str
    agency: str
    title: Title
    posts: tuple[PostRow, ...]


@dataclass(frozen=True)
class AgencyRow:
    """An agency with the desks it has besides `duty`."""

    code: str
    title: Title
    kind: str
    parent: str | None
    membership: str
    areas: tuple[str, ...]
    desks: tuple[DeskRow, ...]


@dataclass(frozen=True)
class SiteRow:
    """A site; `agency` and `area` are codes."""

    code: str
    agency: str
    area: str | None
    title: Title
    kind: str


@dataclass(frozen=True)
class SeatRow:
    """A seat of a member."""

    desk: str
    role: str
    post: str | None


@dataclass(frozen=True)
class MemberRow:
    """A member with all seats."""

    login: str
    name: str
    language: str
    email: str | None
    seats: tuple[SeatRow, ...]


@dataclass(frozen=True)
class Known:
    """What exists already and may be built on; `posts` has the post codes of each desk."""

    areas: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    posts: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])


@dataclass
class Rows:
    """A directory file as plain rows, parents before their children."""

    areas: list[AreaRow] = field(default_factory=list[AreaRow])
    agencies: list[AgencyRow] = field(default_factory=list[AgencyRow])
    sites: list[SiteRow] = field(default_factory=list[SiteRow])
    members: list[MemberRow] = field(default_factory=list[MemberRow])


@dataclass(frozen=True)
class Fault:
    """Something wrong with the file: where, and what to do about it in a sentence."""

    where: str
    sentence: str
