"""The classes of the namespaces. Each is imported on first use, because it loads its operations and models.

The client refers to `namespace_classes.AsyncUsers`, which `typing.get_type_hints` resolves with this module's
`__getattr__`. With a name that is imported only for type checkers, it would raise `NameError`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .namespaces.billing import AsyncBilling as AsyncBilling
    from .namespaces.calls import AsyncCalls as AsyncCalls
    from .namespaces.conversations import AsyncConversations as AsyncConversations
    from .namespaces.media import AsyncMedia as AsyncMedia
    from .namespaces.meetings import AsyncMeetings as AsyncMeetings
    from .namespaces.messages import AsyncMessages as AsyncMessages
    from .namespaces.realtime import AsyncRealtime as AsyncRealtime
    from .namespaces.users import AsyncUsers as AsyncUsers
    from .namespaces.webhooks import AsyncWebhooks as AsyncWebhooks
else:  # Hidden from type checkers, which would otherwise accept any name.
    _MODULES = {
        "AsyncBilling": "billing",
        "AsyncCalls": "calls",
        "AsyncConversations": "conversations",
        "AsyncMedia": "media",
        "AsyncMeetings": "meetings",
        "AsyncMessages": "messages",
        "AsyncRealtime": "realtime",
        "AsyncUsers": "users",
        "AsyncWebhooks": "webhooks",
    }

    def __getattr__(name: str) -> Any:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(f".namespaces.{_MODULES[name]}", __package__), name)
        return found
