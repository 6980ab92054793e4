"""What looks like a value of a person in a text, and what does not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incident_hub.kernel.personal import DOTS, found, identity_holds, last_four, masked, plain_value, postal_holds

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FIGURES = st.text("0123456789", min_size=9, max_size=9)


def identity(region: int, day: int, order: int) -> str:
    body = f"{region:06d}{1940 + day % 70}{1 + day % 12:02d}{1 + day % 28:02d}{order:03d}"
    return body + "10X98765432"[sum(int(one) * weight for one, weight in zip(body, WEIGHTS, strict=True)) % 11]


IDENTITIES = st.builds(identity, st.integers(110000, 659999), st.integers(0, 20_000), st.integers(0, 999))
MOBILES = st.builds("1{}{}".format, st.integers(3, 9), FIGURES)
WAYBILLS = st.builds("{}{}{}".format, st.sampled_from(["SF", "YT", "JT", "ZTO"]), st.just("1234"), FIGURES)
# Words around a value; none of them ends or begins with a figure or a Latin letter that would run into it.
AROUND = st.text("，。：寄件人网点包裹已到 \n（）", max_size=12)

CASES = [
    ("致电13812345678核实", [("phone", "13812345678")]),
    ("手机：138 1234 5678", [("phone", "138 1234 5678")]),
    ("+86-138-1234-5678", [("phone", "+86-138-1234-5678")]),
    ("１３８１２３４５６７８", [("phone", "１３８１２３４５６７８")]),
    ("座机 010-65128888", [("phone", "010-65128888")]),
    ("call +44 20 7946 0958 now", [("phone", "+44 20 7946 0958")]),
    ("(415) 555-2671", [("phone", "(415) 555-2671")]),
    ("call me at 3456 7890", [("phone", "3456 7890")]),
    ("身份证11010519491231002X", [("identity", "11010519491231002X")]),
    ("运单SF1234567890123", [("waybill", "SF1234567890123")]),
    ("单号：773012345678901", [("waybill", "773012345678901")]),
    ("RR473124829GB", [("waybill", "RR473124829GB")]),
    # What is none.
    ("11010519491231002Y 的校验位不对", []),
    ("110105194912310021", []),
    ("RR473124828GB", []),
    ("2026-11-23T03:10:00+08:00", []),
    ("2026年11月23日 03:10，3 人受伤，12 件", []),
    ("31.230416, 121.473701", []),
    ("货值 1,250,000 元", []),
    ("编号 S-0001，封签 20261123-0007", []),
    ("http://10.0.0.12:8080/a", []),
    ("incident K7QF2M", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "values"), CASES)
def test_a_table_of_texts(text: str, values: list[tuple[str, str]]) -> None:
    assert [(one.kind, text[one.start : one.end]) for one in found(text)] == values


@settings(max_examples=150, deadline=None)
@given(AROUND, st.one_of(IDENTITIES, MOBILES, WAYBILLS), AROUND)
def test_a_value_is_found_whole_whatever_stands_around_it(before: str, value: str, after: str) -> None:
    text = f"{before}{value}{after}"
    assert [text[one.start : one.end] for one in found(text)] == [value]
    whole = masked(text, found(text))
    assert value not in whole
    assert whole == f"{before}{DOTS}{value[-4:]}{after}"
    assert found(whole) == []


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_masking_leaves_all_other_words_and_finds_do_not_overlap(text: str) -> None:
    finds = found(text)
    assert all(one.end <= other.start for one, other in pairwise(finds))
    kept = "".join(
        text[a:b] for a, b in zip([0, *(f.end for f in finds)], [*(f.start for f in finds), None], strict=True)
    )
    marked = masked(text, finds, ["\0"] * len(finds))
    assert marked.replace("\0", "") == kept.replace("\0", "")


@given(IDENTITIES, st.integers(0, 16), st.integers(1, 9))
def test_an_identity_number_with_one_wrong_figure_is_none(number: str, at: int, by: int) -> None:
    wrong = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    assert identity_holds(number)
    assert not identity_holds(wrong)


def test_the_check_of_a_postal_item() -> None:
    assert (postal_holds("RR473124829GB"), postal_holds("RR473124820GB")) == (True, False)


def test_a_value_is_compared_narrow_and_told_by_its_end() -> None:
    assert plain_value("ｓｆ 1234-5678") == "SF12345678"
    assert (last_four("SF1234567890"), last_four("65128"), last_four("6512")) == ("7890", "28", "")
