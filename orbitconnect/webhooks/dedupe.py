"""Dedupe keys: all deliveries of an event have the same key, and no two events share one.

A key is `SCOPE/KEY`, or `KEY` alone for an event that was not verified here. The scope identifies the endpoint, so that
endpoints can share a store: anyone who knows one endpoint's secret can sign any id, but cannot claim another endpoint's
events. `KEY` is one of these:

    evt_77ab            the id, if it is text in a usual format
    id:3f0a…            the hash of an id that is text in any other format
    number:77           an id that is a number
    sha256:9b1c…        the hash of the raw body, if the event has no id

Only the last three contain a colon, so keys of different forms never collide.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Final

_LONGEST_ID: Final = 120
_ENDPOINT: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_PURPOSE: Final = b"orbitconnect.webhooks: the scope of dedupe keys"
_DIGITS: Final = 24


def checked_endpoint(endpoint: str | None) -> str | None:
    """Validate an endpoint's name, and return it.

    Raises:
        TypeError: If the name is not a string.
        ValueError: Unless the name is 1 to 64 ASCII letters, digits, dots, dashes or underscores.
    """
    if endpoint is None:
        return None
    if not isinstance(endpoint, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # Callers may not check types.
        raise TypeError(f"endpoint must be a string, not {type(endpoint).__name__}.")
    if not _ENDPOINT.fullmatch(endpoint):
        raise ValueError(
            f"endpoint must be 1 to 64 ASCII letters, digits, dots, dashes or underscores, not {endpoint[:100]!r}."
        )
    return endpoint


def scopes_of(secret: str | bytes | Sequence[str | bytes], endpoint: str | None) -> tuple[str, ...]:
    """Return the scopes in which an endpoint's events are claimed. The `dedupe_key` uses the first.

    An endpoint without a name has one scope for each secret: while a secret is being rotated, an event that was handled
    under the old secret counts as handled under the new one, too. An endpoint with a name has only one scope, derived
    from the name.
    """
    if endpoint is not None:
        return (f"endpoint:{endpoint}",)
    secrets = [secret] if isinstance(secret, (str, bytes)) else secret
    keys = [key.encode() if isinstance(key, str) else key for key in secrets]
    return tuple(dict.fromkeys(f"secret:{hmac.digest(key, _PURPOSE, 'sha256').hex()[:_DIGITS]}" for key in keys))


def keys_of(content: Mapping[str, object], body: bytes, scopes: Sequence[str]) -> tuple[str, ...]:
    """Return the keys of an event: one for each scope, or one without a scope.

    Args:
        content: The decoded body.
        body: The raw body.
        scopes: See `scopes_of`.
    """
    key = _key(content.get("id"), body)
    return tuple(f"{scope}/{key}" for scope in scopes) or (key,)


def _key(event_id: object, body: bytes) -> str:
    if isinstance(event_id, int) and not isinstance(event_id, bool):
        number = str(event_id)
        return f"number:{number if len(number) <= _LONGEST_ID else _hash(number.encode())}"
    if not isinstance(event_id, str) or not event_id:
        return f"sha256:{_hash(body)}"
    if len(event_id) <= _LONGEST_ID and event_id.isprintable() and not {":", "/"}.intersection(event_id):
        return event_id
    return f"id:{_hash(event_id.encode('utf-8', 'surrogatepass'))}"


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()
