"""Checks what the functions of the operations' modules are given. A check costs about a tenth of a microsecond."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import iscoroutinefunction, signature
from sys import modules
from typing import Any, Final, cast

from .types import AsyncClient, Client, Model

_COROUTINE: Final = 0x80
"""The flag of the code of an `async def`."""


def sync_client(client: Client, module: str) -> Client:
    """Refuses, before anything is sent, what is no `raw` of an `OrbitServer`.

    Raises:
        TypeError: It shows the right call of the module's `sync`.
    """
    if _is_async(client) is not False:
        raise _wrong_client(client, module, wanted_async=False)
    return client


def async_client(client: AsyncClient, module: str) -> AsyncClient:
    """Refuses, before anything is sent, what is no `raw` of an `AsyncOrbitServer`.

    Raises:
        TypeError: It shows the right call of the module's `asyncio`.
    """
    if _is_async(client) is not True:
        raise _wrong_client(client, module, wanted_async=True)
    return client


def _is_async(client: object) -> bool | None:
    """Whether a client's calls are to be awaited; None where it has none."""
    try:
        return bool(cast("Any", client).execute.__code__.co_flags & _COROUTINE)
    except (AttributeError, TypeError):
        execute = getattr(client, "execute", None)
        return iscoroutinefunction(execute) if callable(execute) else None


def _wrong_client(client: object, module: str, *, wanted_async: bool) -> TypeError:
    owner = "AsyncOrbitServer" if wanted_async else "OrbitServer"
    given, is_async = f"not {type(client).__name__}", _is_async(client)
    if is_async is not None:
        given = "and this is an AsyncOrbitServer's" if is_async else "and this is an OrbitServer's"
    elif (is_async := _is_async(getattr(client, "raw", None))) is not None:
        given = f"not the {type(client).__name__} itself"
    function = "asyncio" if (wanted_async if is_async is None else is_async) else "sync"
    return TypeError(f"client must be the raw of an {owner}, {given}. Write: {_raw_call(module, function)}")


def _raw_call(module: str, function: str) -> str:
    """The right form of a call of an operation's module."""
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
    """Writes an operation's body.

    Raises:
        TypeError: If it is no instance of the operation's model.
    """
    if isinstance(body, model):
        return body.to_dict()
    how = f"{model.__name__}.from_dict(...)" if isinstance(body, Mapping) else f"a {model.__name__}"
    raise TypeError(f"body must be a {model.__name__}, not {type(body).__name__}: pass {how}.")
