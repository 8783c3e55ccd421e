"""What XMP packets and IPTC records tell, by the names that stand in them: they are left out whole, never rewritten."""

import re
from collections.abc import Mapping

from wise.files.findings import Found

_XMP: Mapping[bytes, Found] = {
    rb"exif:GPS|photoshop:(City|Country|State)|Iptc4xmp(Core:Location|Ext:Location)|LocationCreated": Found.PLACE,
    rb"tiff:(Make|Model)|aux:Lens|exifEX:Lens": Found.CAMERA,
    rb"SerialNumber|ImageUniqueID": Found.SERIAL,
    rb"dc:creator|dc:rights|photoshop:(AuthorsPosition|CaptionWriter|Credit)|pdf:Author|OwnerName": Found.AUTHOR,
    rb"xmp:CreatorTool|pdf:Producer|tiff:Software|stEvt:softwareAgent": Found.SOFTWARE,
    rb"(Create|Modify|Metadata)Date|DateTimeOriginal|DateCreated|stEvt:when": Found.DATES,
    rb"dc:(title|description|subject)|exif:UserComment|pdf:Keywords|photoshop:Headline": Found.COMMENTS,
    rb"xmpMM:|photoshop:History": Found.HISTORY,
    rb"xmp:Thumbnails|xapGImg": Found.THUMBNAIL,
}
_TELLING = {re.compile(pattern): what for pattern, what in _XMP.items()}
_IPTC: Mapping[int, Found] = {
    55: Found.DATES,
    60: Found.DATES,
    62: Found.DATES,
    65: Found.SOFTWARE,
    80: Found.AUTHOR,
    85: Found.AUTHOR,
    110: Found.AUTHOR,
    115: Found.AUTHOR,
    116: Found.AUTHOR,
    122: Found.AUTHOR,
    26: Found.PLACE,
    90: Found.PLACE,
    92: Found.PLACE,
    95: Found.PLACE,
    101: Found.PLACE,
    5: Found.COMMENTS,
    25: Found.COMMENTS,
    105: Found.COMMENTS,
    120: Found.COMMENTS,
}


def of_xmp(packet: bytes) -> set[Found]:
    """What an XMP packet tells; something, always."""
    return {what for pattern, what in _TELLING.items() if pattern.search(packet)} or {Found.OTHER}


def of_iptc(block: bytes) -> set[Found]:
    """What the records of an image resource block tell (IPTC-IIM 4.2: 0x1C, record 2, dataset); something, always."""
    told = re.findall(rb"\x1c\x02(.)", block, re.DOTALL)
    return {_IPTC[dataset] for (dataset,) in told if dataset in _IPTC} or {Found.OTHER}
