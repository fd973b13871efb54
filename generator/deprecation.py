"""Writes what docstrings and warnings say about the deprecated parts of the API."""

from __future__ import annotations

from collections.abc import Callable

from . import naming
from .contract import Contract, JsonObject, OperationNode

EXTENSION = "x-orbit-deprecated"


def since(node: JsonObject, name_of: Callable[[str], str] = str) -> str:
    """Since when a part is deprecated, what to use instead, and when it will be removed.

    Args:
        node: The operation, parameter, property, schema or event.
        name_of: Converts the replacement's name in the contract to its name in Python.

    Returns:
        The end of a sentence that begins with "Deprecated", and further sentences. Empty if the part is not deprecated.
    """
    if not node.get("deprecated"):
        return ""
    details = node[EXTENSION]
    sentences = [f"since {details['since']}" + (f": use `{name_of(details['use'])}`." if "use" in details else ".")]
    if "reason" in details:
        sentences.append(details["reason"])
    if "removal" in details:
        sentences.append(f"It will be removed in {details['removal']}.")
    return " ".join(sentences)


def note(node: JsonObject, name_of: Callable[[str], str] = str) -> str:
    """The sentences for a docstring. Empty if the part is not deprecated."""
    text = since(node, name_of)
    return f"Deprecated {text}" if text else ""


def warning(subject: str, node: JsonObject, name_of: Callable[[str], str] = str) -> str:
    """The text of the warning. Empty if the part is not deprecated."""
    text = since(node, name_of)
    return f"{subject} is deprecated {text}" if text else ""


def facade_name_of(contract: Contract) -> Callable[[str], str]:
    """The function that converts an `operationId` to the name of its method in the facade."""
    methods = {
        operation.id: [f"orbit.{name}" for name in operation.data.get("x-orbit-facade") or []]
        for operation in contract.operations()
    }
    return lambda operation: "` or `".join(methods[operation] or [naming.module(operation)])


def method_warning(contract: Contract, operation: OperationNode, method: str) -> str:
    """The text of the warning about a method of the facade. Empty if its operation is not deprecated."""
    return warning(f"`orbit.{method}`", operation.data, facade_name_of(contract))
