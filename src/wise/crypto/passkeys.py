"""Passkeys (WebAuthn level 2): a key pair that stays in a telephone, a computer or a security key, and signs for us.

A passkey signs a challenge, the origin of the page and the host: what was signed for another site is worth nothing
here, so that nobody can be talked into handing it over. What `fido2` checks stands in the specification, 7.1 and 7.2.
"""

import json
import logging
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fido2.cose import UnsupportedKey
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)

from wise.crypto.errors import Unopenable

# It would write each credential's id, by which a person could be told apart, into the log.
logging.getLogger("fido2").setLevel(logging.CRITICAL)

type State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passkey is good: the host, the one origin of its pages, and a name that people are shown."""

    host: str
    origin: str
    name: str


@dataclass(frozen=True, slots=True, repr=False)
class Made:
    """A new passkey: its public half with its id, and how often it has signed (0 where it does not count)."""

    credential: bytes
    count: int


def creation(
    place: Place, *, user_id: bytes, login: str, name: str, known: Sequence[bytes]
) -> tuple[dict[str, Any], State]:
    """What a browser needs to make a passkey (JSON), and the state to check its answer with, once."""
    user = PublicKeyCredentialUserEntity(id=user_id, name=login, display_name=name)
    options, state = _server(place).register_begin(
        user,
        [AttestedCredentialData(each) for each in known],
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return dict(options), state


def made(answer: str, *, place: Place, state: State) -> Made:
    """The passkey that a browser made; `Unopenable` where the answer is not one to this state and place."""
    try:
        data = _server(place).register_complete(state, json.loads(answer))
    except _WRONG:
        raise Unopenable from None
    if data.credential_data is None or isinstance(data.credential_data.public_key, UnsupportedKey):
        raise Unopenable
    return Made(bytes(data.credential_data), data.counter)


def request(place: Place, *, known: Sequence[bytes]) -> tuple[dict[str, Any], State]:
    """What a browser needs to let one of these passkeys sign (JSON), and the state to check its answer with, once."""
    options, state = _server(place).authenticate_begin(
        [AttestedCredentialData(each) for each in known], user_verification=UserVerificationRequirement.PREFERRED
    )
    return dict(options), state


def signed(answer: str, *, place: Place, state: State, known: Sequence[bytes]) -> Made:
    """Which of these passkeys signed, with its present count; `Unopenable` where none did, here and for this state."""
    try:
        response = json.loads(answer)
        found = _server(place).authenticate_complete(state, [AttestedCredentialData(each) for each in known], response)
        count = AuthenticationResponse.from_dict(response).response.authenticator_data.counter
    except _WRONG:
        raise Unopenable from None
    return Made(bytes(found), count)


# Whatever a stranger may send in the place of an answer.
_WRONG = (
    *(ValueError, TypeError, KeyError, AttributeError, IndexError, AssertionError, OverflowError, NotImplementedError),
    *(RecursionError, struct.error),
)


def _server(place: Place) -> Fido2Server:
    return Fido2Server(
        PublicKeyCredentialRpEntity(name=place.name, id=place.host),
        verify_origin=lambda origin: origin == place.origin,
    )
