"""Films and recordings that betray something, made by ffmpeg as telephones, cameras and browsers write them."""

import functools
import struct
import subprocess
import tempfile
from pathlib import Path

from tests.files import marks, pictures
from tests.files.marks import Sample, sample
from wise.files.findings import Found

_TELLS = {
    "location": marks.PLACE,
    "location-eng": marks.PLACE,
    "creation_time": marks.DAY,
    "make": marks.CAMERA,
    "model": marks.MODEL,
    "artist": marks.AUTHOR,
    "title": marks.COMMENT,
    "comment": marks.COMMENT,
    "encoder": marks.SOFTWARE,
}
_APPLE = {
    "com.apple.quicktime.location.ISO6709": marks.PLACE,
    "com.apple.quicktime.make": marks.CAMERA,
    "com.apple.quicktime.model": marks.MODEL,
    "com.apple.quicktime.software": marks.SOFTWARE,
    "com.apple.quicktime.creationdate": marks.DAY,
    "com.apple.quicktime.author": marks.AUTHOR,
}
_SEEN = ("-f", "lavfi", "-i", "testsrc=size=160x120:rate=10:duration=2")
_HEARD = ("-f", "lavfi", "-i", "sine=frequency=440:duration=2")
_H264 = ("-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "5")
_AAC = ("-c:a", "aac", "-b:a", "48k")


@functools.cache
def made(suffix: str, *words: str) -> bytes:
    """What ffmpeg writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"film{suffix}"
        command = ["ffmpeg", "-v", "error", "-y", *words, str(path)]
        subprocess.run(command, check=True, capture_output=True)
        return path.read_bytes()


def telling(**more: str) -> tuple[str, ...]:
    rows = _TELLS | more
    return tuple(word for key, value in rows.items() for word in ("-metadata", f"{key}={value}"))


def film(suffix: str = ".mp4", *words: str) -> bytes:
    return made(suffix, *_SEEN, *_HEARD, *_H264, *_AAC, *telling(), *words)


def _apple() -> bytes:
    keys = tuple(word for key, value in _APPLE.items() for word in ("-metadata", f"{key}={value}"))
    return film(".mov", *keys, "-movflags", "use_metadata_tags", "-timecode", "01:02:03:04")


def with_box(film: bytes, name: bytes, content: bytes) -> bytes:
    """A film with one more box in its list of tracks, which is at the end: no place in it moves."""
    start = film.index(b"moov") - 4
    size = struct.unpack_from(">I", film, start)[0]
    assert start + size == len(film)
    more = struct.pack(">I", len(content) + 8) + name + content
    return film[:start] + struct.pack(">I", size + len(more)) + film[start + 4 :] + more


def _android() -> bytes:
    place = b"\0\x12\x15\xc7" + marks.PLACE.encode()
    loose = struct.pack(">I", len(place) + 8) + b"\xa9xyz" + place
    return with_box(made(".mp4", *_SEEN, *_H264, "-metadata", f"creation_time={marks.DAY}"), b"udta", loose)


def _action_camera() -> bytes:
    return with_box(film(), b"udta", struct.pack(">I", 44) + b"CAME" + marks.SERIAL.encode().ljust(36, b"\0"))


def _wav() -> bytes:
    return made(".wav", *_HEARD, *telling(), "-write_bext", "1", "-metadata", f"originator={marks.AUTHOR}")


def _old_tag(title: str, author: str) -> bytes:
    return b"TAG" + title.encode()[:30].ljust(30, b"\0") + author.encode()[:30].ljust(30, b"\0") + bytes(65)


def _mp3(*words: str) -> bytes:
    cover = pictures.photo()
    with tempfile.NamedTemporaryFile(suffix=".jpg") as picture:
        picture.write(cover)
        picture.flush()
        sound = made(
            ".mp3", *_HEARD, "-i", picture.name, "-map", "0:a", "-map", "1:v", "-c:v", "copy", *telling(), *words
        )
    return sound + _old_tag(marks.COMMENT, marks.AUTHOR)


_ALL = (Found.PLACE, Found.CAMERA, Found.DATES, Found.AUTHOR, Found.SOFTWARE, Found.COMMENTS)
_X265 = ("-c:v", "libx265", "-x265-params", "log-level=none", "-tag:v", "hvc1", "-pix_fmt", "yuv420p")

FILMS: tuple[Sample, ...] = tuple(
    sample(name, kind, make, *found, needs="ffmpeg")
    for name, kind, make, *found in (
        ("rekaman.mp4", "mp4", film, Found.AUTHOR, Found.DATES, Found.SOFTWARE, Found.COMMENTS),
        ("cepat.mp4", "mp4", lambda: film(".mp4", "-movflags", "+faststart"), Found.AUTHOR, Found.DATES),
        ("android.mp4", "mp4", _android, Found.PLACE, Found.DATES),
        ("kamera-laga.mp4", "mp4", _action_camera, Found.SERIAL, Found.AUTHOR),
        ("h265.mp4", "mp4", lambda: made(".mp4", *_SEEN, *_HEARD, *_X265, *_AAC, *telling()), Found.AUTHOR),
        ("layar.mp4", "mp4", lambda: film(".mp4", "-movflags", "frag_keyframe+empty_moov"), Found.DATES),
        (
            "layar-dasar.mp4",
            "mp4",
            lambda: film(".mp4", "-movflags", "frag_keyframe+empty_moov+default_base_moof"),
            Found.DATES,
        ),
        ("apel.mov", "mov", _apple, *_ALL),
        (
            "suara-mentah.mov",
            "mov",
            lambda: made(".mov", *_SEEN, *_HEARD, *_H264, "-c:a", "pcm_s16le", *telling()),
            Found.DATES,
        ),
        ("lama.3gp", "3gp", lambda: made(".3gp", *_SEEN, *_HEARD, *_H264, *_AAC, *telling()), Found.DATES),
        ("suara.m4a", "m4a", lambda: made(".m4a", *_HEARD, *_AAC, *telling()), Found.AUTHOR, Found.DATES),
        (
            "peramban.webm",
            "webm",
            lambda: made(".webm", *_SEEN, *_HEARD, "-c:v", "libvpx", "-c:a", "libvorbis", *telling()),
            Found.COMMENTS,
            Found.SOFTWARE,
        ),
        (
            "vp9.webm",
            "webm",
            lambda: made(".webm", *_SEEN, *_HEARD, "-c:v", "libvpx-vp9", "-c:a", "libopus", *telling()),
            Found.COMMENTS,
        ),
        (
            "langsung.webm",
            "webm",
            lambda: made(".webm", *_SEEN, *_HEARD, "-c:v", "libvpx", "-c:a", "libopus", "-live", "1", *telling()),
            Found.COMMENTS,
        ),
        ("arsip.mkv", "mkv", lambda: film(".mkv"), Found.COMMENTS, Found.DATES),
        ("musik.mp3", "mp3", _mp3, Found.AUTHOR, Found.COMMENTS, Found.THUMBNAIL),
        ("musik-vbr.mp3", "mp3", lambda: _mp3("-q:a", "4"), Found.AUTHOR),
        ("suara.wav", "wav", _wav, Found.AUTHOR, Found.SOFTWARE),
        (
            "pesan-suara.ogg",
            "ogg",
            lambda: made(".ogg", *_HEARD, "-c:a", "libopus", *telling()),
            Found.AUTHOR,
            Found.SOFTWARE,
        ),
        ("vorbis.ogg", "ogg", lambda: made(".ogg", *_HEARD, "-c:a", "libvorbis", *telling()), Found.AUTHOR),
    )
)
