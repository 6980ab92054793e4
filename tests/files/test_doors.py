"""Attaching to an incident through the doors: Ana, Ben and Dan know of it; Cleo must see nothing."""

from __future__ import annotations

import hashlib
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from incident_hub.kernel import chains
from tests.databases import on_both
from tests.night import Hub

pytestmark = on_both
FEED = "/operations/EXPO/feed"


def photograph(width: int = 60, height: int = 40) -> bytes:
    """A JPEG that says where, with what and lying on which side it was taken."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Maker of cameras", "Model 9", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 15.0, 0.0), 3: "E", 4: (120.0, 10.0, 0.0)})
    made = BytesIO()
    Image.new("RGB", (width, height), "red").save(made, "JPEG", exif=exif, comment=b"Maker of cameras")
    return made.getvalue()


def attach(hub: Hub, login: str, ref: str, raw: bytes, name: str = "现场.jpg", **words: str) -> Any:
    form = {"file": FileStorage(BytesIO(raw), name), **words}
    boundary, body = encode_multipart(form)
    content_type = f"multipart/form-data; boundary={boundary}"
    return hub.as_(login).call("POST", f"/incidents/{ref}/attachments", data=body, content_type=content_type)


def kept(hub: Hub) -> list[Path]:
    folder = hub.folder / "files"
    return sorted(folder.iterdir()) if folder.exists() else []


def test_a_photograph_is_kept_without_place_and_camera(expo: Hub) -> None:
    ref = expo.as_("ana").open()
    raw = photograph()
    assert b"Maker" in raw
    made = attach(expo, "ana", ref, raw, note="X 光图像")
    assert made.status_code == 201, made.text
    (listed,) = expo.as_("ben").get(f"/incidents/{ref}/attachments").json["items"]
    assert (listed["id"], listed["name"], listed["note"]) == (made.json["id"], "现场.jpg", "X 光图像")
    got = expo.as_("ben").get(f"/files/{listed['id']}")
    assert hashlib.sha256(got.data).hexdigest() == listed["sha256"]
    got.headers["Content-Disposition"].encode("latin-1")
    assert b"Maker" not in got.data
    assert b"Exif" not in got.data
    with Image.open(BytesIO(got.data)) as shown:
        # It lay on its side and stands upright now.
        assert (shown.size, dict(shown.getexif())) == ((40, 60), {})


def test_a_file_is_sent_to_be_kept_and_never_to_be_run(expo: Hub) -> None:
    ref = expo.as_("ana").open()
    id = attach(expo, "ana", ref, b"<script>alert(1)</script>", "x.html").json["id"]
    got = expo.as_("ben").get(f"/files/{id}")
    assert got.headers["Content-Disposition"] == "attachment; filename*=UTF-8''x.txt"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert got.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_the_record_has_codes_and_the_words_lie_beside_it(expo: Hub) -> None:
    ref = expo.as_("ana").open()
    id = attach(expo, "ana", ref, photograph(), note="外包装破损").json["id"]
    entry = expo.as_("ben").get(FEED).json["items"][-1]
    assert (entry["kind"], entry["data"]["file"], entry["data"]["media"]) == ("file.attached", id, "image/jpeg")
    assert chains.verify_database(expo.expo.id)[1] is None


def test_who_may_not_know_the_incident_finds_no_file(expo: Hub) -> None:
    ref = expo.as_("ana").open()
    id = attach(expo, "ana", ref, photograph()).json["id"]
    cleo = expo.as_("cleo")
    assert cleo.get(f"/files/{id}").status_code == 404
    assert cleo.get(f"/incidents/{ref}/attachments").status_code == 404
    assert attach(expo, "cleo", ref, photograph()).status_code == 404
    assert len(kept(expo)) == 1
    assert cleo.get(f"/files/{id}").json == cleo.get("/files/nothing").json


def test_who_joins_from_now_is_shown_nothing_older(expo: Hub) -> None:
    ref = expo.as_("ana").open("VIOL", access=[])
    lead = expo.as_("ana").get(f"/incidents/{ref}").json["lead"]
    who = {"police": "ana", "postal": "ben"}[lead]
    old = attach(expo, "ana", ref, photograph()).json["id"]
    expo.forward(minutes=1, engine=False)
    body = {"desk": "carrier-b/duty", "role": "support", "history": "from_now"}
    granted = expo.as_(who).post(f"/incidents/{ref}/access", body)
    assert granted.status_code == 201, granted.text
    expo.forward(minutes=1, engine=False)
    new = attach(expo, "ana", ref, b"later", "n.txt").json["id"]
    cleo = expo.as_("cleo")
    assert [one["id"] for one in cleo.get(f"/incidents/{ref}/attachments").json["items"]] == [new]
    assert (cleo.get(f"/files/{old}").status_code, cleo.get(f"/files/{new}").status_code) == (404, 200)


def test_what_is_refused_is_refused_in_words_and_leaves_nothing(expo: Hub) -> None:
    ref = expo.as_("ana").open()
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    flood = (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    )
    for raw, words in (
        (flood, "picture"),
        (photograph()[:300], "cannot be read to its end"),
        (b"MZ\x90\x00", "does not keep files of this kind"),
        (b"", "empty"),
    ):
        refused = attach(expo, "ana", ref, raw)
        assert refused.status_code == 422, refused.text
        assert words in refused.json["detail"]
    assert kept(expo) == []


def test_a_picture_of_too_many_pixels_is_refused_from_its_header(expo: Hub) -> None:
    ref = expo.as_("ana").open()
    made = BytesIO()
    Image.new("1", (6000, 5000)).save(made, "PNG")
    refused = attach(expo, "ana", ref, made.getvalue(), "x.png")
    assert (refused.status_code, "25 million" in refused.json["detail"]) == (422, True)


def test_only_this_door_takes_ten_mebibytes(expo: Hub) -> None:
    ref, ana = expo.as_("ana").open(), expo.as_("ana")
    assert attach(expo, "ana", ref, b"a" * (9 << 20), "log.txt").status_code == 201
    refused = attach(expo, "ana", ref, b"a" * (11 << 20), "log.txt")
    assert (refused.status_code, "10 MiB" in refused.json["detail"]) == (413, True)
    assert ana.post(f"/incidents/{ref}/journal", {"text": "a" * (2 << 20)}).status_code == 413
    assert ana.post(f"/incidents/{ref}/attachments", {"file": "x"}).status_code == 400
