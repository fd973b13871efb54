"""Reads the parts of a request that a handler takes: arguments, and the body in its form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .exchange import EmulatorRequest
from .form_bodies import UploadedFile
from .json_text import Json, JsonObject
from .operation_schemas import OperationSchema


class RequestParts(NamedTuple):
    """The parts of a request, decoded and checked."""

    arguments: JsonObject
    body: JsonObject
    items: Sequence[Json] = ()
    content: bytes | None = None
    uploads: Mapping[str, list[UploadedFile]] = {}


def read_parts(request: EmulatorRequest, schema: OperationSchema) -> RequestParts:
    """Read a request.

    Raises:
        Refusal: If a part is missing or invalid, or cannot be decoded.
    """
    arguments = schema.read_query(request.query)
    if schema.headers:
        arguments |= schema.read_headers(request.headers)
    body = request.body
    if schema.form == "json":
        takes_body = schema.operation.has_body or (schema.is_body_optional and body)
        return RequestParts(arguments, schema.read_body(body, request.headers) if takes_body else {})
    if not body and schema.is_body_optional:
        return RequestParts(arguments, {})
    if schema.form == "content":
        return RequestParts(arguments, {}, content=body)
    if schema.form == "list":
        return RequestParts(arguments, {}, schema.read_list(body, request.headers))
    fields, uploads = schema.read_form(body, request.headers)
    return RequestParts(arguments, fields, uploads=uploads)
