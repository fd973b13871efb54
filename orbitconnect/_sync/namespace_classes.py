# Derived from orbitconnect/_async/namespace_classes.py by `make generate`: edit that file.
"""The classes of the namespaces. Each is imported on first use, because it loads its operations and models.

The client refers to `namespace_classes.Users`, which `typing.get_type_hints` resolves with this module's
`__getattr__`. With a name that is imported only for type checkers, it would raise `NameError`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .namespaces.billing import Billing as Billing
    from .namespaces.calls import Calls as Calls
    from .namespaces.conversations import Conversations as Conversations
    from .namespaces.media import Media as Media
    from .namespaces.meetings import Meetings as Meetings
    from .namespaces.messages import Messages as Messages
    from .namespaces.realtime import Realtime as Realtime
    from .namespaces.users import Users as Users
    from .namespaces.webhooks import Webhooks as Webhooks
else:  # Hidden from type checkers, which would otherwise accept any name.
    _MODULES = {
        "Billing": "billing",
        "Calls": "calls",
        "Conversations": "conversations",
        "Media": "media",
        "Meetings": "meetings",
        "Messages": "messages",
        "Realtime": "realtime",
        "Users": "users",
        "Webhooks": "webhooks",
    }

    def __getattr__(name: str) -> Any:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(f".namespaces.{_MODULES[name]}", __package__), name)
        return found
