"""A device that keeps passkeys, in software: it makes and signs the bytes that a browser would send (CTAP2, ES256, no attestation)."""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256


def text(data: bytes) -> str:
    """Bytes as WebAuthn writes them."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Device:
    """One authenticator with one passkey."""

    origin: str = "http://localhost"
    host: str = "localhost"
    verifies: bool = True  # checks finger, face or PIN
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: os.urandom(32))
    user: str = ""

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """What navigator.credentials.create would answer."""
        asked = options["publicKey"]
        self.user = asked["user"]["id"]
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        data = self._data(attested=b"\0" * 16 + len(self.id).to_bytes(2, "big") + self.id + public)
        attestation = cbor.encode({"fmt": "none", "authData": data, "attStmt": {}})
        return self._answer({"attestationObject": text(attestation), "clientDataJSON": text(self._client("webauthn.create", asked))})

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """What navigator.credentials.get would answer."""
        client, data = self._client("webauthn.get", options["publicKey"]), self._data()
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            {"clientDataJSON": text(client), "authenticatorData": text(data), "signature": text(signature), "userHandle": self.user}
        )

    def _answer(self, response: dict[str, str]) -> dict[str, Any]:
        return {"id": text(self.id), "rawId": text(self.id), "type": "public-key", "response": response, "clientExtensionResults": {"credProps": {"rk": True}}}

    def _client(self, kind: str, asked: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": asked["challenge"], "origin": self.origin, "crossOrigin": False}).encode()

    def _data(self, attested: bytes = b"") -> bytes:
        flags = 0x01 | (0x04 if self.verifies else 0) | (0x40 if attested else 0)
        return sha256(self.host.encode()).digest() + bytes([flags]) + (0).to_bytes(4, "big") + attested
