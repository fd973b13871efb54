"""The namespaces' classes, each imported when it is first used: it loads its operations and models.

The client names them as `namespaces.AsyncUsers`. As the name is looked up in this module, `typing.get_type_hints` finds
it, which a name that is imported for type checkers alone would make fail.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .billing import AsyncBilling as AsyncBilling
    from .calls import AsyncCalls as AsyncCalls
    from .conversations import AsyncConversations as AsyncConversations
    from .media import AsyncMedia as AsyncMedia
    from .meetings import AsyncMeetings as AsyncMeetings
    from .messages import AsyncMessages as AsyncMessages
    from .realtime import AsyncRealtime as AsyncRealtime
    from .users import AsyncUsers as AsyncUsers
    from .webhooks import AsyncWebhooks as AsyncWebhooks
else:  # Else type checkers would take any name for one that is found here.
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
        found = globals()[name] = getattr(import_module(f".{_MODULES[name]}", __package__), name)
        return found
