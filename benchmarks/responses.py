"""The local server's responses: one object per client, in the form that its vendor documents."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from benchmarks.contestants import IDENTIFIER, METADATA, PLAIN_PATH
from orbitconnect_api.operations import BASE_URL

_ISO = "2026-01-02T03:04:05+00:00"
_UNIX = 1767323045

_USER = {
    "data": {
        "id": IDENTIFIER,
        "external_id": "customer-1",
        "display_name": "Ada Lovelace",
        "is_active": True,
        "metadata": METADATA,
        "created_at": _ISO,
        "updated_at": _ISO,
    }
}
_STRIPE: dict[str, object] = {
    "id": IDENTIFIER,
    "object": "customer",
    "address": None,
    "balance": 0,
    "created": _UNIX,
    "currency": None,
    "default_source": None,
    "delinquent": False,
    "description": "customer-1",
    "discount": None,
    "email": None,
    "invoice_prefix": "0759376C",
    "livemode": False,
    "metadata": METADATA,
    "name": "Ada Lovelace",
    "next_invoice_sequence": 1,
    "phone": None,
    "preferred_locales": [],
    "shipping": None,
    "tax_exempt": "none",
}
_OPENAI = {"id": IDENTIFIER, "object": "conversation", "created_at": _UNIX, "metadata": METADATA}
_SVIX = {
    "id": IDENTIFIER,
    "uid": "customer-1",
    "name": "Ada Lovelace",
    "throttleRate": None,
    "createdAt": _ISO,
    "updatedAt": _ISO,
    "metadata": METADATA,
}
_GETSTREAM = {
    "duration": "5.21ms",
    "membership_deletion_task_id": "",
    "users": {
        IDENTIFIER: {
            "id": IDENTIFIER,
            "name": "Ada Lovelace",
            "custom": METADATA,
            "role": "user",
            "language": "",
            "teams": [],
            "banned": False,
            "online": False,
            "invisible": False,
            "shadow_banned": False,
            "total_unread_count": 0,
            "unread_channels": 0,
            "unread_count": 0,
            "unread_threads": 0,
            "blocked_user_ids": [],
            "channel_mutes": [],
            "devices": [],
            "mutes": [],
            "created_at": _UNIX * 10**9,
            "updated_at": _UNIX * 10**9,
        }
    },
}
_TWILIO = {
    "sid": IDENTIFIER,
    "account_sid": "AC" + 32 * "0",
    "api_version": "2010-04-01",
    "body": "Hello, Ada!",
    "date_created": "Fri, 02 Jan 2026 03:04:05 +0000",
    "date_sent": None,
    "date_updated": "Fri, 02 Jan 2026 03:04:05 +0000",
    "direction": "outbound-api",
    "error_code": None,
    "error_message": None,
    "from": "+15557122661",
    "messaging_service_sid": None,
    "num_media": "0",
    "num_segments": "1",
    "price": None,
    "price_unit": "USD",
    "status": "queued",
    "subresource_uris": {"media": "/2010-04-01/Accounts/AC/Messages/SM/Media.json"},
    "to": "+15558675310",
    "uri": "/2010-04-01/Accounts/AC/Messages/SM.json",
}


def _bytes_field(number: int, value: str) -> bytes:
    return bytes([number << 3 | 2, len(value)]) + value.encode()


# LiveKit uses protobuf. The bytes contain sid, name, empty_timeout, max_participants and metadata of `livekit.Room`.
_LIVEKIT = (
    _bytes_field(1, IDENTIFIER)
    + _bytes_field(2, "customer-1")
    + bytes([3 << 3, 100, 4 << 3, 20])
    + _bytes_field(8, json.dumps(METADATA))
)


def _response(body: bytes, media_type: str) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nX-Request-Id: req_1\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


def _json(document: Any) -> bytes:
    return _response(json.dumps(document, separators=(",", ":")).encode(), "application/json")


BY_PREFIX: dict[bytes, bytes] = {
    urlsplit(BASE_URL).path.encode() + b"/": _json(_USER),
    PLAIN_PATH.encode(): _json(_USER),
    b"/stripe/": _json(_STRIPE),
    b"/openai/": _json(_OPENAI),
    b"/svix/": _json(_SVIX),
    b"/getstream/": _json(_GETSTREAM),
    b"/twilio/": _json(_TWILIO),
    b"/livekit/": _response(_LIVEKIT, "application/protobuf"),
}
"""Complete responses, by the beginning of the request's path."""
