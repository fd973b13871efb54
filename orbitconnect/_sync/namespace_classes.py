# Derived from orbitconnect/_async/namespace_classes.py by `make generate`: edit that file.
"""The namespaces' classes, each imported when it is first used: it loads its operations and models.

The client writes `namespace_classes.Users`. `typing.get_type_hints` finds that name through this module's
`__getattr__`; a name imported for type checkers alone would make it raise `NameError`.
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
        found = globals()[name] = getattr(import_module(f".namespaces.{_MODULES[name]}", __package__), name)
        return found
