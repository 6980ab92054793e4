"""The doorstep: where the Hub posts to when somebody named the address. Pure judgement over what a name resolves to.

An address given by a member must never lead into the house or its neighbourhood: only https, only to machines the whole
world can reach, and the connection goes to the very machine that was judged. Hosts the settings name are let through.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Iterable
from urllib.parse import SplitResult, urlsplit

NOT_OUTSIDE = "That address lies inside this house or its neighbourhood; the Hub posts only to what lies outside."


def parts_of(url: str) -> SplitResult | None:
    """The parts of an address one can post to; None when it is none."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        return None
    return None if parts.fragment or not url.isascii() or not url.isprintable() or len(url) > 2000 else parts


def url_fault(url: str, let_through: Collection[str]) -> str | None:
    """Why nothing is posted to an address, as far as it says so itself. Shape: `let_through` are host:port."""
    parts = parts_of(url)
    if parts is None:
        return "Write an address such as https://example.org/hook, without a user, a password or a #fragment."
    if place(parts) in let_through:
        return None
    if parts.scheme != "https":
        return "The address has to begin with https://; nothing is posted where others can read it."
    return NOT_OUTSIDE if _literal(parts.hostname or "") is False else None


def outside(found: Iterable[str]) -> str | None:
    """The machine to post to: the first of those a name resolves to, if every one of them lies outside."""
    machines = list(found)
    if not machines or not all(_world(ipaddress.ip_address(one.partition("%")[0])) for one in machines):
        return None
    return machines[0]


def place(parts: SplitResult) -> str:
    """Host and port of an address."""
    return f"{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


def _literal(host: str) -> bool | None:
    """Whether a host written as a number lies outside; None for a name."""
    try:
        return _world(ipaddress.ip_address(host))
    except ValueError:
        # Only a name with a dot can lie outside; `localhost` and the neighbours' bare names never do. A host that ends
        # in a number is a number in one of its odd spellings.
        last = host.rstrip(".").rpartition(".")[2]
        bare = "." not in host.rstrip(".") or last.isdecimal() or last.startswith("0x") or last in ("local", "internal")
        return False if bare or last == "localhost" else None


def _world(machine: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(machine, ipaddress.IPv6Address):
        inner = machine.ipv4_mapped or machine.sixtofour or (machine.teredo[1] if machine.teredo else None)
        if inner is not None:
            return False
        # 64:ff9b::/96 and its local sister carry an IPv4 address inside.
        if machine in ipaddress.ip_network("64:ff9b::/96") or machine in ipaddress.ip_network("64:ff9b:1::/48"):
            return False
    return machine.is_global and not machine.is_multicast and not machine.is_reserved
