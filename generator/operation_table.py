"""Writes `operations.py`: the operation table that the pipeline uses, and the fixed names on the wire."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from . import naming
from .base_url import other_urls
from .bodies import body_of
from .contract import Contract, OperationNode, idempotency_properties
from .lower import body_schema

_HEAD = '''"""The operations of the API, and the header and field names that they share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .types import Operation
'''


def operation_table(contract: Contract) -> str:
    """The source text of `operations.py`."""
    components = contract.data["components"]
    (result_field,) = components["schemas"]["Envelope"]["properties"]
    message_field, code_field, errors_field = list(components["schemas"]["ValidationError"]["properties"])
    url = contract.data["servers"][0]["url"]
    constants = {
        "BASE_URL": url,
        "LIVE_HOST": urlsplit(url).hostname,
        "SECRET_KEY_HEADER": components["securitySchemes"]["SecretKey"]["name"],
        "ACTING_USER_HEADER": components["parameters"]["ActingUser"]["name"],
        "SIGNATURE_HEADER": components["parameters"]["RequestSignature"]["name"],
        "TIMESTAMP_HEADER": components["parameters"]["RequestTimestamp"]["name"],
        "REQUEST_ID_HEADER": _header_name(contract, "RequestId"),
        "RETRY_AFTER_HEADER": _header_name(contract, "RetryAfter"),
        "WEBHOOK_SIGNATURE_HEADER": components["parameters"]["WebhookSignature"]["name"],
        "RESULT_FIELD": result_field,
        "ERROR_MESSAGE_FIELD": message_field,
        "ERROR_CODE_FIELD": code_field,
        "ERROR_FIELDS_FIELD": errors_field,
    }
    lines = [_HEAD]
    lines += [f"{name}: Final = {value!r}" for name, value in constants.items()]
    lines.append(f"OTHER_URLS: Final[tuple[str, ...]] = {tuple(other_urls(contract))!r}")
    lines.append('"""The other base URLs that the vendor names. The SDK never sends anything to them."""')
    lines.append("")
    operations = list(contract.operations())
    for operation in operations:
        lines.append(f"{naming.constant(operation.id)}: Final = {_operation(contract, operation)}")
    lines.append("")
    names = ", ".join(naming.constant(operation.id) for operation in operations)
    lines.append(f"OPERATIONS: Final[Mapping[str, Operation]] = {{known.id: known for known in ({names},)}}")
    lines.append('"""All operations by their `operationId`."""')
    return "\n".join(lines) + "\n"


def _operation(contract: Contract, operation: OperationNode) -> str:
    data = operation.data
    body = body_schema(contract, operation)
    keys = idempotency_properties(contract.resolve(body)) if body else []
    values: list[Any] = [
        operation.id,
        data["tags"][0],
        operation.method.upper(),
        operation.path,
        data["x-orbit-retry"],
        data["x-orbit-actor"],
        _always_sends_json(contract, operation),
        keys[0] if keys else None,
        data["x-orbit-provenance"],
    ]
    return f"Operation({', '.join(map(repr, values))})"


def _always_sends_json(contract: Contract, operation: OperationNode) -> bool:
    body = body_of(contract, operation)
    return "requestBody" in operation.data if body is None else body.form == "json" and body.required


def _header_name(contract: Contract, component: str) -> str:
    """The wire name of a response header, given its component."""
    reference = {"$ref": f"#/components/headers/{component}"}
    responses = contract.data["components"]["responses"].values()
    return next(
        str(name)
        for response in responses
        for name, header in (response.get("headers") or {}).items()
        if header == reference
    )
