"""The rules by which the emulator refuses a request, and whether each is known or a guess."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, NamedTuple

from orbitconnect_api.operations import ERROR_CODE_FIELD, ERROR_FIELDS_FIELD, ERROR_MESSAGE_FIELD
from orbitconnect_api.types import Model, RequestModel

RULE_HEADER: Final = "x-orbit-emulator-rule"
"""Says in an answer which rule refused the request, and whether the rule is documented or inferred."""

Basis = Literal["documented", "inferred"]


class Rule(NamedTuple):
    """One rule. `documented`: the vendor's material says so. `inferred`: a well-founded guess of this project."""

    name: str
    basis: Basis
    says: str

    def __str__(self) -> str:
        return f"{self.name}; {self.basis}"


ROUTE: Final = Rule("route", "documented", "The API has the paths of the contract and no others.")
METHOD: Final = Rule("method", "inferred", "A path takes the contract's methods only.")
EMULATED: Final = Rule("emulated", "inferred", "What the emulator cannot do yet is refused, not made up.")
SECRET_KEY: Final = Rule("secret-key", "documented", "Every request carries a secret key.")
TEST_KEYS_ONLY: Final = Rule("test-keys-only", "inferred", "The emulator takes no live key.")
SIGNATURE: Final = Rule("signature", "documented", "Where there is a signing secret, every request is signed with it.")
SIGNATURE_AGE: Final = Rule("signature-age", "inferred", "A signature's timestamp is at most five minutes off.")
ACTING_USER: Final = Rule("acting-user", "documented", "An operation on behalf of a user names one that exists.")
ACTING_USER_ACTIVE: Final = Rule("acting-user-active", "inferred", "A deactivated user does nothing any more.")
PATH_ENCODING: Final = Rule("path-encoding", "inferred", "A path is UTF-8, percent-encoded.")
QUERY_ENCODING: Final = Rule("query-encoding", "inferred", "A query is UTF-8, percent-encoded, and not endless.")
JSON_OBJECT: Final = Rule("json-object", "documented", "A body is a JSON object.")
FIELDS: Final = Rule("fields", "documented", "Fields that are required are there, and all have their type.")
LIMITS: Final = Rule("limits", "inferred", "Values lie within the contract's limits.")
REFERENCES: Final = Rule("references", "inferred", "Ids in a body name things that exist, and fields fit together.")
EXISTS: Final = Rule("exists", "inferred", "An id in a path or a query names a thing that exists.")
PARTICIPANTS_ONLY: Final = Rule("participants-only", "inferred", "What a user takes no part in does not exist for it.")
ROLES: Final = Rule("roles", "inferred", "A group is changed by its owner and its admins only.")
SENDER_ONLY: Final = Rule("sender-only", "inferred", "A message is changed by its sender only.")
RECALLED_IS_FINAL: Final = Rule("recalled-is-final", "inferred", "A message that was recalled stays as it is.")
DIRECT_HAS_TWO: Final = Rule("direct-has-two", "inferred", "A direct conversation keeps its two participants.")
USER_ACTIVE: Final = Rule("user-active", "inferred", "A deactivated user gets no token.")
IDEMPOTENCY_KEY: Final = Rule("idempotency-key", "inferred", "An idempotency key stands for one message.")


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


def wire_name(model: type[Model], attribute: str) -> str:
    """The name on the wire of a model's attribute."""
    return next(known.name for known in model.FIELDS if known.attribute == attribute)


def error_body(refusal: Refusal) -> dict[str, Any]:
    """What a refusal looks like on the wire."""
    body: dict[str, Any] = {ERROR_MESSAGE_FIELD: refusal.message, ERROR_CODE_FIELD: refusal.code}
    if refusal.errors is not None:
        body[ERROR_FIELDS_FIELD] = dict(refusal.errors)
    return body
