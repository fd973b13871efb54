"""Checks the arguments of the operations' functions. A check takes about 0.1 µs."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import iscoroutinefunction, signature
from sys import modules
from typing import Any, Final, cast

from .types import AsyncClient, Client, Model

_COROUTINE: Final = 0x80
"""The code flag of an `async def` function."""


def sync_client(client: Client, module: str) -> Client:
    """Check that a client is the `raw` of an `OrbitServer`.

    Raises:
        TypeError: If it is not. The message shows the correct call.
    """
    if _is_async(client) is not False:
        raise _wrong_client(client, module, wanted_async=False)
    return client


def async_client(client: AsyncClient, module: str) -> AsyncClient:
    """Check that a client is the `raw` of an `AsyncOrbitServer`.

    Raises:
        TypeError: If it is not. The message shows the correct call.
    """
    if _is_async(client) is not True:
        raise _wrong_client(client, module, wanted_async=True)
    return client


def _is_async(client: object) -> bool | None:
    """Whether a client's calls must be awaited. None if it is not a client."""
    try:
        return bool(cast("Any", client).execute.__code__.co_flags & _COROUTINE)
    except (AttributeError, TypeError):
        execute = getattr(client, "execute", None)
        return iscoroutinefunction(execute) if callable(execute) else None


def _wrong_client(client: object, module: str, *, wanted_async: bool) -> TypeError:
    owner = "AsyncOrbitServer" if wanted_async else "OrbitServer"
    given, is_async = f"not {type(client).__name__}", _is_async(client)
    if is_async is not None:
        given = "not that of an AsyncOrbitServer" if is_async else "not that of an OrbitServer"
    elif (is_async := _is_async(getattr(client, "raw", None))) is not None:
        given = f"not the {type(client).__name__} itself"
    function = "asyncio" if (wanted_async if is_async is None else is_async) else "sync"
    return TypeError(f"client must be the raw attribute of an {owner}, {given}. Write: {_raw_call(module, function)}")


def _raw_call(module: str, function: str) -> str:
    """The correct call of a function of an operation's module."""
    arguments = [
        {"client": "client=orbit.raw", "body": f"body={known.annotation}(...)"}.get(
            name, name if known.kind is known.POSITIONAL_OR_KEYWORD else f"{name}=..."
        )
        for name, known in signature(getattr(modules[module], function)).parameters.items()
        if known.default is known.empty or name == "acting_user_id"
    ]
    operation = module.rpartition(".")[2]
    return f"{'await ' * (function == 'asyncio')}{operation}.{function}({', '.join(arguments)})"


def body_of(body: Model, model: type[Model]) -> dict[str, Any]:
    """Convert a request body to JSON.

    Raises:
        TypeError: If the body is not an instance of the operation's model.
    """
    if isinstance(body, model):
        return body.to_dict()
    how = f"{model.__name__}.from_dict(...)" if isinstance(body, Mapping) else f"a {model.__name__}"
    raise TypeError(f"body must be a {model.__name__}, not {type(body).__name__}: pass {how}.")
