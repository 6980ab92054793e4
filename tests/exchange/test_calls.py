"""Rows become calls, and every row is accounted for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from incident_hub.exchange.account import rejects
from incident_hub.exchange.calls import gather
from incident_hub.exchange.rows import Unreadable, rows
from tests.exchange.conftest import HEADING, SMALL, WORDS, row

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def gathered(mapping, written):
    return lambda rows_: gather(mapping, rows(written(rows_), "csv", mapping.columns), NOW)


def test_rows_of_one_call_are_gathered_from_anywhere_in_the_file(gathered):
    found = gathered(SMALL)
    calls = {call.key: call for call in found.calls()}
    assert (found.read, found.used, len(found.aside)) == (4, 4, 0)
    assert list(calls) == ["1", "2", "3"]
    assert sum(len(call.words) for call in calls.values()) == WORDS
    assert [word.key for word in calls["1"].words] == [
        "received", "entry", "C1-M1/dispatch", "C1-E1/dispatch", "C1-M1/response", "C1-E1/response", "C1-M1/on_scene",
        "C1-E1/hospital", "C1-E1/available",
    ]  # fmt: skip
    assert calls["1"].occurred_at == datetime(2021, 6, 1, 17, 0, tzinfo=UTC)


def test_a_pair_that_runs_backwards_is_kept_as_it_is_written(gathered):
    fire = next(call for call in gathered(SMALL).calls() if call.key == "2")
    at = {word.key: word.at for word in fire.words}
    assert at["C2-E2/available"] == datetime(2021, 6, 1, 17, 5, tzinfo=UTC)
    assert at["C2-E2/response"] == datetime(2021, 6, 1, 17, 9, tzinfo=UTC)


def test_the_place_keeps_the_digits_of_the_file(gathered):
    call = next(iter(gathered([row("1", "E1", location="(37.73217458500619, -122.42779351441527)")]).calls()))
    assert call.place == {
        "text": "100 Block of ELM ST, Smallville", "lat": "37.73217458500619", "lon": "-122.42779351441527",
        "datum": "WGS84",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row("", "E1"), "Incident Number is empty"),
        (row("9", "E1") | {"RowID": " "}, "RowID is empty"),
        (row("9", "E1") | {"RowID": "C1-M1"}, "RowID C1-M1 is on line 2 already"),
        (row("9", "E1", dispatch_dttm="yesterday"), "Dispatch DtTm 'yesterday' is not an instant"),
        (row("9", "E1", dispatch_dttm="02/30/2021 10:00:00 AM"), "is not an instant"),
        (row("9", "E1", dispatch_dttm="06/01/2031 10:00:00 AM"), "lies in the future"),
        (row("9", "E1", received_dttm=""), "Received DtTm is empty"),
        (row("9" * 200, "E1"), "longer than 128 characters"),
        (row("9", "E1", address="a\0b"), "holds a NUL character"),
    ],
)
def test_a_row_that_cannot_be_used_is_put_aside_with_its_line_and_reason(gathered, bad, reason):
    found = gathered([*SMALL, bad])
    assert (found.read, found.used, len(found.aside)) == (5, 4, 1)
    assert found.aside[0].line == 6
    assert reason in found.aside[0].reason
    assert [call.key for call in found.calls()] == ["1", "2", "3"]


def test_a_word_without_a_type_is_put_aside_when_the_mapping_has_no_default(mapping, written):
    strict = replace(mapping, default=None)
    found = gather(strict, rows(written([row("1", "E1", call_type="Flying")]), "csv", mapping.columns), NOW)
    assert found.aside[0].reason == "Call Type 'Flying' has no type in the mapping"


def test_a_broken_line_costs_that_line_alone(mapping, written):
    path = written(SMALL)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:2], b"too,short\r\n", lines[2].replace(b"ELM", b"\xff\xfe"), *lines[3:]]))
    found = gather(mapping, rows(path, "csv", mapping.columns), NOW)
    assert [(one.line, one.reason) for one in found.aside] == [
        (3, f"it has 2 cells and the heading has {len(HEADING)}"),
        (4, "it is not UTF-8"),
    ]
    assert found.used == 3


def test_rows_that_disagree_on_the_calls_own_instants_are_remarked_on_and_the_first_is_followed(gathered):
    found = gathered([row("1", "E1"), row("1", "E2", received_dttm="06/01/2021 09:00:00 AM")])
    assert found.remarks == [(3, "gives 1 other instants than line 2, which was followed")]
    assert next(iter(found.calls())).occurred_at == datetime(2021, 6, 1, 17, 0, tzinfo=UTC)


def test_a_file_without_a_column_the_mapping_reads_is_refused(mapping, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("RowID,Incident Number\n1,1\n")
    with pytest.raises(Unreadable, match="has no column Call Type"):
        list(rows(path, "csv", mapping.columns))


def test_an_empty_file_is_refused(mapping, tmp_path):
    path = tmp_path / "empty.csv"
    path.write_text("")
    with pytest.raises(Unreadable, match="its heading is empty"):
        list(rows(path, "csv", mapping.columns))


def test_json_lines_give_the_same_calls_as_csv(mapping, written, tmp_path, gathered):
    path = tmp_path / "calls.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in SMALL) + "\n\nnot json\n[1]\n{}\n")
    found = gather(replace(mapping, format="jsonl"), rows(path, "jsonl", mapping.columns), NOW)
    assert list(found.calls()) == list(gathered(SMALL).calls())
    assert [one.line for one in found.aside] == [6, 7, 8]
    assert (found.read, found.used) == (7, 4)


def test_rejects_hold_the_row_as_it_was_so_that_it_can_be_mended(gathered):
    found = gathered([*SMALL, row("9", "E9", dispatch_dttm="soon")])
    heading, line = rejects(found.aside).splitlines()
    assert heading.startswith("put_aside_line,put_aside_reason,Call Number,")
    assert line.startswith("6,")
    assert ",soon," in line
