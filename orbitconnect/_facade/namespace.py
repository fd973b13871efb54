"""The descriptor for a client's namespaces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, get_type_hints, overload

T = TypeVar("T")


class namespace(Generic[T]):  # noqa: N801  # A decorator, named like `property`.
    """Create a client's namespace when it is first used, and cache it.

    On the client's class, it returns the namespace's class: `OrbitServer.users` is `Users`. Therefore `unittest.mock`,
    `help` and `inspect` find the namespace's methods, which `functools.cached_property` would hide.

    Args:
        func: Creates the namespace of a client. Its return annotation is the namespace's class.
    """

    def __init__(self, func: Callable[[Any], T]) -> None:
        self.func = func
        self.__doc__ = func.__doc__

    @overload
    def __get__(self, client: None, owner: type[object]) -> type[T]: ...

    @overload
    def __get__(self, client: object, owner: type[object] | None = None) -> T: ...

    def __get__(self, client: object | None, owner: type[object] | None = None) -> type[T] | T:
        if client is None:
            return self._kind()
        # Store it on the client. If two threads create it at the same time, both get the same object.
        made: T = vars(client).setdefault(self.func.__name__, self.func(client))
        return made

    def _kind(self) -> type[T]:
        kind: type[T] = get_type_hints(self.func)["return"]
        return kind

    # `mock.patch.object(OrbitServer, "users", autospec=True)` inspects this descriptor, from the class's `__dict__`.

    def __dir__(self) -> list[str]:
        return dir(self._kind())

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(object.__new__(self._kind()), name)
