"""How much a plan file may be, so that no text keeps its reader waiting. Pure.

A national plan has some forty rules and fits in a tenth of this. What is beyond a bound is a slip or an attack, and is
refused in a sentence before anything is compared with anything.
"""

from __future__ import annotations

from incident_hub.kernel.toml import DEEPEST, DOTTED

from .faults import Fault

# Units: characters of the file; rows of one list of tables; faults named in one reading.
LONGEST = 400_000
ROWS = 300
FAULTS = 200

# Reading a dotted key costs the square of its parts, in the standard reader as in ours.


class Beyond(ValueError):
    """Reading stops here: more faults were found than anybody mends in one sitting."""


def too_much(text: str) -> Fault | None:
    """Why a text is not read at all, or None."""
    if len(text) > LONGEST:
        message = f"the file has {len(text):,} characters, and a plan has {LONGEST:,} at most"
        return Fault(1, 1, "too-long", message, "a plan says its rules once; put what is not a rule elsewhere")
    dotted = DOTTED.search(text)
    if dotted:
        line = text.count("\n", 0, dotted.start()) + 1
        column = dotted.start() - text.rfind("\n", 0, dotted.start())
        message = f"a key of more than {DEEPEST} parts"
        return Fault(line, column, "too-long", message, "a plan needs no more than four levels")
    return None


def more(faults: list[Fault]) -> Fault:
    """What stands at the end of a list of faults that was cut."""
    last = faults[-1]
    message = f"there are more than {FAULTS} faults; the rest is not listed"
    return Fault(last.line, last.column, "too-many-faults", message, "mend these first, then check again")
