"""`python -m tests.faults.replay FILE`: San Francisco's calls played 600 times as fast while two desks look on.

The Hub is killed in the middle and started again. Afterwards: everything acknowledged is in the record once, both
boards are what a fresh reader gets within five seconds of the Hub being ready, and neither desk saw or was sent
anything of the other's incidents. Prints the figures, ends with 1 when one of these is not so, leaves pictures.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from incident_hub.exchange.live import replay_in
from incident_hub.exchange.played import Played
from tests import chromium
from tests.board.served import COMMAND, ROOT, Served, served
from tests.browser.screens import Screen

MAPPING = ROOT / "config" / "mappings" / "sf_fire.toml"
DIRECTORY = ROOT / "config" / "directories" / "sf_fire.toml"
OPERATION = ROOT / "config" / "operations" / "sf_fire.toml"
BOARD = "/operations/SF/board"
WITHIN = 5.0
TELLS = {
    "incidents": "incident.opened", "journal": "journal.added", "acknowledgement": "incident.acknowledged",
    "status": "incident.status_changed",
}  # fmt: skip
# The page keeps every digest it has shown, by its position.
KEEP = """() => {
    window.shown = {};
    const keep = () => {
        const marks = document.documentElement.dataset;
        if (marks.head) window.shown[marks.head] = marks.digest;
    };
    keep();
    new MutationObserver(keep).observe(document.documentElement, { attributes: true });
}"""


@dataclass
class Watcher:
    """One desk at its board, and every frame it was sent."""

    screen: Screen
    frames: list[str] = field(default_factory=list[str])
    given: dict[str, str] = field(default_factory=dict[str, str])

    def begin(self) -> None:
        """Open the board and keep what comes."""
        page = self.screen.page
        page.on("websocket", lambda line: line.on("framereceived", lambda body: self.frames.append(str(body))))
        self.screen.board("SF")
        page.evaluate(KEEP)

    def is_true(self) -> bool:
        """Whether the screen is live and has shown exactly what a fresh reader was given at some position."""
        fresh = self.screen.hub.as_(self.screen.login).get(BOARD).json
        self.given[str(fresh["head"])] = fresh["digest"]
        self.screen.page.wait_for_timeout(30)
        live, shown = self.screen.page.evaluate("[document.documentElement.dataset.live, window.shown]")
        both = self.given.keys() & shown.keys()
        assert all(self.given[head] == shown[head] for head in both), f"{self.screen.login} showed another board"
        return bool(both) and live == "live"

    def pictures(self, folder: Path) -> None:
        """The board in light and in dark."""
        for theme in ("light", "dark"):
            self.screen.page.emulate_media(color_scheme=theme)
            self.screen.page.wait_for_timeout(200)
            self.screen.page.screenshot(path=folder / f"{self.screen.login}-{theme}.png")


def main() -> int:
    """Play, kill, compare; 0 when all holds."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults.replay", description=__doc__)
    asked.add_argument("file")
    asked.add_argument("--pictures", type=Path, default=Path("replay-pictures"))
    asked.add_argument("--seconds", type=float, default=120)
    asked.add_argument("--speed", type=float, default=600)
    given = asked.parse_args()
    given.pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="hub-replay-") as place:
        folder = Path(place)
        opened(folder)
        with served(folder) as hub, chromium.browser() as browser:
            watchers = [
                Watcher(Screen(hub, browser, "sf-medical", "en")), Watcher(Screen(hub, browser, "sf-fire", "zh"))
            ]  # fmt: skip
            for one in watchers:
                one.screen.enter(hub.session(one.screen.login))
                one.begin()
            return judged(hub, watchers, *played(hub, watchers, given), given.pictures)


def opened(folder: Path) -> None:
    """A new database with the directory loaded and the operation open, as an operator would do it."""
    for words in (("migrate",), ("agency", "add", "--from", DIRECTORY), ("operation", "open", "--from", OPERATION)):
        done = subprocess.run(
            [*COMMAND, *map(str, words), "--data", str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(done.stderr)


def played(hub: Served, watchers: list[Watcher], given: Any) -> tuple[Played, dict[str, float | None], float]:
    """Play the file, kill the Hub half way, and see how soon the boards are true again."""
    tokens = [hub.tokens[login] for login in ("sf-dispatch", "sf-fire", "sf-medical", "sf-police")]
    done: list[Played] = []

    def play() -> None:
        options: dict[str, Any] = {"limit_seconds": given.seconds, "log": hub.folder / "acknowledged.jsonl"}
        done.append(replay_in(given.file, MAPPING, "SF", hub.url, tokens, given.speed, **options))

    playing = threading.Thread(target=play)
    playing.start()
    began, down = time.monotonic(), 0.0
    true: dict[str, float | None] = {}
    while playing.is_alive():
        watchers[0].screen.page.wait_for_timeout(200)
        if not down and time.monotonic() - began > given.seconds / 2:
            for one in watchers:
                one.screen.page.evaluate("window.shown = {}")
                one.given.clear()
            hub.kill()
            down = hub.start()
            true = true_within(watchers, 4 * WITHIN)
    return done[0], true, down


def true_within(watchers: list[Watcher], seconds: float) -> dict[str, float | None]:
    """Seconds from now until each screen is a fresh reader's board; None for one that was not in time."""
    began = time.monotonic()
    took: dict[str, float | None] = {one.screen.login: None for one in watchers}
    while None in took.values() and time.monotonic() - began < seconds:
        for one in watchers:
            if took[one.screen.login] is None and one.is_true():
                took[one.screen.login] = round(time.monotonic() - began, 2)
    return took


def judged(
    hub: Served, watchers: list[Watcher], account: Played, true: dict[str, float | None], down: float, pictures: Path
) -> int:
    """Print the figures; 0 when everything holds."""
    promised, kept = told(hub.folder)
    lost, doubled = promised - kept, kept - promised
    boards = {one.screen.login: one.screen.hub.as_(one.screen.login).get(BOARD).json for one in watchers}
    at_end = true_within(watchers, WITHIN)
    refs = {one.screen.login: every_ref(hub, one.screen.login) for one in watchers}
    mine, theirs = (one.screen.login for one in watchers)
    strange = {mine: refs[theirs] - refs[mine], theirs: refs[mine] - refs[theirs]}
    leaked = {
        one.screen.login: sum(
            ref in text for text in [*one.frames, one.screen.page.content()] for ref in strange[one.screen.login]
        )
        for one in watchers
    }
    for one in watchers:
        one.pictures(pictures)
    verdict = hub.command("record", "verify", "SF").strip()
    print(*account.sentences(), sep="\n")
    print(f"Killed once; ready again after {down:.2f} s. {verdict}")
    print(f"Acknowledged writes {promised.total()}: missing {lost.total()}, more than acknowledged {doubled.total()}.")
    print(f"Seconds from ready until each board was the fresh one: {true}; at the end: {at_end}.")
    for one in watchers:
        login = one.screen.login
        print(
            f"{login}: {len(boards[login]['cards'])} cards, {len(refs[login])} incidents known, "
            f"{len(strange[login])} of the other desk's unknown to it, {leaked[login]} of those seen or sent; "
            f"{len(one.frames)} frames."
        )
    print(f"Pictures are in {pictures}.")
    fine = not (lost or doubled or account.refused or account.lost or any(leaked.values()))
    soon = all(took is not None and took <= WITHIN for took in (*true.values(), *at_end.values()))
    return 0 if fine and soon and "holds" in verdict else 1


def told(folder: Path) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """How often each incident was promised each kind of entry, and how often the record has it."""
    promised: Counter[tuple[str, str]] = Counter()
    for line in (folder / "acknowledged.jsonl").read_text().splitlines():
        one = json.loads(line)
        promised[f"incident/{one['ref']}", TELLS[one["path"].rpartition("/")[2]]] += 1
    base = sqlite3.connect(f"file:{folder}/hub.db?mode=ro", uri=True)
    marks = ",".join("?" * len(TELLS))
    question = f"SELECT subject, kind, count(*) FROM entry WHERE kind IN ({marks}) GROUP BY subject, kind"  # noqa: S608
    kept = Counter({(subject, kind): count for subject, kind, count in base.execute(question, list(TELLS.values()))})
    base.close()
    return promised, kept


def every_ref(hub: Served, login: str) -> set[str]:
    """Every incident a desk may know of, closed ones too."""
    found: set[str] = set()
    cursor = ""
    while True:
        page = hub.as_(login).get(f"/operations/SF/incidents?limit=500{cursor}").json
        found |= {one["ref"] for one in page["items"]}
        if not page["next"]:
            return found
        cursor = f"&cursor={page['next']}"


if __name__ == "__main__":
    sys.exit(main())
