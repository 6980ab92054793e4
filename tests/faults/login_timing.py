"""Does the time of a refusal tell whether a login exists? `python -m tests.faults.login_timing [SAMPLES]`.

Known and unknown logins are tried in random order at the real door, with a cheap hash so that whatever else differs is
not drowned in it; then the same for asking for another password. The two-sample Kolmogorov-Smirnov test judges the
shapes, and the medians are told beside it.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, sqrt
from pathlib import Path
from statistics import median

from argon2.profiles import CHEAPEST

from incident_hub.agencies import actions, admission, passwords
from incident_hub.cli.place import CONSOLE, Place, application, migrate
from incident_hub.kernel.database import db, unit_of_work

# The bound: the shapes cannot be told apart, or the medians differ by less than this. Units: milliseconds.
APART = 2.0
LIKELY = 0.01
LONGEST_S = 900.0


@dataclass(frozen=True)
class Verdict:
    """What the times of known and unknown logins say. Units: milliseconds."""

    samples: int
    known: float
    unknown: float
    p: float

    @property
    def alike(self) -> bool:
        """Whether nobody could tell them apart."""
        return self.p > LIKELY or abs(self.known - self.unknown) < APART


def likely(one: Sequence[float], other: Sequence[float]) -> float:
    """How likely two samples come from one distribution (Kolmogorov-Smirnov, asymptotic)."""
    first, second = sorted(one), sorted(other)
    points = [*first, *second]
    apart = max(abs(bisect_right(first, x) / len(first) - bisect_right(second, x) / len(second)) for x in points)
    scaled = apart * sqrt(len(first) * len(second) / (len(first) + len(second)))
    if scaled < 0.2:
        return 1.0
    return min(1.0, 2 * sum((-1) ** (k - 1) * exp(-2 * k * k * scaled * scaled) for k in range(1, 101)))


def judged(attempt: Callable[[str], None], known: Sequence[str], samples: int) -> Verdict:
    """Try known and unknown logins in random order and compare their times."""
    rng, times = random.Random(5), {True: list[float](), False: list[float]()}
    kinds = [True, False] * (samples // 2)
    rng.shuffle(kinds)
    until = time.monotonic() + LONGEST_S
    for number, there in enumerate(kinds):
        login = rng.choice(known) if there else f"nobody{number}"
        if number % 5 == 0:
            # Thousands of tries a minute are what the count of tries is there to stop.
            admission.limiter.reset()
        began = time.perf_counter()
        attempt(login)
        times[there].append((time.perf_counter() - began) * 1000)
        if time.monotonic() > until:
            break
    mine, theirs = times[True], times[False]
    return Verdict(len(mine) + len(theirs), median(mine), median(theirs), likely(mine, theirs))


def measured(folder: Path, samples: int) -> dict[str, Verdict]:
    """A Hub of its own with fifty members, and the two doors tried."""
    place = Place(folder, f"sqlite:///{folder}/hub.db")
    migrate(place)
    passwords.use(CHEAPEST)
    app = application(place)
    app.config["HUB_LINK"] = "https://hub.example"
    logins = [f"member{number}" for number in range(50)]
    with app.app_context():
        with unit_of_work() as at:
            actions.add_agency("police", {"zh": "公安局", "en": "Police"}, "police", at=at, by=CONSOLE)
            for login in logins:
                hashed = passwords.hashed("the right one")
                id = actions.add_member(login, login, hashed, at=at, by=CONSOLE, email=f"{login}@example.org")
                actions.seat(id, "police/duty", "duty_officer", at=at, by=CONSOLE)
        client = app.test_client()
        page = client.get("/reset").text
        mark = page.split('name="csrf" value="')[1].split('"')[0]

        def sign_in(login: str) -> None:
            answer = client.post("/api/v1/session", json={"login": login, "password": "wrong"})
            assert answer.status_code == 401, answer.text

        bodies: set[bytes] = set()

        def reset(login: str) -> None:
            bodies.add(client.post("/reset", data={"csrf": mark, "login": login}).data)
            assert len(bodies) == 1, "the answer tells whether the login exists"

        told = {"sign-in": judged(sign_in, logins, samples), "reset": judged(reset, logins, max(samples // 5, 40))}
        db.session.remove()
        db.engine.dispose()
    return told


def main(samples: int) -> int:
    """Measure, say the figures, and fail when somebody could tell."""
    with tempfile.TemporaryDirectory() as folder:
        told = measured(Path(folder), samples)
    for door, one in told.items():
        print(
            f"{door}: {one.samples} samples, median known {one.known:.3f} ms, unknown {one.unknown:.3f} ms, "
            f"apart {abs(one.known - one.unknown):.3f} ms, KS p = {one.p:.4f}: {'alike' if one.alike else 'APART'}"
        )
    return 0 if all(one.alike for one in told.values()) else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
