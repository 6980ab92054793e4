from __future__ import annotations

import pytest

from incident_hub.agencies.directory import read
from incident_hub.agencies.rows import Known

from .conftest import DIRECTORY

MEMBER = '[[member]]\nlogin = "a"\nname = "A"\n'
POLICE = '[[agency]]\ncode = "police"\nkind = "police"\n'


def test_a_whole_directory_is_read_without_a_fault_and_parents_come_first():
    rows, faults = read('[[agency]]\ncode = "b"\nkind = "police"\nparent = "ministry"\n' + DIRECTORY)
    assert faults == []
    codes = [agency.code for agency in rows.agencies]
    assert codes.index("ministry") < codes.index("b")
    assert [seat.desk for seat in rows.members[0].seats] == ["police/duty", "police/joint"]


def test_every_agency_gets_a_duty_desk_with_one_seated_post_and_three_on_call():
    rows, _ = read(POLICE)
    (desk,) = rows.agencies[0].desks
    assert desk.code == "police/duty"
    assert [(post.code, post.kind) for post in desk.posts] == [
        ("duty_officer", "seated"), ("deputy", "on_call"), ("duty_leader", "on_call"), ("executive", "on_call"),
    ]  # fmt: skip


def test_a_desk_may_be_a_word_or_a_table_with_its_own_posts():
    rows, faults = read(
        POLICE + 'desks = ["joint", {code = "night", title = "Night", posts = ["duty_officer", "guard"]}]\n'
    )
    assert faults == []
    _, joint, night = rows.agencies[0].desks
    assert (joint.code, len(joint.posts)) == ("police/joint", 4)
    assert night.title == {"zh": "Night", "en": "Night"}
    assert [(post.code, post.kind) for post in night.posts] == [("duty_officer", "seated"), ("guard", "on_call")]


@pytest.mark.parametrize(
    ("text", "where", "sentence"),
    [
        ("[[agency]", "the file", "It cannot be read as TOML"),
        ("[[agancy]]\n", "agancy", "It is not part of a directory"),
        ('[[agency]]\ncode = "x"\nkind = "navy"\n', "[[agency]] 1 (x)", "`kind` is 'navy'; it must be one of"),
        ('[[agency]]\nkind = "police"\n', "[[agency]] 1", "`code` is missing"),
        (POLICE + "chief = 1\n", "[[agency]] 1 (police)", "'chief' is not a field of agency"),
        (POLICE + POLICE, "[[agency]] 2 (police)", "The agency police is there twice"),
        (POLICE + 'desks = ["duty"]\n', "[[agency]] 1 (police)", "The desk police/duty is there twice"),
        (POLICE + 'desks = ["a/b"]\n', "[[agency]] 1 (police)", "The desk code 'a/b'"),
        (POLICE + 'parent = "moon"\n', "[[agency]] (police)", "There is no agency moon"),
        (POLICE + 'areas = ["moon"]\n', "[[agency]] (police)", "There is no area moon"),
        (POLICE + 'parent = "police"\n', "[[agency]] (police)", "Each lies in the other"),
        (POLICE + 'title = {zh = "x"}\n', "[[agency]] 1 (police)", "`title` must be a text"),
        ('[[site]]\ncode = "s"\nagency = "moon"\n', "[[site]] (s)", "There is no agency moon"),
        ('[[site]]\ncode = "a/b/c"\nagency = "moon"\n', "[[site]] 1 (a/b/c)", "The code 'a/b/c'"),
        ('[[member]]\nlogin = "a"\n', "[[member]] 1 (a)", "`name` is missing"),
        (
            '[[member]]\nlogin = "a"\nname = "A"\nseats = [{desk = "x/duty", role = "observer"}]\n',
            "[[member]] (a)", "There is no desk x/duty",
        ),
        (
            POLICE + '[[member]]\nlogin = "a"\nname = "A"\nseats = [{desk = "police/duty", role = "king"}]\n',
            "[[member]] 1 (a)", "`role` is 'king'",
        ),
        (
            POLICE + MEMBER + 'seats = [{desk = "police/duty", role = "observer", post = "cook"}]\n',
            "[[member]] (a)", "The desk police/duty has no post cook",
        ),
    ],
)  # fmt: skip
def test_a_fault_says_where_it_is_and_what_to_do(text: str, where: str, sentence: str):
    _, faults = read(text)
    assert [fault.where for fault in faults if fault.sentence.startswith(sentence)] == [where], faults


def test_a_file_may_build_on_what_exists():
    seats = 'seats = [{desk = "police/duty", role = "observer", post = "deputy"}]\n'
    text = '[[site]]\ncode = "s"\nagency = "police"\narea = "harbour"\n' + MEMBER + seats
    known = Known(frozenset({"harbour"}), frozenset({"police"}), {"police/duty": frozenset({"deputy"})})
    assert read(text, known)[1] == []
    assert len(read(text)[1]) == 3
