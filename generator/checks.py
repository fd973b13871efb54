"""Refuses a contract that is wrong, or that says something which a later step would drop without a word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.schemas import schema_v31

from . import naming
from .contract import METHODS, Contract, ContractError, EventNode, Mistake, OperationNode, Pointer
from .schema_checks import EVENT, check_parameter_schema, check_schemas

PROVENANCES = ("observed", "inferred")
RETRY_CLASSES = ("safe", "idempotency-key", "never")
ACTING_USER = "#/components/parameters/ActingUser"
ENVELOPE = "#/components/schemas/Envelope"
EMPTY_BODY = "#/components/requestBodies/Empty"

EXTENSIONS = (
    "x-orbit-actor",
    "x-orbit-facade",
    "x-orbit-idempotency-key",
    "x-orbit-open-enum",
    "x-orbit-provenance",
    "x-orbit-retry",
    "x-orbit-retry-reason",
)
_PATH_ITEM_KEYS = frozenset({"parameters", *METHODS})
_OPERATION_KEYS = frozenset(
    {"operationId", "tags", "summary", "description", "parameters", "requestBody", "responses", "deprecated"}
)
_PARAMETER_KEYS = frozenset(
    {"name", "in", "required", "description", "schema", "example", "examples", "style", "explode"}
)
_STYLES = {"query": ("form", True), "path": ("simple", False), "header": ("simple", False)}
_OPERATION_ID = re.compile(r"[a-z][A-Za-z0-9]*")
_EVENT_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_COMPONENTS = {
    "securitySchemes": ("SecretKey", "RequestSignature", "RequestTimestamp"),
    "headers": ("RequestId", "RetryAfter"),
    "parameters": ("ActingUser", "WebhookSignature"),
    "schemas": ("Envelope", "Error"),
}


def check(contract: Contract) -> None:
    """Checks the whole contract.

    Raises:
        ContractError: With everything that was found wrong, each with its line.
    """
    for rules in (_check_references, _check_structure, _check_frame, _check_extensions, _check_rules, _check_meaning):
        if mistakes := list(rules(contract)):
            raise ContractError(contract.path, mistakes)


def _check_rules(contract: Contract) -> Iterator[Mistake]:
    for operation in contract.operations():
        yield from _check_operation(contract, operation)
    for event in contract.events():
        yield from _check_event(contract, event)
    yield from _check_event_names(contract)
    yield from _check_path_items(contract)
    yield from _check_names(contract)
    yield from check_schemas(contract)


def _check_references(contract: Contract) -> Iterator[Mistake]:
    for pointer, node in walk(contract.data):
        reference = node.get("$ref")
        if reference is None or "properties" in pointer[-1:]:
            continue
        try:
            contract.lookup(str(reference))
        except (KeyError, TypeError, IndexError):
            kind, _, name = str(reference).rpartition("/")
            known = (contract.data.get("components") or {}).get(kind.rpartition("/")[2]) or {}
            yield contract.mistake(pointer, f"`{reference}` leads nowhere", suggest(name, known, "Add the component."))


def _check_structure(contract: Contract) -> Iterator[Mistake]:
    version = contract.data.get("openapi")
    if not isinstance(version, str) or not version.startswith("3.1."):
        yield contract.mistake(("openapi",), f"the version is {version!r}", "Write `openapi: 3.1.0`.")
        return
    yield from _openapi_mistakes(contract, Draft202012Validator(dict(schema_v31)).iter_errors(contract.data))


def _check_meaning(contract: Contract) -> Iterator[Mistake]:
    """What the specification says in words; its messages are the least helpful ones, so it comes last."""
    yield from _openapi_mistakes(contract, OpenAPIV31SpecValidator(contract.data).iter_errors())


def _openapi_mistakes(contract: Contract, errors: Iterable[Exception]) -> Iterator[Mistake]:
    for error in errors:
        message = str(getattr(error, "message", error)).split("\n", 1)[0]
        if len(message) > 300:
            message = f"{message[:140]} … {message[-140:]}"
        pointer = tuple(getattr(error, "absolute_path", ()))
        yield contract.mistake(pointer, f"invalid OpenAPI: {message}", "See the OpenAPI 3.1 specification.")


def _check_frame(contract: Contract) -> Iterator[Mistake]:
    """The parts that the pipeline takes its constants from."""
    servers = contract.data.get("servers") or []
    if len(servers) != 1 or not re.fullmatch(r"https://[^/{}?#]+(/[^{}?#]*[^/{}?#])?", servers[0].get("url", "")):
        remedy = "Name one server: an https URL without variables and without a slash at its end."
        yield contract.mistake(("servers",), "there is no single fixed base URL", remedy)
    components = contract.data.get("components") or {}
    for kind, names in _COMPONENTS.items():
        for name in names:
            if name not in (components.get(kind) or {}):
                remedy = f"Add it under components.{kind}; the pipeline takes its name or fields from there."
                yield contract.mistake(("components", kind), f"the component {name} is missing", remedy)


def _check_extensions(contract: Contract) -> Iterator[Mistake]:
    for pointer, node in walk(contract.data):
        for key, value in node.items():
            if not key.startswith("x-") or pointer[-1:] in (("properties",), ("headers",)):
                continue
            here = (*pointer, key)
            if key not in EXTENSIONS:
                yield contract.mistake(here, f"`{key}` is not known", suggest(key, EXTENSIONS, "Remove it."))
            elif key == "x-orbit-provenance" and value not in PROVENANCES:
                yield contract.mistake(here, f"{value!r} is no provenance", _one_of(PROVENANCES))
            elif key == "x-orbit-retry" and value not in RETRY_CLASSES:
                yield contract.mistake(here, f"{value!r} is no retry class", _one_of(RETRY_CLASSES))
            elif key in ("x-orbit-actor", "x-orbit-open-enum", "x-orbit-idempotency-key") and not isinstance(
                value, bool
            ):
                yield contract.mistake(here, f"{value!r} is no boolean", "Write `true` or `false`.")
            elif key == "x-orbit-retry-reason" and not (isinstance(value, str) and value):
                yield contract.mistake(here, "the reason is empty", "Say why in a sentence, or remove it.")


def _check_path_items(contract: Contract) -> Iterator[Mistake]:
    for path, item in (contract.data.get("paths") or {}).items():
        pointer = ("paths", path)
        if "$ref" in item:
            remedy = "Write the operations here: the raw client's generator drops a path item behind a `$ref`."
            yield contract.mistake(pointer, "the path item is a `$ref`", remedy)
        for key in item.keys() - _PATH_ITEM_KEYS - {"$ref"}:
            remedy = "Move it into the operations, or remove it: it would be dropped without a word."
            yield contract.mistake((*pointer, key), f"`{key}` is not supported at a path item", remedy)


def _check_operation(contract: Contract, operation: OperationNode) -> Iterator[Mistake]:
    data, pointer = operation.data, operation.pointer
    for key in data:
        if key not in _OPERATION_KEYS and key not in EXTENSIONS:
            remedy = "Remove it: it would be dropped without a word."
            yield contract.mistake((*pointer, key), f"`{key}` is not supported at an operation", remedy)
    for key in ("summary", "description"):
        if not data.get(key):
            yield contract.mistake(
                pointer, f"`{key}` is missing", "Say what the operation does; it becomes the docstring."
            )
    if not data.get("operationId"):
        remedy = "Give it a unique camelCase name such as `createAppUser`; it names the generated module."
        yield contract.mistake(pointer, "`operationId` is missing", remedy)
    elif not _OPERATION_ID.fullmatch(data["operationId"]):
        remedy = "Write it in camelCase, with letters and digits only."
        yield contract.mistake((*pointer, "operationId"), f"`{data['operationId']}` is no camelCase name", remedy)
    tags = [tag.get("name") for tag in contract.data.get("tags") or []]
    if len(data.get("tags") or []) != 1 or data["tags"][0] not in tags:
        yield contract.mistake(pointer, "there is not exactly one known tag", _one_of(tags))
    for key, values in (("x-orbit-provenance", PROVENANCES), ("x-orbit-retry", RETRY_CLASSES)):
        if key not in data:
            yield contract.mistake(pointer, f"`{key}` is missing", _one_of(values))
    yield from _check_actor(contract, operation)
    yield from _check_parameters(contract, operation)
    yield from _check_body(contract, operation)
    yield from _check_responses(contract, operation)


def _check_actor(contract: Contract, operation: OperationNode) -> Iterator[Mistake]:
    named = any(parameter.get("$ref") == ACTING_USER for _, parameter in operation.parameters)
    actor = operation.data.get("x-orbit-actor")
    if actor is None:
        remedy = "Write `true` where the acting user is required, `false` elsewhere."
        yield contract.mistake(operation.pointer, "`x-orbit-actor` is missing", remedy)
    elif actor is not named:
        problem = "`x-orbit-actor` is true, but the parameter ActingUser is missing"
        if named:
            problem = "the parameter ActingUser is there, but `x-orbit-actor` is false"
        yield contract.mistake(
            operation.pointer, problem, f"Make them agree: `$ref: '{ACTING_USER}'` under parameters."
        )


def _check_parameters(contract: Contract, operation: OperationNode) -> Iterator[Mistake]:
    names: dict[str, str] = {"client": "", "body": "", "acting_user_id": ""}
    in_path = []
    for pointer, node in operation.parameters:
        parameter = contract.resolve(node)
        name, location = str(parameter.get("name")), parameter.get("in")
        if node.get("$ref") == ACTING_USER:
            continue
        if location not in ("path", "query"):
            remedy = "Only path and query parameters are generated; the pipeline sets the headers."
            yield contract.mistake(pointer, f"the {location} parameter `{name}` would be dropped", remedy)
            continue
        if location == "path":
            in_path.append(name)
        for key in parameter.keys() - _PARAMETER_KEYS - set(EXTENSIONS):
            remedy = "Remove it: it would be dropped without a word. Describe the parameter by `schema`."
            yield contract.mistake(pointer, f"`{key}` is not supported at the parameter `{name}`", remedy)
        style, explode = _STYLES[location]
        if parameter.get("style", style) != style or parameter.get("explode", explode) is not explode:
            yield contract.mistake(pointer, f"`{name}` is not serialised as `{style}`", "Remove `style` and `explode`.")
        if not parameter.get("description"):
            yield contract.mistake(pointer, f"the parameter `{name}` has no description", "Say what it means.")
        python_name = naming.identifier(name)
        if python_name in names:
            remedy = "Rename it in the contract's description of the API, or merge the two."
            yield contract.mistake(pointer, f"`{name}` collides with another argument `{python_name}`", remedy)
        names[python_name] = name
        yield from check_parameter_schema(contract, pointer, name, parameter)
    expected = re.findall(r"{([^}]*)}", operation.path)
    if sorted(expected) != sorted(in_path):
        problem = f"the path names {expected or 'no parameters'}, but {in_path or 'none'} are described"
        yield contract.mistake(
            operation.pointer, problem, "Describe each parameter of the path once, under `parameters`."
        )


def _check_body(contract: Contract, operation: OperationNode) -> Iterator[Mistake]:
    body, pointer = operation.data.get("requestBody"), (*operation.pointer, "requestBody")
    keyed = operation.data.get("x-orbit-retry") == "idempotency-key"
    if body is None or body.get("$ref") == EMPTY_BODY:
        if keyed:
            remedy = "Describe a body with one property marked `x-orbit-idempotency-key: true`."
            yield contract.mistake(operation.pointer, "an `idempotency-key` operation without a body", remedy)
        if body is None and operation.method in ("post", "patch", "put"):
            remedy = (
                f"A {operation.method.upper()} always sends an object: write `requestBody: {{$ref: '{EMPTY_BODY}'}}`."
            )
            yield contract.mistake(operation.pointer, "`requestBody` is missing", remedy)
        return
    if operation.method in ("get", "delete"):
        yield contract.mistake(pointer, f"a {operation.method.upper()} has no body", "Use query parameters.")
    body = contract.resolve(body)
    content = body.get("content") or {}
    schema = (content.get("application/json") or {}).get("schema") or {}
    expected = f"{naming.class_name(str(operation.data.get('operationId')))}Body"
    if list(content) != ["application/json"] or not body.get("required"):
        yield contract.mistake(
            pointer, "the body is not one required JSON object", "Write `required: true` and JSON only."
        )
    elif schema.get("$ref") != f"#/components/schemas/{expected}":
        remedy = (
            f"Describe it as the component {expected} and write `schema: {{$ref: '#/components/schemas/{expected}'}}`."
        )
        yield contract.mistake(pointer, "the body has no schema of its own", remedy)
    else:
        marked = idempotency_fields(contract.resolve(schema))
        if len(marked) != keyed:
            problem = f"{len(marked)} properties of the body are marked `x-orbit-idempotency-key`"
            remedy = "An `idempotency-key` operation has exactly one such property, any other has none."
            yield contract.mistake(pointer, problem, remedy)


def _check_responses(contract: Contract, operation: OperationNode) -> Iterator[Mistake]:
    pointer = (*operation.pointer, "responses")
    responses = operation.data.get("responses") or {}
    for status in responses:
        if not re.fullmatch(r"[1-5](\d\d|XX)|default", str(status)):
            yield contract.mistake(
                (*pointer, status), f"`{status}` is no status", "Write a number, `5XX` or `default`."
            )
    successes = [status for status in responses if re.fullmatch(r"2\d\d", str(status))]
    if not successes:
        remedy = "Add `'200'` with what the operation returns; `2XX` and `default` do not say it."
        yield contract.mistake(pointer, "there is no explicit 2xx response", remedy)
    if len(successes) > 1:
        remedy = "Keep one: a method has one result."
        yield contract.mistake(pointer, f"there are several successes: {', '.join(successes)}", remedy)
    for status in successes[:1]:
        response = contract.resolve(responses[status])
        content = response.get("content") or {}
        schema = (content.get("application/json") or {}).get("schema") or {}
        if content and (list(content) != ["application/json"] or not is_envelope(schema)):
            remedy = (
                f"Write `allOf` with `$ref: '{ENVELOPE}'` and an object whose only property is `data`, as JSON only."
            )
            yield contract.mistake((*pointer, status), "the success is not built on the envelope", remedy)
        elif "allOf" in schema:
            (data,) = schema["allOf"][1]["properties"].values()
            if not _is_result(contract, data):
                remedy = (
                    "Return a component, a list of one, one of two components (`anyOf`), or null beside one of them."
                )
                yield contract.mistake((*pointer, status), "no method can return this", remedy)


def _is_result(contract: Contract, schema: dict[str, Any]) -> bool:
    """Whether a result is what a method can return: described objects, alone, in a list, or as alternatives."""

    def is_model(node: dict[str, Any]) -> bool:
        return "$ref" in node and "properties" in contract.resolve(node)

    def is_list(node: dict[str, Any]) -> bool:
        return node.get("type") == "array" and is_model(node.get("items") or {})

    parts = [part for part in schema.get("anyOf") or [schema] if part != {"type": "null"}]
    models, lists = [part for part in parts if is_model(part)], [part for part in parts if is_list(part)]
    return 0 < len(models) + len(lists) == len(parts) and len(models) <= 2 and len(lists) <= 1


def _check_event(contract: Contract, event: EventNode) -> Iterator[Mistake]:
    if len(event.data.get("tags") or []) != 1 or event.data.get("x-orbit-provenance") not in PROVENANCES:
        yield contract.mistake(event.pointer, "one tag and `x-orbit-provenance` are needed", _one_of(PROVENANCES))
    content = contract.resolve(event.data.get("requestBody") or {}).get("content") or {}
    schema = contract.resolve((content.get("application/json") or {}).get("schema") or {})
    parts = schema.get("allOf") or []
    properties = parts[1].get("properties") or {} if len(parts) == 2 and parts[0] == {"$ref": EVENT} else {}
    data = contract.resolve(properties.get("data") or {})
    if (properties.get("type") or {}).get("const") != event.name or "properties" not in data:
        remedy = (
            f"Write `allOf` with `$ref: '{EVENT}'` and an object with `type` (const: {event.name}) and `data` ($ref)."
        )
        yield contract.mistake(event.pointer, "the event's body is not built on the envelope of events", remedy)


def _check_event_names(contract: Contract) -> Iterator[Mistake]:
    seen: dict[str, str] = {}
    for event in contract.events():
        if not _EVENT_NAME.fullmatch(event.name):
            remedy = "Write at least two words in lower case with dots between them, such as `thing.made`."
            yield contract.mistake(event.pointer[:2], f"`{event.name}` cannot name a class", remedy)
        words = event.name.replace(".", "_")
        if words in seen:
            remedy = "Give it a name that differs in more than its dots: the class is named after it."
            yield contract.mistake(event.pointer[:2], f"`{event.name}` collides with `{seen[words]}`", remedy)
        seen[words] = event.name


def _check_names(contract: Contract) -> Iterator[Mistake]:
    seen: dict[str, str] = {}
    facade: dict[str, str] = {}
    tags = {tag.get("name") for tag in contract.data.get("tags") or []}
    for operation in contract.operations():
        name = operation.data.get("operationId")
        if name:
            module = naming.module(name)
            here = (*operation.pointer, "operationId")
            if module in seen:
                remedy = "Give it a name of its own: one of the two modules would overwrite the other."
                yield contract.mistake(here, f"`{name}` collides with `{seen[module]}`", remedy)
            seen[module] = name
        for method in operation.data.get("x-orbit-facade") or []:
            here = (*operation.pointer, "x-orbit-facade")
            namespace, _, python_name = str(method).partition(".")
            if namespace not in tags or not python_name.isidentifier():
                yield contract.mistake(
                    here, f"`{method}` is no method", "Write `namespace.method`, such as `users.get`."
                )
            if method in facade:
                yield contract.mistake(here, f"`{method}` calls `{facade[method]}` already", "Name each method once.")
            facade[method] = str(name)


def is_envelope(schema: dict[str, Any]) -> bool:
    """Whether a schema is the envelope itself, or the envelope with the type of its data."""
    if schema.get("$ref") == ENVELOPE:
        return True
    parts = schema.get("allOf") or []
    return len(parts) == 2 and parts[0] == {"$ref": ENVELOPE} and len(parts[1].get("properties") or {}) == 1


def idempotency_fields(schema: dict[str, Any]) -> list[str]:
    """The properties of a body that are marked to carry the idempotency key."""
    properties = schema.get("properties") or {}
    return [name for name, node in properties.items() if node.get("x-orbit-idempotency-key") is True]


def walk(node: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, dict[str, Any]]]:
    """All mappings below a node that are no examples, with where they stand."""
    if isinstance(node, dict):
        yield pointer, node
        for key, value in node.items():
            if key not in ("example", "examples") or pointer[-1:] == ("properties",):
                yield from walk(value, (*pointer, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from walk(value, (*pointer, index))


def suggest(name: str, known: Any, otherwise: str) -> str:
    """A remedy for a name that is not known: the nearest known one."""
    nearest = difflib.get_close_matches(name, [str(candidate) for candidate in known], n=1)
    return f"Did you mean `{nearest[0]}`?" if nearest else otherwise


def _one_of(values: Any) -> str:
    return f"Write one of: {', '.join(map(str, values))}."
