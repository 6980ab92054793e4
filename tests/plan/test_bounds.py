"""No text keeps the reader waiting: what is beyond a bound is refused in a sentence, at once."""

from __future__ import annotations

from time import process_time

import pytest

from incident_hub.plan.bounds import FAULTS, LONGEST, ROWS
from incident_hub.plan.check import examine
from tests.plan.night import EXPO as FILE

EXPO = FILE.read_text(encoding="utf-8")
MILLION = 1_000_000
# Of the processor: about a second where it was measured, however busy the machine is with other things.
BOUND_S = 5.0


def full(piece: str, size: int = LONGEST) -> str:
    return piece * (size // len(piece))


NAMES = "".join(f'ab{number}="",' for number in range(30_000))
BOMBS = {
    "one long list": "a = [" + full("1,", LONGEST - 10) + "]",
    "a long list deep inside": "a = " + "[" * 150 + full("1,", LONGEST - 400) + "]" * 150,
    "brackets without end": full("["),
    "tables without end": full("a={"),
    "one long text": 'a = "' + full("x", LONGEST - 10) + '"',
    "a long text of quotes": 'a = """' + full('x""', LONGEST - 12) + '"""',
    "a long key of dots": "a" + full(".a", LONGEST - 10) + " = 1",
    "a key of dots and spaces": "a" + full(" . a", LONGEST - 10) + " = 1",
    "a key of dots and quotes": '"\\""' + full('."\\""', LONGEST - 10) + " = 1",
    "many keys": "".join(f"k{number} = 1\n" for number in range(LONGEST // 12)),
    "many tables": "".join(f"[k{number}]\n" for number in range(LONGEST // 10)),
    "many rules": full("[[rule]]\n"),
    "many codes": "".join(f'[[type]]\ncode = "t{number}"\n' for number in range(LONGEST // 26)),
    "many unknown words": EXPO.replace('"incident.opened"]', full('"incident.opend",', 200_000) + "]", 1),
    "many names in a match": EXPO.replace("match = {", f"match = {{{NAMES}", 1),
    "a code without end": f'[[rule]]\ncode = "{full("x", LONGEST - 30)}"\n',
    "only blank lines": full("\n"),
    "only a comment": full("#"),
    "numbers without end": "a = " + full("9", LONGEST - 10),
    "hexadecimal without end": "schema = 0x" + full("f", LONGEST - 20),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_as_long_as_may_be_is_answered_in_a_moment(name: str):
    began = process_time()
    plan, faults = examine(BOMBS[name])
    assert process_time() - began < BOUND_S
    assert plan is None
    assert 0 < len(faults) <= FAULTS + 1


@pytest.mark.parametrize("name", ["one long list", "many keys", "many rules", "brackets without end"])
def test_a_longer_file_is_not_read_at_all(name: str):
    began = process_time()
    _, faults = examine(BOMBS[name] + full("\n", MILLION))
    assert process_time() - began < BOUND_S / 5
    assert [fault.rule for fault in faults] == ["too-long"]


def test_a_list_of_more_rows_than_a_plan_has_is_named():
    more = "".join(f'[[party]]\ncode = "p{number}"\n' for number in range(ROWS + 1))
    _, faults = examine("schema = 1\n" + more)
    assert "too-long" in {fault.rule for fault in faults}


def test_a_list_of_faults_ends_and_says_so():
    words = ", ".join('"x"' for _ in range(FAULTS + 50))
    _, faults = examine(EXPO.replace('when = ["incident.opened"]', f"when = [{words}]", 1))
    assert len(faults) == FAULTS + 1
    assert faults[-1].rule == "too-many-faults"


def test_a_key_of_many_parts_is_named_where_it_stands():
    _, faults = examine("a = 1\n  b" + ".c" * 30 + " = 1")
    assert [(fault.line, fault.column, fault.rule) for fault in faults] == [(2, 3, "too-long")]
