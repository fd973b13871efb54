"""Reads what a control request gives, with an error for each thing that is wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, Final, cast

_MOST: Final = 10**12
_HEADER_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)
_HEADER_VALUE: Final = re.compile(r"(?:[!-~]+(?:[ \t]+[!-~]+)*)?", re.ASCII)


class ControlError(Exception):
    """A control request cannot be carried out."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status: int = status
        self.code: str = code


def invalid(field: str, message: str) -> ControlError:
    """A field is missing or has a value that is not allowed."""
    return ControlError(422, "validation_failed", f"{field} {message}.")


class Fields:
    """The fields of a request. Those that nobody asked for are an error, so that a slip of the pen is noticed."""

    def __init__(self, given: Mapping[str, Any], *, from_text: bool) -> None:
        """Takes them.

        Args:
            given: The fields.
            from_text: Whether they come from a query, where numbers are text.
        """
        self._given: Final = dict(given)
        self._from_text: Final = from_text

    def text(self, name: str) -> str:
        """A text that must be there."""
        value = self.optional_text(name)
        if value is None:
            raise invalid(name, "is required")
        return value

    def optional_text(self, name: str) -> str | None:
        """A text."""
        value = self._given.pop(name, None)
        if value is not None and not isinstance(value, str):
            raise invalid(name, "must be a string")
        return value

    def number(self, name: str) -> float:
        """A number that must be there, 0 or more."""
        value = self._number(name, None)
        if value is None:
            raise invalid(name, "is required")
        return value

    def integer(self, name: str, default: int | None = None, *, least: int = 0, most: int = _MOST) -> int:
        """A whole number; one that must be there, where there is no default."""
        value = self._number(name, default)
        if value is None:
            raise invalid(name, "is required")
        if value != int(value) or value < least:
            raise invalid(name, f"must be a whole number, {least} or more")
        if value > most:
            raise invalid(name, f"must be {most} or less")
        return int(value)

    def optional_integer(self, name: str) -> int | None:
        """A whole number, 0 or more."""
        return self.integer(name) if self._given.get(name) is not None else None

    def flag(self, name: str, *, default: bool = False) -> bool:
        """True or false."""
        value: object = self._given.pop(name, default)
        if self._from_text and value in ("true", "false"):
            return value == "true"
        if not isinstance(value, bool):
            raise invalid(name, "must be true or false")
        return value

    def anything(self, name: str) -> Any:
        """A value of any type; None where it is not there."""
        return self._given.pop(name, None)

    def headers(self, name: str) -> dict[str, str] | None:
        """An object of names and values that HTTP allows."""
        value: Any = self._given.pop(name, None)
        if value is None:
            return None
        if value == []:
            return {}  # PHP encodes an empty object like this.
        if not isinstance(value, dict):
            raise invalid(name, "must be an object of strings")
        headers = cast("dict[str, Any]", value)
        for header, text in headers.items():
            if not isinstance(text, str) or not _HEADER_NAME.fullmatch(header) or not _HEADER_VALUE.fullmatch(text):
                raise invalid(name, "must be an object of strings that HTTP allows in a header")
        return headers

    def end(self) -> None:
        """Checks that there is nothing else."""
        if self._given:
            raise invalid(next(iter(self._given)), "is not known here")

    def _number(self, name: str, default: int | None) -> float | int | None:
        value: Any = self._given.pop(name, default)
        if self._from_text and isinstance(value, str):
            try:
                value = float(value)
            except ValueError:
                raise invalid(name, "must be a number") from None
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise invalid(name, "must be a number")
        if not 0 <= value <= _MOST:
            raise invalid(name, f"must be between 0 and {_MOST}")
        return value
