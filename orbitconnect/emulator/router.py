"""Finds the operation of a request by its method and path. The routes come from the contract."""

from __future__ import annotations

from functools import cache
from urllib.parse import unquote_to_bytes

from attrs import define, field

from orbitconnect_api.operations import BASE_URL, OPERATIONS
from orbitconnect_api.types import Operation, SafeRepr

from .refusals import Refusal, bad_request
from .rules import METHOD, PATH_ENCODING, ROUTE

_Route = tuple[Operation, tuple[str, ...]]
"""An operation and the names of its path parameters."""


@define(repr=False)
class _Node(SafeRepr):
    """A position in a path: the segments that can follow, and the operations whose paths end here."""

    static: dict[str, _Node] = field(factory=lambda: dict[str, _Node]())
    parameter: _Node | None = None
    operations: dict[str, _Route] = field(factory=lambda: dict[str, _Route]())
    """The routes that end here, by method."""


def find(method: str, path: str) -> tuple[Operation, dict[str, str]]:
    """Find the operation of a request.

    Args:
        method: The HTTP method.
        path: The path below the base URL, percent-encoded.

    Returns:
        The operation and the decoded path parameters.

    Raises:
        Refusal: If no operation has the request's method and path, or the path cannot be decoded.
    """
    # Split before decoding, so that an encoded slash stays inside its segment. `..` is not resolved: it is an id that
    # does not exist.
    segments = path.split("/")[1:]
    if "%" in path:
        segments = list(map(_decoded, segments))
    values: list[str] = []
    node = _match(_routes(), segments, 0, values)
    if node is None:
        message = f"The API has no path {path}." if path else f"The URL is not below the API's base URL, {BASE_URL}."
        raise Refusal(404, "route_not_found", message, ROUTE)
    found = node.operations.get(method)
    if found is None:
        allowed = ", ".join(sorted(node.operations))
        message = f"{method} is not allowed for this path. Allowed: {allowed}."
        raise Refusal(405, "method_not_allowed", message, METHOD, headers={"allow": allowed})
    operation, names = found
    return operation, dict(zip(names, values, strict=True))


def _match(node: _Node, segments: list[str], index: int, values: list[str]) -> _Node | None:
    """Match the segments from `index` on. A static segment is tried first, then a parameter."""
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
    raise bad_request("The path is not valid UTF-8 after percent-decoding.", PATH_ENCODING)
