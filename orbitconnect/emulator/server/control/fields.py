"""Reads the fields of a control request, with an error message for each invalid field."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Final, cast

from ...json_text import Json

_MOST: Final = 10**12
_HEADER_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)
_HEADER_VALUE: Final = re.compile(r"(?:[!-~]+(?:[ \t]+[!-~]+)*)?", re.ASCII)


class ControlError(Exception):
    """The control request cannot be carried out."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status: int = status
        self.code: str = code


def invalid(field: str, message: str) -> ControlError:
    """Create the error for a field that is missing or invalid."""
    return ControlError(422, "validation_failed", f"{field} {message}.")


class Fields:
    """The fields of a request. Reading a field removes it, so that `check_all_read` finds misspelled fields."""

    def __init__(self, given: Mapping[str, Json], *, from_text: bool) -> None:
        """Take the fields of a request.

        Args:
            given: The fields by name.
            from_text: Whether the fields come from a query, in which all values are text.
        """
        self._given: Final = dict(given)
        self._from_text: Final = from_text

    def text(self, name: str) -> str:
        """Read a required string."""
        value = self.optional_text(name)
        if value is None:
            raise invalid(name, "is required")
        return value

    def optional_text(self, name: str) -> str | None:
        """Read an optional string."""
        value = self._given.pop(name, None)
        if value is not None and not isinstance(value, str):
            raise invalid(name, "must be a string")
        return value

    def number(self, name: str) -> float:
        """Read a required number, 0 or more."""
        value = self._number(name, None)
        if value is None:
            raise invalid(name, "is required")
        return value

    def integer(self, name: str, default: int | None = None, *, least: int = 0, most: int = _MOST) -> int:
        """Read an integer. The field is required unless there is a default."""
        value = self._number(name, default)
        if value is None:
            raise invalid(name, "is required")
        if value != int(value) or value < least:
            raise invalid(name, f"must be an integer, {least} or more")
        if value > most:
            raise invalid(name, f"must be {most} or less")
        return int(value)

    def optional_integer(self, name: str) -> int | None:
        """Read an optional integer, 0 or more."""
        return self.integer(name) if self._given.get(name) is not None else None

    def flag(self, name: str) -> bool:
        """Read an optional boolean. The default is false."""
        value: object = self._given.pop(name, False)
        if self._from_text and value in ("true", "false"):
            return value == "true"
        if not isinstance(value, bool):
            raise invalid(name, "must be true or false")
        return value

    def json(self, name: str) -> Json:
        """Read an optional value of any type."""
        value: Json = self._given.pop(name, None)
        return value

    def headers(self, name: str) -> dict[str, str] | None:
        """Read an optional object of HTTP headers."""
        value: Json = self._given.pop(name, None)
        if value is None:
            return None
        if value == []:
            return {}  # PHP encodes an empty object like this.
        if not isinstance(value, dict):
            raise invalid(name, "must be an object of strings")
        headers = cast("dict[str, object]", value)
        for header, text in headers.items():
            if not isinstance(text, str) or not _HEADER_NAME.fullmatch(header) or not _HEADER_VALUE.fullmatch(text):
                raise invalid(name, "must be an object of strings that HTTP allows in a header")
        return cast("dict[str, str]", headers)

    def check_all_read(self) -> None:
        """Check that the request has no other fields."""
        if self._given:
            raise invalid(next(iter(self._given)), "is not a field of this request")

    def _number(self, name: str, default: int | None) -> float | int | None:
        value: object = self._given.pop(name, default)
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
