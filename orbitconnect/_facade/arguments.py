"""What the namespace methods share in taking their arguments."""

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
    """Leaves an argument out of the body where it is None, instead of sending null."""
    return UNSET if value is None else value


def instant_of(value: datetime | date | str, name: str) -> datetime:
    """Reads an instant that a listing starts from, in any of the forms that it is taken in."""
    instant = value if isinstance(value, datetime) else parse_instant(write_since(value, name))
    assert instant is not None, "the writer refuses what cannot be read"
    write_since(instant, name)
    return instant


def with_extra(fields: Mapping[str, object], extra: Mapping[str, Any] | None) -> dict[str, Any]:
    """Puts the fields that the contract does not know beside those that it knows.

    Raises:
        TypeError: If `extra` is no mapping with text for names.
        ValueError: If a field of `extra` has an argument of its own, or nearly the name of one.
    """
    given = {name: value for name, value in fields.items() if value is not UNSET}
    if extra is None:
        return given
    for name in write_dict(extra, "extra"):
        if not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # Callers may not check types.
            raise wrong_type(name, "extra", "a mapping with strings for names")
        meant = closest(name, (*fields, "acting_user_id"))
        if meant is not None:
            raise ValueError(f"extra holds {name!r}: pass that as the argument {meant}.")
    return {**given, **extra}


def with_hints(path: str, *, constructor: bool = False) -> Callable[[type[T]], type[T]]:
    """Makes a class whose public methods answer a wrong call with the right form of it.

    Each method gets a wrapper, which costs less than half a microsecond a call. It keeps the signature, the docstring
    and the kind, a coroutine function or not.

    Args:
        path: What users write before the method's name, such as `orbit.users`.
        constructor: Whether users make instances themselves, so that a wrong `__init__` is answered too.
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
            # `inspect.getfullargspec`, which dependency injection reads, does not look through wrappers.
            setattr(members["__init__"], "__signature__", signature(init))  # noqa: B010

        def __getattr__(self: object, name: str) -> Any:  # noqa: N807  # It is put into the class.
            if hasattr(type(self), name):
                # A property raised the AttributeError: let it raise that again.
                return object.__getattribute__(self, name)
            raise missing_attribute(self, path, name)

        # For type checkers, every name would exist if the class itself had a `__getattr__`.
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
            # The frame stays in the traceback, and error trackers send its variables along.
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
            # The frame stays in the traceback, and error trackers send its variables along.
            del args, kwargs
        raise wrong

    return call
