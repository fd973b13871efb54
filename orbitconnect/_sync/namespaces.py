# Derived from orbitconnect/_async/namespaces.py by `make generate`: edit that file.
"""The namespaces' classes, each imported when it is first used: it loads its operations and models.

The client names them as `namespaces.Users`. As the name is looked up in this module, `typing.get_type_hints` finds
it, which a name that is imported for type checkers alone would make fail.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .billing import Billing as Billing
    from .calls import Calls as Calls
    from .conversations import Conversations as Conversations
    from .media import Media as Media
    from .meetings import Meetings as Meetings
    from .messages import Messages as Messages
    from .realtime import Realtime as Realtime
    from .users import Users as Users
    from .webhooks import Webhooks as Webhooks
else:  # Else type checkers would take any name for one that is found here.
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
        found = globals()[name] = getattr(import_module(f".{_MODULES[name]}", __package__), name)
        return found
