"""Explain wrong calls: the mistake, and the correct call.

Readers of the vendor's Node readme first try its style: objects of fields, camelCase names, and the acting user as the
last argument. Correct calls never run this code.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from inspect import Parameter, Signature, iscoroutinefunction, isfunction, signature, unwrap
from typing import Any, Final, TypeGuard, TypeVar

from orbitconnect_api.deprecated_arguments import DEPRECATED_ARGUMENTS
from orbitconnect_api.deprecation import deprecated, deprecated_arguments
from orbitconnect_api.values import closest

from ..errors import OrbitServerError, UnprocessableEntityError

T = TypeVar("T")
Method = Callable[..., Any]

OTHER_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "active": ("active_only",),
    "app_user_id": ("user_id",),
    "context_id": ("call_id", "meeting_id", "conversation_id"),
    "from": ("from_",),
    "q": ("query",),
    # The vendor's Node readme abbreviates these.
    "conv_id": ("conversation_id",),
    "host_id": ("acting_user_id",),
    "caller_id": ("acting_user_id",),
    "since_date": ("since",),
}
"""The arguments that correspond to an API name, or to a name of the Node readme in snake_case."""

_EXTRA_REMEDY: Final = " (pass fields that this version does not know in extra)"
_ACTOR: Final = "acting_user_id"
_POSITIONAL: Final = Parameter.POSITIONAL_OR_KEYWORD


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
            setattr(members["__init__"], "__signature__", _unquoted(signature(init)))  # noqa: B010  # Untyped.

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


def explain_type_error(
    error: TypeError, method: Method, path: str, args: tuple[object, ...], kwargs: Mapping[str, object]
) -> TypeError:
    """Return an error that shows the correct call, or the same error if it is not about the arguments."""
    call = _WrongCall(method, path, args, kwargs)
    traceback = error.__traceback__
    if traceback is not None and traceback.tb_next is None:
        # The only frame is the wrapper's: Python could not bind the arguments to the method's parameters.
        return TypeError(f"{path}() {'; '.join(call.flaws())}. In Python: {call.form()}")
    argument, _, field = str(vars(error).get("argument", "")).partition(".")
    name = _parameter_for(argument, call.parameters) if argument else None
    if name is None:
        return error
    text = name + str(error).removeprefix(argument)
    return TypeError(f"{text} In Python: {call.form({} if field else {name: vars(error)['remedy']})}")


def missing_attribute(owner: object, path: str, name: str) -> AttributeError:
    """Return the error for a name that a namespace does not have."""
    text, meant = f"{path} has no {name!r}.", ""
    if not name.startswith("_"):
        known = [known for known in dir(type(owner)) if not known.startswith("_")]
        meant = snake_case(name) if snake_case(name) in known else closest(name, known) or ""
    if meant:
        member = getattr(type(owner), meant)
        is_method = callable(member) and not isinstance(member, type)
        text += f" In Python: {full_form(member, f'{path}.{meant}') if is_method else f'{path}.{meant}'}"
    return AttributeError(text, name=name, obj=owner)


def name_arguments(error: OrbitServerError, method: Method) -> None:
    """Add the names of arguments to an API error that mentions them by their API names."""
    parameters = _parameters(method)
    # A name without an underscore or quotes, such as `from`, may be an ordinary word.
    words = set(re.findall(r"^\w+|\w+_\w+|(?<=['\"`])\w+(?=['\"`])", error.message))
    if isinstance(error, UnprocessableEntityError):
        words |= error.errors.keys()
    notes = [
        f"{word} is the argument {name}"
        for word in OTHER_NAMES
        if word in words and word not in parameters and (name := _parameter_for(word, parameters))
    ]
    if notes:
        error.message = f"{error.message} ({', '.join(notes)})"
        error.args = (error.message,)


def full_form(method: Method, path: str) -> str:
    """Return the call of a method with all of its arguments."""
    parameters = _parameters(method)
    return _form(method, path, parameters, parameters, {})


def snake_case(name: str) -> str:
    """Convert a camelCase name to snake_case."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def _wrapped(method: Method, path: str) -> Method:
    # The warnings come first, when the method is called and not when its result is awaited: the caller's line is known.
    message = vars(method).get("__deprecated__")
    plain = vars(method)["__wrapped__"] if message else method
    call = _wrapped_coroutine(plain, path) if iscoroutinefunction(plain) else _wrapped_function(plain, path)
    if texts := DEPRECATED_ARGUMENTS.get(path.removeprefix("orbit.")):
        parameters = signature(plain).parameters
        arguments = {name: text for wire, text in texts.items() if (name := _exact_parameter(wire, parameters))}
        call = deprecated_arguments(
            {name: f"`{name}` of `{path}` is deprecated {text}" for name, text in arguments.items()}
        )(call)
    return deprecated(message)(call) if message else call


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


class _Unquoted(str):
    """An annotation that `help` shows without quotes."""

    __slots__ = ()
    __repr__ = str.__str__


def _unquoted(given: Signature) -> Signature:
    """Replace annotations that are strings, because their names are imported only when they are evaluated."""
    parameters = [
        known.replace(annotation=_Unquoted(known.annotation)) if isinstance(known.annotation, str) else known
        for known in given.parameters.values()
    ]
    return given.replace(parameters=parameters)


class _WrongCall:
    """A call whose arguments do not fit the method."""

    def __init__(self, method: Method, path: str, args: tuple[object, ...], kwargs: Mapping[str, object]) -> None:
        self.parameters = _parameters(method)
        self._method = method
        self._path = path
        self._view = _acting_user_of(args[0]) if args else None
        self._args = args[1:]
        self._kwargs = kwargs
        self._positional = [name for name, known in self.parameters.items() if known.kind is _POSITIONAL]
        self._surplus = self._args[len(self._positional) :]

    def flaws(self) -> list[str]:
        """The mistakes, each as a clause of the error message."""
        found: list[str] = []
        if self._surplus:
            taken = " and ".join(self._positional)
            found.append(f"takes only {taken} by position" if taken else "takes no positional arguments")
        for name in (name for name in self._kwargs if name not in self.parameters):
            meant = _parameter_for(name, self.parameters)
            remedy = f" (did you mean {meant}?)" if meant else _EXTRA_REMEDY if "extra" in self.parameters else ""
            found.append(f"has no argument {name!r}{remedy}")
        by_position = set(self._positional[: len(self._args)])
        found += [f"got {name} twice" for name in sorted(by_position & self._kwargs.keys())]
        missing = [
            name
            for name, known in self.parameters.items()
            if known.default is known.empty and name not in by_position and name not in self._kwargs
        ]
        if missing and not found:
            found.append(f"needs {' and '.join(missing)}")
        return found

    def form(self, remedies: Mapping[str, str] | None = None) -> str:
        """Return the correct call, with the required arguments and the arguments that the caller meant."""
        shown = {name for name, known in self.parameters.items() if known.default is known.empty}
        shown.update(self._positional[: len(self._args)])
        shown.update(self._named())
        scalars = sum(not isinstance(value, Mapping) for value in self._surplus)
        if _ACTOR in self.parameters and (scalars or self._view is None):
            scalars -= _ACTOR not in shown
            shown.add(_ACTOR)
        left = [name for name in self.parameters if name not in shown]
        shown.update(left[: max(scalars, 0)])
        return _form(self._method, self._path, self.parameters, shown, remedies or {})

    def _named(self) -> Iterable[str]:
        """The names of the arguments that the caller passed, as keywords or as keys of a dict of fields."""
        unknown = self._kwargs.keys() - self.parameters.keys()
        wrappers = {name for name in unknown if _parameter_for(name, self.parameters) is None}
        objects = [value for value in (*self._args, *map(self._kwargs.get, wrappers)) if _is_object(value)]
        names: list[object] = [name for name in self._kwargs if not isinstance(self._kwargs[name], Mapping)]
        names += [name for name in self._kwargs if name not in wrappers or not objects]
        names += [key for fields in objects for key in fields]
        for name in names:
            meant = _parameter_for(name, self.parameters) if isinstance(name, str) else None
            yield meant or "extra"


def _is_object(value: object) -> TypeGuard[Mapping[object, object]]:
    return isinstance(value, Mapping)


def _acting_user_of(namespace: object) -> str | None:
    """The acting user of the view that owns a namespace."""
    settings = getattr(getattr(namespace, "_executor", None), "_settings", None)
    return getattr(settings, _ACTOR, None)


def _parameters(method: Method) -> dict[str, Parameter]:
    parameters = dict(signature(method).parameters)
    parameters.pop("self", None)
    return parameters


def _parameter_for(name: str, parameters: Mapping[str, Parameter]) -> str | None:
    """The argument that a name means, if any."""
    return _exact_parameter(name, parameters) or closest(name, parameters)


def _exact_parameter(name: str, parameters: Mapping[str, Parameter]) -> str | None:
    """The argument for an API name, if any."""
    candidates = (name, snake_case(name), *OTHER_NAMES.get(snake_case(name), ()))
    return next((candidate for candidate in candidates if candidate in parameters), None)


def _form(
    method: Method, path: str, parameters: Mapping[str, Parameter], shown: Iterable[str], remedies: Mapping[str, str]
) -> str:
    arguments: list[str] = []
    for name, known in parameters.items():
        if name in shown:
            value = remedies.get(name) or ("" if known.kind is _POSITIONAL else "...")
            arguments.append(value or name if known.kind is _POSITIONAL else f"{name}={value}")
    # On Python 3.11, the wrapper of a deprecated coroutine function is not recognized as one.
    return f"{'await ' * iscoroutinefunction(unwrap(method))}{path}({', '.join(arguments)})"
