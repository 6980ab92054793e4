from __future__ import annotations

from incident_hub.reviews import knowing
from tests.reviews.written import entry, minute

OPENED = entry("incident.opened", 0, access=[{"desk": "police/duty", "role": "lead"}])


def test_who_lost_it_is_still_one_who_knew():
    entries = [
        OPENED,
        entry("access.granted", 4, desk="fire/duty", role="informed"),
        entry("access.withdrawn", 9, desk="fire/duty"),
    ]
    knew = knowing.who_knew(entries, [{"desk": "police/duty", "role": "lead", "since": minute(0).isoformat()}])
    assert [(row["desk"], row["role"], row["since"], row["until"]) for row in knew] == [
        ("police/duty", "lead", minute(0), None),
        ("fire/duty", "informed", minute(4), minute(9)),
    ]


def test_an_agency_knew_from_when_somebody_told_it_by_phone():
    knew = [{"desk": "police/duty", "since": minute(0)}, {"desk": "police/joint", "since": minute(-1)}]
    known = knowing.came_to_know(knew, {"police": minute(-5).isoformat(), "postal": minute(-5).isoformat()})
    assert known == {"police": minute(-5), "postal": minute(-5)}


def test_an_answer_by_phone_is_the_speakers_at_the_instant_it_was_said():
    said = entry(
        "incident.acknowledged", 6, kind="taken", desk="police/duty", stated_at=minute(2).isoformat(),
        via={"channel": "phone", "from": {"agency": "fire", "desk": None}},
    )  # fmt: skip
    told = knowing.acknowledgements([said], {"fire": minute(0)}, {})
    assert [(one["at"], one["entered_at"], one["agency"], one["desk"], one["after_s"]) for one in told] == [
        (minute(2), minute(6), "fire", "fire/duty", 120)
    ]
