"""Requests to paths that are not in the contract, and the exact errors for invalid requests."""

from __future__ import annotations

import string
from typing import Any

import pytest

from orbitconnect._pipeline.raw import raw_request
from orbitconnect_api.types import Request
from tests.for_each import for_each

PLAIN = string.ascii_letters + string.digits + "._~!$&'()*+,;=:@-"
ODD_PATH = (
    "path must be a path below the base URL, such as '/things/{thing_id}', without a query, '..' or characters that "
    "need encoding: give such values as path_parameters or query."
)


def made(method: str = "GET", path: str = "/things", **options: Any) -> Request[Any]:
    given: dict[str, Any] = dict.fromkeys(("path_parameters", "query", "body", "acting_user_id", "retry"))
    return raw_request(method, path, **{**given, **options})


def refusal(**options: Any) -> str:
    with pytest.raises(ValueError, match=r".") as caught:
        made(**options)
    return str(caught.value)


@pytest.mark.parametrize(
    ("method", "retry", "has_body"),
    [
        ("GET", "safe", False),
        ("POST", "never", True),
        ("PUT", "never", True),
        ("PATCH", "never", True),
        ("DELETE", "never", False),
    ],
)
def test_each_method_has_its_operation(method: str, retry: str, has_body: bool) -> None:
    request = made(method.lower(), "/things/{thing_id}", path_parameters={"thing_id": "t 1"})
    assert request.operation == (
        *(f"{method} /things/{{thing_id}}", "", method, "/things/{thing_id}", retry),
        *(False, has_body, None, "inferred"),
    )
    assert (request.path, request.query, request.body) == ("/things/t%201", "", None)
    assert request.parse(request) is request
    assert made(method, body={}).operation.has_body


def test_arguments_are_passed_on_as_copies() -> None:
    body = {"n": 1}
    request = made("POST", query={"a": 1}, body=body, acting_user_id="usr_1", retry="safe")
    body.clear()
    assert (request.query, request.body, request.acting_user_id) == ("a=1", {"n": 1}, "usr_1")
    assert request.operation.retry == "safe"
    assert made("GET", retry="never").operation.retry == "never"


@pytest.mark.parametrize(
    ("query", "encoded"),
    [
        ({}, ""),
        ({"a": None}, ""),
        ({"a": []}, ""),
        ({"a": ["x", "y"], "b": ("z",)}, "a=x&a=y&b=z"),
        ({"a&b=c": "d&e=f"}, "a%26b%3Dc=d%26e%3Df"),
        ({"a/b": "c/d"}, "a%2Fb=c%2Fd"),
    ],
)
def test_the_query_is_encoded(query: dict[str, Any], encoded: str) -> None:
    assert made(query=query).query == encoded


@for_each("path", [*(f"/{char}x" for char in PLAIN), "/a/b", "/a/", "/a/b/", "/...", "/a/.b"])
def test_a_plain_path_stays_unchanged(path: str) -> None:
    assert made(path=path).path == path


@for_each(
    "path",
    [
        *(f"/{char}x" for char in map(chr, range(256)) if char not in PLAIN and char not in "{}"),
        *("", "a", "a/b", "/", "//", "//a", "/a//b", "/a//", "/.", "/..", "/a/..", "/a/../b", "/./a", "/a/.", "/{a"),
        *("/a}", "/{{a}}", "/a\n", "/a/\n"),
    ],
)
def test_path_that_could_lead_elsewhere_is_refused(path: str) -> None:
    # `{{a}}` contains the parameter `a` and two further braces.
    assert refusal(path=path, path_parameters={"a": "x"} if "{a}" in path else None) == ODD_PATH


@pytest.mark.parametrize("name", ["a", "a b", ""])
def test_parameters_are_filled_in_everywhere(name: str) -> None:
    request = made(path=f"/x-{{{name}}}/{{other}}/{{{name}}}", path_parameters={name: "1/2", "other": "{other}"})
    assert request.path == "/x-1%2F2/%7Bother%7D/1%2F2"


@pytest.mark.parametrize("value", ["", ".", "..", "a\x00", "\ud800"])
def test_the_error_for_an_invalid_parameter_names_it(value: str) -> None:
    assert "thing_id" in refusal(path="/things/{thing_id}", path_parameters={"thing_id": value})


@pytest.mark.parametrize(
    ("path", "given", "named"),
    [
        ("/{a}/{b}", {"a": "1"}, "a, b"),
        ("/{a}/{b}", None, "a, b"),
        ("/{a}", {"a": "1", "b": "2"}, "a"),
        ("/things", {"a": "1"}, "none"),
    ],
)
def test_parameters_that_are_not_those_of_the_path_are_refused(path: str, given: Any, named: str) -> None:
    assert (
        refusal(path=path, path_parameters=given) == f"path_parameters must match the parameters in the path: {named}."
    )


@pytest.mark.parametrize("method", ["", "HEAD", "OPTIONS", "TRACE", "CONNECT", "GET /x", "GET\r\nx: y", "GETPOST"])
def test_other_methods_are_refused(method: str) -> None:
    assert refusal(method=method) == "method must be GET, POST, PUT, PATCH or DELETE."


@pytest.mark.parametrize("retry", ["idempotency-key", "", "SAFE", "always"])
def test_other_retry_classes_are_refused(retry: str) -> None:
    assert refusal(retry=retry) == "retry must be 'never' or 'safe'."
