"""Warns about deprecated operations, arguments, fields and models, at the line of the code that uses the SDK.

Python shows each warning once per line, unless the application's filters say otherwise. The SDK's own use of a
deprecated part does not warn.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import wraps
from inspect import iscoroutinefunction, signature
from types import FrameType
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast
from warnings import warn

FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])

_RAW: Final = __name__.partition(".")[0]
_FACADE: Final = "orbitconnect"
_ATTRS: Final = ("attr", "attrs")
_CONSTRUCTOR: Final = "<attrs generated"


def warn_deprecated(message: str, *, given_by_user: bool = False) -> None:
    """Warn at the line that called the SDK, unless that line is in the SDK itself.

    Args:
        message: The text of the warning.
        given_by_user: Whether the value certainly comes from outside the SDK, even if the facade has passed it on.
    """
    level, frame = 1, sys._getframe()
    while frame.f_back is not None and (_package(frame) == _RAW or (given_by_user and _package(frame) == _FACADE)):
        level, frame = level + 1, frame.f_back
    if _package(frame) != _FACADE:
        warn(message, DeprecationWarning, stacklevel=level)


def _warn_caller(message: str) -> None:
    """Warn at the line that calls the calling function, unless that line is in the SDK itself."""
    if _package(sys._getframe(2)) not in (_RAW, _FACADE):
        warn(message, DeprecationWarning, stacklevel=3)


def _package(frame: FrameType) -> str:
    """The top-level package whose code a frame runs. What attrs does for a model counts as the model's code."""
    package = str(frame.f_globals.get("__name__", "")).partition(".")[0]
    return _RAW if package in _ATTRS or frame.f_code.co_filename.startswith(_CONSTRUCTOR) else package


if TYPE_CHECKING:
    # Type checkers have the stubs of typing_extensions built in, so the package need not be installed.
    from typing_extensions import deprecated as deprecated
else:

    def deprecated(message, /):
        """Mark a function or class as deprecated. Calling the function warns; a coroutine function warns when called."""

        def decorate(target):
            target.__deprecated__ = message
            if isinstance(target, type):
                return target  # Its constructor warns. Reading a response does not call the constructor.

            @wraps(target)
            def call(*args, **kwargs):
                _warn_caller(message)
                try:
                    return target(*args, **kwargs)
                finally:
                    # Error trackers record the local variables of a traceback, and this frame is part of it.
                    del args, kwargs

            return _like(target, call)

        return decorate


def deprecated_arguments(messages: Mapping[str, str]) -> Callable[[FunctionT], FunctionT]:
    """Warn when a function is called with a deprecated argument whose value is not the default.

    Args:
        messages: The texts of the warnings, by argument.
    """

    def decorate(function: FunctionT) -> FunctionT:
        parameters = signature(function).parameters
        positional = [name for name, known in parameters.items() if known.kind is known.POSITIONAL_OR_KEYWORD]
        defaults = {name: parameters[name].default for name in messages}

        @wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                given = {**dict(zip(positional, args, strict=False)), **kwargs}
                passed = [name for name in messages if given.pop(name, defaults[name]) is not defaults[name]]
                del given
                for name in passed:
                    _warn_caller(messages[name])
                return function(*args, **kwargs)
            finally:
                # Error trackers record the local variables of a traceback, and this frame is part of it.
                del args, kwargs

        return _like(function, cast("FunctionT", call))

    return decorate


def _like(function: Callable[..., Any], call: FunctionT) -> FunctionT:
    """Mark a wrapper as a coroutine function if the wrapped function is one."""
    if iscoroutinefunction(function):
        if sys.version_info >= (3, 12):
            from inspect import markcoroutinefunction

            return markcoroutinefunction(call)
        from asyncio import coroutines

        vars(call)["_is_coroutine"] = vars(coroutines)["_is_coroutine"]
    return call
