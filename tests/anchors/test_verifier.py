"""The verifier by itself: the same bytes and the same judgement as the house's own, with nothing but Python."""

from __future__ import annotations

import ast
import secrets
import subprocess
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as some

from incident_hub.anchors import verifier
from incident_hub.kernel import chains
from incident_hub.kernel.text import canonical

FILE = Path(verifier.__file__)
words = some.text(some.characters(exclude_categories=["Cs"]), max_size=12)
# What stands in entries: codes, instants, numbers within what JSON keeps exactly.
values = some.recursive(
    some.none() | some.booleans() | some.integers(-(2**53), 2**53) | words,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)


@given(values)
@settings(max_examples=150)
def test_it_writes_the_same_bytes_as_the_house(value: object) -> None:
    assert verifier.canonical(value) == canonical(value)


def test_it_judges_signatures_as_the_house_does() -> None:
    for length in range(40):
        key, content = Ed25519PrivateKey.generate(), secrets.token_bytes(length)
        public, signature = chains.public(key), key.sign(content).hex()
        assert verifier.holds(public, signature, content)
        assert not verifier.holds(public, signature, content + b"x")
        flipped = bytearray.fromhex(signature)
        flipped[length % 64] ^= 1
        assert not verifier.holds(public, flipped.hex(), content)
    assert not verifier.holds("no key", "", b"")
    assert not verifier.holds("00" * 31, "00" * 64, b"")


def test_it_stands_alone(tmp_path: Path) -> None:
    imported: set[str] = set()
    for node in ast.walk(ast.parse(FILE.read_text())):
        if isinstance(node, ast.Import):
            imported |= {one.name.split(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert imported <= {*sys.stdlib_module_names}
    alone, wrong = tmp_path / "verify_record.py", tmp_path / "wrong.jsonl"
    alone.write_bytes(FILE.read_bytes())
    wrong.write_text("{}\n")
    for arguments, code, said in (([str(wrong)], 1, "It does not hold"), ([], 2, "usage")):
        ran = subprocess.run(
            [sys.executable, "-I", str(alone), *arguments], capture_output=True, text=True, check=False
        )
        assert (ran.returncode, ran.stderr[: len(said)]) == (code, said)
