"""The colours a drawn timeline carries when it is a file of its own, by day and by night. Pure."""

from __future__ import annotations

_DAY = {
    "": "background:#fff", "text": "fill:#1c2126", ".faint": "fill:#5a646e", ".lane": "fill:#f4f6f8",
    ".grid": "stroke:#d5dae0", ".bar.open": "fill:#b9cbe4", ".bar.missed": "fill:#efc1bb",
    ".bar.met_late": "fill:#efc1bb", ".bar.met": "fill:#b7dcc0", ".bar.ended": "fill:#d9dde2", ".due": "stroke:#1c2126",
    ".call": "fill:#0b5cad", ".remind": "fill:#fff;stroke:#0b5cad", ".inform": "fill:#fff;stroke:#5a646e",
    ".vacant": "stroke:#b3261e", ".withheld": "stroke:#8a5a00", ".answer": "stroke:#1b7a3d", ".event": "fill:#1c2126",
    ".exhausted": "fill:#b3261e",
}  # fmt: skip
_NIGHT = {
    "": "background:#14181c", "text": "fill:#e6eaee", ".faint": "fill:#a3adb8", ".lane": "fill:#1c2228",
    ".grid": "stroke:#2c343c", ".bar.open": "fill:#2e4a6e", ".bar.missed": "fill:#6b2f2a",
    ".bar.met_late": "fill:#6b2f2a", ".bar.met": "fill:#255233", ".bar.ended": "fill:#39414a", ".due": "stroke:#e6eaee",
    ".call": "fill:#6fb1f2", ".remind": "fill:#14181c;stroke:#6fb1f2", ".inform": "fill:#14181c;stroke:#a3adb8",
    ".vacant": "stroke:#ff8a80", ".withheld": "stroke:#e0b060", ".answer": "stroke:#74d394", ".event": "fill:#e6eaee",
    ".exhausted": "fill:#ff8a80",
}  # fmt: skip
_FORM = {
    "": 'font:12px/1.3 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif', ".rule": "font-size:10px",
    ".title": "font-size:15px;font-weight:600", ".due": "stroke-width:2", ".remind": "stroke-width:2",
    ".inform": "stroke-width:2", ".vacant": "stroke-width:2.4;fill:none", ".withheld": "stroke-width:2;fill:none",
    ".answer": "stroke-width:2.6;fill:none",
}  # fmt: skip


def _rules(looks: dict[str, str]) -> str:
    return "".join(f".simulation {what}{{{look}}}".replace(" {", "{") for what, look in looks.items())


STYLE = f"{_rules(_FORM)}{_rules(_DAY)}@media (prefers-color-scheme:dark){{{_rules(_NIGHT)}}}"
