"""Argument handling shared by the methods of all namespaces."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from orbitconnect_api.types import UNSET, Unset, write_dict
from orbitconnect_api.values import closest, parse_instant, write_since, wrong_type

T = TypeVar("T")


def omit_none(value: T | None) -> T | Unset:
    """Return UNSET for None, so that the argument is omitted instead of sent as null."""
    return UNSET if value is None else value


def instant_of(value: datetime | date | str, name: str) -> datetime:
    """Parse the start time of a listing, in any accepted format."""
    instant = value if isinstance(value, datetime) else parse_instant(write_since(value, name))
    assert instant is not None, "the writer rejects what cannot be parsed"
    write_since(instant, name)
    return instant


def with_extra(fields: Mapping[str, object], extra: Mapping[str, Any] | None) -> dict[str, Any]:
    """Merge fields that are not in the contract with fields that are.

    Raises:
        TypeError: If `extra` is not a mapping with string keys.
        ValueError: If a name in `extra` equals or resembles an argument.
    """
    given = {name: value for name, value in fields.items() if value is not UNSET}
    if extra is None:
        return given
    for name in write_dict(extra, "extra"):
        if not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # Callers may not check types.
            raise wrong_type(name, "extra", "a mapping with strings for names")
        meant = closest(name, (*fields, "acting_user_id"))
        if meant is not None:
            raise ValueError(f"extra contains {name!r}: pass it as the argument {meant}.")
    return {**given, **extra}
