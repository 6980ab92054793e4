"""`python -m tests.paper.picture docs/first-report.png`: the printed first report of the guide, drawn from its PDF."""

from __future__ import annotations

import sys
from pathlib import Path

from incident_hub import paper
from tests.paper.sheets import FIRST_REPORT, picture

COLOURS = 32

if __name__ == "__main__":
    shown = picture(paper.pdf("sheet", FIRST_REPORT), scale=2)
    shown.quantize(COLOURS).save(Path(sys.argv[1]), optimize=True)
