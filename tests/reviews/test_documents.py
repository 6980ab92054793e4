"""Every registered document at the door: what people typed comes out inert, and what the house says is there."""

from __future__ import annotations

import html.parser
import json
import re

import pytest

from incident_hub.reviews import documents
from incident_hub.reviews.documents._paper import WHOLE
from incident_hub.reviews.documents.markdown import inert
from incident_hub.reviews.labels import LABELS
from tests.paper.sheets import read
from tests.reviews.written import HOSTILE, review

PLAIN = ["html", "json", "md"]
PAPER = ["html", "md"]


class Reader(html.parser.HTMLParser):
    """What a browser would make of a text: its elements, attributes and words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data):
        self.words += data


def written(name: str, lang: str = "en", **operation) -> str:
    return documents.REGISTERED[name].render(review(**operation), lang).decode()


def test_the_six_forms_are_registered():
    assert sorted(documents.REGISTERED) == ["docx", "html", "json", "md", "pdf", "xlsx"]
    assert all("/" in one.MEDIA_TYPE for one in documents.REGISTERED.values())


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_people_typed_comes_out_as_text_and_nothing_else(name, lang):
    text = written(name, lang)
    assert "【可疑】" in text
    assert "49" not in re.sub(r"\d{2}:\d{2}|\d{4}-\d{2}", "", text)
    if name == "json":
        assert json.loads(text)["incidents"][0]["title"] == HOSTILE
        return
    assert "<script" not in text
    reader = Reader(text)
    assert not {"script", "img", "iframe", "a", "b", "link"} & set(reader.elements)
    assert not [one for one in reader.attributes if one.startswith("on")]
    if name == "html":
        assert HOSTILE.replace("\n", " ") in reader.words.replace("\n", " ")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_table_of_the_markdown_is_broken(lang):
    width = None
    rows = 0
    for line in written("md", lang).splitlines():
        if not line.startswith("|"):
            width = None
            continue
        cells = len(re.findall(r"(?<!\\)\|", line))
        width = width or cells
        assert cells == width, line
        rows += 1
    assert rows > 20


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a|b", r"a\|b"),
        ("one\r\ntwo\x85three", "one two three"),
        ("# not a heading", r"\# not a heading"),
        ("- not a list", r"\- not a list"),
        ("1. nor this", r"1\. nor this"),
        ("<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;"),
        ("[x](https://x.example)", r"\[x\](https\://x.example)"),
        ("`code` *b* _i_ ~s~ \\", r"\`code\` \*b\* \_i\_ \~s\~ \\"),
        ("turned \u202egnp.exe", "turned gnp.exe"),
    ],
)
def test_markdown_shows_what_was_typed_and_does_not_act_on_it(typed, kept):
    assert inert(typed) == kept


@pytest.mark.parametrize("name", PAPER)
def test_times_stand_on_the_wall_clock_of_the_operation_with_its_zone_named(name):
    assert "2026-09-02 03:10:00" in written(name, "zh")
    assert "北京时间" in written(name, "zh")
    assert "Beijing time" in written(name, "en")
    abroad = written(name, "en", zone="America/Los_Angeles")
    assert "2026-09-01 12:10:00 -07:00" in abroad
    assert "America/Los" in abroad


@pytest.mark.parametrize("name", PAPER)
def test_an_exercise_says_so_at_its_head_and_the_real_thing_does_not(name):
    assert "演练" in written(name, "zh", exercise=True)[:4000]
    assert "EXERCISE" in written(name, "en", exercise=True)[:4000]
    assert "EXERCISE" not in written(name, "en")


@pytest.mark.parametrize("name", PAPER)
def test_a_clock_without_a_confirmed_basis_is_not_shown_as_law(name):
    assert "basis not confirmed" in written(name)


def test_the_html_needs_nothing_else_and_runs_nothing():
    text = written("html")
    assert "@page" in text
    assert "break-before: page" in text
    assert "default-src 'none'" in text
    assert not re.search(r"""(src|href)=|@import|url\(""", text)


@pytest.mark.parametrize("name", PAPER)
def test_beyond_so_many_incidents_the_paper_says_what_it_leaves_out_and_json_has_all(name):
    told = review()
    told["incidents"] = [told["incidents"][0] | {"ref": f"R{place:05}"} for place in range(WHOLE + 50)]
    text = documents.REGISTERED[name].render(told, "en").decode()
    assert f"Of {WHOLE + 50} incidents the newest {WHOLE} are given in full" in text
    assert (text.count("R00001"), text.count(f"R{WHOLE + 1:05}")) == (2, 1)
    assert len(json.loads(documents.REGISTERED["json"].render(told, "en"))["incidents"]) == WHOLE + 50


@pytest.mark.parametrize("name", sorted(documents.REGISTERED))
def test_what_is_under_tlp_red_is_counted_and_named_in_no_file(name):
    told = review()
    told["incidents"] += [told["incidents"][0] | {"ref": "RED9ZZ", "title": "listed desks only", "tlp": "RED"}]
    words = read(name, documents.REGISTERED[name].render(told, "en"))
    assert "K7QF2M" in words
    assert "RED9ZZ" not in words
    assert "listeddesksonly" not in words
    assert ('"unnamed":1' if name == "json" else "1moreunderTLP:RED") in words


def test_every_label_is_in_both_languages():
    assert [name for name, both in LABELS.items() if not all(both)] == []
