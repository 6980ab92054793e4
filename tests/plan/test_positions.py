from __future__ import annotations

import pytest

from incident_hub.plan.positions import locate

TEXT = """\
# A comment with [brackets] and = signs.
top = "a = b # no comment"
[one.two]
  inner = [1, "x]", { deep = true, 'quoted key' = 2 }]

[[row]]
code = "first"
[[row.step]]
after = "0m" # why
[[row.step]]
after = '''
two ] lines'''
title = { zh = "题", en = "Title" }
[[row]]
"esc\\u0041ped" = 1
dotted . name = 2
list = [
  "a", # one
  "b",
]
when = 2026-11-23T03:10:00Z
"""


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("top",), (2, 1), (2, 7)),
        (("one", "two"), (3, 1), (3, 1)),
        (("one", "two", "inner"), (4, 3), (4, 11)),
        (("one", "two", "inner", 1), (4, 15), (4, 15)),
        (("one", "two", "inner", 2, "deep"), (4, 23), (4, 30)),
        (("one", "two", "inner", 2, "quoted key"), (4, 36), (4, 51)),
        (("row", 0), (6, 1), (6, 1)),
        (("row", 0, "code"), (7, 1), (7, 8)),
        (("row", 0, "step", 0, "after"), (9, 1), (9, 9)),
        (("row", 0, "step", 1), (10, 1), (10, 1)),
        (("row", 0, "step", 1, "title", "en"), (13, 21), (13, 26)),
        (("row", 1), (14, 1), (14, 1)),
        (("row", 1, "escAped"), (15, 1), (15, 18)),
        (("row", 1, "dotted", "name"), (16, 1), (16, 17)),
        (("row", 1, "list", 1), (19, 3), (19, 3)),
        (("row", 1, "when"), (21, 1), (21, 8)),
    ],
)
def test_every_key_and_value_is_found_where_it_stands(path, key, value):
    places = locate(TEXT)
    assert (places.key(path), places.value(path)) == (key, value)


def test_what_is_absent_points_at_the_table_it_is_absent_from():
    assert locate(TEXT).key(("row", 0, "step", 1, "kind")) == (10, 1)


def test_windows_line_ends_count_as_one_line():
    assert locate("a = 1\r\n\r\nb = 2\r\n").key(("b",)) == (3, 1)


def test_a_long_list_is_walked_in_a_moment():
    assert locate("a = [" + "1, " * 20000 + "]").value(("a", 19999)) == (1, 6 + 3 * 19999)
