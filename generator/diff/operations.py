"""Compares the operations: which exist, how they are called, and how the SDK treats them."""

from __future__ import annotations

import re

from ..contract import OperationNode
from .change import Pair, compare_remarks, flat, methods_of
from .parameters import compare_body, compare_parameters
from .responses import compare_responses

_PLACEHOLDER = re.compile(r"{[^}]*}")
_RETRIES = {"never": "does not retry it", "safe": "retries it", "idempotency-key": "retries it with an idempotency key"}


def compare_operations(pair: Pair) -> None:
    """Record the differences between the operations of two contracts."""
    old = {operation.id: operation for operation in pair.old.operations() if "operationId" in operation.data}
    new = {operation.id: operation for operation in pair.new.operations() if "operationId" in operation.data}
    renamed = _renamed(old, new)
    for name, operation in old.items():
        if name in new:
            _compare(pair, operation, new[name])
        elif name in renamed:
            replacement = new[renamed[name]]
            detail = f"the operation is named `{replacement.id}` now"
            methods = methods_of(replacement.data)
            pair.add("operation-renamed", name, detail, replacement.pointer, methods=methods, subject=replacement.id)
            _compare(pair, operation, replacement)
        else:
            methods = methods_of(operation.data)
            detail = f"{operation.method.upper()} {operation.path} is gone"
            pair.add("operation-removed", name, detail, operation.pointer, methods=methods, is_old=True)
    for name, operation in new.items():
        if name not in old and name not in renamed.values():
            detail = f"{operation.method.upper()} {operation.path} is new"
            subject = flat(operation.data.get("summary"))
            methods = methods_of(operation.data)
            pair.add("operation-added", name, detail, operation.pointer, methods=methods, subject=subject)
    _compare_facade(pair, old, new, renamed)


def _renamed(old: dict[str, OperationNode], new: dict[str, OperationNode]) -> dict[str, str]:
    """The operations that kept their method and path under another name."""
    added = {_call(operation): name for name, operation in new.items() if name not in old}
    gone = {name: operation for name, operation in old.items() if name not in new}
    return {name: added[_call(operation)] for name, operation in gone.items() if _call(operation) in added}


def _call(operation: OperationNode) -> tuple[str, str]:
    return operation.method, _PLACEHOLDER.sub("{}", operation.path)


def _compare(pair: Pair, old: OperationNode, new: OperationNode) -> None:
    place, pointer, methods = new.id, new.pointer, methods_of(new.data)
    if old.method != new.method:
        detail = f"the HTTP method changes from {old.method.upper()} to {new.method.upper()}"
        pair.add("operation-method-changed", place, detail, pointer, methods=methods)
    if _call(old)[1] != _call(new)[1]:
        detail = f"the path changes from {old.path} to {new.path}"
        pair.add("operation-path-changed", place, detail, pointer, methods=methods)
    before, after = list(old.data.get("tags") or ()), list(new.data.get("tags") or ())
    if before != after:
        detail = f"the tag changes from {', '.join(before)} to {', '.join(after)}"
        pair.add("operation-namespace-changed", place, detail, pointer, methods=methods)
    _compare_treatment(pair, old, new)
    was, is_now = old.data.get("deprecated") is True, new.data.get("deprecated") is True
    if was != is_now:
        kind = "operation-deprecated" if is_now else "operation-undeprecated"
        pair.add(kind, place, f"is {'deprecated' if is_now else 'no longer deprecated'}", pointer, methods=methods)
    compare_remarks(pair, place, old.data, new.data, pointer)
    compare_parameters(pair, old, new)
    compare_body(pair, old, new)
    compare_responses(pair, old, new)


def _compare_treatment(pair: Pair, old: OperationNode, new: OperationNode) -> None:
    place, pointer, methods = new.id, new.pointer, methods_of(new.data)
    was, is_now = str(old.data.get("x-orbit-retry")), str(new.data.get("x-orbit-retry"))
    if was != is_now:
        kind = "retries-changed" if is_now == "safe" else "retries-need-key"
        kind = "retries-enabled" if was == "never" else "retries-disabled" if is_now == "never" else kind
        detail = f"the retry class changes from `{was}` to `{is_now}`: the SDK {_RETRIES.get(is_now, 'changes')}"
        pair.add(kind, place, detail, (*pointer, "x-orbit-retry"), methods=methods)
    had, has = old.data.get("x-orbit-actor") is True, new.data.get("x-orbit-actor") is True
    if had != has:
        kind = "actor-required" if has else "actor-removed"
        detail = f"the call {'needs' if has else 'no longer has'} an acting user"
        pair.add(kind, place, detail, (*pointer, "x-orbit-actor"), methods=methods)


def _compare_facade(
    pair: Pair, old: dict[str, OperationNode], new: dict[str, OperationNode], renamed: dict[str, str]
) -> None:
    """Record facade methods that were added to, removed from, or renamed in operations that exist in both."""
    old_owner = {method: renamed.get(name, name) for name, node in old.items() for method in methods_of(node.data)}
    new_owner = {method: name for name, node in new.items() for method in methods_of(node.data)}
    gone = {method: owner for method, owner in old_owner.items() if method not in new_owner and owner in new}
    added = {method: owner for method, owner in new_owner.items() if method not in old_owner}
    for method, owner in gone.items():
        pointer = (*new[owner].pointer, "x-orbit-facade")
        replacement = next((name for name, other in added.items() if other == owner), None)
        if replacement:
            del added[replacement]
            detail = f"the method is named `{replacement}` now"
            pair.add("facade-method-renamed", method, detail, pointer, methods=(method,), subject=replacement)
        else:
            pair.add("facade-method-removed", method, f"no method calls `{owner}`", pointer, methods=(method,))
    existing = {renamed.get(name, name) for name in old}
    for method, owner in added.items():
        if owner in existing:
            subject = flat(new[owner].data.get("summary"))
            pointer = (*new[owner].pointer, "x-orbit-facade")
            pair.add("facade-method-added", method, f"calls `{owner}`", pointer, methods=(method,), subject=subject)
    for method in old_owner.keys() & new_owner.keys():
        was, is_now = old_owner[method], new_owner[method]
        if was != is_now and is_now in existing:
            pointer = (*new[is_now].pointer, "x-orbit-facade")
            pair.add("facade-method-moved", method, f"calls `{is_now}` instead of `{was}`", pointer, methods=(method,))
