"""What the frame of every page needs to know. Nothing here asks a database, so that an error page has it too."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils import translation
from django.utils.http import escape_leading_slashes

# An everyday page in each language, for whoever must leave at once. It opens over Tor too.
EXITS = {"id": "https://id.wikipedia.org/wiki/Cuaca", "en": "https://en.wikipedia.org/wiki/Weather"}
LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "en": "English"}
HOTLINE = "1-50-991"
HOTLINE_DIALLED = "1500991"


@dataclass(frozen=True, slots=True)
class Frame:
    """The language of the page, the same page in the other one, the way out, the hotline, the onion address."""

    language: str
    other_language: str
    other_language_name: str
    other_language_url: str
    exit_url: str
    hotline: str
    hotline_dialled: str
    onion: str


def language_of(request: HttpRequest) -> str:
    """Return the language that an address is in: nothing else decides it, no cookie and no browser setting."""
    return translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE


def in_other_language(request: HttpRequest) -> str:
    """Return the address of the same page in the other language.

    Both languages have the same paths below the prefix, so that this also holds for a page that does not exist.
    A path such as ``/en//elsewhere.example`` must not become an address of another site: leading slashes are
    escaped.
    """
    script = get_script_prefix().rstrip("/")
    path = request.get_full_path().removeprefix(script)
    bare = path.removeprefix("/en") if language_of(request) == "en" else f"/en{path}"
    return script + escape_leading_slashes(bare or "/")


def page(request: HttpRequest) -> dict[str, Frame]:
    """Give every template ``frame``."""
    language = language_of(request)
    other = "id" if language == "en" else "en"
    return {
        "frame": Frame(
            language=language,
            other_language=other,
            other_language_name=LANGUAGE_NAMES[other],
            other_language_url=in_other_language(request),
            exit_url=EXITS[language],
            hotline=HOTLINE,
            hotline_dialled=HOTLINE_DIALLED,
            onion=getattr(settings, "WISE_ONION", "") or "",
        )
    }
