"""What every Hub of a test would make anew and always the same, made once for a process: addresses and templates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule


class Compiled(BytecodeCache):
    """Templates as they were compiled for an earlier Hub; one that was changed since is compiled again."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_TEMPLATES = Compiled()


def templates(app: Flask) -> None:
    """Let an application draw its pages from what was compiled already."""
    app.jinja_env.bytecode_cache = _TEMPLATES


def addresses(patch: pytest.MonkeyPatch) -> None:
    """Have the three hundred addresses compiled once, which is half of what a new application costs.

    What is compiled depends on the address alone and is bound to its rule afterwards; a rule with defaults is left out.
    """
    compile_: Callable[..., Any] = Rule._compile_builder
    kept: dict[tuple[Any, ...], Any] = {}

    def once(rule: Any, append_unknown: bool = True) -> Any:
        if rule.defaults:
            return compile_(rule, append_unknown)
        key = (tuple(rule._trace), append_unknown)
        if key not in kept:
            kept[key] = compile_(rule, append_unknown)
        return kept[key]

    patch.setattr(Rule, "_compile_builder", once)
