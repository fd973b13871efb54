"""From a method and a path to an operation. The routes are those of the contract; they are laid out once a process."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import unquote_to_bytes

from attrs import define, field

from orbitconnect_api.operations import BASE_URL, OPERATIONS
from orbitconnect_api.types import Operation, SafeRepr

from .refusals import Refusal, bad_request
from .rules import METHOD, PATH_ENCODING, ROUTE


@define(repr=False)
class _Node(SafeRepr):
    """What can follow at one place of a path."""

    static: dict[str, _Node] = field(factory=dict[str, Any])
    parameter: _Node | None = None
    operations: dict[str, tuple[Operation, tuple[str, ...]]] = field(factory=dict[str, Any])
    """What can be done here, by method, with the names of the parameters on the way."""


def find(method: str, path: str) -> tuple[Operation, dict[str, str]]:
    """Finds the operation for a request.

    Args:
        method: The HTTP method.
        path: The path below the base URL, percent-encoded.

    Returns:
        The operation, and the decoded parameters of the path.

    Raises:
        Refusal: If there is none, or the path cannot be decoded.
    """
    # Divided before it is decoded, so that an encoded slash stays inside its segment. Nothing resolves `..`: it is an
    # id like any other, and none that exists.
    segments = [_decoded(segment) if "%" in segment else segment for segment in path.split("/")[1:]]
    values: list[str] = []
    node = _match(_routes(), segments, 0, values)
    if node is None:
        message = f"The API has no {path}." if path else f"The API lies at {BASE_URL}, and this URL does not."
        raise Refusal(404, "route_not_found", message, ROUTE)
    found = node.operations.get(method)
    if found is None:
        allowed = ", ".join(sorted(node.operations))
        message = f"{method} is not allowed here, only {allowed}."
        raise Refusal(405, "method_not_allowed", message, METHOD, headers={"allow": allowed})
    operation, names = found
    return operation, dict(zip(names, values, strict=True))


def _match(node: _Node, segments: list[str], index: int, values: list[str]) -> _Node | None:
    """A static segment wins over a parameter; the parameter is tried where the rest does not fit after it."""
    if index == len(segments):
        return node if node.operations else None
    segment = segments[index]
    following = node.static.get(segment)
    if following is not None:
        found = _match(following, segments, index + 1, values)
        if found is not None:
            return found
    if node.parameter is None or not segment:
        return None
    values.append(segment)
    found = _match(node.parameter, segments, index + 1, values)
    if found is None:
        values.pop()
    return found


@cache
def _routes() -> _Node:
    root = _Node()
    for operation in OPERATIONS.values():
        node, names = root, list[str]()
        for segment in operation.path.split("/")[1:]:
            if segment.startswith("{"):
                names.append(segment[1:-1])
                node.parameter = node.parameter or _Node()
                node = node.parameter
            else:
                node = node.static.setdefault(segment, _Node())
        node.operations[operation.method] = (operation, tuple(names))
    return root


def _decoded(segment: str) -> str:
    try:
        return unquote_to_bytes(segment).decode()
    except UnicodeDecodeError:
        pass
    raise bad_request("The path is not UTF-8 where it is percent-decoded.", PATH_ENCODING)
