"""`python -m tests.faults.plan_fuzz --minutes N [--seed S]`: any text at all is answered in words, and soon.

Plans that ship are broken by bytes, signs, lines and whole keys; others are put together from the words of the language
or from TOML that means nothing. Each is read, judged, and laid over a parent. Prints how many were tried, how long the
slowest took, and ends with 1 at the first that raises, is answered without words, or takes longer than two seconds.
"""

from __future__ import annotations

import argparse
import random
import string
import sys
from pathlib import Path
from time import monotonic, perf_counter

from incident_hub.plan.check import examine

PLANS = Path(__file__).parents[2] / "config" / "plans"
TEXTS = tuple(path.read_text(encoding="utf-8") for path in sorted(PLANS.glob("*.toml")))
SMALL = (Path(__file__).parents[1] / "plan" / "small.toml").read_text(encoding="utf-8")
CHILD = 'schema = 1\n[plan]\ncode = "child"\nversion = "1"\nextends = "small.toml"\n'
WORDS = sorted({word for text in (*TEXTS, SMALL) for word in text.replace("=", " ").split() if len(word) < 40})
PIECES = (
    '"', "'", "[", "]", "{", "}", "=", ",", "#", "\n", "\\", "\0", "é", "题", "\ud800", '"""', "'''", "[[", "]]",
    "\r\n", "true", "nan", "inf", "-1", "1e400", "9" * 5000, "0x" + "f" * 5000, "2026-11-23", "9999-12-31", "25:00:00",
    "\\u0041", "\\uD800", "[[rule]]\n", "[rule]\n", "[type.criteria]\n", "a.b.c = 1\n", "[" * 60, "{a=" * 60, "\ufeff",
)  # fmt: skip
BOUND_S = 2.0


def bytes_changed(chance: random.Random, text: str) -> str:
    """Some bytes lost, doubled or turned; what is no UTF-8 any more is shown as such, as an editor would."""
    raw = bytearray(text.encode("utf-8"))
    for _ in range(chance.randint(1, 8)):
        here = chance.randrange(len(raw))
        raw[here : here + chance.choice((0, 1, 1, 4))] = bytes(
            chance.randrange(256) for _ in range(chance.randint(0, 3))
        )
    return bytes(raw).decode("utf-8", chance.choice(("replace", "surrogateescape", "ignore")))


def signs_changed(chance: random.Random, text: str) -> str:
    """Some signs lost, and pieces of TOML put in."""
    for _ in range(chance.randint(1, 4)):
        here = chance.randrange(len(text))
        text = text[:here] + chance.choice(PIECES) + text[here + chance.choice((0, 0, 1, 5, 40)) :]
    return text


def lines_changed(chance: random.Random, text: str) -> str:
    """Lines lost, doubled, and carried from one plan to another."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 8)):
        here = chance.randrange(len(lines))
        lines[here : here + chance.randint(0, 2)] = [chance.choice(chance.choice((text, SMALL)).split("\n"))]
    return "\n".join(lines)


def values_changed(chance: random.Random, text: str) -> str:
    """Values that mean something else, under keys that stand."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 4)):
        here = chance.randrange(len(lines))
        key, equals, _ = lines[here].partition(" = ")
        if equals:
            lines[here] = f"{key} = {value(chance, 4)}"
    return "\n".join(lines)


def soup(chance: random.Random, _: str) -> str:
    """The words of the language in no order."""
    return " ".join(
        chance.choice((chance.choice(WORDS), "=", "\n", "[[rule]]\n")) for _ in range(chance.randint(1, 300))
    )


def meaningless(chance: random.Random, _: str) -> str:
    """Well-formed tables of a plan with anything in them."""
    parts = (
        "plan",
        "authority",
        "levels",
        "calendar",
        "zero_report",
        "[rule]",
        "[type]",
        "[party]",
        "[ladder]",
        "[period]",
    )
    found = [f"[{part}]\n" + pairs(chance) for part in chance.sample(parts, chance.randint(1, len(parts)))]
    return f"schema = {value(chance, 1)}\n" + "\n".join(found)


def pairs(chance: random.Random) -> str:
    keys = chance.sample(KEYS, chance.randint(0, 12))
    return "".join(f"{key} = {value(chance, 3)}\n" for key in keys)


def value(chance: random.Random, depth: int) -> str:
    """Any value: mostly a word of the language."""
    match chance.randrange(9 if depth else 6):
        case 0 | 1:
            return '"' + chance.choice(WORDS).strip('"[]{},').replace('"', "").replace("\\", "") + '"'
        case 2:
            return chance.choice(("0", "1", "-1", "3.5", "inf", "nan", "1e400", "9" * 400, "0x" + "f" * 5000))
        case 3:
            return chance.choice(("true", "false"))
        case 4:
            return chance.choice(
                ("2026-11-23", "9999-12-31T23:59:59Z", "0001-01-01", "07:00:00", "2026-02-03T04:05:06")
            )
        case 5:
            return (
                '"'
                + "".join(
                    chance.choice(string.ascii_letters + "0123456789 dhms题") for _ in range(chance.randint(0, 9))
                )
                + '"'
            )
        case 6 | 7:
            return "[" + ", ".join(value(chance, depth - 1) for _ in range(chance.randint(0, 4))) + "]"
        case _:
            keys = chance.sample(KEYS, chance.randint(0, 4))
            return "{" + ", ".join(f"{key} = {value(chance, depth - 1)}" for key in keys) + "}"


KEYS = sorted(
    {
        line.partition(" = ")[0].strip()
        for text in (*TEXTS, SMALL)
        for line in text.split("\n")
        if " = " in line and line[0].isalpha()
    }
)
WAYS = (bytes_changed, signs_changed, lines_changed, values_changed, soup, meaningless)


def tried(seed: int) -> float:
    """Read, judge and lay over a parent the text of one seed; how long it took.

    Raises: AssertionError when an answer is missing or does not point into the text.
    """
    chance = random.Random(seed)
    text = chance.choice(WAYS)(chance, chance.choice((*TEXTS, SMALL, SMALL)))
    began = perf_counter()
    for body, parents in ((text, ()), (text, (SMALL,)), (CHILD + text, (SMALL,))):
        plan, faults = examine(body, parents)
        assert plan is not None or faults, "no plan, and no word why"
        for fault in faults:
            assert 1 <= fault.line <= body.count("\n") + 1, fault
            assert fault.column >= 1, fault
            assert fault.message, fault
            assert fault.hint, fault
    return perf_counter() - began


def main() -> int:
    """Try as long as asked; 0 when every text was answered in words and in time."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults.plan_fuzz", description=__doc__)
    asked.add_argument("--minutes", type=float, default=1.0)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    until, seed, slowest, at = monotonic() + 60 * given.minutes, given.seed, 0.0, given.seed
    while monotonic() < until:
        try:
            took = tried(seed)
        except Exception as fault:  # noqa: BLE001  # whatever it raises is what is looked for
            print(f"seed {seed}: {type(fault).__name__}: {fault}", file=sys.stderr)
            return 1
        if took > slowest:
            slowest, at = took, seed
        if took > BOUND_S:
            print(f"seed {seed}: took {took:.1f} s", file=sys.stderr)
            return 1
        seed += 1
    print(f"{seed - given.seed} texts, three readings each; the slowest took {slowest:.2f} s (seed {at})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
