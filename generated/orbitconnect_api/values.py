"""Converts plain arguments to JSON and to text for URLs: strings, numbers, booleans and times.

Subclasses of a plain type, such as members of an `IntEnum` or numpy scalars, are sent as the plain value. Other values
raise an error that names the argument, before anything is sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timezone
from enum import Enum
from math import isfinite
from os.path import commonprefix
from typing import Any, Final, Literal, cast
from urllib.parse import quote


class Unset(Enum):
    """The type of `UNSET`."""

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET
"""Omits a field of a request; `None` would send null. Copying or pickling returns the same object."""


# Errors


AN_OBJECT: Final = "a mapping such as a dict"
"""The expected type of free-form objects, in error messages."""


def wrong_type(value: object, name: str, expected: str) -> TypeError:
    """Create the error for an argument of the wrong type. For a model or an enum, the message says what to pass instead.

    The error has the argument's name and the remedy as attributes, from which the facade shows the corrected call.
    """
    return _refusal(name, f"must be {expected}, not {type(value).__name__}", _remedy(value, name, expected))


def _refusal(name: str, flaw: str, remedy: str) -> TypeError:
    instead = f": pass {remedy}" if remedy else ""
    error = TypeError(f"{name} {flaw}{instead}.")
    # Attributes instead of a subclass, because the documented error is `TypeError`.
    vars(error).update(argument=name, remedy=remedy)
    return error


def _remedy(value: object, name: str, expected: str = "a string") -> str:
    if isinstance(value, Enum) and value is not UNSET:
        return f"{type(value).__name__}.{value.name}.value" if isinstance(value.value, (str, int, float)) else ""
    fields: Iterable[Any] | None = getattr(type(value), "FIELDS", None)
    if not fields:
        return ""
    attributes = [field.attribute for field in fields]
    wanted = [name.rpartition(".")[2], *(["app_user_id"] if name in _USER_IDS else [])]
    instead = "to_dict()" if expected == AN_OBJECT else ""
    if "mapping" not in expected:
        wanted.append("id")
    # Suppose that the variable is named after the last word of the class: `user` for `AppUser`.
    variable = re.findall("[A-Z][a-z]*", type(value).__name__)[-1].lower()
    attribute = next((attribute for attribute in wanted if attribute in attributes), instead)
    return f"{variable}.{attribute}" if attribute else ""


_USER_IDS: Final = frozenset({"user_id", "acting_user_id", "participant_id", "participant_ids", "callee_id"})


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that differs from a name only in case, in underscores, or by one typo. None if there is none."""
    return next((other for other in known if _folded(other) == _folded(name)), None) or next(
        (other for other in known if len(other) > 2 and _is_one_typo(name.lower(), other.lower())), None
    )


def _folded(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()


def _is_one_typo(left: str, right: str) -> bool:
    """Whether two names differ by one added, missing or replaced character, or by two swapped characters."""
    start = len(commonprefix((left, right)))
    left, right = left[start:], right[start:]
    while left and right and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    return (len(left) <= 1 and len(right) <= 1) or (len(left) == 2 and left == right[::-1])


# Writers of single values. Each first checks for the plain type, which nearly every value has.


def write_text(value: str, name: str) -> str:
    """Write a string."""
    if type(value) is str:
        return value
    if not isinstance(value, str):
        raise wrong_type(value, name, "a string")
    return str.__str__(value)


def write_texts(value: Iterable[str], name: str) -> list[str]:
    """Write a list of strings."""
    items = items_of(value, name)
    for item in items:
        if not isinstance(item, str):
            remedy = _remedy(item, name)
            flaw = f"must be a list of strings, not of {type(item).__name__}"
            raise _refusal(name, flaw, f"[{remedy}, ...]" if remedy else "")
    return [write_text(item, name) for item in items]


def write_boolean(value: bool, name: str) -> bool:
    """Write a boolean."""
    if value is True or value is False:
        return value
    plain = _unboxed(value)
    if not isinstance(plain, bool):
        raise wrong_type(value, name, "True or False")
    return plain


def write_integer(value: int, name: str) -> int:
    """Write an integer. Numbers of other types are accepted if they have no fraction."""
    if type(value) is int:
        return value
    number = _number(value, name, "an integer")
    if isinstance(number, float):
        raise ValueError(f"{name} must be an integer, not {number!r}.")
    return number


def write_number(value: float, name: str) -> float:
    """Write a number."""
    kind = type(value)
    if kind is int or (kind is float and isfinite(value)):
        return value
    return _number(value, name, "a number")


def _number(value: Any, name: str, expected: str) -> int | float:
    """The plain number: a float stays a float, and other types become an int if they have no fraction."""
    plain = _unboxed(value)
    if isinstance(plain, bool):
        raise wrong_type(value, name, expected)
    if isinstance(plain, int):
        return int.__int__(plain)
    if isinstance(plain, float):
        if not isfinite(plain):
            raise ValueError(f"{name} must be a finite number, not {float.__float__(plain)}.")
        number = float.__float__(plain)
        return int(number) if expected == "an integer" and number.is_integer() else number
    return _exact(plain, name, expected)


def _exact(value: Any, name: str, expected: str) -> int | float:
    """The plain number for a `Decimal`, a `Fraction` or another exact type."""
    try:
        numerator, denominator = value.as_integer_ratio()
    except (AttributeError, TypeError):
        raise wrong_type(value, name, expected) from None
    except (ValueError, OverflowError):
        raise ValueError(f"{name} must be a finite number, not {value}.") from None
    if denominator == 1:
        return int(numerator)
    try:
        number = float(int(numerator) / int(denominator))
        is_exact = bool(type(value)(repr(number)) == value)
    except (ArithmeticError, ValueError, TypeError):
        is_exact, number = False, 0.0
    if not is_exact:
        raise ValueError(f"{name} cannot be sent exactly as a JSON number: round it, or pass a float.")
    return number


def _unboxed(value: Any) -> Any:
    """The Python value of an array library's scalar. Other values are returned unchanged."""
    if getattr(value, "ndim", None) == 0 and callable(item := getattr(value, "item", None)):
        return item()
    return value


def items_of(value: Iterable[Any], name: str) -> list[Any]:
    """The items of a list. Strings, mappings and models are rejected, although they are iterable."""
    is_other = isinstance(value, (str, bytes)) or hasattr(value, "keys") or hasattr(value, "to_dict")
    if is_other or not isinstance(value, Iterable):
        raise wrong_type(value, name, "a list")
    return list(value)


# Times

_RFC_3339: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT: Final = "a datetime or an RFC 3339 string"


def parse_rare_instant(text: str) -> datetime | None:
    """Parse RFC 3339 forms that `fromisoformat` rejects: lower case, and leap seconds (read as the previous second)."""
    text = text.upper()
    if text[16:19] == ":60":
        text = f"{text[:17]}59{text[19:]}"
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def parse_instant(text: str) -> datetime | None:
    """Parse an RFC 3339 string. None if it is invalid."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return parse_rare_instant(text)


def write_datetime(value: datetime | str, name: str) -> str:
    """Write a time as RFC 3339 with an offset.

    Args:
        value: An aware datetime, or an RFC 3339 string with an offset.
        name: The argument's name.
    """
    if type(value) is datetime and value.tzinfo is timezone.utc:
        return value.isoformat()
    if isinstance(value, datetime):
        instant: datetime | None = value
    elif isinstance(value, str):
        instant = parse_instant(str.__str__(value))
    elif isinstance(value, date):
        flaw = f"must be {_INSTANT}, not date: when a day starts depends on the time zone"
        raise _refusal(name, flaw, "datetime(year, month, day, tzinfo=timezone.utc)")
    elif isinstance(value, (int, float)):
        flaw = f"must be {_INSTANT}, not {type(value).__name__}, which can be seconds or milliseconds"
        raise _refusal(name, flaw, "datetime.fromtimestamp(seconds, timezone.utc)")
    else:
        raise wrong_type(value, name, _INSTANT)
    if instant is None or instant != instant:  # noqa: PLR0124  # pandas' NaT is a datetime.
        raise ValueError(f"{name} must be {_INSTANT}, such as '2030-01-05T09:30:00Z'.")
    if instant.utcoffset() is None:
        raise ValueError(f"{name} has no time zone. Pass an aware datetime, such as datetime.now(timezone.utc).")
    if isinstance(value, str) and _RFC_3339.fullmatch(value):
        return str.__str__(value)
    return datetime.isoformat(instant)


def write_since(value: datetime | date | str, name: str) -> str:
    """Write the start time of a query. A date, or a string with a date, is the start of that day in UTC."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        value = f"{value}T00:00:00Z"
    elif isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time(), timezone.utc)
    return write_datetime(value, name)


# URLs

_CONTROL_CHARACTERS: Final = frozenset(map(chr, (*range(0x20), *range(0x7F, 0xA0))))


def path_segment(value: str, name: str) -> str:
    """Encode an id as one path segment.

    Raises:
        TypeError: If the id is not a string.
        ValueError: If the id is empty, is `.` or `..`, or contains a control character. It could reach another endpoint.
    """
    value = write_text(value, name)
    if value in ("", ".", ".."):
        raise ValueError(f"{name} must not be {value!r}: an id is never empty, '.' or '..'.")
    if not _CONTROL_CHARACTERS.isdisjoint(value):
        raise ValueError(f"{name} must not contain control characters.")
    return _quote(value, name)


Write = Callable[[Any, str], "str | float"]


def query_string(parameters: Sequence[tuple[str, Any] | tuple[str, Any, Write]]) -> str:
    """Encode a query string. Values that are `UNSET` or None are omitted.

    Args:
        parameters: Names and values, each with a writer. Without a writer, the value's type decides.
    """
    pairs: list[str] = []
    for name, value, *write in parameters:
        if value is not None and value is not UNSET:
            plain = write[0](value, name) if write else _any_plain(value, name)
            pairs.append(f"{name}={_quote(plain if isinstance(plain, str) else text_of(plain), name)}")
    return "&".join(pairs)


def _any_plain(value: Any, name: str) -> str | float:
    if isinstance(value, str):
        return write_text(value, name)
    if isinstance(value, date):
        return write_datetime(cast("Any", value), name)
    plain = _unboxed(value)
    return plain if isinstance(plain, bool) else write_number(plain, name)


def encode_plain(value: str | float, name: str) -> str:
    """Percent-encode a single value of a query."""
    return _quote(text_of(value), name)


def text_of(value: str | float) -> str:
    """The text of a single value in a URL or a header."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value)


def _quote(value: str, name: str) -> str:
    try:
        return quote(value, safe="")
    except UnicodeEncodeError:
        raise ValueError(f"{name} holds a lone surrogate, which UTF-8 cannot encode.") from None
