"""The list of secrets that a webhook inbox trusts."""

from __future__ import annotations

from collections.abc import Iterable, MutableSequence
from typing import ClassVar, Final, cast, overload

from ..webhooks.signature import checked_secret


class SecretList(MutableSequence[str]):
    """A list that rejects an invalid secret when it is added, not at the next delivery."""

    def __init__(self) -> None:
        self._items: Final[list[str]] = []

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        return self._items[index]

    @overload
    def __setitem__(self, index: int, value: str) -> None: ...
    @overload
    def __setitem__(self, index: slice, value: Iterable[str]) -> None: ...
    def __setitem__(self, index: int | slice, value: str | Iterable[str]) -> None:
        if isinstance(index, slice):
            values = [value] if isinstance(value, str) else list(value)
            for secret in values:
                checked_secret(secret)
            self._items[index] = values
        else:
            secret = cast("str", value)
            checked_secret(secret)
            self._items[index] = secret

    def __delitem__(self, index: int | slice) -> None:
        del self._items[index]

    def insert(self, index: int, value: str) -> None:
        """Insert a secret.

        Raises:
            TypeError: If it is not a string.
            ValueError: If it is empty or malformed (see `orbitconnect.webhooks.verify`).
        """
        checked_secret(value)
        self._items.insert(index, value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (list, SecretList)) and self._items == list(cast("Iterable[object]", other))

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # It is mutable.

    def __repr__(self) -> str:
        return f"<{len(getattr(self, '_items', ()))} secrets>"
