"""A client's settings: where the bounds are, and word for word what a refusal says."""

from __future__ import annotations

from typing import Any

import pytest

from orbitconnect._pipeline.settings import Secret, Settings, check_extra_headers, header_value
from orbitconnect_api import operations
from tests.pipeline.harness import KEY, Sdk

NO_KEY = "This is no secret key: one starts with sk_live_ or sk_test_."
ODD_KEY = "The secret key holds a space, a line break or another character that no key has."
ODD_SIGNING_SECRET = "The signing secret is empty, or holds a line break or a space at an end."
ODD_HEADER = (
    " is sent as a header: it must not be empty, hold control or non-ASCII characters, or begin or end with a space."
)


@pytest.mark.parametrize(
    ("option", "value", "kind", "message"),
    [
        ("secret_key", 7, TypeError, "secret_key must be a string, not int."),
        ("secret_key", "", ValueError, "The secret key is empty."),
        *(
            ("secret_key", key, ValueError, ODD_KEY)
            for key in ("sk_test_a b", "sk_test_ü", "sk_test_a\n", " sk_test_a")
        ),
        *(
            ("secret_key", key, ValueError, NO_KEY)
            for key in ("sk_", "sk_test_", "sk_live_", "key", "SK_TEST_A", "xsk_a")
        ),
        (
            "secret_key",
            "pk_test_a",
            ValueError,
            "This is a publishable key (pk_…). A backend needs the secret key (sk_…).",
        ),
        ("signing_secret", 7, TypeError, "signing_secret must be a string, not int."),
        *(("signing_secret", value, ValueError, ODD_SIGNING_SECRET) for value in ("", " x", "x ", "x\ny")),
        ("timeout", "30", TypeError, "timeout must be a number of seconds or None, not str."),
        ("timeout", True, TypeError, "timeout must be a number of seconds or None, not bool."),
        ("timeout", 0, ValueError, "timeout must be more than 0 seconds; None means no time limit."),
        ("max_retries", "2", TypeError, "max_retries must be an integer, not str."),
        ("max_retries", -1, ValueError, "max_retries must be 0 or more."),
        (
            "observers",
            [object()],
            TypeError,
            "observers must be instances of classes that derive from orbitconnect.observers.Observer.",
        ),
    ],
)
def test_refusal_says_what_to_do(sdk: Sdk, option: str, value: Any, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        sdk.client(**{"secret_key": KEY, option: value})
    assert (type(caught.value), str(caught.value)) == (kind, message)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        *(("secret_key", key) for key in ("sk_a", "sk_test_a", "sk_live_a")),
        *(("signing_secret", value) for value in ("x", "a b", "ü")),
        *(("timeout", value) for value in (0.001, 1, None)),
        *(("max_retries", value) for value in (0, 1)),
    ],
)
def test_what_lies_just_inside_of_the_bounds_is_taken(sdk: Sdk, option: str, value: Any) -> None:
    sdk.client(**{"secret_key": KEY, option: value})


@pytest.mark.parametrize(
    ("name", "value", "kind", "message"),
    [
        *(
            (name, "a", ValueError, "A header's name must be a string of letters, digits and hyphens.")
            for name in ("", 7)
        ),
        ("X-Api-Key", "a", ValueError, "The header x-api-key is set by the client and cannot be given."),
        ("Content-Whatever", "a", ValueError, "The header content-whatever is set by the client and cannot be given."),
        ("X-A", "", ValueError, f"The header x-a{ODD_HEADER}"),
        ("X-A", 7, TypeError, "The header x-a must be a string, not int."),
    ],
)
def test_header_that_is_refused_is_named(name: Any, value: Any, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        check_extra_headers({name: value})
    assert (type(caught.value), str(caught.value)) == (kind, message)


@pytest.mark.parametrize(
    "name",
    [
        *("connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "expect", "host"),
        *("authorization", "cookie", "proxy-authorization", "accept-encoding", "content-length", "content-"),
        *(operations.SECRET_KEY_HEADER, operations.ACTING_USER_HEADER),
        *(operations.SIGNATURE_HEADER, operations.TIMESTAMP_HEADER),
    ],
)
def test_header_that_the_client_sets_or_must_not_be_sent_is_refused(name: str) -> None:
    for spelling in (name.lower(), name.upper(), name.title()):
        with pytest.raises(ValueError, match=rf"^The header {name.lower()} is set by the client"):
            check_extra_headers({spelling: "a"})


@pytest.mark.parametrize(
    "name", ["x", "X-A", "!#$%&'*+.^_`|~", "accept", "user-agent", "contents", "x-content-a", "tex"]
)
def test_other_header_is_taken(name: str) -> None:
    assert check_extra_headers({name: "a"}) == {name.lower(): "a"}


@pytest.mark.parametrize("char", [*' \t\r\n\x00\x7f"(),/:;<=>?@[\\]{}', "ü", "\u212a", "\uff41"])
def test_header_with_a_character_that_no_name_has_is_refused(char: str) -> None:
    for name in (char, f"a{char}", f"{char}a"):
        with pytest.raises(ValueError, match=r"^A header's name must be"):
            check_extra_headers({name: "a"})


@pytest.mark.parametrize("value", ["", " ", " a", "a ", "a\t", "\x1f", "\x7f", "\x80", "\ud800"])
def test_header_value_that_would_not_arrive_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"is sent as a header") as caught:
        header_value(value, "user_id")
    assert str(caught.value) == f"user_id{ODD_HEADER}"


@pytest.mark.parametrize("value", ["a", "!", "~", "a b", "x" * 10_000])
def test_header_value_that_arrives_is_taken(value: str) -> None:
    assert header_value(value, "user_id") == value.encode()


def test_view_keeps_what_it_does_not_change() -> None:
    settings = Settings(
        Secret(KEY),
        Secret(b"shh"),
        timeout=7,
        max_retries=5,
        acting_user_id="usr_1",
        extra_headers={"x-a": "1"},
    )
    changes: list[dict[str, Any]] = [
        {"timeout": 9.0},
        {"timeout": None},
        {"max_retries": 0},
        {"acting_user_id": "usr_2"},
        {"acting_user_id": None},
        {"extra_headers": {"x-b": "2"}},
    ]
    for change in changes:
        view = settings.evolve(**change)
        expected = {
            "timeout": 7.0,
            "max_retries": 5,
            "acting_user_id": "usr_1",
            "extra_headers": {"x-a": "1"},
            **change,
        }
        assert {name: getattr(view, name) for name in expected} == expected
        assert view.secret_key.reveal() == KEY
        assert view.signing_secret is settings.signing_secret


@pytest.mark.parametrize(("key", "kind"), [("sk_test_a", "sk_test_"), ("sk_live_a", "sk_live_"), ("sk_a", "sk_")])
def test_only_the_kind_of_a_key_shows(sdk: Sdk, key: str, kind: str) -> None:
    assert f" key={kind}… " in repr(sdk.client(key))


def test_secret_shows_only_when_asked_for() -> None:
    assert repr(Secret("shh")) == str(Secret("shh")) == "'***'"
    assert Secret("shh").reveal() == "shh"
