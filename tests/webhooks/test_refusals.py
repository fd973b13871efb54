"""The exact messages of `verify` and `sign`: users have nothing else to go on if genuine deliveries are refused."""

from __future__ import annotations

from typing import Any

import pytest

from orbitconnect.webhooks import SIGNATURE_HEADER, WebhookVerificationError, sign, verify
from tests.webhooks.test_verify import BODY, DIGITS, SECRET, SIGNATURE

MISMATCH = (
    "The signature does not match the body. Pass the raw body, byte for byte as it was received, not JSON that was "
    "parsed and serialized again. Pass the secret of this webhook; while it is being rotated, pass the new and the old "
    "one. If you already do, the request does not come from OrbitConnect: refuse it."
)
MISSING = (
    f"The request has no signature. Pass its headers, or the value of its {SIGNATURE_HEADER} header. If your webhook "
    "uses another header, pass that header's name as signature_header. If the request is not signed, reject it."
)
NO_HEADERS = (
    "signature must be a string, bytes, None or the request's headers, not int. Headers may be a mapping of names to "
    "values, a WSGI environ, or pairs of a name and a value."
)
NO_TEXT = (
    "The body contains a lone surrogate, so it is not the raw body. Pass the raw body as bytes, before it is decoded."
)
CHECK_SETTING = "Check that the setting it comes from exists."
EMPTY = f"is empty, so anyone could sign with it. {CHECK_SETTING}"


def malformed(what: str) -> str:
    return (
        f"The signature is malformed: {what}. Pass the value of the {SIGNATURE_HEADER} header unchanged. A valid one "
        "is sha256= and 64 hex digits; refuse the request if it is anything else."
    )


@pytest.mark.parametrize(
    ("payload", "signature", "message"),
    [
        (BODY + b"\n", SIGNATURE, MISMATCH),
        (BODY, None, MISSING),
        (BODY, DIGITS, malformed("it does not begin with sha256=")),
        (BODY, f"X{SIGNATURE}", malformed("it does not begin with sha256=")),
        (BODY, f"{SIGNATURE}X", malformed("it contains a character that is not a hex digit")),
        (BODY, f"sha256={DIGITS[:31]} {DIGITS[31:63]}", malformed("it contains a character that is not a hex digit")),
        (BODY, f"sha256={DIGITS[:62]}", malformed("it has 62 hex digits")),
        (BODY, f"sha256={DIGITS}ab", malformed("it has 66 hex digits")),
        (None, SIGNATURE, "The request has no body, so it is not a delivery. Refuse it."),
        ("\ud800", SIGNATURE, NO_TEXT),
    ],
    ids=range(10),
)
def test_messages_of_verification_errors(payload: Any, signature: Any, message: str) -> None:
    with pytest.raises(WebhookVerificationError) as caught:
        verify(payload, signature, SECRET)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("payload", "signature", "secret", "kind", "message"),
    [
        (
            {},
            SIGNATURE,
            SECRET,
            TypeError,
            "payload (the raw body, before anything parses it) must be bytes or a string, not dict.",
        ),
        (
            BODY,
            7,
            SECRET,
            TypeError,
            NO_HEADERS,
        ),
        (
            BODY,
            SIGNATURE,
            None,
            TypeError,
            f"secret must be a string, bytes or a sequence of these, not NoneType. {CHECK_SETTING}",
        ),
        (
            BODY,
            SIGNATURE,
            {SECRET},
            TypeError,
            f"secret must be a string, bytes or a sequence of these, not set. {CHECK_SETTING}",
        ),
        (BODY, SIGNATURE, [7], TypeError, "secret[0] must be bytes or a string, not int."),
        (BODY, SIGNATURE, [], ValueError, "secret is an empty sequence. Pass at least one secret."),
        (BODY, SIGNATURE, "", ValueError, f"secret is empty, so anyone could sign with it. {CHECK_SETTING}"),
        (
            BODY,
            SIGNATURE,
            [SECRET, b""],
            ValueError,
            f"secret[1] is empty, so anyone could sign with it. {CHECK_SETTING}",
        ),
        (BODY, SIGNATURE, "\ud800", ValueError, "secret contains a lone surrogate, which UTF-8 cannot encode."),
    ],
    ids=range(9),
)
def test_messages_of_wrong_arguments(
    payload: Any, signature: Any, secret: Any, kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as caught:
        verify(payload, signature, secret)
    assert (type(caught.value), str(caught.value)) == (kind, message)


@pytest.mark.parametrize(
    ("payload", "secret", "message"),
    [
        (BODY, "", f"secret {EMPTY}"),
        (BODY, "\ud800", "secret contains a lone surrogate, which UTF-8 cannot encode."),
        ("\ud800", SECRET, "payload contains a lone surrogate, which UTF-8 cannot encode."),
    ],
    ids=range(3),
)
def test_messages_of_sign(payload: Any, secret: Any, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        sign(payload, secret)
    assert str(caught.value) == message
