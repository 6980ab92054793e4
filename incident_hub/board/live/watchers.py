"""Who is listening: each socket, the person and desk behind it, and the feeds it follows."""

from __future__ import annotations

from dataclasses import dataclass, field

from incident_hub.agencies.standing import Asker

Feed = tuple[int, int]


@dataclass
class Watcher:
    """One socket. Shape: `feeds` are (chain, desk) pairs."""

    sid: str
    asker: Asker
    feeds: set[Feed] = field(default_factory=set[Feed])


@dataclass
class Watchers:
    """All sockets of this process, found by socket, by feed and by member."""

    by_sid: dict[str, Watcher] = field(default_factory=dict[str, Watcher])
    # The position up to which each followed feed has been pushed.
    pushed: dict[Feed, int] = field(default_factory=dict[Feed, int])

    def join(self, sid: str, asker: Asker) -> None:
        """A socket was let in."""
        self.by_sid[sid] = Watcher(sid, asker)

    def leave(self, sid: str) -> Watcher | None:
        """A socket is gone; a feed nobody follows any more is forgotten."""
        gone = self.by_sid.pop(sid, None)
        if gone:
            followed = {feed for one in self.by_sid.values() for feed in one.feeds}
            for feed in gone.feeds - followed:
                self.pushed.pop(feed, None)
        return gone

    def follow(self, sid: str, feed: Feed, head: int) -> None:
        """A socket follows a feed from here on; who followed it before loses nothing."""
        self.by_sid[sid].feeds.add(feed)
        self.pushed.setdefault(feed, head)

    def of_member(self, member: str) -> list[Watcher]:
        """Every socket of one person."""
        return [one for one in self.by_sid.values() if one.asker.member == member]


def room_of(feed: Feed) -> str:
    """The Socket.IO room of a feed; only the server ever puts a socket into it."""
    return f"{feed[0]}:{feed[1]}"
