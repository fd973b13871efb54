"""Changes to patterns, sets and limits that are defined outside functions, where mutmut makes no changes.

Each change loosens or tightens one check by one step, or changes one number.
"""

from __future__ import annotations

from typing import NamedTuple


class Constant(NamedTuple):
    """One change."""

    module: str
    before: str
    """The original text, which occurs once in the module."""
    after: str


_RETRY = "orbitconnect._pipeline.retry"
_PREPARE = "orbitconnect._pipeline.prepare"
_JSON_WRITER = "orbitconnect._pipeline.json_writer"
_SETTINGS = "orbitconnect._pipeline.settings"
_RAW = "orbitconnect._pipeline.raw"
_SIGNATURE = "orbitconnect.webhooks.signature"
_VALUES = "orbitconnect_api.values"

CONSTANTS = (
    Constant(_RETRY, "BACKOFF_BASE: Final = 0.5", "BACKOFF_BASE: Final = 0.6"),
    Constant(_RETRY, "BACKOFF_CAP: Final = 8.0", "BACKOFF_CAP: Final = 9.0"),
    Constant(_RETRY, "LONGEST_RETRY_AFTER: Final = 60.0", "LONGEST_RETRY_AFTER: Final = 60.5"),
    Constant(_RETRY, "QUOTA_CAPACITY: Final = 500", "QUOTA_CAPACITY: Final = 505"),
    Constant(_RETRY, "RETRY_COST: Final = 5", "RETRY_COST: Final = 4"),
    Constant(_RETRY, "TIMEOUT_COST: Final = 10", "TIMEOUT_COST: Final = 5"),
    Constant(_RETRY, "SUCCESS_REFUND: Final = 1", "SUCCESS_REFUND: Final = 2"),
    Constant(_RETRY, "frozenset({408, 429})", "frozenset({429})"),
    Constant(_RETRY, "frozenset({408, 429})", "frozenset({408, 425, 429})"),
    Constant(_RETRY, "frozenset({501, 505})", "frozenset({501})"),
    Constant(_RETRY, "frozenset({501, 505})", "frozenset({501, 504, 505})"),
    Constant(_RETRY, 'r"[0-9]{1,15}(\\.[0-9]{1,15})?"', 'r"[0-9]{1,15}"'),
    Constant(_RETRY, 'r"[0-9]{1,15}(\\.[0-9]{1,15})?"', 'r"\\d{1,15}(\\.[0-9]{1,15})?"'),
    Constant(_RETRY, 'r"[0-9]{1,15}(\\.[0-9]{1,15})?"', 'r"[0-9]+(\\.[0-9]{1,15})?"'),
    Constant(_RETRY, 'r"[0-9]{1,15}(\\.[0-9]{1,15})?"', 'r"[0-9]{1,15}(\\.[0-9]*)?"'),
    Constant(_RETRY, 'r"[0-9]{1,15}(\\.[0-9]{1,15})?"', 'r"[0-9]{1,15}(.[0-9]{1,15})?"'),
    Constant(_PREPARE, "_LONGEST_URL: Final = 65_536", "_LONGEST_URL: Final = 65_537"),
    Constant(_PREPARE, '_EMPTY_BODY: Final = b"{}"', '_EMPTY_BODY: Final = b""'),
    Constant(_JSON_WRITER, "ensure_ascii=False", "ensure_ascii=True"),
    Constant(_JSON_WRITER, 'separators=(",", ":")', 'separators=(", ", ": ")'),
    Constant(_JSON_WRITER, "allow_nan=False", "allow_nan=True"),
    Constant(_SETTINGS, '`|~" + ascii_letters', '`|~ " + ascii_letters'),
    Constant(_SETTINGS, '`|~" + ascii_letters', '`|~:" + ascii_letters'),
    Constant(_SETTINGS, "        operations.SECRET_KEY_HEADER,\n", ""),
    Constant(_SETTINGS, "        operations.ACTING_USER_HEADER,\n", ""),
    Constant(_SETTINGS, "        operations.SIGNATURE_HEADER,\n", ""),
    Constant(_SETTINGS, "        operations.TIMESTAMP_HEADER,\n", ""),
    *(
        Constant(_SETTINGS, f'"{name}"{end}', f'"x-no-{name}"{end}')
        for name, end in (
            *(
                (name, ", ")
                for name in ("host", "connection", "transfer-encoding", "te", "trailer", "upgrade", "expect")
            ),
            *((name, ", ") for name in ("authorization", "cookie")),
            *((name, "),") for name in ("keep-alive", "proxy-authorization")),
        )
    ),
    Constant(_SETTINGS, '*("accept-encoding", ', "*("),
    Constant(_RAW, r'r"\{([^{}]*)\}"', r'r"\{([^{}]+)\}"'),
    Constant(_RAW, "(/[A-Za-z0-9._~!$&'()*+,;=:@-]+)+/?\"", "(/[A-Za-z0-9._~!$&'()*+,;=:@-]*)+/?\""),
    Constant(_RAW, "(/[A-Za-z0-9._~!$&'()*+,;=:@-]+)+/?\"", "(/[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+/?\""),
    Constant(_RAW, "(/[A-Za-z0-9._~!$&'()*+,;=:@-]+)+/?\"", "(/[A-Za-z0-9._~!$&'()*+,;=:@?-]+)+/?\""),
    Constant(_RAW, "(/[A-Za-z0-9._~!$&'()*+,;=:@-]+)+/?\"", "(/[A-Za-z0-9._~!$&'()*+,;=:@\\\\-]+)+/?\""),
    Constant(_RAW, "(/[A-Za-z0-9._~!$&'()*+,;=:@-]+)+/?\"", "/?([A-Za-z0-9._~!$&'()*+,;=:@-]+/?)+\""),
    Constant(_RAW, "(/[A-Za-z0-9._~!$&'()*+,;=:@-]+)+/?\"", "(/[A-Za-z0-9._~!$&'()*+,;=:@-]+)+\""),
    Constant(_SIGNATURE, '_SCHEME: Final = "sha256="', '_SCHEME: Final = "sha512="'),
    Constant(_SIGNATURE, "_HEX_LENGTH: Final = 64", "_HEX_LENGTH: Final = 62"),
    Constant(_SIGNATURE, "0123456789abcdefABCDEF", "0123456789abcdef"),
    Constant(_SIGNATURE, "0123456789abcdefABCDEF", "0123456789abcdefABCDEF "),
    Constant(_SIGNATURE, "0123456789abcdefABCDEF", "0123456789abcdefgABCDEF"),
    Constant(_VALUES, "range(0x20), *range(0x7F, 0xA0)", "range(0x1F), *range(0x7F, 0xA0)"),
    Constant(_VALUES, "range(0x20), *range(0x7F, 0xA0)", "range(0x21), *range(0x7F, 0xA0)"),
    Constant(_VALUES, "range(0x20), *range(0x7F, 0xA0)", "range(1, 0x20), *range(0x7F, 0xA0)"),
    Constant(_VALUES, "range(0x20), *range(0x7F, 0xA0)", "range(0x20), *range(0x80, 0xA0)"),
    Constant(_VALUES, "range(0x20), *range(0x7F, 0xA0)", "range(0x20), *range(0x7E, 0xA0)"),
    Constant(_VALUES, "range(0x20), *range(0x7F, 0xA0)", "range(0x20), *range(0x7F, 0x9F)"),
    Constant(_VALUES, "range(0x20), *range(0x7F, 0xA0)", "range(0x20), *range(0x7F, 0xA1)"),
)
