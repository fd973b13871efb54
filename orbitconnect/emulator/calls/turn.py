"""Credentials for TURN servers, in the form that coturn checks (`use-auth-secret`)."""

from __future__ import annotations

import base64
import hmac
from typing import Final

from orbitconnect_api.models.turn_credentials import TurnCredentials

from ..context import Context
from ..ids import secret
from ..model_fields import nulls
from ..store import Store

TTL: Final = 3600
"""The credentials' lifetime, in seconds."""

URLS: Final = ("turn:127.0.0.1:3478?transport=udp", "turns:127.0.0.1:5349?transport=tcp")
"""Where a TURN server on this machine would listen. The emulator does not run one."""


def turn_secret(store: Store) -> str:
    """The secret that a TURN server shares with the emulator: coturn's `static-auth-secret`."""
    return secret(store.key, b"turn").hex()


def turn_credentials(context: Context, user_id: str) -> TurnCredentials:
    """Create credentials for a user.

    The user name contains the expiry, so a TURN server can check the credentials by itself.
    """
    username = f"{context.now // 1_000_000 + TTL}:{user_id}"
    digest = hmac.digest(turn_secret(context.store).encode(), username.encode(), "sha1")
    return TurnCredentials(
        urls=list(URLS),
        username=username,
        credential=base64.b64encode(digest).decode(),
        ttl=TTL,
        _raw=nulls(TurnCredentials),
    )
