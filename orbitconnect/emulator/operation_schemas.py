"""Reads and checks the query, the headers and the body of each operation, as the contract describes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final, cast
from urllib.parse import parse_qsl

from attrs import field, frozen

from orbitconnect_api import operations
from orbitconnect_api.request_schemas import REQUESTS, SCHEMAS
from orbitconnect_api.types import Operation, SafeRepr

from .form_bodies import NotAForm, UploadedFile, read_multipart, read_urlencoded
from .json_text import Json, JsonObject, decode_json
from .refusals import Refusal, bad_request, invalid
from .rules import FIELDS, JSON_OBJECT, LIMITS, MEDIA_TYPE, QUERY_ENCODING, Rule
from .styled_query import ReadText, StyledParameter, read_styled
from .validation import Check, Compiler, Violation

_DOCUMENTED_KEYWORDS: Final = frozenset({"type", "required"})
_DOCUMENTED_LIMITS: Final = frozenset({(operations.CREATE_USER_TOKEN.id, "ttl")})
"""The limits that the vendor documents. All other limits are inferred."""

_JSON: Final = "application/json"
_NOT_ENCODED: Final = "identity"
_INTEGER: Final = re.compile(r"-?\d+", re.ASCII)
_LARGEST: Final = 10**18
"""Larger integers have the same meaning. Python does not convert thousands of digits."""
_NUMBER: Final = re.compile(r"-?\d{1,30}(\.\d{1,30})?", re.ASCII)
_BOOLEANS: Final = {"true": True, "false": False}


@frozen(repr=False)
class _Parameter(SafeRepr):
    argument: str
    """The name under which handlers take the value."""
    required: bool
    read: Callable[[str], Json]
    """Converts the text to the parameter's type. Text that cannot be converted is returned for `check` to report."""
    check: Check


@frozen(repr=False)
class OperationSchema(SafeRepr):
    """The schemas of an operation's query, headers and body."""

    operation: Operation
    query: Mapping[str, _Parameter]
    body: Check | None
    styles: Mapping[str, StyledParameter] | None = None
    """How the parameters of the query are written. None if all of them are single values."""
    headers: Mapping[str, _Parameter] = field(factory=dict[str, _Parameter])
    form: str = "json"
    """How the body is encoded: `json`, `list`, `urlencoded`, `multipart` or `content`."""
    is_body_optional: bool = False
    fields: Mapping[str, ReadText] = field(factory=dict[str, ReadText])
    """Reads the fields of a form."""
    lists: frozenset[str] = frozenset()
    """The fields of a form that are lists."""
    status: int = 200
    """The first success status."""
    is_envelope: bool = False
    """Whether the result has fields beside the data."""

    def read_query(self, query: str) -> JsonObject:
        """Decode and check a query. Parameters that are not in the contract are ignored.

        If the operation has no parameters, the query is not even decoded.

        Raises:
            Refusal: If a parameter is missing or invalid, or the query cannot be decoded.
        """
        if not self.query:
            return {}
        if self.styles is not None:
            return self._checked(_styled(query, self.styles), self.query)
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
        return {self.query[name].argument: value for name, value in values.items()}

    def read_headers(self, headers: Mapping[str, str]) -> JsonObject:
        """Read and check the operation's own headers.

        Raises:
            Refusal: If a header is missing or invalid.
        """
        given = {name: known.read(headers[name]) for name, known in self.headers.items() if name in headers}
        return self._checked(given, self.headers)

    def _checked(self, values: JsonObject, parameters: Mapping[str, _Parameter]) -> JsonObject:
        """Check values of parameters, and name them as the handlers do."""
        violations: list[Violation] = []
        for name, parameter in parameters.items():
            if name in values:
                parameter.check(values[name], name, violations)
            elif parameter.required:
                violations.append(Violation(name, "is required", "required"))
        self._refuse_if(violations)
        return {parameters[name].argument: value for name, value in values.items()}

    def read_list(self, body: bytes, headers: Mapping[str, str]) -> Sequence[Json]:
        """Decode and check a body that is a list.

        Raises:
            Refusal: If the body is not a JSON list, or an item is invalid.
        """
        _check_media_type(headers)
        value = decode_body(body)
        if not isinstance(value, list):
            raise bad_request("The body must be a JSON list.", JSON_OBJECT)
        self._check_body(value)
        return value

    def read_form(self, body: bytes, headers: Mapping[str, str]) -> tuple[JsonObject, Mapping[str, list[UploadedFile]]]:
        """Decode and check a body that is a form.

        Returns:
            The fields, and the files by field. The field of a file contains the file's name.

        Raises:
            Refusal: If the body cannot be decoded, or a field is missing or invalid.
        """
        content_type = headers.get("content-type", "")
        fields: JsonObject = {}
        files: dict[str, list[UploadedFile]] = {}
        try:
            found = read_urlencoded(body) if self.form == "urlencoded" else read_multipart(body, content_type)
            for entry in found:
                read = self.fields.get(entry.name, str)
                value: Json = decode_body(entry.text.encode()) if entry.is_json else read(entry.text)
                if entry.name in self.lists:
                    fields.setdefault(entry.name, []).append(value)
                else:
                    fields[entry.name] = value
                if entry.file is not None:
                    files.setdefault(entry.name, []).append(entry.file)
        except NotAForm as error:
            reason = str(error)
        else:
            self._check_body(fields)
            return fields, files
        raise bad_request(f"The body cannot be read: {reason}.", JSON_OBJECT)

    def _check_body(self, value: Json) -> None:
        if self.body is not None:
            violations: list[Violation] = []
            self.body(value, "", violations)
            self._refuse_if(violations)

    def read_body(self, body: bytes, headers: Mapping[str, str]) -> JsonObject:
        """Decode and check a body. An empty array counts as an empty object.

        Raises:
            Refusal: If the body is not a JSON object, is sent as another media type, or a field is missing or invalid.
        """
        if not body:
            raise bad_request("The body is missing. If there are no fields to send, send {}.", JSON_OBJECT)
        _check_media_type(headers)
        value = decode_body(body)
        if value != [] and not isinstance(value, dict):
            raise bad_request("The body must be a JSON object.", JSON_OBJECT)
        fields = cast("JsonObject", value or {})
        self._check_body(fields)
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
    query = {name: _parameter(name, parameter) for name, parameter in described["query"].items()}
    is_styled = any("style" in parameter for parameter in described["query"].values())
    body, form = described["body"], described.get("form", "json")
    properties: Mapping[str, Any] = _resolved(body).get("properties", {}) if form in ("urlencoded", "multipart") else {}
    return OperationSchema(
        operation,
        query,
        None if body is None else _compiler().compile(body),
        styles={name: _styled_parameter(known) for name, known in described["query"].items()} if is_styled else None,
        headers={name: _parameter(name, header) for name, header in described.get("headers", {}).items()},
        form=form,
        is_body_optional=described.get("optional_body", False),
        fields={name: _reader(schema) for name, schema in properties.items()},
        lists=frozenset(name for name, schema in properties.items() if _resolved(schema).get("type") == "array"),
        status=described.get("status", 200),
        is_envelope=described.get("envelope", False),
    )


def _parameter(name: str, described: Mapping[str, Any]) -> _Parameter:
    return _Parameter(
        argument=described.get("argument", name),
        required=described["required"],
        read=_reader(described["schema"]),
        check=_compiler().compile(described["schema"]),
    )


def _styled_parameter(described: Mapping[str, Any]) -> StyledParameter:
    schema = _resolved(described["schema"])
    others: Any = schema.get("additionalProperties")
    is_open = others is not None or "properties" not in schema
    return StyledParameter(
        style=described.get("style", "single"),
        read=_reader(schema),
        members={name: _reader(member) for name, member in schema.get("properties", {}).items()},
        other_members=_reader({} if isinstance(others, bool) or others is None else others) if is_open else None,
    )


def _resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in schema:
        schema = SCHEMAS[schema["$ref"].rpartition("/")[2]]
    return schema


def _reader(schema: Mapping[str, Any]) -> ReadText:
    """The function that reads a value, or an item of a list, from text."""
    schema = _resolved(schema)
    if schema.get("type") == "array":
        return _reader(schema["items"])
    kind: str | list[str] = schema.get("type", "string")
    kinds = [kind] if isinstance(kind, str) else kind
    read = _READERS.get(next(known for known in kinds if known != "null"), str)
    return (lambda text: read(text) if text else None) if "null" in kinds else read


def secrets_of(operation_id: str) -> frozenset[str]:
    """The names of the fields whose values must not be logged, in an operation's body and its responses."""
    return frozenset(REQUESTS[operation_id]["secrets"])


def all_secrets() -> frozenset[str]:
    """The names of all fields in the contract whose values must not be logged."""
    return frozenset[str]().union(*(described["secrets"] for described in REQUESTS.values()))


@cache
def _compiler() -> Compiler:
    return Compiler(SCHEMAS)


_READERS: Final[dict[str, ReadText]] = {
    "string": lambda text: text,
    "integer": lambda text: _integer(text) if _INTEGER.fullmatch(text) else text,
    "number": lambda text: float(text) if _NUMBER.fullmatch(text) else text,
    "boolean": lambda text: _BOOLEANS.get(text, text),
}


def _styled(query: str, styles: Mapping[str, StyledParameter]) -> JsonObject:
    try:
        return read_styled(query, styles)
    except UnicodeDecodeError:
        pass
    raise bad_request("The query cannot be read: it is not valid UTF-8 after percent-decoding.", QUERY_ENCODING)


def _integer(text: str) -> int:
    return int(text) if len(text) <= len(str(_LARGEST)) else -_LARGEST if text[0] == "-" else _LARGEST


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
