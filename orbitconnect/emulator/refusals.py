"""How a request is refused: the exception, one function for each status, and the error on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orbitconnect_api.operations import ERROR_CODE_FIELD, ERROR_FIELDS_FIELD, ERROR_MESSAGE_FIELD
from orbitconnect_api.types import RequestModel

from .model_fields import wire_name
from .rules import EXISTS, REFERENCES, Rule


class Refusal(Exception):
    """A request is refused. What its handler had done is undone."""

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
    """The request cannot be understood."""
    return Refusal(400, "bad_request", message, rule)


def unauthorized(message: str, rule: Rule) -> Refusal:
    """The key or the signature is not accepted."""
    return Refusal(401, "unauthorized", message, rule)


def forbidden(message: str, rule: Rule) -> Refusal:
    """The acting user may not do this."""
    return Refusal(403, "forbidden", message, rule)


def not_found(what: str, rule: Rule = EXISTS) -> Refusal:
    """There is no such thing, or the acting user cannot see it; the answer's body does not tell which."""
    return Refusal(404, "not_found", f"There is no such {what}.", rule)


def conflict(message: str, rule: Rule) -> Refusal:
    """The thing is in a state in which this cannot be done."""
    return Refusal(409, "conflict", message, rule)


def invalid(errors: Mapping[str, list[str]], rule: Rule) -> Refusal:
    """Fields are missing or have values that are not allowed."""
    field, messages = next(iter(errors.items()))
    return Refusal(422, "validation_failed", f"{field} {messages[0]}.", rule, errors=errors)


def invalid_field(
    body: RequestModel, attribute: str, message: str, *, rule: Rule = REFERENCES, index: int | None = None
) -> Refusal:
    """A field's value does not fit the emulator's state or the other fields.

    Args:
        body: The body that the field belongs to.
        attribute: The field's name in Python; the answer carries the one on the wire.
        message: What is wrong, to be read after the name.
        rule: The rule that says so.
        index: The entry that is wrong, where the field is a list.
    """
    name = wire_name(type(body), attribute)
    return invalid({name if index is None else f"{name}.{index}": [message]}, rule)


def error_body(refusal: Refusal) -> dict[str, Any]:
    """What a refusal looks like on the wire."""
    body: dict[str, Any] = {ERROR_MESSAGE_FIELD: refusal.message, ERROR_CODE_FIELD: refusal.code}
    if refusal.errors is not None:
        body[ERROR_FIELDS_FIELD] = dict(refusal.errors)
    return body
