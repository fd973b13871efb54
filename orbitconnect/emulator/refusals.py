"""Refusing a request: the exception, a function for each status, and the error on the wire."""

from __future__ import annotations

from collections.abc import Mapping

from orbitconnect_api.operations import ERROR_CODE_FIELD, ERROR_FIELDS_FIELD, ERROR_MESSAGE_FIELD
from orbitconnect_api.types import RequestModel

from .json_text import JsonObject
from .model_fields import wire_name
from .rules import EXISTS, REFERENCES, Rule


class Refusal(Exception):
    """The request is refused. The changes that its handler has made are undone."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        rule: Rule,
        *,
        errors: Mapping[str, list[str]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status: int = status
        self.code: str = code
        self.message: str = message
        self.rule: Rule = rule
        self.errors: Mapping[str, list[str]] | None = errors
        self.headers: Mapping[str, str] = headers or {}


def bad_request(message: str, rule: Rule) -> Refusal:
    """Create a refusal with status 400: the request cannot be read."""
    return Refusal(400, "bad_request", message, rule)


def unauthorized(message: str, rule: Rule) -> Refusal:
    """Create a refusal with status 401: the key or the signature is not accepted."""
    return Refusal(401, "unauthorized", message, rule)


def forbidden(message: str, rule: Rule) -> Refusal:
    """Create a refusal with status 403: the acting user is not allowed to do this."""
    return Refusal(403, "forbidden", message, rule)


def not_found(noun: str, rule: Rule = EXISTS) -> Refusal:
    """Create a refusal with status 404: the object does not exist, or the acting user cannot see it.

    The response's body is the same in both cases.

    Args:
        noun: What was looked for, such as `conversation`.
        rule: The rule that refuses the request.
    """
    return Refusal(404, "resource_not_found", f"There is no such {noun}.", rule)


def conflict(message: str, rule: Rule) -> Refusal:
    """Create a refusal with status 409: the current state does not allow the operation."""
    return Refusal(409, "conflict", message, rule)


def invalid(errors: Mapping[str, list[str]], rule: Rule) -> Refusal:
    """Create a refusal with status 422. `errors` contains the messages for each missing or invalid field."""
    field, messages = next(iter(errors.items()))
    return Refusal(422, "validation_failed", f"{field} {messages[0]}.", rule, errors=errors)


def invalid_field(
    body: RequestModel, attribute: str, message: str, *, rule: Rule = REFERENCES, index: int | None = None
) -> Refusal:
    """Create a refusal with status 422: a field's value does not fit the state or the other fields.

    Args:
        body: The body that contains the field.
        attribute: The field's name in Python. The response contains its name in JSON.
        message: The text that follows the field's name, such as `must not be empty`.
        rule: The rule that refuses the value.
        index: The index of the invalid entry, if the field is a list.
    """
    name = wire_name(type(body), attribute)
    return invalid({name if index is None else f"{name}.{index}": [message]}, rule)


def error_body(refusal: Refusal) -> JsonObject:
    """The JSON body of the response to a refused request."""
    body: JsonObject = {ERROR_MESSAGE_FIELD: refusal.message, ERROR_CODE_FIELD: refusal.code}
    if refusal.errors is not None:
        body[ERROR_FIELDS_FIELD] = dict(refusal.errors)
    return body
