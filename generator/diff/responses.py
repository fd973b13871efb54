"""Compares what operations return: results, headers, statuses and error codes."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract import ENVELOPE, Contract, OperationNode
from .change import Node, Pair, methods_of
from .shapes import FieldNode, fields, result_field, shape
from .values import Direction, Place, compare_values

_JSON = "application/json"


def compare_responses(pair: Pair, old: OperationNode, new: OperationNode) -> None:
    """Record the differences between the responses of two operations."""
    before, after = _responses(pair.old, old), _responses(pair.new, new)
    pointer, methods = (*new.pointer, "responses"), methods_of(new.data)
    old_success, new_success = _success(before), _success(after)
    for status in sorted(after.keys() - before.keys()):
        if not status.startswith("2"):
            pair.add("error-status-added", new.id, f"can fail with {status}", pointer, methods=methods)
    for status in sorted(before.keys() - after.keys()):
        if not status.startswith("2"):
            pair.add("error-status-removed", new.id, f"can no longer fail with {status}", pointer, methods=methods)
    if old_success != new_success:
        detail = f"succeeds with {', '.join(new_success)} instead of {', '.join(old_success)}"
        pair.add("success-status-changed", new.id, detail, pointer, methods=methods)
    _compare_codes(pair, new, before, after)
    _compare_headers(pair, new, before, after)
    if len(old_success) == len(new_success) == 1:
        _compare_results(pair, new, before[old_success[0]], after[new_success[0]])
    else:
        for status in sorted({*old_success} & {*new_success}):
            _compare_results(pair, new, before[status], after[status])
        _compare_successes(
            pair, new, [before[status] for status in old_success], [after[status] for status in new_success]
        )


def _responses(contract: Contract, operation: OperationNode) -> dict[str, Node]:
    """The responses by status, without references."""
    found = operation.data.get("responses") or {}
    return {str(status): contract.resolve(node) for status, node in found.items()}


def _success(responses: dict[str, Node]) -> list[str]:
    return sorted(status for status in responses if status.startswith("2"))


def _compare_codes(pair: Pair, operation: OperationNode, before: dict[str, Node], after: dict[str, Node]) -> None:
    pointer, methods = (*operation.pointer, "responses"), methods_of(operation.data)
    for status in sorted(before.keys() & after.keys()):
        old, new = list(_codes(pair.old, before[status])), list(_codes(pair.new, after[status]))
        if not old or not new:
            continue
        for code in new:
            if code not in old:
                detail = f"can fail with {status} and the code `{code}`"
                pair.add("error-code-added", operation.id, detail, (*pointer, status), methods=methods)
        for code in old:
            if code not in new:
                detail = f"no longer fails with {status} and the code `{code}`"
                pair.add("error-code-removed", operation.id, detail, (*pointer, status), methods=methods)


def _codes(contract: Contract, response: Node) -> Iterator[str]:
    """The error codes that a response lists in the enum of its `code`."""
    for media in (response.get("content") or {}).values():
        found = fields(contract, media.get("schema") or {}, (), inherited=True)
        if "code" in found:
            yield from map(str, shape(contract, found["code"].schema).enum or ())


def _compare_headers(pair: Pair, operation: OperationNode, before: dict[str, Node], after: dict[str, Node]) -> None:
    pointer, methods = (*operation.pointer, "responses"), methods_of(operation.data)
    for status in sorted(before.keys() & after.keys()):
        old = {name.lower() for name in before[status].get("headers") or {}}
        new = {name.lower() for name in after[status].get("headers") or {}}
        for name in sorted(new - old):
            detail = f"{status} has the header `{name}`"
            pair.add("response-header-added", operation.id, detail, (*pointer, status), methods=methods)
        for name in sorted(old - new):
            detail = f"{status} no longer has the header `{name}`"
            pair.add("response-header-removed", operation.id, detail, (*pointer, status), methods=methods)


def _compare_results(pair: Pair, operation: OperationNode, before: Node, after: Node) -> None:
    pointer, methods = (*operation.pointer, "responses"), methods_of(operation.data)
    old_media, new_media = set(before.get("content") or {}), set(after.get("content") or {})
    if old_media and new_media and old_media != new_media:
        detail = f"returns {', '.join(sorted(new_media))} instead of {', '.join(sorted(old_media))}"
        pair.add("response-media-type-changed", operation.id, detail, pointer, methods=methods)
        return
    if old_media != new_media and _JSON not in old_media | new_media:
        kind, words = ("result-added", "returns") if new_media else ("result-removed", "no longer returns")
        detail = f"{words} {', '.join(sorted(old_media | new_media))}"
        pair.add(kind, operation.id, detail, pointer, methods=methods)
        return
    old, new = _envelope(pair.old, before), _envelope(pair.new, after)
    for name in sorted(old.keys() | new.keys()):
        place = Place(operation.id, pointer, Direction.RESPONSE, methods)
        if name == result_field(pair.new):
            _compare_result(pair, place, old.get(name), new.get(name))
        else:
            _compare_beside(pair, place.inside(f".{name}"), old.get(name), new.get(name))


def _compare_successes(pair: Pair, operation: OperationNode, before: list[Node], after: list[Node]) -> None:
    """Compare what all successes together return."""
    old = {result for response in before for result in _returned(pair.old, response)}
    new = {result for response in after for result in _returned(pair.new, response)}
    if len(before) != len(after) and old != new:
        kind = "result-narrowed" if new < old else "result-widened" if old < new else "result-type-changed"
        detail = f"returns {' or '.join(sorted(new))} instead of {' or '.join(sorted(old))}"
        pair.add(kind, operation.id, detail, (*operation.pointer, "responses"), methods=methods_of(operation.data))


def _returned(contract: Contract, response: Node) -> set[str]:
    """What a success returns: the types of its result, its media types if it is not JSON, or null."""
    media = set(response.get("content") or {})
    if media and _JSON not in media:
        return media
    result = _envelope(contract, response).get(result_field(contract))
    return _alternatives(contract, result.schema) if result else {"null"}


def _envelope(contract: Contract, response: Node) -> dict[str, FieldNode]:
    """The described fields of a successful response. A bare envelope describes none."""
    for media in (response.get("content") or {}).values():
        schema = media.get("schema") or {}
        if schema.get("$ref") != ENVELOPE:
            return fields(contract, schema, (), inherited=True)
    return {}


def _compare_result(pair: Pair, place: Place, old: FieldNode | None, new: FieldNode | None) -> None:
    def add(kind: str, detail: str) -> None:
        pair.add(kind, place.name, detail, place.pointer, methods=place.methods)

    if old is None or new is None:
        if new is not None:
            add("result-added", f"returns {_described(pair.new, new.schema)} now")
        elif old is not None:
            add("result-removed", f"no longer returns {_described(pair.old, old.schema)}")
        return
    before, after = _alternatives(pair.old, old.schema), _alternatives(pair.new, new.schema)
    if before == after:
        compare_values(pair, place, old.schema, new.schema)
        return
    detail = f"returns {_described(pair.new, new.schema)} instead of {_described(pair.old, old.schema)}"
    add("result-widened" if after > before else "result-narrowed" if after < before else "result-type-changed", detail)


def _alternatives(contract: Contract, schema: Node) -> set[str]:
    """The types of a result: models, lists of models, null."""
    found: set[str] = set()
    for part in schema.get("anyOf") or schema.get("oneOf") or [schema]:
        outer = shape(contract, part)
        for kind in outer.types:
            inner = sorted(shape(contract, outer.items).types) if kind == "array" else []
            found.add(f"a list of {' or '.join(inner)}" if inner else kind)
    return found


def _described(contract: Contract, schema: Node) -> str:
    return " or ".join(sorted(_alternatives(contract, schema))) or "anything"


def _compare_beside(pair: Pair, place: Place, old: FieldNode | None, new: FieldNode | None) -> None:
    """Compare a field beside the result, such as the cursor of the next page."""
    if old is None:
        pair.add("response-field-added", place.name, "the field is new", place.pointer, methods=place.methods)
    elif new is None:
        pair.add("response-field-removed", place.name, "the field is gone", place.pointer, methods=place.methods)
    else:
        if old.is_required != new.is_required:
            state, detail = (
                ("required", "is always present now") if new.is_required else ("optional", "can be absent now")
            )
            pair.add(f"response-field-{state}", place.name, detail, place.pointer, methods=place.methods)
        compare_values(pair, place, old.schema, new.schema)
