"""Reads a request's headers in any of the forms that servers, frameworks and platforms use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Protocol, TypeAlias, cast


class HasItems(Protocol):
    """A mapping, or anything else with `items()`: `dict`, `email.message.Message`, the headers of web frameworks."""

    def items(self) -> Iterable[tuple[object, object]]:
        """Return the names and values."""
        ...


Headers: TypeAlias = HasItems | Iterable[tuple[str | bytes, object]] | Iterable[list[Any]]
"""A request's headers: a mapping, a WSGI environ, or pairs of a name and a value.

Names are case-insensitive. Names and values may be text or bytes, and a value may be a list of values.
"""

_FORMS: Final = "a mapping of names to values, a WSGI environ, or pairs of a name and a value"
_WITHOUT_PREFIX: Final = frozenset({"content-length", "content-type"})
"""The headers whose names have no HTTP_ prefix in a WSGI environ."""


def header_values(headers: Headers | None, *names: str) -> list[list[str]]:
    """Return the values of headers.

    Args:
        headers: The request's headers. They are read once, so an iterator is accepted. None means no headers: some
            platforms pass None if a request has no headers.
        names: The names of the headers (case-insensitive).

    Returns:
        A list of values for each name. The list is empty if the request has no such header.

    Raises:
        TypeError: If `headers` has an unknown form.
    """
    found: list[list[str]] = [[] for _ in names]
    wanted: dict[str, int] = {}
    for index, name in enumerate(names):
        wanted[name.lower()] = wanted[_environ_name(name)] = index
    for key, value in _pairs(headers):
        text = key.decode("latin-1") if isinstance(key, bytes) else key
        if isinstance(text, str) and text.lower() in wanted:
            found[wanted[text.lower()]] += _texts(value)
    return found


def _environ_name(name: str) -> str:
    """Return the name of a header in a WSGI environ, in lower case."""
    name = name.lower()
    return ("" if name in _WITHOUT_PREFIX else "http_") + name.replace("-", "_")


def _pairs(headers: object) -> Iterator[tuple[object, object]]:
    if headers is None:
        return
    items = getattr(headers, "items", None)
    if callable(items):
        headers = items()
    if isinstance(headers, (str, bytes)) or not isinstance(headers, Iterable):
        raise TypeError(f"headers must be {_FORMS}, not {type(headers).__name__}.")
    for pair in cast("Iterable[object]", headers):
        if not isinstance(pair, (tuple, list)) or len(cast("Sequence[object]", pair)) != 2:
            # The type of an untyped sequence's items is unknown.
            kind = type(pair).__name__  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
            raise TypeError(f"headers must be {_FORMS}; an item of type {kind} is neither.")
        name, value = cast("Sequence[object]", pair)
        yield name, value


def _texts(value: object) -> list[str]:
    """Return the values of a header. Repeated headers may come as a list, for example from Amazon's API Gateway."""
    if value is None:
        return []
    if isinstance(value, bytes):
        return [value.decode("latin-1")]
    if isinstance(value, Mapping):  # CloudFront: {"key": name, "value": value}
        return _texts(cast("Mapping[object, object]", value).get("value"))
    if isinstance(value, (list, tuple)):
        return [text for item in cast("Sequence[object]", value) for text in _texts(item)]
    # In an `email.message.Message`, a non-ASCII value is an object, not a string.
    return [str(value)]
