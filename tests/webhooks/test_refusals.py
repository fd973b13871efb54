"""Word for word what `verify` and `sign` say: it is what a person has in hand when genuine deliveries are refused."""

from __future__ import annotations

from typing import Any

import pytest

from orbitconnect.webhooks import SIGNATURE_HEADER, WebhookVerificationError, sign, verify
from tests.webhooks.test_verify import BODY, DIGITS, SECRET, SIGNATURE

MISMATCH = (
    "The signature does not match the body. Pass the raw body, byte for byte as it came, not JSON that was parsed and "
    "serialised again, and the secret of this very webhook; while it is being rotated, the new and the old one. If all "
    "that is so, the request does not come from OrbitConnect: refuse it."
)
MISSING = (
    f"The request has no signature. Pass its headers, or the value of its {SIGNATURE_HEADER} header; if your webhook "
    "is signed in another header, pass that one's name as signature_header. If it has none, refuse it."
)
NO_HEADERS = (
    "signature must be a string, bytes, None or the request's headers, not int. Headers are a mapping of names to "
    "values, a WSGI environ, or pairs of a name and a value."
)
NO_TEXT = "The body holds a lone surrogate, so it is not what came. Pass the raw body as bytes, before it is decoded."
IS_IT_SET = "Is the setting that it comes from there?"


def malformed(what: str) -> str:
    return (
        f"The signature is malformed: {what}. Pass the value of the {SIGNATURE_HEADER} header as it came, which is "
        "sha256= and 64 hex digits; if it is not, refuse the request."
    )


@pytest.mark.parametrize(
    ("payload", "signature", "message"),
    [
        (BODY + b"\n", SIGNATURE, MISMATCH),
        (BODY, None, MISSING),
        (BODY, DIGITS, malformed("it does not begin with sha256=")),
        (BODY, f"X{SIGNATURE}", malformed("it does not begin with sha256=")),
        (BODY, f"{SIGNATURE}X", malformed("it holds a character that is no hex digit")),
        (BODY, f"sha256={DIGITS[:31]} {DIGITS[31:63]}", malformed("it holds a character that is no hex digit")),
        (BODY, f"sha256={DIGITS[:62]}", malformed("it has 62 hex digits")),
        (BODY, f"sha256={DIGITS}ab", malformed("it has 66 hex digits")),
        (None, SIGNATURE, "The request has no body, so it is no delivery. Refuse it."),
        ("\ud800", SIGNATURE, NO_TEXT),
    ],
    ids=range(10),
)
def test_what_is_refused(payload: Any, signature: Any, message: str) -> None:
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
            f"secret must be a string, bytes or a sequence of these, not NoneType. {IS_IT_SET}",
        ),
        (
            BODY,
            SIGNATURE,
            {SECRET},
            TypeError,
            f"secret must be a string, bytes or a sequence of these, not set. {IS_IT_SET}",
        ),
        (BODY, SIGNATURE, [7], TypeError, "secret[0] must be bytes or a string, not int."),
        (BODY, SIGNATURE, [], ValueError, "There is no secret. Give at least one."),
        (BODY, SIGNATURE, "", ValueError, f"secret is empty: anyone could sign with it. {IS_IT_SET}"),
        (BODY, SIGNATURE, [SECRET, b""], ValueError, f"secret[1] is empty: anyone could sign with it. {IS_IT_SET}"),
        (BODY, SIGNATURE, "\ud800", ValueError, "secret holds a lone surrogate, which UTF-8 cannot encode."),
    ],
    ids=range(9),
)
def test_what_is_wrong_use(payload: Any, signature: Any, secret: Any, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        verify(payload, signature, secret)
    assert (type(caught.value), str(caught.value)) == (kind, message)


@pytest.mark.parametrize(
    ("payload", "secret", "message"),
    [
        (BODY, "", f"secret is empty: anyone could sign with it. {IS_IT_SET}"),
        (BODY, "\ud800", "secret holds a lone surrogate, which UTF-8 cannot encode."),
        ("\ud800", SECRET, "payload holds a lone surrogate, which UTF-8 cannot encode."),
    ],
    ids=range(3),
)
def test_what_cannot_be_signed(payload: Any, secret: Any, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        sign(payload, secret)
    assert str(caught.value) == message
