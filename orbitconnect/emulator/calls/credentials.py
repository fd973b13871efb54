"""Credentials for a user's device: a token for the signaling server, and a user name and password for TURN servers."""

from __future__ import annotations

from typing import Final

from orbitconnect_api import operations
from orbitconnect_api.models.turn_credentials import TurnCredentials
from orbitconnect_api.models.webrtc_token import WebrtcToken

from ..clock import from_microseconds
from ..context import RequestContext
from ..model_fields import nulls
from ..registry import handles
from ..tokens import ISSUER, sign_token
from .turn import turn_credentials

TOKEN_TTL: Final = 3600
"""The lifetime of a token, in seconds."""

AUDIENCE: Final = "webrtc"
"""The audience of the token. It ensures that tokens of other kinds are rejected."""


@handles(operations.GET_WEBRTC_TOKEN)
def get_webrtc_token(context: RequestContext) -> WebrtcToken:
    """Issue a token for the acting user."""
    issued_at = context.now // 1_000_000
    expires_at = issued_at + TOKEN_TTL
    claims: dict[str, str | int] = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": context.actor_id,
        "iat": issued_at,
        "exp": expires_at,
        "jti": context.new_id("tok"),
    }
    return WebrtcToken(
        token=sign_token(claims, context.token_secret),
        expires_at=from_microseconds(expires_at * 1_000_000),
        _raw=nulls(WebrtcToken),
    )


@handles(operations.GET_TURN_CREDENTIALS)
def get_turn_credentials(context: RequestContext) -> TurnCredentials:
    """Issue TURN credentials for the acting user."""
    return turn_credentials(context, context.actor_id)
