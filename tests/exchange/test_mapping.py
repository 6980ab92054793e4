"""Wall-clock times across a change of clocks, words made from columns, coordinates kept as they are written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from incident_hub.exchange.mapping import Template, coordinates


@pytest.mark.parametrize(
    ("wall", "utc"),
    [
        ("01/15/2021 12:00:00 AM", datetime(2021, 1, 15, 8, 0, tzinfo=UTC)),  # winter, and 12 AM is midnight
        ("06/15/2021 12:00:00 PM", datetime(2021, 6, 15, 19, 0, tzinfo=UTC)),  # summer, and 12 PM is noon
        ("03/14/2021 01:59:59 AM", datetime(2021, 3, 14, 9, 59, 59, tzinfo=UTC)),
        ("03/14/2021 02:30:00 AM", datetime(2021, 3, 14, 10, 30, tzinfo=UTC)),  # never was: moved on
        ("03/14/2021 03:00:00 AM", datetime(2021, 3, 14, 10, 0, tzinfo=UTC)),
        ("11/07/2021 12:59:59 AM", datetime(2021, 11, 7, 7, 59, 59, tzinfo=UTC)),
        ("11/07/2021 01:30:00 AM", datetime(2021, 11, 7, 8, 30, tzinfo=UTC)),  # came twice: the first of the two
        ("11/07/2021 02:00:00 AM", datetime(2021, 11, 7, 10, 0, tzinfo=UTC)),
    ],
)
def test_a_wall_clock_time_is_read_in_the_zone_of_the_city(mapping, wall, utc):
    read = mapping.instant(wall)
    assert read == utc
    assert read.utcoffset() == timedelta()


def test_what_is_not_a_time_is_refused(mapping):
    with pytest.raises(ValueError, match="does not match"):
        mapping.instant("2021-06-15 12:00")


def test_an_empty_column_leaves_no_dangling_comma():
    words = Template("{A}, {B} ({C})")
    assert words.of({"A": "Elm St", "B": "", "C": ""}) == "Elm St"
    assert words.of({"A": "Elm St", "B": "Town", "C": "x"}) == "Elm St, Town (x)"


def test_words_in_a_column_are_never_read_as_a_template():
    assert Template("{A}").of({"A": "{B} {0.__class__}", "B": "no"}) == "{B} {0.__class__}"


@pytest.mark.parametrize(
    ("words", "pair"),
    [
        ("(37.73217458500619, -122.42779351441527)", ("37.73217458500619", "-122.42779351441527")),
        ("37.5 -122", ("37.5", "-122")),
        ("(91.0, 0.0)", None),
        ("(0, 181)", None),
        ("somewhere", None),
        ("", None),
    ],
)
def test_coordinates_keep_their_digits(words, pair):
    assert coordinates(words) == pair
