"""Reads lists and objects from a query."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, cast
from urllib.parse import unquote_plus

from attrs import frozen

from orbitconnect_api.encoding import Style
from orbitconnect_api.types import SafeRepr

from .json_text import Json, JsonObject

ReadText = Callable[[str], Json]
"""Converts text to a JSON value. Text that cannot be converted is returned unchanged."""

_SEPARATORS: Final = {"commas": re.compile(","), "spaces": re.compile(r"%20|\+"), "pipes": re.compile(r"%7[Cc]|\|")}
_MEMBER: Final = re.compile(r"(.+)\[([^\]]*)\]")


@frozen(repr=False)
class StyledParameter(SafeRepr):
    """How a parameter is written in the query."""

    style: Style
    read: ReadText
    """Reads a single value, or an item of a list."""
    members: Mapping[str, ReadText]
    """Reads the known properties of an object."""
    other_members: ReadText | None
    """Reads the other properties of an object. None if it has no others."""

    def reader_of(self, member: str) -> ReadText | None:
        """The function that reads a property of an object."""
        return self.members.get(member, self.other_members)


def read_styled(query: str, parameters: Mapping[str, StyledParameter]) -> JsonObject:
    """Read a query. Parameters that are not in the contract are ignored.

    Raises:
        UnicodeDecodeError: If the query is not UTF-8 after percent-decoding.
    """
    values: JsonObject = {}
    for pair in query.split("&"):
        name, _, raw = pair.partition("=")
        if name:
            _add(values, _decoded(name), raw, parameters)
    return values


def _add(values: JsonObject, name: str, raw: str, parameters: Mapping[str, StyledParameter]) -> None:
    parameter = parameters.get(name)
    member = _MEMBER.fullmatch(name)
    if parameter is not None and parameter.style not in ("fields", "deep"):
        _add_value(values, name, raw, parameter)
    elif member is not None and (deep := parameters.get(member[1])) is not None and deep.style == "deep":
        _add_member(values, member[1], member[2], raw, deep)
    else:
        for owner, candidate in parameters.items():
            if candidate.style == "fields" and candidate.reader_of(name) is not None:
                _add_member(values, owner, name, raw, candidate)
                return


def _add_value(values: JsonObject, name: str, raw: str, parameter: StyledParameter) -> None:
    style = parameter.style
    if style == "single":
        values[name] = parameter.read(_decoded(raw))
    elif style == "repeated":
        values.setdefault(name, []).append(parameter.read(_decoded(raw)))
    elif style == "field_list":
        parts = raw.split(",")
        for key, value in zip(parts[::2], parts[1::2], strict=False):
            _add_member(values, name, _decoded(key), value, parameter)
    else:
        values[name] = [parameter.read(_decoded(item)) for item in _SEPARATORS[style].split(raw)]


def _add_member(values: JsonObject, owner: str, member: str, raw: str, parameter: StyledParameter) -> None:
    read = parameter.reader_of(member) or str
    cast("JsonObject", values.setdefault(owner, {}))[member] = read(_decoded(raw))


def _decoded(text: str) -> str:
    return unquote_plus(text, errors="strict")
