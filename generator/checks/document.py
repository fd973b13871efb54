"""Checks the document as a whole: references, valid OpenAPI, the parts that the SDK needs, and extensions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.schemas import schema_v31

from ..base_url import is_base_url
from ..contract import Contract, JsonObject, Mistake, Pointer
from .vocabulary import EXTENSIONS, PROVENANCES, RETRY_CLASSES, did_you_mean, one_of

_REQUIRED_COMPONENTS = {
    "securitySchemes": ("SecretKey",),
    "headers": ("RequestId", "RetryAfter"),
    "parameters": ("ActingUser", "RequestSignature", "RequestTimestamp", "WebhookSignature"),
    "schemas": ("Envelope", "ValidationError"),
}
_FLAGS = ("x-orbit-actor", "x-orbit-idempotency-key")


def check_references(contract: Contract) -> Iterator[Mistake]:
    """Every `$ref` has a target."""
    for pointer, node in _mappings(contract.data):
        reference = node.get("$ref")
        if reference is None or "properties" in pointer[-1:]:
            continue
        try:
            contract.lookup(str(reference))
        except (KeyError, TypeError, IndexError):
            kind, _, name = str(reference).rpartition("/")
            known = (contract.data.get("components") or {}).get(kind.rpartition("/")[2]) or {}
            remedy = did_you_mean(name, known, "Add the component.")
            yield contract.mistake(pointer, f"`{reference}` does not exist", remedy)


def check_openapi_schema(contract: Contract) -> Iterator[Mistake]:
    """The document matches the JSON Schema of OpenAPI 3.1."""
    version = contract.data.get("openapi")
    if not isinstance(version, str) or not version.startswith("3.1."):
        yield contract.mistake(("openapi",), f"the OpenAPI version is {version!r}", "Write `openapi: 3.1.0`.")
        return
    yield from _openapi_mistakes(contract, Draft202012Validator(dict(schema_v31)).iter_errors(contract.data))


def check_openapi_rules(contract: Contract) -> Iterator[Mistake]:
    """The document follows the rules that OpenAPI states in prose.

    These messages are the least helpful, so this check comes last.
    """
    yield from _openapi_mistakes(contract, OpenAPIV31SpecValidator(contract.data).iter_errors())


def check_required_parts(contract: Contract) -> Iterator[Mistake]:
    """The parts that the SDK's constants come from exist."""
    servers = contract.data.get("servers") or []
    if len(servers) != 1 or not is_base_url(servers[0].get("url")):
        remedy = "List one server, with an https URL that has no variables and no trailing slash."
        yield contract.mistake(("servers",), "the base URL is not a single fixed URL", remedy)
    components = contract.data.get("components") or {}
    for kind, names in _REQUIRED_COMPONENTS.items():
        for name in names:
            if name not in (components.get(kind) or {}):
                remedy = f"Add it under components.{kind}. The SDK reads its name or its fields."
                yield contract.mistake(("components", kind), f"the component {name} is missing", remedy)


def check_extensions(contract: Contract) -> Iterator[Mistake]:
    """Every `x-` key is known and has an allowed value."""
    for pointer, node in _mappings(contract.data):
        if pointer[-1:] in (("properties",), ("headers",)):
            continue
        for key, value in node.items():
            if key.startswith("x-"):
                yield from _check_extension(contract, (*pointer, key), key, value)


def _check_extension(contract: Contract, pointer: Pointer, key: str, value: object) -> Iterator[Mistake]:
    if key not in EXTENSIONS:
        remedy = did_you_mean(key, EXTENSIONS, "Remove it.")
        yield contract.mistake(pointer, f"`{key}` is not a known extension", remedy)
    elif key == "x-orbit-provenance" and value not in PROVENANCES:
        yield contract.mistake(pointer, f"{value!r} is not a provenance", one_of(PROVENANCES))
    elif key == "x-orbit-retry" and value not in RETRY_CLASSES:
        yield contract.mistake(pointer, f"{value!r} is not a retry class", one_of(RETRY_CLASSES))
    elif key in _FLAGS and not isinstance(value, bool):
        yield contract.mistake(pointer, f"{value!r} is not a boolean", "Write `true` or `false`.")
    elif key == "x-orbit-vendor-urls" and not (isinstance(value, list) and value and all(map(is_base_url, value))):
        remedy = "List https URLs that have no variables and no trailing slash."
        yield contract.mistake(pointer, "it is not a list of base URLs", remedy)
    elif key == "x-orbit-retry-reason" and not (isinstance(value, str) and value):
        yield contract.mistake(pointer, "the retry reason is empty", "Write one sentence, or remove the key.")


def _openapi_mistakes(contract: Contract, errors: Iterable[Exception]) -> Iterator[Mistake]:
    for error in errors:
        message = str(getattr(error, "message", error)).split("\n", 1)[0]
        if len(message) > 300:
            message = f"{message[:140]} … {message[-140:]}"
        pointer = tuple(getattr(error, "absolute_path", ()))
        yield contract.mistake(pointer, f"invalid OpenAPI: {message}", "See the OpenAPI 3.1 specification.")


def _mappings(node: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, JsonObject]]:
    """All mappings below a node, except examples, each with its pointer."""
    if isinstance(node, dict):
        yield pointer, node
        for key, value in node.items():
            if key not in ("example", "examples") or pointer[-1:] == ("properties",):
                yield from _mappings(value, (*pointer, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _mappings(value, (*pointer, index))
