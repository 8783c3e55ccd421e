"""P24: what a file betrays beside what it shows is found, named, and not in its cleaned copy; which shows the same."""

import functools
import io
import re
import tempfile
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from PIL import Image

from tests.files import looking, marks, samples
from wise.files import cleaning, kinds
from wise.files.findings import Outcome, Result

# The making of the files is most of the work: one process does it for all tests here.
pytestmark = pytest.mark.xdist_group("traces")
NAMES = samples.made_here()
STILL = {"jpeg", "png", "webp", "gif", "tiff", "heic", "avif"}
MOVING = {"mp4", "mov", "3gp", "m4a", "webm", "mkv", "mp3", "wav", "ogg"}
PACKAGES = {"docx", "xlsx", "pptx"}

# What exiftool may still see: how a file is built. Names of groups that hold what somebody wrote, and of tags likewise.
_GROUPS = re.compile(
    r"(ExifIFD|GPS|XMP.*|IPTC|Photoshop|MakerNotes|MPF\d*|ID3.*|Keys|ItemList|UserData|SubIFD|JFXX|C2PA|JUMBF)$"
)
_TAGS = re.compile(
    r"author|creator|artist|copyright|owner|gps|^make$|^model$|serial|software|producer|encoder|vendor|title|comment|"
    r"description|keyword|subject|company|manager|lastmodifiedby|template|date|appversion|application|thumbnail|history|"
    r"documentid|instanceid|location|generator|muxingapp|writingapp|handlerdescription|compressorname|encodedby|revision",
    re.IGNORECASE,
)
# What we write ourselves, the same into every copy.
_OUR_OWN = {"ICC_Profile:ProfileDescription": "RGB", "ICC_Profile:ProfileCopyright": "-", "MPEG:Encoder": "LAME"}
_TECHNICAL = re.compile(r"Track\d+:SampleGroupDescription$|MPEG:CopyrightFlag$")
_SAYS_NOTHING = re.compile(r"[-0:. ]*$")
_BUILT = ("System:", "ExifTool:", "Composite:", "SourceFile", "ZIP:ZipModifyDate")


@functools.cache
def _result(name: str) -> Result:
    return cleaning.looked_at(samples.original(name))


@functools.cache
def _tags(which: str) -> dict[str, dict[str, Any]]:
    """What exiftool sees in all files, asked once."""
    with tempfile.TemporaryDirectory() as folder:
        for name in NAMES:
            content = samples.original(name) if which == "originals" else _result(name).data or samples.original(name)
            (Path(folder) / name).write_bytes(content)
        return {Path(row["SourceFile"]).name: row for row in looking.all_tags(Path(folder))}


def _betraying(tags: dict[str, Any]) -> dict[str, Any]:
    found = {}
    for key, value in tags.items():
        group, _, name = key.partition(":")
        if key.startswith(_BUILT) or _TECHNICAL.match(key) or value == _OUR_OWN.get(key, object()):
            continue
        if _GROUPS.match(group) or (_TAGS.search(name) and not _SAYS_NOTHING.match(str(value))):
            found[key] = value
    return found


def test_p24_the_folder_has_files_of_every_kind_that_is_cleaned() -> None:
    cleaned = {row.code for row in kinds.KINDS.values() if row.cleaner}

    assert {sample.kind for sample in samples.SAMPLES.values()} == cleaned
    assert len(samples.SAMPLES) >= 60


@pytest.mark.parametrize("name", NAMES)
def test_p24_what_it_betrays_is_found_and_not_in_the_copy(name: str) -> None:
    result, sample = _result(name), samples.of(name)

    assert (result.outcome, result.kind) == (Outcome.CLEANED, sample.kind)
    assert sample.found <= set(result.found)
    assert not marks.left_in(looking.unfolded(result.data or samples.original(name)))


@looking.needs_exiftool
@pytest.mark.parametrize("name", NAMES)
def test_p24_exiftool_finds_nothing_in_the_copy(name: str) -> None:
    assert not _betraying(_tags("copies")[name])


@looking.needs_exiftool
def test_p24_exiftool_finds_something_in_the_originals() -> None:
    telling = {name for name in NAMES if _betraying(_tags("originals")[name])}

    # Of the rest it cannot tell: what lies behind the end of a picture, a script, changes that are tracked.
    assert len(telling) >= len(NAMES) * 3 // 4


@pytest.mark.parametrize("name", [name for name in NAMES if samples.of(name).kind in STILL])
def test_p24_a_picture_looks_the_same_and_is_the_same_way_up(name: str) -> None:
    with Image.open(io.BytesIO(samples.original(name))) as before, Image.open(io.BytesIO(_copy(name))) as after:
        assert getattr(before, "n_frames", 1) == getattr(after, "n_frames", 1)
        for place in range(getattr(before, "n_frames", 1)):
            before.seek(place)
            after.seek(place)
            assert before.convert("RGBA").tobytes() == after.convert("RGBA").tobytes()
        assert before.getexif().get(0x0112, 1) == after.getexif().get(0x0112, 1)
        assert bool(before.info.get("icc_profile")) == bool(after.info.get("icc_profile"))


@looking.needs_ffmpeg
@pytest.mark.parametrize("name", [name for name in NAMES if samples.of(name).kind in MOVING])
def test_p24_a_film_plays_the_same_pictures_and_the_same_sound(name: str, tmp_path: Path) -> None:
    before, after = tmp_path / f"sebelum-{name}", tmp_path / f"sesudah-{name}"
    before.write_bytes(samples.original(name))
    after.write_bytes(_copy(name))

    assert looking.frames(before) == looking.frames(after) != []


@looking.needs_poppler
@pytest.mark.parametrize("name", [name for name in NAMES if samples.of(name).kind == "pdf"])
def test_p24_the_words_of_a_pdf_can_still_be_searched(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(_copy(name))

    assert marks.SHOWN in looking.words(path)


@pytest.mark.parametrize("name", [name for name in NAMES if samples.of(name).kind in PACKAGES])
def test_p24_a_document_is_whole_and_says_what_it_said(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(_copy(name))) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    for part, content in parts.items():
        if part.endswith((".xml", ".rels")):
            ElementTree.fromstring(content)  # noqa: S314 - what we have written ourselves
    assert not _dangling(parts)
    assert any(marks.SHOWN.encode() in content for content in parts.values())
    assert b"macroEnabled" not in parts["[Content_Types].xml"]


def test_p24_who_commented_stays_apart_without_a_name() -> None:
    document = docx.Document(io.BytesIO(_copy("surat.docx")))

    assert [comment.author for comment in document.comments] == ["1"]
    assert "Periksa" in next(iter(document.comments)).text
    assert marks.SHOWN in document.paragraphs[0].text


def test_p24_a_cleaned_copy_has_nothing_more_to_clean() -> None:
    again = {name: cleaning.looked_at(_copy(name)) for name in NAMES}

    assert {result.outcome for result in again.values()} == {Outcome.CLEANED}
    assert {name: result.found for name, result in again.items() if result.found} == {}


def _copy(name: str) -> bytes:
    return _result(name).data or samples.original(name)


def _dangling(parts: dict[str, bytes]) -> list[str]:
    """Relations and declarations of parts that are not there."""
    missing = []
    for name, content in parts.items():
        if name.endswith(".rels"):
            folder = name.split("/")[:-2]
            for relation in ElementTree.fromstring(content):  # noqa: S314
                if relation.get("TargetMode") != "External":
                    steps = [*folder]
                    for step in str(relation.get("Target")).split("/"):
                        steps = steps[:-1] if step == ".." else [*steps, step]
                    missing += [] if "/".join(steps) in parts else ["/".join(steps)]
    declared = re.findall(r'PartName="/([^"]+)"', parts["[Content_Types].xml"].decode())
    return missing + [part for part in declared if part not in parts]
