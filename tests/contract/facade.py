"""The methods of the facade, by names such as `messages.send`."""

from __future__ import annotations

import inspect
from typing import Any, Final

from orbitconnect import AsyncOrbitServer, OrbitServer
from orbitconnect._facade.namespace import namespace


def method_of(name: str, client: type[OrbitServer | AsyncOrbitServer] = AsyncOrbitServer) -> Any:
    namespace, _, method = name.partition(".")
    return getattr(getattr(client, namespace), method)


METHODS: Final = [
    f"{owner}.{name}"
    for owner, attribute in vars(AsyncOrbitServer).items()
    if isinstance(attribute, namespace)
    for name, _ in inspect.getmembers(getattr(AsyncOrbitServer, owner), inspect.isfunction)
    if not name.startswith("_")
]
