from __future__ import annotations

import pytest

from incident_hub.incidents import models as incidents
from incident_hub.kernel import registry
from incident_hub.obligations import models as obligations
from incident_hub.reviews.sentences import SENTENCES
from incident_hub.reviews.timeline import Tongue, lines
from tests.reviews.written import HOSTILE, clock, entry, minute

EN = Tongue("en", "Asia/Shanghai", {"police": "City police", "police/duty": "City police Duty desk"})
ZH = Tongue("zh", "Asia/Shanghai", {"police": "市公安局", "police/duty": "市公安局 值守席"})


def test_lines_stand_where_the_facts_happened_not_where_they_were_typed():
    opened = entry("incident.opened", 0, 1, title="Parcel", lead="police", access=[]) | {
        "facts": {"occurred_at": minute(-20).isoformat()}
    }
    told = lines(
        [
            opened,
            entry("incident.graded", 4, 2, grade="II"),
            entry("journal.added", 9, 3, id="a", kind="milestone", milestone="set_out", text="left",
                  occurred_at=minute(2).isoformat()),
            entry("journal.added", 9, 4, id="b", kind="note", text="no other time known", occurred_at=None),
            entry("incident.status_changed", 12, 5, to="contained", stated_at=minute(3).isoformat(),
                  via={"channel": "phone", "from": {}}),
        ],
        [], EN,
    )  # fmt: skip
    assert [(line["kind"], line["occurred_at"] or line["at"]) for line in told] == [
        ("incident.opened", minute(-20)),
        ("journal.added", minute(2)),
        ("incident.status_changed", minute(3)),
        ("incident.graded", minute(4)),
        ("journal.added", minute(9)),
    ]


def test_what_happened_together_stands_in_the_order_it_was_entered_and_then_numbered():
    happened = minute(1).isoformat()
    told = lines(
        [
            entry("journal.added", 7, 30, id="c", kind="note", text="third", occurred_at=happened),
            entry("journal.added", 5, 20, id="b", kind="note", text="second", occurred_at=happened),
            entry("journal.added", 5, 10, id="a", kind="note", text="first", occurred_at=happened),
        ],
        [], EN,
    )  # fmt: skip
    assert [line["text"].split(" ")[1] for line in told] == ["first", "second", "third"]


def test_a_changed_time_of_occurrence_is_not_the_time_it_was_changed():
    changed = entry("incident.amended", 8, fields=["occurred_at"], occurred_at=minute(-60).isoformat())
    assert lines([changed], [], EN)[0]["occurred_at"] is None


@pytest.mark.parametrize(
    ("made", "english", "chinese"),
    [
        (entry("incident.acknowledged", 1, kind="taken"), "Taken by City police Duty desk: they are acting",
         "市公安局 值守席 接手处置"),
        (entry("incident.acknowledged", 5, kind="seen", stated_at=minute(1).isoformat(),
               via={"channel": "phone", "from": {}}),
         "Seen by City police Duty desk (relayed by phone; entered 4 min later)",
         "市公安局 值守席 收到（电话转述；4分后录入）"),
        (entry("incident.graded", 1, grade="II", basis="two dead"),
         "Grade changed from no grade to grade II. two dead", "等级由“未定级”定为“Ⅱ级（重大）”。two dead"),
        (entry("figure.stated", 1, category="injured", n=None, source="medic"),
         "Figure: injured unknown (source: medic)", "数字：injured 不详（来源：medic）"),
        (entry("obligation.step_taken", 1, kind="call", obligation="id-K1", targets=[], withheld=[{"why": "outage"}]),
         "Call to nobody, withheld: outage (Rule K1, owed by City police Duty desk)",
         "呼叫：未呼叫任何人：系统中断（Rule K1，责任方 市公安局 值守席）"),
        (entry("lead.accepted", 1, to="police/duty", **{"from": "police"}, reason=""),
         "Lead accepted by City police Duty desk (before: City police).",
         "市公安局 值守席 接受牵头（原牵头：市公安局）。"),
        (entry("obligation.extended", 1, obligation="id-K1", until=minute(60).isoformat(), reason="fog"),
         "Extended until 2026-09-02 04:10:00 Beijing time: Rule K1. fog",
         "延长至 2026-09-02 04:10:00 北京时间：Rule K1。fog"),
        (entry("weather.changed", 1), "Other entry: weather.changed", "其他记录：weather.changed"),
    ],
)  # fmt: skip
def test_kinds_are_put_into_words_in_both_languages(made, english, chinese):
    for tongue, words in ((EN, english), (ZH, chinese)):
        told = lines([made], [clock(met_at=None)], tongue)
        assert words in [line["text"] for line in told]


def test_a_clock_that_had_run_out_before_it_was_entered_says_so():
    late = clock(opened_at=minute(30), entered_late=True, confirmed=False)
    assert "entered late" in lines([], [late], EN)[0]["text"]
    assert "basis not confirmed" in lines([], [late], EN)[0]["text"]
    assert "补录" in lines([], [late], ZH)[0]["text"]


def test_a_clock_tells_of_its_end_once():
    settled = entry("obligation.settled", 5, obligation="id-K1")
    assert [line["kind"] for line in lines([settled], [clock()], EN)] == ["obligation.opened", "obligation.settled"]
    assert [line["kind"] for line in lines([], [clock()], EN)] == ["obligation.opened", "obligation.met"]
    assert lines([], [clock()], EN)[1]["text"] == "Clock met: Rule K1, owed by City police Duty desk, 5 min to spare"


def test_the_entry_that_started_a_clock_stands_before_it():
    told = lines([entry("incident.opened", 0, title="Parcel", access=[])], [clock(met_at=None)], EN)
    assert [line["kind"] for line in told] == ["incident.opened", "obligation.opened"]


def test_a_struck_line_stays_and_says_why():
    told = lines(
        [
            entry("journal.added", 1, 1, id="a", kind="note", text="two dead"),
            entry("journal.struck", 2, 2, id="a", reason="misheard"),
        ],
        [], EN,
    )  # fmt: skip
    assert told[0]["struck"]
    assert told[0]["text"] == "Note: two dead (struck out: misheard)"


def test_what_people_typed_is_never_read_as_a_pattern():
    told = lines(
        [entry("journal.added", 3, id="a", kind="note", text=HOSTILE, occurred_at=minute(0).isoformat())], [], EN
    )
    assert HOSTILE in told[0]["text"]


def test_nobody_is_named():
    assert "name" not in lines([entry("incident.acknowledged", 1, kind="seen")], [], EN)[0]["by"]


def test_every_kind_of_entry_an_incident_can_have_is_in_the_table():
    assert incidents.OPENED
    assert obligations.SETTLED
    rooms = ("incident.", "access.", "figure.", "obligation.", "lead.")
    spoken = {kind.partition("/")[0] for kind in SENTENCES}
    # A desk that lost an incident reads nothing of it, its farewell included.
    assert {kind for kind in registry.kinds if kind.startswith(rooms)} - spoken == {"incident.withdrawn"}
