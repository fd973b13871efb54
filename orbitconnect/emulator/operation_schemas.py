"""Reads and checks the query and the body of each operation, as the contract describes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final, cast
from urllib.parse import parse_qsl

from attrs import frozen

from orbitconnect_api import operations
from orbitconnect_api.request_schemas import REQUESTS, SCHEMAS
from orbitconnect_api.types import Operation, SafeRepr

from .json_text import Json, JsonObject, decode_json
from .refusals import Refusal, bad_request, invalid
from .rules import FIELDS, JSON_OBJECT, LIMITS, MEDIA_TYPE, QUERY_ENCODING, Rule
from .validation import Check, Compiler, Violation

_DOCUMENTED_KEYWORDS: Final = frozenset({"type", "required"})
_DOCUMENTED_LIMITS: Final = frozenset({(operations.CREATE_USER_TOKEN.id, "ttl")})
"""The limits that the vendor documents. All other limits are inferred."""

_JSON: Final = "application/json"
_NOT_ENCODED: Final = "identity"
_INTEGER: Final = re.compile(r"-?\d{1,30}", re.ASCII)
_NUMBER: Final = re.compile(r"-?\d{1,30}(\.\d{1,30})?", re.ASCII)
_BOOLEANS: Final = {"true": True, "false": False}


@frozen(repr=False)
class _Parameter(SafeRepr):
    required: bool
    read: Callable[[str], Json]
    """Converts the text to the parameter's type. Text that cannot be converted is returned for `check` to report."""
    check: Check


@frozen(repr=False)
class OperationSchema(SafeRepr):
    """The schemas of an operation's query and body."""

    operation: Operation
    query: Mapping[str, _Parameter]
    body: Check | None

    def read_query(self, query: str) -> JsonObject:
        """Decode and check a query. Parameters that are not in the contract are ignored.

        If the operation has no parameters, the query is not even decoded.

        Raises:
            Refusal: If a parameter is missing or invalid, or the query cannot be decoded.
        """
        if not self.query:
            return {}
        values: JsonObject = {}
        violations: list[Violation] = []
        for name, text in _pairs(query):
            parameter = self.query.get(name)
            if parameter is None:
                continue
            if name in values:
                violations.append(Violation(name, "must not be given more than once", "type"))
            values[name] = parameter.read(text)
            before = len(violations)
            parameter.check(values[name], name, violations)
            if len(violations) > before and violations[-1].keyword == "format" and " " in text:
                violations[-1] = violations[-1]._replace(
                    message=f"{violations[-1].message} (encode a + in a query as %2B)"
                )
        violations += [
            Violation(name, "is required", "required")
            for name, parameter in self.query.items()
            if parameter.required and name not in values
        ]
        self._refuse_if(violations)
        return values

    def read_body(self, body: bytes, headers: Mapping[str, str]) -> JsonObject:
        """Decode and check a body. A missing body and an empty array count as an empty object.

        Raises:
            Refusal: If the body is not a JSON object, is sent as another media type, or a field is missing or invalid.
        """
        value: Json = None
        if body:
            _check_media_type(headers)
            value = decode_body(body)
        if body and value != [] and not isinstance(value, dict):
            raise bad_request("The body must be a JSON object.", JSON_OBJECT)
        fields = cast("JsonObject", value or {})
        if self.body is not None:
            violations: list[Violation] = []
            self.body(fields, "", violations)
            self._refuse_if(violations)
        return fields

    def _refuse_if(self, violations: list[Violation]) -> None:
        if not violations:
            return
        errors: dict[str, list[str]] = {}
        for violation in violations:
            errors.setdefault(violation.field, []).append(violation.message)
        raise invalid(errors, self._rule(violations[0]))

    def _rule(self, violation: Violation) -> Rule:
        """The rule that a violation falls under."""
        if violation.keyword in _DOCUMENTED_KEYWORDS:
            return FIELDS
        documented = (self.operation.id, violation.field) in _DOCUMENTED_LIMITS
        return LIMITS._replace(basis="documented") if documented else LIMITS


@cache
def schema_of(operation: Operation) -> OperationSchema:
    """An operation's schemas, compiled at the first call."""
    described = REQUESTS[operation.id]
    compiler = _compiler()
    query = {
        name: _Parameter(
            required=parameter["required"],
            read=_READERS[parameter["schema"].get("type", "string")],
            check=compiler.compile(parameter["schema"]),
        )
        for name, parameter in described["query"].items()
    }
    body = described["body"]
    return OperationSchema(operation, query, None if body is None else compiler.compile(body))


def secrets_of(operation_id: str) -> frozenset[str]:
    """The names of the fields whose values must not be logged, in an operation's body and its responses."""
    return frozenset(REQUESTS[operation_id]["secrets"])


def all_secrets() -> frozenset[str]:
    """The names of all fields in the contract whose values must not be logged."""
    return frozenset[str]().union(*(described["secrets"] for described in REQUESTS.values()))


@cache
def _compiler() -> Compiler:
    return Compiler(SCHEMAS)


_READERS: Final[dict[str, Callable[[str], Json]]] = {
    "string": lambda text: text,
    "integer": lambda text: int(text) if _INTEGER.fullmatch(text) else text,
    "number": lambda text: float(text) if _NUMBER.fullmatch(text) else text,
    "boolean": lambda text: _BOOLEANS.get(text, text),
}


def _pairs(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except UnicodeDecodeError:
        reason = "it is not valid UTF-8 after percent-decoding"
    except ValueError:
        reason = "it has too many parameters"
    raise bad_request(f"The query cannot be read: {reason}.", QUERY_ENCODING)


def _check_media_type(headers: Mapping[str, str]) -> None:
    """Check the headers of a body. A body without Content-Type is taken for JSON."""
    media_type = headers.get("content-type", _JSON).partition(";")[0].strip().lower()
    if media_type != _JSON:
        message = f"The body must be sent as {_JSON}, but the header content-type is {media_type}."
        raise Refusal(415, "unsupported_media_type", message, MEDIA_TYPE)
    encoding = headers.get("content-encoding", _NOT_ENCODED).strip().lower()
    if encoding != _NOT_ENCODED:
        message = f"The body must not be compressed, but the header content-encoding is {encoding}."
        raise Refusal(415, "unsupported_media_type", message, MEDIA_TYPE)


def decode_body(body: bytes) -> Json:
    """Decode a request's body.

    Raises:
        Refusal: If the body is not valid JSON.
    """
    try:
        return decode_json(body)
    except ValueError as error:
        reason = str(error)
    raise bad_request(f"The body is not valid JSON: {reason}.", JSON_OBJECT)
