"""What an operation sends as its body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .contract import EMPTY_BODY, Contract, JsonObject, OperationNode

Form = Literal["json", "urlencoded", "multipart", "content"]
"""How a body is encoded. `content` is a file, sent as it is."""

FORMS: dict[str, Form] = {
    "application/json": "json",
    "application/x-www-form-urlencoded": "urlencoded",
    "multipart/form-data": "multipart",
}


@dataclass(frozen=True)
class Body:
    """The body of an operation's request."""

    form: Form
    media_type: str
    required: bool
    schema: JsonObject | None
    """The schema as written, which may be a reference. None for a file."""


def body_of(contract: Contract, operation: OperationNode) -> Body | None:
    """The body of an operation. None if it has none, or no fields."""
    node = operation.data.get("requestBody")
    if node is None or node.get("$ref") == EMPTY_BODY:
        return None
    body = contract.resolve(node)
    # The checks report a body without a content type, or with several.
    contents: JsonObject = body.get("content") or {}
    media_type = next(iter(contents), "application/json")
    form = FORMS.get(media_type, "content")
    schema = None if form == "content" else dict((contents.get(media_type) or {}).get("schema") or {})
    return Body(form, media_type, bool(body.get("required")), schema)
