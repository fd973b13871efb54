"""Argument handling shared by the methods of all namespaces."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import wraps
from inspect import iscoroutinefunction, isfunction, signature
from typing import Any, TypeVar

from orbitconnect_api.types import UNSET, Unset, write_dict
from orbitconnect_api.values import closest, parse_instant, write_since, wrong_type

from ..errors import OrbitServerError
from .hints import explain_type_error, missing_attribute, name_arguments

T = TypeVar("T")
Method = Callable[..., Any]


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


def with_hints(path: str, *, constructor: bool = False) -> Callable[[type[T]], type[T]]:
    """Decorate a class so that a wrong call of a public method raises an error that shows the correct call.

    Each method gets a wrapper, which costs less than half a microsecond per call. The wrapper keeps the signature and
    the docstring, and a coroutine function remains a coroutine function.

    Args:
        path: The text before the method's name in a call, such as `orbit.users`.
        constructor: Whether to explain wrong calls of the constructor, too.
    """

    def decorate(decorated: type[T]) -> type[T]:
        members: dict[str, object] = {
            name: _wrapped(method, f"{path}.{name}")
            for name, method in vars(decorated).items()
            if isfunction(method) and not name.startswith("_")
        }
        if constructor:
            init: Any = vars(decorated)["__init__"]
            members["__init__"] = _wrapped(init, decorated.__name__)
            # Dependency injection uses `inspect.getfullargspec`, which does not follow `__wrapped__`.
            setattr(members["__init__"], "__signature__", signature(init))  # noqa: B010

        def __getattr__(self: object, name: str) -> Any:  # noqa: N807  # It becomes a method of the class.
            if hasattr(type(self), name):
                # A property raised an AttributeError: raise it again.
                return object.__getattribute__(self, name)
            raise missing_attribute(self, path, name)

        # If the class itself defined `__getattr__`, type checkers would accept every name.
        for name, member in (*members.items(), ("__getattr__", __getattr__)):
            setattr(decorated, name, member)
        return decorated

    return decorate


def _wrapped(method: Method, path: str) -> Method:
    return _wrapped_coroutine(method, path) if iscoroutinefunction(method) else _wrapped_function(method, path)


def _wrapped_function(method: Method, path: str) -> Method:
    @wraps(method)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except TypeError as error:
            wrong = explain_type_error(error, method, path, args, kwargs)
        except OrbitServerError as error:
            name_arguments(error, method)
            raise
        finally:
            # Error trackers record the local variables of a traceback, and this frame is part of it.
            del args, kwargs
        raise wrong

    return call


def _wrapped_coroutine(method: Method, path: str) -> Method:
    @wraps(method)
    async def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return await method(*args, **kwargs)
        except TypeError as error:
            wrong = explain_type_error(error, method, path, args, kwargs)
        except OrbitServerError as error:
            name_arguments(error, method)
            raise
        finally:
            # Error trackers record the local variables of a traceback, and this frame is part of it.
            del args, kwargs
        raise wrong

    return call
