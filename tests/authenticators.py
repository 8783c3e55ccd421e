"""A passkey in software, for tests: it answers as a browser does."""

import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256, CoseKey
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ORIGIN = "http://localhost:8000"
FLAG = AuthenticatorData.FLAG


@dataclass(slots=True)
class Key:
    """One key on one device. `count`: how often it has signed; None where it does not count. `kind`: COSE's number."""

    count: int | None = 0
    host: str = "localhost"
    id: bytes = b"kunci sandi 1234"
    kind: int = ES256.ALGORITHM
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def makes(self, options: Any, *, origin: str = ORIGIN) -> str:
        """The answer to `navigator.credentials.create`."""
        public = ES256.from_cryptography_key(self.private.public_key())  # type: ignore[no-untyped-call]
        credential = AttestedCredentialData.create(bytes(16), self.id, CoseKey({**public, 3: self.kind}))
        flags = FLAG.UP | FLAG.UV | FLAG.AT
        data = AuthenticatorData.create(sha256(self.host.encode()), flags, self.count or 0, bytes(credential))
        client = self._client("webauthn.create", options, origin)
        made = AttestationObject.create("none", data, {})
        return self._answer(client, {"attestationObject": websafe_encode(bytes(made))})

    def signs(self, options: Any, *, origin: str = ORIGIN, present: bool = True) -> str:
        """The answer to `navigator.credentials.get`."""
        if self.count is not None:
            self.count += 1
        flags = FLAG.UP | FLAG.UV if present else FLAG(0)
        data = AuthenticatorData.create(sha256(self.host.encode()), flags, self.count or 0)
        client = self._client("webauthn.get", options, origin)
        signature = self.private.sign(bytes(data) + client.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            client, {"authenticatorData": websafe_encode(bytes(data)), "signature": websafe_encode(signature)}
        )

    def _client(self, kind: str, options: Any, origin: str) -> CollectedClientData:
        challenge = options["publicKey"]["challenge"]
        return CollectedClientData.create(kind, challenge, origin)

    def _answer(self, client: CollectedClientData, response: dict[str, str]) -> str:
        mine = websafe_encode(self.id)
        data = {"clientDataJSON": websafe_encode(bytes(client))} | response
        return json.dumps(
            {"id": mine, "rawId": mine, "type": "public-key", "response": data, "clientExtensionResults": {}}
        )
