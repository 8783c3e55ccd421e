"""What WiSe must reach, row by row, and how a figure is held against it. The marks are measured, not promised."""

import math
from dataclasses import dataclass
from enum import StrEnum


class Better(StrEnum):
    """Which way a figure is good."""

    LESS = "≤"
    MORE = "≥"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: its unit, what it must reach, and the floor it stands upon (what cannot be had for less)."""

    code: str
    what: str
    unit: str
    mark: float | None = None
    better: Better = Better.LESS
    floor: str = ""


ROWS: dict[str, Row] = {
    row.code: row
    for row in (
        Row("first-requests", "first page: requests", "", 3),
        Row("first-weight", "first page: raw weight", "KB", 30),
        Row("journey-weight", "whole journey of a new reporter, without files: weight", "KB", 100),
        Row("send-1", "send a report, 1 client: p50", "ms", 15, floor="receive"),
        Row("send-1-p95", "send a report, 1 client: p95", "ms"),
        Row("send-8-rate", "send a report, 8 clients at once", "/s", 100, Better.MORE, floor="receive rate"),
        Row("send-8-p50", "send a report, 8 clients: p50", "ms"),
        Row("send-8-p95", "send a report, 8 clients: p95", "ms", 150),
        Row("send-8-errors", "send a report, 8 clients: errors", "", 0),
        Row("send-32-rate", "send a report, 32 clients at once", "/s", 100, Better.MORE, floor="receive rate"),
        Row("send-32-p95", "send a report, 32 clients: p95", "ms", 400),
        Row("send-32-errors", "send a report, 32 clients: errors", "", 0),
        Row("journeys-1", "whole signed-in journeys (5 requests), 1 client", "/s"),
        Row("journeys-8", "whole signed-in journeys (5 requests), 8 clients", "/s", 45, Better.MORE),
        Row("journeys-32", "whole signed-in journeys (5 requests), 32 clients", "/s"),
        Row("journeys-errors", "whole signed-in journeys: errors", "", 0),
        Row("new-account", "send with a new pseudonym, 1 client: p50", "ms", floor="argon2id"),
        Row("new-account-extra", "of which not the key derivation", "ms"),
        Row("flood-journeys", "journeys of 8 clients against 50 wrong sign-ins/s", "/s"),
        Row("flood-kept", "kept of their rate without the flood", "%", 80, Better.MORE),
        Row("flood-errors", "journeys against the flood: errors", "", 0),
        Row("sign-in", "a returning reporter signs in: p50", "ms", floor="argon2id"),
        Row("sign-in-extra", "of which not the key derivation", "ms", 10),
        Row("open-1", "an officer opens a report (logged), 1 client: p50", "ms", 12, floor="read"),
        Row("open-8-rate", "officers open reports, 8 clients", "/s", 150, Better.MORE, floor="read rate"),
        Row("own-1", "a reporter opens an own report, 1 client: p50", "ms"),
        Row("own-8-rate", "reporters open own reports, 8 clients", "/s"),
        Row("privacy-check", "privacy check of 10,000 characters", "ms", 30),
        Row("clean-photo", "a photograph of 10 MB looked at and cleaned, in its worker", "ms"),
        Row("clean-pdf", "a PDF of 10 MB looked at and cleaned, in its worker", "ms"),
        Row("upload-speed", "10 MB of text attached and looked at, to acknowledgement", "MB/s", floor="stream speed"),
        Row("upload-memory", "10 MB attachment: memory", "MB", 32),
        Row("upload-plain", "10 MB attachment: plaintext found on the disk", "", 0),
        Row("inbox-1000", "inbox at 1,000 cases: p50", "ms", 60, floor="inbox"),
        Row("inbox-1000-weight", "inbox at 1,000 cases: weight", "KB", 100),
        Row("inbox-10000", "inbox at 10,000 cases: p50", "ms", 60, floor="inbox"),
        Row("inbox-10000-weight", "inbox at 10,000 cases: weight", "KB", 100),
        Row("inbox-1000000", "inbox at 1,000,000 cases: p50", "ms", 60, floor="inbox"),
        Row("inbox-1000000-weight", "inbox at 1,000,000 cases: weight", "KB", 100),
        Row("letter-pdf", "a response letter as PDF, typeset anew", "ms", 15),
        Row("note-pdf", "a note as PDF, typeset anew", "ms", 15),
        Row("slip-pdf", "a slip as PDF, typeset anew", "ms", 15),
        Row("letter-docx", "a response letter as DOCX", "ms"),
        Row("letter-memory", "1,000 letters one after another: memory", "MB", 8),
        Row("memory-idle", "memory of a worker, idle after first pages", "MB", 150),
        Row("memory-load", "memory of a worker after 32 clients", "MB"),
        Row("memory-10000", "memory of a worker after the inbox at 10,000 cases", "MB", 150),
        Row("first-start", "first start: demo institution founded, first page answered", "s"),
        Row("start", "later start, until the first page is answered", "s", 2),
        Row("stop", "stop in the middle of a burst", "s", 3),
        Row("stop-lost", "receipts shown in the burst that do not open afterwards", "", 0),
    )
}


def holds(row: Row, figure: float) -> bool | None:
    """Whether the figure reaches its mark; None where there is no mark."""
    if row.mark is None:
        return None
    if math.isnan(figure):
        return False
    return figure <= row.mark if row.better is Better.LESS else figure >= row.mark
