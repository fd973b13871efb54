from collections.abc import Iterable, Sequence as Sequence
from typing import Any, Protocol, TypeAlias

class HasItems(Protocol):
    def items(self) -> Iterable[tuple[object, object]]: ...
Headers: TypeAlias = HasItems | Iterable[tuple[str | bytes, object]] | Iterable[list[Any]]

def header_values(headers: Headers | None, *names: str) -> list[list[str]]: ...
