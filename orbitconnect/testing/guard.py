"""Keeps tests away from the live API: whatever turns to its host fails, and says what to do instead."""

from __future__ import annotations

import functools
import importlib.util
import socket
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Final, cast

_HTTP_CORE: Final = "httpcore"


class LiveHostError(RuntimeError):
    """A test turned to the live API. It is no `OSError`, so that nothing takes it for a network that is down."""


class LiveHostGuard:
    """Refuses connections to one host, in the whole process, as long as it is in place.

    It looks at names where they are resolved or connected to, and at the requests of httpx's real transports, which
    might reach the host through a proxy. It lies below respx and pytest-httpx: a request that they answer reaches
    nobody and is none of its business.
    """

    def __init__(self, host: str) -> None:
        self._host = _plain(host)
        self._lifted = 0
        self._undo: list[Callable[[], None]] = []

    def install(self) -> None:
        """Puts the guard in place."""
        for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
            self._wrap(socket, name, lambda *arguments, **named: arguments[0] if arguments else named.get("host"))
        for name in ("connect", "connect_ex"):
            self._wrap(socket.socket, name, _host_of_address)
        known = sys.modules.get(_HTTP_CORE)
        if known is not None:
            self._guard_http(known)
            return
        # To import it here would cost every run of tests more than all else that the guard does.
        finder = _WhenImported(_HTTP_CORE, self._guard_http)
        sys.meta_path.insert(0, finder)
        self._undo.append(finder.remove)

    def remove(self) -> None:
        """Takes it away. A second time does nothing."""
        while self._undo:
            self._undo.pop()()

    @contextmanager
    def lifted(self) -> Generator[None]:
        """Lets everything through for the time of a block."""
        self._lifted += 1
        try:
            yield
        finally:
            self._lifted -= 1

    def check(self, host: object) -> None:
        """Refuses the host.

        Raises:
            LiveHostError: If that is the one, and the guard is not lifted.
        """
        if self._lifted or not isinstance(host, (str, bytes, bytearray)) or _plain(host) != self._host:
            return
        raise LiveHostError(
            f"A test turned to the live API at {self._host}. Hand the fixture orbit or async_orbit to the code under "
            "test, or the URL of orbit_server. A test that is meant to reach it is marked with "
            "@pytest.mark.orbit_live; the setting orbit_live = true lets all tests do so."
        )

    def _guard_http(self, http_core: ModuleType) -> None:
        pool, async_pool = http_core.ConnectionPool, http_core.AsyncConnectionPool
        handle, handle_async = pool.handle_request, async_pool.handle_async_request

        # Mocks look at the signature of what they replace, so these have the right one.
        def handle_request(self: Any, request: Any) -> Any:
            guard.check(request.url.host)
            return handle(self, request)

        async def handle_async_request(self: Any, request: Any) -> Any:
            guard.check(request.url.host)
            return await handle_async(self, request)

        guard = self
        self._replace(pool, handle_request)
        self._replace(async_pool, handle_async_request)

    def _wrap(self, owner: Any, name: str, host_of: Callable[..., object]) -> None:
        original: Any = getattr(owner, name)

        @functools.wraps(original)
        def guarded(*arguments: Any, **named: Any) -> Any:
            self.check(host_of(*arguments, **named))
            return original(*arguments, **named)

        self._replace(owner, guarded)

    def _replace(self, owner: Any, function: Callable[..., Any]) -> None:
        name = function.__name__
        inherited = name not in vars(owner)
        original: Any = getattr(owner, name)

        def undo() -> None:
            if inherited:
                delattr(owner, name)
            else:
                setattr(owner, name, original)

        setattr(owner, name, function)
        self._undo.append(undo)


class _WhenImported(MetaPathFinder):
    """Has a function called with a module as soon as that is imported."""

    def __init__(self, name: str, then: Callable[[ModuleType], None]) -> None:
        self._name = name
        self._then = then

    def find_spec(self, fullname: str, path: object = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Finds the one module, by means of those that come after this finder."""
        if fullname != self._name:
            return None
        self.remove()
        spec = importlib.util.find_spec(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader, self._then)
        return spec

    def remove(self) -> None:
        if self in sys.meta_path:
            sys.meta_path.remove(self)


class _Loader(Loader):
    def __init__(self, loader: Loader, then: Callable[[ModuleType], None]) -> None:
        self._loader = loader
        self._then = then

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        if module.__spec__ is not None:
            module.__spec__.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._then(module)


def _host_of_address(_: socket.socket, address: Any) -> object:
    # That of a Unix socket is a path, and a path is no tuple.
    return cast("tuple[object, ...]", address)[0] if isinstance(address, tuple) and address else None


def _plain(host: str | bytes | bytearray) -> str:
    text = host if isinstance(host, str) else cast("bytes", host).decode("latin-1")
    return text.rstrip(".").lower()
