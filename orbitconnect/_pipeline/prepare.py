"""Convert a call to the bytes of its request. No I/O, and the caller's arguments are not modified."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import Any, Final

from orbitconnect_api import operations
from orbitconnect_api.types import Operation, Request

from .json_writer import write_json
from .open_payload import OpenPayload
from .redact import Redactor
from .secret import Secret
from .settings import HeaderPairs, Settings, header_value

_ACTING_USER: Final = operations.ACTING_USER_HEADER.encode()
_TIMESTAMP: Final = operations.TIMESTAMP_HEADER.encode()
_SIGNATURE: Final = operations.SIGNATURE_HEADER.encode()
_CONTENT_TYPE: Final = (b"content-type", b"application/json")
_EMPTY_BODY: Final = b"{}"
_METHODS_WITH_BODY: Final = ("POST", "PUT", "PATCH")
_LONGEST_URL: Final = 65_536
"""The limit of httpx, in characters. Servers accept less."""


class Prepared:
    """A request without the parts that differ between attempts. It has no `repr`, because it contains the key."""

    __slots__ = (
        "_headers",
        "_settings",
        "_signature",
        "_signed_at",
        "body",
        "method",
        "more_headers",
        "payload",
        "url",
    )

    def __init__(
        self,
        method: str,
        url: str,
        body: bytes | None,
        headers: list[tuple[bytes, bytes]],
        settings: Settings,
        payload: OpenPayload | None = None,
    ) -> None:
        self.method: str = method
        self.url: str = url
        self.body: bytes | None = body
        self.payload: OpenPayload | None = payload
        """The body, if it is read from files while it is sent. `body` is None then."""
        self.more_headers: HeaderPairs = ()
        """Headers that observers add to the next attempt."""
        self._headers: Secret[list[tuple[bytes, bytes]]] = Secret(headers)
        self._settings = settings
        self._signature: Secret[bytes] | None = None
        self._signed_at = b""

    @property
    def redactor(self) -> Redactor:
        """The redactor for the client's secrets and the signature of the last attempt."""
        redactor = self._settings.redactor
        return redactor if self._signature is None else Redactor(self._signature, base=redactor)

    def headers(self, now: float) -> list[tuple[bytes, bytes]]:
        """Return the headers for an attempt. Each attempt has its own signature.

        Args:
            now: The wall-clock time, in seconds since 1970.
        """
        secret, headers = self._settings.signing_secret, self._headers.reveal()
        if secret is None:
            return [*headers, *self.more_headers] if self.more_headers else headers
        import hmac  # Imported here because only programs that sign requests need it.

        if self.payload is not None and self._signature is not None:
            signed = (_TIMESTAMP, self._signed_at), (_SIGNATURE, self._signature.reveal())
            return [*headers, *self.more_headers, *signed]
        timestamp = b"%d" % int(now * 1000)
        content = b"%s.%s" % (timestamp, _EMPTY_BODY if self.body is None else self.body)
        signature = hmac.digest(secret.reveal(), content, "sha256").hex().encode()
        self._signature = Secret(signature)
        return [*headers, *self.more_headers, (_TIMESTAMP, timestamp), (_SIGNATURE, signature)]

    def sign_payload(self, now: float) -> None:
        """Sign a body that is read from files, before an attempt. Reads the files, so it blocks.

        Args:
            now: The wall-clock time, in seconds since 1970.
        """
        secret = self._settings.signing_secret
        if secret is None or self.payload is None:
            return
        import hmac  # As above.

        self._signed_at = b"%d" % int(now * 1000)
        signature = hmac.new(secret.reveal(), self._signed_at + b".", "sha256")
        for chunk in self.payload.chunks():
            signature.update(chunk)
        self._signature = Secret(signature.hexdigest().encode())


def prepare(request: Request[Any], settings: Settings, payload: OpenPayload | None = None) -> Prepared:
    """Build the request for a call.

    Args:
        request: The call.
        settings: The client's settings.
        payload: The body of the request, if it is not JSON.

    Raises:
        ValueError: If the acting user is missing, or a value cannot be sent.
        TypeError: If a value has a type that JSON does not support.
    """
    operation = request.operation
    headers = [*settings.headers.reveal()]
    acting_user_id = request.acting_user_id
    if acting_user_id is None and operation.actor:
        acting_user_id = settings.acting_user_id
        if acting_user_id is None:
            raise ValueError(
                f"{operation.id} acts on behalf of a user: pass acting_user_id=…, or use orbit.as_user(…)."
            )
    if acting_user_id is not None:
        headers.append((_ACTING_USER, header_value(acting_user_id, "acting_user_id")))
    if request.headers:
        headers = _with_own(headers, request.headers)
    body: bytes | None = None
    if operation.has_body or request.body is not None:
        body = _body(operation, request.body)
        headers += (_CONTENT_TYPE, (b"content-length", b"%d" % len(body)))
    elif payload is not None:
        body = payload.content
        headers += ((b"content-type", payload.content_type), (b"content-length", b"%d" % payload.length))
    elif operation.method in _METHODS_WITH_BODY:
        headers.append((b"content-length", b"0"))  # Some servers require it if an optional body is omitted.
    url = operations.BASE_URL + request.path
    if request.query:
        url = f"{url}?{request.query}"
    if len(url) > _LONGEST_URL:
        raise ValueError(
            f"{operation.id}: with these ids and this query, the URL has {len(url):,} characters, more than the "
            f"{_LONGEST_URL:,} that can be sent. Check the ids and the query's values."
        )
    return Prepared(operation.method, url, body, headers, settings, None if body is not None else payload)


def _with_own(headers: list[tuple[bytes, bytes]], own: tuple[tuple[str, str], ...]) -> list[tuple[bytes, bytes]]:
    """Add the operation's own headers. They replace the client's headers of the same name."""
    added = [(name.encode(), header_value(value, f"The header {name}")) for name, value in own]
    names = {name for name, _ in added}
    return [*(header for header in headers if header[0] not in names), *added]


def _body(operation: Operation, fields: dict[str, object] | list[object] | None) -> bytes:
    if isinstance(fields, list):
        return _encoded(operation, fields, {f"[{index}]": item for index, item in enumerate(fields)})
    key = operation.idempotency_field
    if key is not None and not (fields and fields.get(key)):
        # One key for all attempts of a call, so that the API recognizes a retry.
        fields = {**(fields or {}), key: os.urandom(16).hex()}
    if not fields:
        return _EMPTY_BODY
    return _encoded(operation, fields, fields)


def _encoded(operation: Operation, value: object, fields: dict[str, object]) -> bytes:
    try:
        return write_json(value)
    except (ValueError, TypeError, RecursionError) as error:
        failure = error
    raise _refusal(operation, fields, failure)


def _refusal(operation: Operation, fields: dict[str, object], failure: Exception) -> Exception:
    """Create the error that says which field cannot be sent, and why."""
    part = "the body"
    for name, value in fields.items():
        try:
            write_json({name: value})
        except (ValueError, TypeError, RecursionError) as error:
            part, failure = f"{name!r}", error
            break
    if isinstance(failure, UnicodeEncodeError):
        return ValueError(f"{operation.id}: {part} holds a lone surrogate, which UTF-8 cannot encode.")
    if isinstance(failure, RecursionError):
        return ValueError(f"{operation.id}: {part} is nested too deeply for JSON.")
    kind = TypeError if isinstance(failure, TypeError) else ValueError
    return kind(f"{operation.id}: {part} cannot be sent as JSON: {failure}.{_remedy(fields)}")


def _remedy(fields: dict[str, object]) -> str:
    """Suggest what to pass instead of the first value that JSON does not support."""
    others: list[object] = []
    with suppress(ValueError, TypeError, RecursionError):
        # `append` returns None, which is written as null.
        json.dumps(fields, default=others.append)
    for name in ("to_dict", "isoformat"):
        if others and callable(getattr(others[0], name, None)):
            return f" Pass its {name}()."
    return ""
