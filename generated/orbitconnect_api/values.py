"""Turns plain arguments into what is sent: text, numbers, booleans and instants, in bodies, paths and queries.

A subclass, such as a member of an `IntEnum` or a numpy scalar, is sent as the plain value that it stands for. A value
that stands for none is refused by name, before anything is sent.
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
"""Marks a field that was not given, where `None` would be sent as null. It stays itself when copied or pickled."""


# Refusals


AN_OBJECT: Final = "a mapping such as a dict"
"""What is expected where the contract names no fields."""


def wrong_type(value: object, name: str, expected: str) -> TypeError:
    """Makes the error of an argument that has the wrong type; it says what to pass in place of a model or an enum.

    The error carries the argument's name and the remedy, so that the facade can show the call with them.
    """
    return _refusal(name, f"must be {expected}, not {type(value).__name__}", _remedy(value, name, expected))


def _refusal(name: str, flaw: str, remedy: str) -> TypeError:
    instead = f": pass {remedy}" if remedy else ""
    error = TypeError(f"{name} {flaw}{instead}.")
    # Attributes, not a class of its own: wrong use is documented as `TypeError`.
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
    # The last word of the class's name is what a variable is called: `user` for `AppUser`.
    variable = re.findall("[A-Z][a-z]*", type(value).__name__)[-1].lower()
    attribute = next((attribute for attribute in wanted if attribute in attributes), instead)
    return f"{variable}.{attribute}" if attribute else ""


_USER_IDS: Final = frozenset({"user_id", "acting_user_id", "participant_id", "participant_ids", "callee_id"})


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant: other case, other underscores, or one slip of the fingers."""
    return next((other for other in known if _folded(other) == _folded(name)), None) or next(
        (other for other in known if len(other) > 2 and _is_one_slip(name.lower(), other.lower())), None
    )


def _folded(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()


def _is_one_slip(left: str, right: str) -> bool:
    """Whether one character was added, left out or replaced, or two were swapped."""
    start = len(commonprefix((left, right)))
    left, right = left[start:], right[start:]
    while left and right and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    return (len(left) <= 1 and len(right) <= 1) or (len(left) == 2 and left == right[::-1])


# Writers of single values. Each begins with the plain type, which nearly every value has.


def write_text(value: str, name: str) -> str:
    """Writes text."""
    if type(value) is str:
        return value
    if not isinstance(value, str):
        raise wrong_type(value, name, "a string")
    return str.__str__(value)


def write_texts(value: Iterable[str], name: str) -> list[str]:
    """Writes a list of texts."""
    items = items_of(value, name)
    for item in items:
        if not isinstance(item, str):
            remedy = _remedy(item, name)
            flaw = f"must be a list of strings, not of {type(item).__name__}"
            raise _refusal(name, flaw, f"[{remedy}, ...]" if remedy else "")
    return [write_text(item, name) for item in items]


def write_boolean(value: bool, name: str) -> bool:
    """Writes a boolean."""
    if value is True or value is False:
        return value
    plain = _unboxed(value)
    if not isinstance(plain, bool):
        raise wrong_type(value, name, "True or False")
    return plain


def write_integer(value: int, name: str) -> int:
    """Writes an integer; a number of another type is one if it has no fraction."""
    if type(value) is int:
        return value
    number = _number(value, name, "an integer")
    if isinstance(number, float):
        raise ValueError(f"{name} must be an integer, not {number!r}.")
    return number


def write_number(value: float, name: str) -> float:
    """Writes a number."""
    kind = type(value)
    if kind is int or (kind is float and isfinite(value)):
        return value
    return _number(value, name, "a number")


def _number(value: Any, name: str, expected: str) -> int | float:
    """The plain number: an int if there is no fraction, unless it is a float."""
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
    """The number that a `Decimal`, a `Fraction` or another exact type stands for."""
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
    """The value itself, or what a scalar of an array library stands for."""
    if getattr(value, "ndim", None) == 0 and callable(item := getattr(value, "item", None)):
        return item()
    return value


def items_of(value: Iterable[Any], name: str) -> list[Any]:
    """The items of a list; text, mappings and models, which Python can iterate too, are refused."""
    is_other = isinstance(value, (str, bytes)) or hasattr(value, "keys") or hasattr(value, "to_dict")
    if is_other or not isinstance(value, Iterable):
        raise wrong_type(value, name, "a list")
    return list(value)


# Instants

_RFC_3339: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT: Final = "a datetime or RFC 3339 text"


def parse_rare_instant(text: str) -> datetime | None:
    """Reads what RFC 3339 allows and `fromisoformat` does not: small letters, and leap seconds, as the second before."""
    text = text.upper()
    if text[16:19] == ":60":
        text = f"{text[:17]}59{text[19:]}"
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def parse_instant(text: str) -> datetime | None:
    """Reads RFC 3339 text; None where it cannot be read."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return parse_rare_instant(text)


def write_datetime(value: datetime | str, name: str) -> str:
    """Writes an instant as RFC 3339 with its offset.

    Args:
        value: An aware datetime, or RFC 3339 text with an offset.
        name: The argument's name.
    """
    if isinstance(value, datetime):
        instant: datetime | None = value
    elif isinstance(value, str):
        instant = parse_instant(str.__str__(value))
    elif isinstance(value, date):
        flaw = f"must be {_INSTANT}, not date: a day begins at another instant in each time zone"
        raise _refusal(name, flaw, "datetime(year, month, day, tzinfo=timezone.utc)")
    elif isinstance(value, (int, float)):
        flaw = f"must be {_INSTANT}, not {type(value).__name__}: seconds and milliseconds look alike"
        raise _refusal(name, flaw, "datetime.fromtimestamp(seconds, timezone.utc)")
    else:
        raise wrong_type(value, name, _INSTANT)
    if instant is None or instant != instant:  # noqa: PLR0124  # pandas' NaT is a datetime that is no instant.
        raise ValueError(f"{name} must be {_INSTANT}, such as '2030-01-05T09:30:00Z'.")
    if instant.utcoffset() is None:
        raise ValueError(f"{name} has no time zone. Give an aware datetime, such as datetime.now(timezone.utc).")
    if isinstance(value, str) and _RFC_3339.fullmatch(value):
        return str.__str__(value)
    return datetime.isoformat(instant)


def write_since(value: datetime | date | str, name: str) -> str:
    """Writes the instant that a query starts from. A date, also as text, stands for the beginning of that day in UTC."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        value = f"{value}T00:00:00Z"
    elif isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time(), timezone.utc)
    return write_datetime(value, name)


# URLs

_CONTROL_CHARACTERS: Final = frozenset(map(chr, (*range(0x20), *range(0x7F, 0xA0))))


def path_segment(value: str, name: str) -> str:
    """Encodes an id as one segment of a path.

    Raises:
        TypeError: If it is not a string.
        ValueError: If it is empty, `.` or `..`, or holds a control character: it would lead to another route.
    """
    value = write_text(value, name)
    if value in ("", ".", ".."):
        raise ValueError(f"{name} must not be {value!r}: an id is never empty, '.' or '..'.")
    if not _CONTROL_CHARACTERS.isdisjoint(value):
        raise ValueError(f"{name} must not hold control characters.")
    return _quote(value, name)


Write = Callable[[Any, str], "str | float"]


def query_string(parameters: Sequence[tuple[str, Any] | tuple[str, Any, Write]]) -> str:
    """Encodes a query. What is `UNSET` or None is left out.

    Args:
        parameters: Names and values, each with the writer of its type; without one, the value's own type counts.
    """
    pairs: list[str] = []
    for name, value, *write in parameters:
        if value is not None and value is not UNSET:
            plain = write[0](value, name) if write else _any_plain(value, name)
            pairs.append(f"{name}={_quote(plain if isinstance(plain, str) else _text_of(plain), name)}")
    return "&".join(pairs)


def _any_plain(value: Any, name: str) -> str | float:
    if isinstance(value, str):
        return write_text(value, name)
    if isinstance(value, date):
        return write_datetime(cast("Any", value), name)
    plain = _unboxed(value)
    return plain if isinstance(plain, bool) else write_number(plain, name)


def _text_of(value: float) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value)


def _quote(value: str, name: str) -> str:
    try:
        return quote(value, safe="")
    except UnicodeEncodeError:
        raise ValueError(f"{name} holds a lone surrogate, which UTF-8 cannot encode.") from None
