"""Encodes lists and objects in a query, and values in headers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, Literal
from urllib.parse import quote

from .values import UNSET, encode_plain, items_of, text_of, wrong_type

Style = Literal["single", "repeated", "commas", "spaces", "pipes", "fields", "field_list", "deep"]
"""How a value of the query is written.

Lists are `repeated` (`tag=a&tag=b`), or one value with `commas`, `spaces` or `pipes` between the items. Of an object,
each of the `fields` is a parameter (`min=1&max=2`), or it is one `field_list` (`size=min,1,max,2`), or `deep`
(`size[min]=1&size[max]=2`).
"""

_SEPARATORS: Final = {"commas": ",", "spaces": "%20", "pipes": "%7C"}


class WriteItems:
    """Writes each item of a list."""

    __slots__ = ("_write",)

    def __init__(self, write: Callable[[Any, str], Any]) -> None:
        self._write = write

    def __call__(self, value: Iterable[Any], name: str) -> list[Any]:
        """Write a list."""
        return [self._write(item, f"{name}[{index}]") for index, item in enumerate(items_of(value, name))]


def styled_query(parameters: Sequence[tuple[str, Any, Callable[[Any, str], Any], Style]]) -> str:
    """Encode a query string that has lists or objects.

    Values that are `UNSET` or None are omitted, and so are empty lists and objects.

    Args:
        parameters: Encoded names and values, each with its writer and style.

    Raises:
        TypeError: If a value has the wrong type.
        ValueError: If a value cannot be sent.
    """
    pairs: list[str] = []
    for name, value, write, style in parameters:
        if value is not None and value is not UNSET:
            pairs += _pairs(name, write(value, name), style)
    return "&".join(pairs)


def _pairs(name: str, value: Any, style: Style) -> list[str]:
    if style == "single":
        return [f"{name}={encode_plain(value, name)}"]
    if isinstance(value, Mapping):
        return _object_pairs(name, value, style)
    items = [encode_plain(item, name) for item in value]
    if style == "repeated":
        return [f"{name}={item}" for item in items]
    separator = _SEPARATORS[style]
    if style != "commas" and any(separator in item for item in items):
        raise ValueError(f"{name} is sent with {style} between its items, so no item can contain one.")
    return [f"{name}={separator.join(items)}"] if items else []


def _object_pairs(name: str, value: Mapping[str, Any], style: Style) -> list[str]:
    fields = [
        (quote(str(key), safe=""), encode_plain(_single(item, f"{name}.{key}"), f"{name}.{key}"))
        for key, item in value.items()
        if item is not None
    ]
    if style == "deep":
        return [f"{name}%5B{key}%5D={item}" for key, item in fields]
    if style == "fields":
        return [f"{key}={item}" for key, item in fields]
    return [f"{name}={','.join(f'{key},{item}' for key, item in fields)}"] if fields else []


def _single(value: Any, name: str) -> Any:
    if not isinstance(value, (str, bool, int, float)):
        raise wrong_type(value, name, "a string, a number or a boolean, because it is sent in the query")
    return value


def header_fields(parameters: Sequence[tuple[str, Any, Callable[[Any, str], Any]]]) -> tuple[tuple[str, str], ...]:
    """Convert arguments to headers. Values that are `UNSET` or None are omitted.

    Args:
        parameters: Names and values, each with a writer.

    Raises:
        TypeError: If a value has the wrong type.
        ValueError: If a value cannot be sent.
    """
    return tuple(
        (name, text_of(write(value, name)))
        for name, value, write in parameters
        if value is not None and value is not UNSET
    )
