"""OpenID Connect: the institution's own sign-in says who an officer is. It opens nothing: the passphrase does that.

The authorization code flow with PKCE, by OpenID Connect Core 1.0 (§3.1) and Discovery 1.0, RFC 6749, RFC 7636 and
RFC 9207. Signatures and claims of the identity token are PyJWT's to check.
"""

import base64
import hashlib
import http.client
import json
import secrets
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, override
from urllib.parse import quote, urlencode, urlsplit

import jwt
from django.utils.translation import gettext_lazy as _

from wise.refusals import Refused

_SECONDS = 10.0
_LARGEST = 1024 * 1024
_LEEWAY = 60  # seconds that two servers' clocks may differ
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
# Anybody can ask for the way there. However slow the provider is, it holds up so many requests of a process at most.
_AT_ONCE = 4
_PATIENCE = 1.0
_free = threading.BoundedSemaphore(_AT_ONCE)
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Provider:
    """The institution's sign-in, as the operator entered it; `name` is what the button says."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    name: str


@dataclass(frozen=True, slots=True, repr=False)
class Going:
    """Where the officer's browser goes, and what must be kept for when it comes back."""

    url: str
    kept: dict[str, str]


def is_safe(address: str) -> bool:
    """Whether nobody on the way can read what goes to an address."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


def begin(provider: Provider, *, back: str) -> Going:
    """Ask the institution who it is; `back` is our address to which it sends the answer."""
    about = _about(provider)
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    digest = hashlib.sha256(kept["verifier"].encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": "openid",
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    address = about["authorization_endpoint"]
    return Going(f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}", kept)


def subject(provider: Provider, *, kept: Mapping[str, str], answer: Mapping[str, str], back: str) -> str:
    """Who came back, as the institution names them: unchanging, and theirs alone at this provider.

    Refused where the answer belongs to no question of this session, where the institution says no, and where its word
    is not signed by it, not for us, not for this question, or not of now.
    """
    if not kept or not secrets.compare_digest(answer.get("state", "").encode(), kept["state"].encode()):
        raise Refused("institution-stale", _("This sign-in was begun elsewhere, or is over. Please begin again."))
    if answer.get("iss", provider.issuer) != provider.issuer or not answer.get("code"):
        raise _no(provider)
    about = _about(provider)
    token = _token(provider, about, code=answer["code"], verifier=kept["verifier"], back=back)
    claims = _claims(provider, about, token)
    if not secrets.compare_digest(str(claims.get("nonce", "")).encode(), kept["nonce"].encode()):
        raise _no(provider)
    return str(claims["sub"])


def _token(provider: Provider, about: Mapping[str, Any], *, code: str, verifier: str, back: str) -> str:
    given = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if "client_secret_basic" in about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
        pair = f"{quote(provider.client_id, safe='')}:{quote(provider.secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        given |= {"client_id": provider.client_id, "client_secret": provider.secret}
    found = _fetch(provider, about["token_endpoint"], data=urlencode(given).encode(), headers=headers)
    token = found.get("id_token")
    if not isinstance(token, str):
        raise _no(provider)
    return token


def _claims(provider: Provider, about: Mapping[str, Any], token: str) -> dict[str, Any]:
    """What an identity token says, once all about it is right (OpenID Connect Core 1.0, §3.1.3.7)."""
    try:
        keys = jwt.PyJWKSet.from_dict(_fetch(provider, about["jwks_uri"]))
        wanted = jwt.get_unverified_header(token).get("kid")
        key = next(key for key in keys.keys if wanted in {None, key.key_id})
        claims: dict[str, Any] = jwt.decode(
            token,
            key=key,
            algorithms=_ALGORITHMS,
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=_LEEWAY,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except (jwt.PyJWTError, StopIteration):
        raise _no(provider) from None
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise _no(provider)
    return claims


def _about(provider: Provider) -> dict[str, Any]:
    """Where the provider answers what, as it says itself. Asked each time: an officer signs in a few times a day."""
    about = _fetch(provider, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if about.get("issuer") != provider.issuer or not all(is_safe(str(about.get(name, ""))) for name in needed):
        raise _silent(provider)
    return about


class _Straight(urllib.request.HTTPRedirectHandler):
    """Goes nowhere else: an address that redirects is not the one that the provider named."""

    @override
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_opener = urllib.request.build_opener(_Straight)


def _fetch(
    provider: Provider, url: str, *, data: bytes | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    asked = urllib.request.Request(url, data=data, headers={"Accept": "application/json"} | dict(headers or {}))  # noqa: S310 - https, or loopback: `is_safe`
    if not _free.acquire(timeout=_PATIENCE):
        raise _silent(provider)
    try:
        with _opener.open(asked, timeout=_SECONDS) as answer:
            found = json.loads(answer.read(_LARGEST))
    except urllib.error.HTTPError as error:
        error.close()
        raise (_no if data else _silent)(provider) from None
    except (OSError, http.client.HTTPException, ValueError):
        raise _silent(provider) from None
    finally:
        _free.release()
    if not isinstance(found, dict):
        raise _silent(provider)
    return found


def _silent(provider: Provider) -> Refused:
    said = _("%(name)s does not answer just now. Try again in a moment, or sign in with your login.")
    return Refused("institution-silent", said % {"name": provider.name})


def _no(provider: Provider) -> Refused:
    said = _("%(name)s did not sign you in. Begin again, or sign in with your login.")
    return Refused("institution-no", said % {"name": provider.name})
