"""A client's settings: their limits, and the exact errors for values outside these limits."""

from __future__ import annotations

import re
from typing import Any

import pytest

from orbitconnect import OrbitServer
from orbitconnect._pipeline.secret import Secret
from orbitconnect._pipeline.settings import Settings, check_extra_headers, header_value
from orbitconnect.emulator import Emulator
from orbitconnect_api import operations
from tests.for_each import for_each
from tests.pipeline.harness import KEY, Sdk, answer, loopback, request_of

NOT_A_STRING = "secret_key must be a string, not"
NO_KEY = "is not a secret key: a secret key starts with sk_live_ or sk_test_, and more follows."
ODD_HEADER = (
    " is sent as a header: it must not be empty, contain control or non-ASCII characters, or begin or end with a space."
)


@pytest.mark.parametrize(
    ("option", "value", "kind", "message"),
    [
        ("secret_key", 7, TypeError, "secret_key must be a string, not int."),
        (
            "secret_key",
            ("sk_test_a",),
            TypeError,
            "secret_key must be a string, not tuple: is there a comma behind it.",
        ),
        ("secret_key", b"sk_test_a", TypeError, f"{NOT_A_STRING} bytes: call .decode() on it."),
        *(
            ("secret_key", key, ValueError, f"secret_key {NO_KEY}")
            for key in ("sk_", "sk_test_", "sk_live_", "key", "SK_TEST_A")
        ),
        ("signing_secret", 7, TypeError, "signing_secret must be a string, not int."),
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
def test_the_error_for_an_invalid_option_says_what_to_do(
    sdk: Sdk, option: str, value: Any, kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as caught:
        sdk.client(**{"secret_key": KEY, option: value})
    assert (type(caught.value), str(caught.value)) == (kind, message)


RANDOM = "4f1c9d0e2b7a"
MISTAKES = [
    ("", "is empty"),
    *((text, "has only blanks") for text in (" ", "\n", "\t \r\n", "\u00a0", "\u200b", "\ufeff \u2060")),
    *(
        ("\ufeff{}", "byte order mark"),
        ("\u00ef\u00bb\u00bf{}", "byte order mark"),
        ("\udcef\udcbb\udcbf{}", "byte order"),
    ),
    *(("{}\x00", "null characters"), ("{}\udcff", "not valid UTF-8")),
    *(("{}\n", r"ends with a newline (\n)"), ("{}\r\n", r"newline (\r\n)"), ("{}\r", r"carriage return (\r)")),
    *((f"{{}}{end}", "ends with a newline") for end in ("\n\n", "\u2028", "\x85", "\\n", "\\r\\n", "%0A", "%0d%0a")),
    *(("\n{}", "begins with a newline"), ("{}\n{}", "contains a newline"), ("{}\r\n{}", "contains a newline")),
    *((text, "begins or ends with a space") for text in (" {}", "{} ", "\t{}", "{}\u00a0", "\u3000{}")),
    *((text, "invisible") for text in ("\u200b{}", "{}\u200d", "{}\ufeff", "{}\u00ad{}", "\u202d{}", "{}\u2060")),
    *((text, "control character") for text in ("{}\x07{}", "\x1b{}", "{}\x7f")),
    *((f"{mark}{{}}{mark}", "quotation mark") for mark in ("'", '"', "`", "\u2019")),
    *((text, "quotation mark") for text in ("\u201c{}\u201d", '"{}', "{}'", '\\"{}\\"', "\u00ab{}\u00bb")),
    *((text, ".decode()") for text in ("b'{}'", 'b"{}"')),
    *((text, "Pass only what follows") for text in ("Bearer {}", "bearer {}", "Token {}", "Authorization: Bearer {}")),
    *((text, "begins with a name") for text in ("ORBIT_SECRET_KEY={}", "export SIGNING_SECRET={}", "x-api-key: {}")),
    *((text, "begins with a name") for text in ("secret_key = {}", "$env:ORBIT_SECRET_KEY={}", 'ORBIT_SECRET_KEY="{}')),
    *(
        (text, "was not replaced")
        for text in ("$ORBIT_KEY", "${{ORBIT_KEY}}", "%ORBIT_KEY%", "<your key>", "{{{{ key }}}}")
    ),
    ('{{"secret_key": "{}"}}', "JSON object"),
]
KEY_MISTAKES = [
    *(("{} # live", "contains a space"), ("sk_test_\u0441\u0430", "not ASCII"), ("sk_test_f\uff4fo", "not ASCII")),
    *(("sk_live_\u2026", "shortened or masked"), ("sk_live_4f1...b7a", "masked"), ("sk_test_****\u2022", "masked")),
    *(("pk_test_a", "publishable key"), ("whsec_4f1c", "signing secret"), ("c2tfdGVzdF8x", "Base64")),
    *(
        ("key:{}", "in front of"),
        ("x{}", "in front of"),
        ("my key {}", "in front of"),
        ("{},", "comma"),
        ("{};", "comma"),
    ),
]


def filled(template: str, secret: str) -> str:
    return template.format(*[secret] * 2) if "{" in template else template


@for_each(("template", "says"), MISTAKES + KEY_MISTAKES)
@pytest.mark.parametrize("by", ["argument", "environment"])
def test_the_error_names_the_mistake_in_a_key(
    sdk: Sdk, by: str, template: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = filled(template, f"sk_test_{RANDOM}")
    if by == "environment":
        if "\x00" in key:
            return  # An environment variable cannot contain this character.
        monkeypatch.setenv("ORBIT_SECRET_KEY", key)
    with pytest.raises(ValueError, match=re.escape(says)) as caught:
        sdk.client(key if by == "argument" else None)
    subject = "secret_key" if by == "argument" else "The secret key in the environment variable ORBIT_SECRET_KEY"
    assert str(caught.value).startswith(f"{subject} ")
    assert RANDOM not in str(caught.value)


@for_each(("template", "says"), MISTAKES)
def test_the_error_names_the_mistake_in_a_signing_secret(sdk: Sdk, template: str, says: str) -> None:
    secret = filled(template, RANDOM)
    for make in (lambda: sdk.client(signing_secret=secret), lambda: Emulator(signing_secret=secret)):
        with pytest.raises(ValueError, match=rf"^signing_secret .*{re.escape(says)}") as caught:
            make()
        assert RANDOM not in str(caught.value)


def test_a_key_as_the_signing_secret_is_refused(sdk: Sdk) -> None:
    with pytest.raises(ValueError, match="signing_secret is an API key"):
        sdk.client(signing_secret=KEY)


@for_each(
    ("option", "value"),
    [
        *(("secret_key", key) for key in ("sk_a", "sk_test_a", "sk_live_a", "sk_test_a-b_c.d=")),
        *(("signing_secret", value) for value in ("x", "a b", "ü", "a=", "whsec_KEY==", "a:b", "it's")),
        *(("timeout", value) for value in (0.001, 1, None)),
        *(("max_retries", value) for value in (0, 1)),
    ],
)
def test_values_just_inside_the_limits_are_accepted(sdk: Sdk, option: str, value: Any) -> None:
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
def test_the_error_for_an_invalid_header_names_it(name: Any, value: Any, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        check_extra_headers({name: value})
    assert (type(caught.value), str(caught.value)) == (kind, message)


@for_each(
    "name",
    [
        *("connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "expect", "host"),
        *("authorization", "cookie", "proxy-authorization", "accept-encoding", "content-length", "content-"),
        *(operations.SECRET_KEY_HEADER, operations.ACTING_USER_HEADER),
        *(operations.SIGNATURE_HEADER, operations.TIMESTAMP_HEADER),
    ],
)
def test_a_header_that_the_client_sets_or_must_not_send_is_refused(name: str) -> None:
    for spelling in (name.lower(), name.upper(), name.title()):
        with pytest.raises(ValueError, match=rf"^The header {name.lower()} is set by the client"):
            check_extra_headers({spelling: "a"})


@for_each("name", ["x", "X-A", "!#$%&'*+.^_`|~", "accept", "user-agent", "contents", "x-content-a", "tex"])
def test_any_other_header_is_accepted(name: str) -> None:
    assert check_extra_headers({name: "a"}) == {name.lower(): "a"}


@for_each("char", [*' \t\r\n\x00\x7f"(),/:;<=>?@[\\]{}', "ü", "\u212a", "\uff41"])
def test_a_header_name_with_an_invalid_character_is_refused(char: str) -> None:
    for name in (char, f"a{char}", f"{char}a"):
        with pytest.raises(ValueError, match=r"^A header's name must be"):
            check_extra_headers({name: "a"})


@for_each("value", ["", " ", " a", "a ", "a\t", "\x1f", "\x7f", "\x80", "\ud800"])
def test_a_header_value_that_would_not_arrive_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"is sent as a header") as caught:
        header_value(value, "user_id")
    assert str(caught.value) == f"user_id{ODD_HEADER}"


@for_each("value", ["a", "!", "~", "a b", "x" * 10_000])
def test_a_valid_header_value_is_accepted(value: str) -> None:
    assert header_value(value, "user_id") == value.encode()


def test_a_view_keeps_the_settings_it_does_not_change() -> None:
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
def test_the_repr_shows_only_the_kind_of_a_key(sdk: Sdk, key: str, kind: str) -> None:
    assert f" key={kind}… " in repr(sdk.client(key))


def test_a_secret_is_shown_only_by_reveal() -> None:
    assert repr(Secret("shh")) == str(Secret("shh")) == "'***'"
    assert Secret("shh").reveal() == "shh"


@pytest.mark.parametrize("timeout", [1e9, 1e10, 1e18, 1.7e308, 10**400])
def test_a_huge_timeout_is_accepted(timeout: float) -> None:
    client = OrbitServer(KEY, timeout=timeout)
    with loopback(answer()):
        assert client.raw.execute(request_of()) == {"id": "x"}
    client.close()
