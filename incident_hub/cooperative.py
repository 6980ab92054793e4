"""Makes the standard library cooperative before anything else is imported, for the commands that serve."""

from __future__ import annotations

import sys

from gevent import monkey

SERVING = ("serve", "demo", "web", "engine")

if len(sys.argv) > 1 and sys.argv[1] in SERVING:
    monkey.patch_all()
