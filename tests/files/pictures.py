"""Pictures that betray something, made by the tests."""

import functools
import io
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path
from typing import Any

import pillow_heif
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from tests.files import marks
from tests.files.marks import Sample, sample
from wise.files.findings import Found

pillow_heif.register_heif_opener()
_GPS = {1: "N", 2: (0.0, 30.0, 25.56), 3: "E", 4: (101.0, 26.0, 52.08), 29: "2019:07:14"}
_TOLD = (Found.PLACE, Found.CAMERA, Found.SERIAL, Found.AUTHOR, Found.DATES, Found.SOFTWARE, Found.COMMENTS)


def picture(mode: str = "RGB", size: tuple[int, int] = (160, 120)) -> Image.Image:
    image = Image.new("RGB", size, (30, 60, 90))
    draw = ImageDraw.Draw(image)
    for place in range(0, size[0], 8):
        draw.line((place, 0, size[0] - place, size[1]), fill=(place % 256, 200 - place % 200, 120))
    return image.convert(mode)


def exif(*, turned: int = 1, place: bool = True) -> Any:
    block = Image.Exif()
    block[0x010F], block[0x0110], block[0x0131] = marks.CAMERA, marks.MODEL, marks.SOFTWARE
    block[0x013B], block[0x0132], block[0x010E] = marks.AUTHOR, marks.EXIF_DAY, marks.COMMENT
    if turned != 1:
        block[0x0112] = turned
    inner = block.get_ifd(0x8769)
    inner[0x9003], inner[0xA431] = marks.EXIF_DAY, marks.SERIAL
    inner[0x9286] = b"ASCII\0\0\0" + marks.COMMENT.encode()
    if place:
        block.get_ifd(0x8825).update(_GPS)
    return block


def xmp() -> bytes:
    return f"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
xmlns:exif="http://ns.adobe.com/exif/1.0/" xmp:CreatorTool="{marks.SOFTWARE}" xmp:CreateDate="{marks.DAY}"
exif:GPSLatitude="0,30.5071N"><dc:creator><rdf:Seq><rdf:li>{marks.AUTHOR}</rdf:li></rdf:Seq></dc:creator>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".encode()


def saved(image: Image.Image, form: str, **given: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **given)
    return out.getvalue()


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def with_segment(jpeg: bytes, marker: int, content: bytes) -> bytes:
    return jpeg[:2] + struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content + jpeg[2:]


@functools.cache
def photo(**given: Any) -> bytes:
    """A photograph as a telephone writes it."""
    return saved(picture(), "JPEG", quality=88, exif=exif(**given), icc_profile=profile())


def _thumbnailed() -> bytes:
    block = bytearray(exif().tobytes().removeprefix(b"Exif\0\0"))
    little = block[:2] == b"II"
    order = "<" if little else ">"
    small = saved(picture(size=(40, 30)), "JPEG")
    first = struct.unpack_from(f"{order}I", block, 4)[0]
    count = struct.unpack_from(f"{order}H", block, first)[0]
    struct.pack_into(f"{order}I", block, first + 2 + count * 12, len(block))
    start = len(block) + 2 + 2 * 12 + 4
    block += struct.pack(f"{order}H", 2)
    block += struct.pack(f"{order}HHII", 0x0201, 4, 1, start) + struct.pack(f"{order}HHII", 0x0202, 4, 1, len(small))
    block += bytes(4) + small
    return with_segment(saved(picture(), "JPEG"), 0xE1, b"Exif\0\0" + bytes(block))


def _iptc() -> bytes:
    def row(dataset: int, text: str) -> bytes:
        return struct.pack(">BBBH", 0x1C, 2, dataset, len(text)) + text.encode()

    rows = row(80, marks.AUTHOR) + row(90, "Pekanbaru 00.5071") + row(120, marks.COMMENT) + row(65, marks.SOFTWARE)
    block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(rows)) + rows + bytes(len(rows) % 2)
    return with_segment(saved(picture(), "JPEG"), 0xED, block)


def _moving() -> bytes:
    """A photograph with a short film behind it."""
    return photo() + struct.pack(">I", 24) + b"ftypmp42\0\0\0\0mp42isom" + marks.INSIDE


def _png(*chunks: tuple[bytes, bytes], image: Image.Image | None = None, **given: Any) -> bytes:
    data = saved(image or picture(), "PNG", **given)
    extra = b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )
    return data[:33] + extra + data[33:]


def _texts() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", marks.AUTHOR)
    info.add_text("Software", marks.SOFTWARE, zip=True)
    info.add_text("Creation Time", marks.EXIF_DAY)
    info.add_itxt("Comment", marks.COMMENT)
    return saved(picture(), "PNG", pnginfo=info)


def _stale() -> bytes:
    """A picture whose data goes on after its end, as a program left it that wrote a smaller one over a larger."""
    data = saved(picture(), "PNG")
    start = data.index(b"IDAT") - 4
    size = struct.unpack_from(">I", data, start)[0]
    pixels = data[start + 8 : start + 8 + size] + marks.INSIDE
    chunk = struct.pack(">I", len(pixels)) + b"IDAT" + pixels + struct.pack(">I", zlib.crc32(b"IDAT" + pixels))
    return data[:start] + chunk + data[start + 12 + size :] + marks.INSIDE


def _frames(form: str, **given: Any) -> bytes:
    frames = [picture(size=(64, 48)).rotate(angle) for angle in (0, 90, 180)]
    return saved(frames[0], form, save_all=True, append_images=frames[1:], duration=80, loop=0, **given)


def _commented_gif() -> bytes:
    data = _frames("GIF", comment=marks.COMMENT.encode())
    packet = xmp().replace(b"\n", b" ")
    magic = b"\1" + bytes(range(255, -1, -1)) + b"\0"
    return data[:-1] + b"!\xff\x0bXMP DataXMP" + packet + magic + b";" + marks.INSIDE


def _svg() -> bytes:
    return f"""<?xml version="1.0"?><!-- {marks.COMMENT} --><svg xmlns="http://www.w3.org/2000/svg"
xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:sodipodi="http://sodipodi.sourceforge.net/x.dtd"
xmlns:xlink="http://www.w3.org/1999/xlink" inkscape:export-filename="{marks.PATH}" viewBox="0 0 90 30"
onload="alert(1)"><metadata>{marks.AUTHOR}</metadata><sodipodi:namedview inkscape:window-width="99"/>
<script>alert("{marks.COMMENT}")</script><text x="2" y="20">{marks.SHOWN}</text>
<image xlink:href="http://example.org/{marks.SERIAL}.png"/>
<a href="javascript:alert(1)"><rect width="9" height="9"/></a>
</svg>""".encode()


def written_by_exiftool(data: bytes, suffix: str, *words: str) -> bytes:
    """The picture with what exiftool writes into it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"gambar{suffix}"
        path.write_bytes(data)
        told = (f"-Artist={marks.AUTHOR}", "-GPSLatitude=0.5071", "-GPSLatitudeRef=N", "-GPSLongitude=101.4478", *words)
        subprocess.run(["exiftool", "-q", "-overwrite_original", *told, str(path)], check=True, capture_output=True)
        return path.read_bytes()


def _placed(form: str, suffix: str) -> bytes:
    return written_by_exiftool(
        saved(picture(), form), suffix, f"-XMP:Creator={marks.AUTHOR}", f"-SerialNumber={marks.SERIAL}"
    )


def _tiff(**given: Any) -> bytes:
    block = exif()
    return saved(picture(), "TIFF", exif=block, **given)


def _pages() -> bytes:
    pages = [picture("L"), picture("L").rotate(180)]
    return saved(
        pages[0], "TIFF", save_all=True, append_images=pages[1:], description=marks.COMMENT, software=marks.SOFTWARE
    )


PICTURES: tuple[Sample, ...] = (
    sample("telepon.jpg", "jpeg", photo, *_TOLD),
    sample("tanpa-tempat.jpg", "jpeg", lambda: photo(place=False), *set(_TOLD) - {Found.PLACE}),
    sample("miring.jpg", "jpeg", lambda: photo(turned=6), *_TOLD),
    sample("terbalik.jpg", "jpeg", lambda: photo(turned=3), *_TOLD),
    sample("kecil-di-dalam.jpg", "jpeg", _thumbnailed, *_TOLD, Found.THUMBNAIL),
    sample("xmp.jpg", "jpeg", lambda: saved(picture(), "JPEG", xmp=xmp()), Found.AUTHOR, Found.SOFTWARE, Found.PLACE),
    sample("iptc.jpg", "jpeg", _iptc, Found.AUTHOR, Found.PLACE, Found.COMMENTS, Found.SOFTWARE),
    sample("komentar.jpg", "jpeg", lambda: saved(picture(), "JPEG", comment=marks.COMMENT.encode()), Found.COMMENTS),
    sample("bertahap.jpg", "jpeg", lambda: saved(picture(), "JPEG", progressive=True, exif=exif()), *_TOLD),
    sample("abu.jpg", "jpeg", lambda: saved(picture("L"), "JPEG", exif=exif()), *_TOLD),
    sample("cetak.jpg", "jpeg", lambda: saved(picture("CMYK"), "JPEG", exif=exif()), *_TOLD),
    sample("bergerak.jpg", "jpeg", _moving, *_TOLD, Found.EMBEDDED),
    sample("dan-zip.jpg", "jpeg", lambda: saved(picture(), "JPEG") + b"PK\3\4" + marks.INSIDE, Found.EMBEDDED),
    sample("teks.png", "png", _texts, Found.AUTHOR, Found.SOFTWARE, Found.DATES, Found.COMMENTS),
    sample("exif.png", "png", lambda: saved(picture(), "PNG", exif=exif(turned=8)), *_TOLD),
    sample(
        "xmp.png", "png", lambda: _png((b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp())), Found.AUTHOR, Found.PLACE
    ),
    sample("jam.png", "png", lambda: _png((b"tIME", b"\x07\xe3\x07\x0e\x09\x08\x07")), Found.DATES),
    sample("terpotong.png", "png", _stale, Found.EMBEDDED),
    sample("asal.png", "png", lambda: _png((b"caBX", marks.INSIDE)), Found.OTHER),
    sample("warna.png", "png", lambda: saved(picture(), "PNG", icc_profile=profile(), exif=exif()), *_TOLD),
    sample(
        "palet.png",
        "png",
        lambda: _png((b"tEXt", b"Comment\0" + marks.COMMENT.encode()), image=picture("P")),
        Found.COMMENTS,
    ),
    sample(
        "gerak.png",
        "png",
        lambda: _frames("PNG"),
    ),
    sample("foto.webp", "webp", lambda: saved(picture(), "WEBP", exif=exif()), *_TOLD),
    sample("utuh.webp", "webp", lambda: saved(picture(), "WEBP", lossless=True, xmp=xmp()), Found.AUTHOR, Found.PLACE),
    sample(
        "bening.webp",
        "webp",
        lambda: saved(picture("RGBA"), "WEBP", exif=exif(turned=6), icc_profile=profile()),
        *_TOLD,
    ),
    sample("gerak.webp", "webp", lambda: _frames("WEBP", exif=exif(), xmp=xmp()), *_TOLD),
    sample("ekor.webp", "webp", lambda: saved(picture(), "WEBP") + marks.INSIDE, Found.EMBEDDED),
    sample("gerak.gif", "gif", _commented_gif, Found.COMMENTS, Found.OTHER, Found.EMBEDDED),
    sample("diam.gif", "gif", lambda: saved(picture("P"), "GIF", comment=marks.COMMENT.encode()), Found.COMMENTS),
    sample("pindai.tif", "tiff", _tiff, *set(_TOLD) - {Found.PLACE, Found.SERIAL}),
    sample("pindai-lzw.tif", "tiff", lambda: _tiff(compression="tiff_lzw"), Found.AUTHOR, Found.DATES),
    sample("pindai-jpeg.tif", "tiff", lambda: _tiff(compression="jpeg"), Found.AUTHOR, Found.DATES),
    *(
        sample(
            f"bertempat{suffix}",
            kind,
            functools.partial(_placed, form, suffix),
            Found.AUTHOR,
            Found.PLACE,
            needs="exiftool",
        )
        for form, suffix, kind in (
            ("TIFF", ".tif", "tiff"),
            ("JPEG", ".jpg", "jpeg"),
            ("PNG", ".png", "png"),
            ("WEBP", ".webp", "webp"),
            ("HEIF", ".heic", "heic"),
        )
    ),
    sample("halaman.tif", "tiff", _pages, Found.SOFTWARE, Found.COMMENTS),
    sample("apel.heic", "heic", lambda: saved(picture(), "HEIF", exif=exif().tobytes(), xmp=xmp()), *_TOLD),
    sample("apel-miring.heic", "heic", lambda: saved(picture(), "HEIF", exif=exif(turned=6).tobytes()), *_TOLD),
    sample(
        "apel-kecil.heic",
        "heic",
        lambda: saved(picture(size=(640, 480)), "HEIF", exif=exif().tobytes(), thumbnails=[64]),
        *_TOLD,
        Found.THUMBNAIL,
    ),
    sample("apel-bening.heic", "heic", lambda: saved(picture("RGBA"), "HEIF", exif=exif().tobytes()), *_TOLD),
    sample("baru.avif", "avif", lambda: saved(picture(), "AVIF", exif=exif(), xmp=xmp()), *_TOLD),
    sample(
        "baru-bening.avif", "avif", lambda: saved(picture("RGBA"), "AVIF", exif=exif(), icc_profile=profile()), *_TOLD
    ),
    sample("gambar.svg", "svg", _svg, Found.SCRIPT, Found.COMMENTS, Found.PATHS),
)
