"""Sign-in through the organisation's own identity provider: OpenID Connect, code flow with PKCE.

What has to come back unchanged (state, nonce, verifier) travels in a sealed cookie, so nothing is stored
before somebody is known. The id token's signature, issuer, audience, nonce and times are checked.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from hmac import compare_digest
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from api.auth.keys import Keys

SECONDS = 10
FLOW_SECONDS = 600
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]  # no shared secrets
LEEWAY = 60


class OidcFailed(Exception):
    """The provider did not vouch for anybody; the message is for the log only."""


@dataclass(frozen=True, slots=True)
class Provider:
    """The settings of an identity provider. ``name`` is what the button says."""

    issuer: str
    client_id: str
    client_secret: str
    name: str


@dataclass(frozen=True, slots=True)
class Flow:
    """What one attempt must get back unchanged. ``link`` is the account that is being connected, if any."""

    state: str
    nonce: str
    verifier: str
    next: str
    link: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the provider vouches for."""

    issuer: str
    subject: str
    name: str


class OidcClient:
    """Talks to one provider. Metadata is fetched at the first use and kept."""

    def __init__(self, provider: Provider, keys: Keys) -> None:
        self.provider = provider
        self._keys = keys
        self._metadata: dict[str, Any] | None = None

    def begin(self, callback: str, next_page: str, link: str = "") -> tuple[str, str]:
        """Return where to send the browser, and the sealed cookie it must bring back. Raises `OidcFailed`."""
        flow = Flow(secrets.token_urlsafe(24), secrets.token_urlsafe(24), generate_token(48), next_page, link)
        with self._client(callback) as client:
            url, _ = client.create_authorization_url(
                self._discovered()["authorization_endpoint"],
                state=flow.state,
                nonce=flow.nonce,
                code_verifier=flow.verifier,
            )
        return str(url), self._keys.seal(json.dumps(asdict(flow)))

    def finish(self, callback: str, cookie: str, state: str, code: str) -> tuple[Vouched, Flow]:
        """Return whom the provider vouches for, and the flow this ends. Raises `OidcFailed`."""
        flow = self._flow(cookie)
        if not compare_digest(flow.state.encode(), state.encode()):
            raise OidcFailed("the state is not the one this browser was sent with")
        try:
            with self._client(callback) as client:
                token = client.fetch_token(
                    self._discovered()["token_endpoint"], code=code, code_verifier=flow.verifier, state=state
                )
            claims = self._claims(token, flow.nonce)
        except (AuthlibBaseError, JoseError, httpx2.HTTPError, KeyError, ValueError) as error:
            raise OidcFailed(f"{type(error).__name__}: the provider's answer does not hold") from error
        return Vouched(self.provider.issuer, str(claims["sub"]), str(claims.get("name", ""))), flow

    def _flow(self, cookie: str) -> Flow:
        opened = self._keys.unseal(cookie, seconds=FLOW_SECONDS)
        if opened is None:
            raise OidcFailed("the cookie of the flow is missing, changed or too old")
        return Flow(**json.loads(opened))

    def _claims(self, token: dict[str, Any], nonce: str) -> CodeIDToken:
        decoded = jwt.decode(token["id_token"], self._signing_keys(), registry=JWSRegistry(algorithms=ALGORITHMS))
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            {
                "iss": {"essential": True, "value": self.provider.issuer},
                "aud": {"essential": True, "value": self.provider.client_id},
                "sub": {"essential": True},
            },
            {
                "nonce": nonce,
                "client_id": self.provider.client_id,
                "access_token": token.get("access_token"),
            },
        )
        claims.validate(leeway=LEEWAY)
        return claims

    def _signing_keys(self) -> KeySet:
        answer = httpx2.get(self._discovered()["jwks_uri"], timeout=SECONDS).raise_for_status()
        return KeySet.import_key_set(answer.json())

    def _discovered(self) -> dict[str, Any]:
        if self._metadata is None:
            address = self.provider.issuer.rstrip("/") + "/.well-known/openid-configuration"
            try:
                found = httpx2.get(address, timeout=SECONDS).raise_for_status().json()
            except (httpx2.HTTPError, ValueError) as error:
                raise OidcFailed("the identity provider does not answer") from error
            if found.get("issuer") != self.provider.issuer:
                raise OidcFailed("the identity provider calls itself by another name than CREDIT_OIDC_ISSUER")
            self._metadata = found
        return self._metadata

    def _client(self, callback: str) -> OAuth2Client:
        return OAuth2Client(
            client_id=self.provider.client_id,
            client_secret=self.provider.client_secret,
            scope="openid profile",
            redirect_uri=callback,
            code_challenge_method="S256",
            timeout=SECONDS,
            trust_env=False,
        )
