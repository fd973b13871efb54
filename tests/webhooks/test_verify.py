"""`verify` and `sign`: which signatures are accepted, which are refused, and what the errors say."""

from __future__ import annotations

import copy
import hashlib
import hmac
import json
import pickle
import subprocess
import sys
import traceback
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from orbitconnect.errors import OrbitServerError
from orbitconnect.webhooks import SIGNATURE_HEADER, WebhookVerificationError, construct_event, sign, verify
from tests.for_each import for_each

# GitHub's published test vector. OrbitConnect uses the same scheme.
SECRET = "It's a Secret to Everybody"
BODY = b"Hello, World!"
DIGITS = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
SIGNATURE = f"sha256={DIGITS}"

any_text = st.text(st.characters())
any_input = st.binary() | any_text
any_secret = st.builds(
    lambda first, inner, last: first + inner + last,
    *(st.sampled_from("aZ09_-é"), st.text(st.characters(codec="utf-8", exclude_characters="\r\n"))),
    st.sampled_from("aZ09_=/é"),
)
any_secret |= any_secret.map(str.encode)


def refusal(payload: Any = BODY, signature: Any = SIGNATURE, secret: Any = SECRET) -> str:
    with pytest.raises(WebhookVerificationError) as caught:
        verify(payload, signature, secret)
    return str(caught.value)


# Accepted.


@for_each("payload", [BODY, BODY.decode()])
@for_each("signature", [SIGNATURE, SIGNATURE.encode()])
@for_each("secret", [SECRET, SECRET.encode(), [SECRET], (SECRET.encode(),)])
def test_the_published_vector(payload: bytes | str, signature: bytes | str, secret: Any) -> None:
    verify(payload, signature, secret)


def test_sign_returns_the_published_vector() -> None:
    assert sign(BODY, SECRET) == sign(BODY.decode(), SECRET.encode()) == SIGNATURE


def test_the_documented_form() -> None:
    body, secret = b'{"id":"evt_77ab"}', "whsec_0123"
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    verify(body, f"sha256={expected}", secret)


@given(payload=st.binary() | st.text(), secret=any_secret)
def test_a_signed_payload_verifies(payload: bytes | str, secret: bytes | str) -> None:
    verify(payload, sign(payload, secret), secret)
    verify(payload, sign(payload, secret).encode(), ["another", secret])


@pytest.mark.parametrize("body", ["", "für Ängström 🎉", "\ufeff{}", "a\x00b", "a\r\nb"], ids=ascii)
def test_text_is_encoded_as_utf_8(body: str) -> None:
    verify(body.encode(), sign(body, "schlüssel"), "schlüssel")


@pytest.mark.parametrize(
    "signature", [f"sha256={DIGITS.upper()}", f" {SIGNATURE}", f"{SIGNATURE}\t ", f"\t{SIGNATURE}".encode()]
)
def test_upper_case_digits_and_surrounding_space_are_accepted(signature: bytes | str) -> None:
    verify(BODY, signature, SECRET)


def test_several_secrets_during_a_rotation() -> None:
    old, new = "old-secret", "new-secret"
    for secret in (old, new):
        verify(BODY, sign(BODY, secret), [new, old])
        verify(BODY, sign(BODY, secret), (old.encode(), new))
    refusal(signature=sign(BODY, old), secret=[new])
    refusal(signature=sign(BODY, "a third"), secret=[new, old])


# Refused.

MALFORMED = [
    DIGITS,
    f"sha1={DIGITS}",
    f"sha512={DIGITS}",
    f"SHA256={DIGITS}",
    f"sha256:{DIGITS}",
    f"sha256= {DIGITS}",
    f"sha256 ={DIGITS}",
    "sha256=",
    "sha256",
    "sha256=757107",
    f"{SIGNATURE}0",
    f"{SIGNATURE}00",
    SIGNATURE[:-1],
    f"{SIGNATURE}\n",
    f"\n{SIGNATURE}",
    f"{SIGNATURE}\xa0",
    f"sha256={DIGITS[:32]} {DIGITS[32:]}",
    f"sha256={DIGITS[:62]}  ",
    f"sha256=0x{DIGITS[2:]}",
    f"sha256=+{DIGITS[1:]}",
    f"sha256={DIGITS[:-1]}_",
    f"sha256={DIGITS[:-1]}g",
    f"sha256={DIGITS[:-1]}\u0667",
    f"sha256={DIGITS[:-1]}\ud800",
    f"sha256={DIGITS[:-1]}\0",
    f"{SIGNATURE},{SIGNATURE}",
    f"{SIGNATURE}, {SIGNATURE}",
    "\u017fha256=" + DIGITS,
    "sha256=" + "\uff17" * 64,
    "sha256=" + "é" * 64,
    f"sha256={DIGITS}é",
]


@for_each("signature", MALFORMED)
def test_a_malformed_signature(signature: str) -> None:
    message = refusal(signature=signature)
    assert "malformed" in message
    assert SIGNATURE_HEADER in message
    assert refusal(signature=signature.encode("utf-8", "surrogatepass")).startswith("The signature is malformed")


@pytest.mark.parametrize("signature", [None, "", b"", " ", b"\t"], ids=ascii)
def test_a_missing_signature(signature: Any) -> None:
    message = refusal(signature=signature)
    assert "no signature" in message
    assert SIGNATURE_HEADER in message


@pytest.mark.parametrize("signature", [b"\xff\xfe", b"sha256=" + b"\xc3" * 64, SIGNATURE.encode("utf-16")], ids=ascii)
def test_undecodable_bytes(signature: bytes) -> None:
    assert "malformed" in refusal(signature=signature)


def test_the_message_names_the_number_of_digits() -> None:
    assert "40 hex digits" in refusal(signature="sha256=" + "a" * 40)


@pytest.mark.parametrize(
    ("payload", "signature", "secret"),
    [
        (BODY + b"\n", SIGNATURE, SECRET),
        (BODY, SIGNATURE, "another"),
        (BODY, "sha256=" + "0" * 64, SECRET),
        (BODY, SIGNATURE[:-1] + "8", SECRET),
    ],
)
def test_the_message_of_a_mismatch_says_what_to_check(payload: bytes, signature: str, secret: str) -> None:
    message = refusal(payload, signature, secret)
    assert "raw body" in message
    assert "serialized again" in message
    assert "secret" in message


def test_the_message_for_an_empty_body_names_possible_causes() -> None:
    message = refusal(b"")
    assert "the body is empty" in message
    assert "middleware" in message
    assert "chunked" in message
    assert "the secret is not the cause" in message


def test_json_that_was_serialized_again_does_not_match() -> None:
    raw = b'{"id":"evt_77ab","text":"gr\xc3\xbcn"}'
    assert "raw body" in refusal(json.dumps(json.loads(raw)), sign(raw, SECRET))


def test_a_body_that_utf_8_cannot_encode() -> None:
    assert "raw body as bytes" in refusal("a\ud800b")


def test_no_body() -> None:
    assert "no body" in refusal(None)


@given(payload=any_input, signature=any_input | st.none(), secret=any_secret)
@example(payload="\udcff", signature=SIGNATURE, secret=SECRET)
@example(payload=b"\xff", signature="sha256=" + "\u0663" * 64, secret=SECRET)
@example(payload=b"", signature="\ud800", secret=b"\xff\0k")
def test_any_input_raises_only_a_verification_error(
    payload: bytes | str, signature: bytes | str | None, secret: bytes | str
) -> None:
    with pytest.raises(WebhookVerificationError):
        verify(payload, signature, secret)


@given(
    payload=any_input,
    signature=st.from_regex(r"[sS][hH][aA](1|256|512)[=: ][0-9a-fA-F\s]{62,66}")
    | st.binary(min_size=64, max_size=64).map(lambda tail: b"sha256=" + tail)
    | st.text(st.characters(), min_size=64, max_size=64).map(lambda tail: "sha256=" + tail),
)
def test_any_almost_valid_signature_raises_only_a_verification_error(
    payload: bytes | str, signature: bytes | str
) -> None:
    with pytest.raises(WebhookVerificationError):
        verify(payload, signature, [SECRET, b"\xff\0k"])


@given(place=st.integers(0, len(SIGNATURE) - 1), character=st.characters())
def test_no_changed_signature_verifies(place: int, character: str) -> None:
    changed = SIGNATURE[:place] + character + SIGNATURE[place + 1 :]
    if changed.lower() != SIGNATURE:
        refusal(signature=changed)


# Wrong arguments raise an error at the first delivery, whatever the delivery contains.


@for_each("payload", [{"id": "evt_77ab"}, [], 7, bytearray(BODY)])
@for_each("signature", [SIGNATURE, "nonsense", None])
def test_a_payload_that_is_not_the_raw_body(payload: Any, signature: str | None) -> None:
    with pytest.raises(TypeError, match=f"raw body.*not {type(payload).__name__}"):
        verify(payload, signature, SECRET)


@pytest.mark.parametrize("signature", [7, [SIGNATURE], [7], {SIGNATURE}, True, 1.5], ids=ascii)
def test_a_signature_of_the_wrong_type(signature: Any) -> None:
    with pytest.raises(TypeError, match=r"signature must be .*the request's headers") as caught:
        verify(BODY, signature, SECRET)
    assert DIGITS not in str(caught.value)


@for_each("secret", [None, 7, {SECRET: 1}, {SECRET}, [None], [SECRET, None], [7]])
@for_each("payload", [BODY, "\ud800", None])
def test_a_secret_of_the_wrong_type(secret: Any, payload: Any) -> None:
    with pytest.raises(TypeError, match="secret"):
        verify(payload, SIGNATURE, secret)


@for_each("secret", ["", b"", [], (), [""], [SECRET, ""], [b"", SECRET], ["\ud800"], "a\udcff"])
@for_each("signature", [SIGNATURE, "sha256=" + hmac.digest(b"", BODY, "sha256").hex(), None, "x"])
def test_an_empty_or_unencodable_secret(secret: Any, signature: str | None) -> None:
    with pytest.raises(ValueError, match="secret"):
        verify(BODY, signature, secret)


UNCLEAN = {
    "whsec_1\n": "ends with a line break",
    "whsec_1\r\n": "ends with a line break",
    "whsec_1\r": "ends with a line break",
    "whsec_1\\n": "ends with a line break",
    "whsec_1\nwhsec_2": "contains a line break",
    "\nwhsec_1": "contains a line break",
    " whsec_1": "begins with white space",
    "whsec_1 ": "ends with white space",
    "whsec_1\t": "ends with white space",
    "\u3000whsec_1": "begins with white space",
    "whsec_1\xa0": "ends with white space",
    "whsec_1\u200b": "ends with white space",
    "\ufeffwhsec_1": "begins with a byte order mark",
    "\xef\xbb\xbfwhsec_1": "begins with a byte order mark",
    "whsec_1\xad": "ends with white space",
    "whsec_1\x00": "ends with a control character",
    "whsec_1\x1a": "ends with a control character",
    "\x00whsec_1": "begins with a control character",
    "\x7fwhsec_1": "begins with a control character",
    '"whsec_1"': "begins with a quotation mark",
    "'whsec_1'": "begins with a quotation mark",
    "`whsec_1`": "begins with a quotation mark",
    "\u201cwhsec_1\u201d": "begins with a quotation mark",
    'whsec_1"': "ends with a quotation mark",
    " ": "is only white space",
    "\t\r\n ": "is only white space",
    "\n": "is only white space",
}


@for_each(("secret", "flaw"), UNCLEAN.items())
@for_each("encoded", [False, True])
def test_a_secret_with_leftovers_of_a_configuration_file(secret: str, flaw: str, encoded: bool) -> None:
    """The mistake is reported at once, whatever the delivery contains."""
    given: Any = secret.encode() if encoded else secret
    for use in (
        lambda: verify(BODY, None, given),
        lambda: verify(BODY, SIGNATURE, ["whsec_0", given]),
        lambda: construct_event(BODY, {}, given),
        lambda: sign(BODY, given),
    ):
        with pytest.raises(ValueError, match=rf"^secret(\[1\])? {flaw}, which is not part of") as caught:
            use()
        assert "whsec_1" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_secret_from_a_windows_file(encoding: str) -> None:
    with pytest.raises(ValueError, match="begins with a byte order mark"):
        verify(BODY, SIGNATURE, "whsec_1".encode(encoding))


@pytest.mark.parametrize("secret", ["It's a Secret", "a b\tc", "it's", b"\xff\x00key", "schlüssel", "a\u200bb", "x"])
def test_special_characters_inside_a_secret_are_accepted(secret: Any) -> None:
    verify(BODY, sign(BODY, secret), secret)


def test_the_message_names_the_invalid_secret() -> None:
    with pytest.raises(ValueError, match=r"^secret\[1\] is empty"):
        verify(BODY, SIGNATURE, [SECRET, ""])


def test_sign_rejects_the_same_arguments_as_verify() -> None:
    wrong: Any
    for wrong in ("", b"", "\ud800"):
        with pytest.raises(ValueError, match="secret"):
            sign(BODY, wrong)
    for wrong in (None, 7, [SECRET]):
        with pytest.raises(TypeError, match="secret"):
            sign(BODY, wrong)
    for wrong in (None, {"id": 1}):
        with pytest.raises(TypeError, match="raw body"):
            sign(wrong, SECRET)
    with pytest.raises(ValueError, match=r"^payload contains a lone surrogate"):
        sign("\ud800", SECRET)


# The exception.


def test_the_exception_is_not_an_orbit_server_error() -> None:
    assert WebhookVerificationError.__mro__[1:] == (Exception, BaseException, object)
    assert not issubclass(WebhookVerificationError, OrbitServerError)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_the_exception_can_be_pickled(protocol: int) -> None:
    with pytest.raises(WebhookVerificationError) as caught:
        verify(BODY, None, SECRET)
    error = caught.value
    for twin in (pickle.loads(pickle.dumps(error, protocol)), copy.copy(error), copy.deepcopy(error)):
        assert type(twin) is WebhookVerificationError
        assert twin.args == error.args
        assert str(twin) == str(error)


EVERY_WAY_TO_FAIL: list[tuple[Any, Any, Any]] = [
    (BODY, None, "s3cr3t"),
    (BODY, "sha256=12", "s3cr3t"),
    (BODY, SIGNATURE, "s3cr3t"),
    (BODY, SIGNATURE, ["s3cr3t", b"s3cr3t"]),
    ("\ud800", SIGNATURE, "s3cr3t"),
    (None, SIGNATURE, "s3cr3t"),
    ({}, SIGNATURE, "s3cr3t"),
    (BODY, 7, "s3cr3t"),
    (BODY, SIGNATURE, {"s3cr3t"}),
    (BODY, SIGNATURE, ["s3cr3t", ""]),
    (BODY, SIGNATURE, ["s3cr3t", None]),
    (BODY, SIGNATURE, "s3cr3t\ud800"),
]


@pytest.mark.parametrize("arguments", EVERY_WAY_TO_FAIL, ids=ascii)
def test_neither_the_secret_nor_the_correct_signature_is_shown(arguments: tuple[Any, Any, Any]) -> None:
    expected = sign(BODY, "s3cr3t").removeprefix("sha256=")
    with pytest.raises((WebhookVerificationError, TypeError, ValueError)) as caught:
        verify(*arguments)
    error = caught.value
    own = error.__traceback__.tb_next if error.__traceback__ else None  # Exclude this test's own frame.
    assert own is not None
    trace = "".join(traceback.TracebackException(type(error), error, own, capture_locals=True).format())
    assert "verify" in trace
    for text in (str(error), repr(error), repr(error.args), repr(vars(error)), trace):
        assert "s3cr3t" not in text
        assert expected not in text
    assert error.__cause__ is None
    assert error.__context__ is None


def test_no_message_repeats_what_was_sent() -> None:
    assert "<script>" not in refusal(signature="<script>")
    assert "<script>" not in refusal(b"<script>")


# The module.


def test_the_digests_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[object, object]] = []

    def compare_digest(first: bytes, second: bytes) -> bool:
        compared.append((first, second))
        return first == second

    monkeypatch.setattr(hmac, "compare_digest", compare_digest)
    verify(BODY, SIGNATURE, ["another", SECRET])
    assert [len(side) for pair in compared for side in pair if isinstance(side, bytes)] == [32] * 4


def test_a_receiver_does_not_load_the_client() -> None:
    code = "import sys, orbitconnect.webhooks; print(*(name for name in ('httpx', 'ssl') if name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"
