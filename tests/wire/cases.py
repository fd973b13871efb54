"""The arguments of each facade method, and what it must send. The method, path and actor are in operations.yaml.

Path arguments are left out: the test adds them by the names in the path.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Any

from attrs import define, field

from orbitconnect import UNSET

Text = Callable[[str], str]
"""Creates a different text for each name. The texts are either ordinary or awkward."""

NOTHING: dict[str, Any] = {}


@define
class Case:
    """One call: its arguments except those of the path, and the query and body that it must send."""

    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(factory=dict)
    query: dict[str, str] = field(factory=dict)
    body: dict[str, Any] | None = None


def sends(body: dict[str, Any], /, *args: Any, **kwargs: Any) -> Case:
    return Case(args, kwargs, {}, body)


def asks(query: dict[str, str], /, *args: Any, **kwargs: Any) -> Case:
    return Case(args, kwargs, query, None)


INDIA = timezone(timedelta(hours=5, minutes=30))
INSTANTS = {
    datetime(2026, 1, 5, 9, 30, tzinfo=UTC): "2026-01-05T09:30:00+00:00",
    datetime(2026, 1, 5, 9, 30, 0, 250000, tzinfo=INDIA): "2026-01-05T09:30:00.250000+05:30",
    datetime(1969, 12, 31, 23, 0, tzinfo=timezone(timedelta(hours=-3))): "1969-12-31T23:00:00-03:00",
}


@cache
def cases(t: Text) -> dict[str, list[Case]]:
    """All methods that have more arguments than the ids of the path, or that send a body with fields."""
    metadata: dict[str, Any] = {t("key"): [t("value"), 0, None, True, 1.5, {}]}
    context = {"type": "booking", "referenceId": t("reference"), "actor": {"id": t("actor"), "type": "staff"}}
    measured = {"bitrate": 0, "packet_loss": 0.5, "jitter": 12.25, "rtt": 40}
    every_instant = INSTANTS.items()
    return {
        # users
        "users.create": [
            sends({"external_id": t("e"), "display_name": t("d")}, external_id=t("e"), display_name=t("d")),
            sends(
                {"external_id": t("e"), "display_name": t("d"), "metadata": metadata},
                external_id=t("e"),
                display_name=t("d"),
                metadata=metadata,
            ),
            sends(
                {"external_id": t("e"), "display_name": t("d"), "metadata": {}},
                external_id=t("e"),
                display_name=t("d"),
                metadata={},
            ),
            sends({"external_id": t("e"), "display_name": ""}, external_id=t("e"), display_name="", metadata=None),
        ],
        "users.list": [asks({}), asks({}, active_only=False), asks({"active": "true"}, active_only=True)],
        "users.update": [
            sends({}),
            sends({"display_name": t("d")}, display_name=t("d")),
            sends({"metadata": {}}, metadata={}),
            sends({"metadata": None}, metadata=None),
            sends({"display_name": t("d"), "metadata": metadata}, display_name=t("d"), metadata=metadata),
            sends({}, display_name=UNSET, metadata=UNSET),
        ],
        "users.create_token": [
            sends({}),
            sends({}, ttl=None),
            sends({"ttl": 1}, ttl=1),
            sends({"ttl": 86400}, ttl=86400),
        ],
        # conversations
        "conversations.create": [
            sends({"type": "direct", "participant_id": t("u")}, type="direct", participant_id=t("u")),
            sends(
                {"type": "group", "participant_ids": [t("u"), t("v")], "metadata": metadata, "context": context},
                type="group",
                participant_ids=[t("u"), t("v")],
                metadata=metadata,
                context=context,
            ),
            sends({"type": "group", "participant_ids": []}, type="group", participant_ids=()),
            sends(
                {"type": "direct", "participant_id": t("u"), "metadata": {}, "context": {}},
                type="direct",
                participant_id=t("u"),
                metadata={},
                context={},
            ),
        ],
        "conversations.update": [
            sends({}),
            sends({"metadata": metadata}, metadata=metadata),
            sends({"metadata": None}, metadata=None),
            sends({"metadata": {}, "archived": False}, metadata={}, extra={"archived": False}),
            sends({"archived": False, "note": None}, extra={"archived": False, "note": None}),
        ],
        "conversations.update_context": [
            sends({"context": context}, context),
            sends({"context": {}}, {}),
            sends({"context": {"status": None}}, context={"status": None}),
        ],
        "conversations.find_by_reference": [asks({"reference_id": t("r")}, t("r")), asks({"reference_id": ""}, "")],
        "conversations.add_participant": [
            sends({"app_user_id": t("u")}, t("u")),
            sends({"app_user_id": "u"}, user_id="u"),
        ],
        # messages
        "messages.send": [
            sends({"content": t("c"), "idempotency_key": t("i")}, content=t("c"), idempotency_key=t("i")),
            sends(
                {"content": t("c"), "type": t("t"), "metadata": metadata, "idempotency_key": "i"},
                content=t("c"),
                type=t("t"),
                metadata=metadata,
                idempotency_key="i",
            ),
            sends(
                {"content": "", "type": "text", "metadata": {}, "idempotency_key": "i"},
                content="",
                type="text",
                metadata={},
                idempotency_key="i",
            ),
            sends({"content": t("c"), "idempotency_key": "i"}, content=t("c"), metadata=None, idempotency_key="i"),
        ],
        "messages.list": [
            asks({}),
            asks({}, limit=None, offset=None, after_sequence=None),
            asks({"limit": "0", "offset": "0", "after_sequence": "0"}, limit=0, offset=0, after_sequence=0),
            asks({"limit": "50", "offset": "100"}, limit=50, offset=100),
            asks({"after_sequence": "7"}, after_sequence=7),
        ],
        "messages.edit": [sends({"content": t("c")}, t("c")), sends({"content": ""}, content="")],
        "messages.react": [
            sends({"reaction_type": t("r")}, t("r")),
            sends({"reaction_type": "👍🏽"}, reaction_type="👍🏽"),
        ],
        "messages.reply": [
            sends({"content": t("c"), "reply_to_message_id": t("m")}, content=t("c"), reply_to_message_id=t("m")),
            sends(
                {"content": t("c"), "reply_to_message_id": "m", "type": "image", "metadata": metadata},
                content=t("c"),
                reply_to_message_id="m",
                type="image",
                metadata=metadata,
            ),
            sends(
                {"content": t("c"), "reply_to_message_id": "m", "metadata": {}},
                content=t("c"),
                reply_to_message_id="m",
                type=UNSET,
                metadata={},
            ),
        ],
        "messages.forward": [
            sends({"target_conversation_ids": [t("a"), t("b")]}, [t("a"), t("b")]),
            sends({"target_conversation_ids": []}, target_conversation_ids=[]),
        ],
        "messages.search": [
            asks({"conversation_id": t("cid"), "q": t("q")}, t("cid"), t("q")),
            asks({"conversation_id": "c", "q": t("q"), "limit": "0"}, "c", t("q"), limit=0),
            asks({"conversation_id": "c", "q": ""}, "c", "", limit=None),
        ],
        "messages.search_global": [asks({"q": t("q")}, t("q")), asks({"q": t("q"), "limit": "20"}, t("q"), limit=20)],
        "messages.sync": [
            asks({"conversation_id": t("cid"), "since": text}, t("cid"), instant) for instant, text in every_instant
        ]
        + [
            asks({"conversation_id": "c", "since": text, "limit": "0"}, "c", since=instant, limit=0)
            for instant, text in every_instant
        ],
        # calls
        "calls.initiate": [
            sends({"callee_id": t("u"), "type": "video"}, callee_id=t("u"), type="video"),
            sends({"callee_id": t("u"), "type": t("t")}, callee_id=t("u"), type=t("t")),
        ],
        "calls.submit_offer": [
            sends({"sdp": f"v=0\r\n{t('s')}\r\n"}, f"v=0\r\n{t('s')}\r\n"),
            sends({"sdp": ""}, sdp=""),
        ],
        "calls.submit_answer": [
            sends({"sdp": f"v=0\r\n{t('s')}\r\n"}, f"v=0\r\n{t('s')}\r\n"),
            sends({"sdp": ""}, sdp=""),
        ],
        "calls.add_ice_candidate": [sends({"candidate": t("c")}, t("c")), sends({"candidate": ""}, candidate="")],
        "calls.submit_metrics": [
            sends({}),
            sends(measured, **measured),
            sends({"rtt": 0}, rtt=0, jitter=None),
            sends({"bitrate": 0.0}, bitrate=0.0),
        ],
        # meetings
        "meetings.create": [
            sends({"title": t("t")}, title=t("t")),
            sends({"title": t("t"), "description": ""}, title=t("t"), description="", scheduled_at=None),
        ]
        + [
            sends(
                {"title": "t", "description": t("d"), "scheduled_at": text},
                title="t",
                description=t("d"),
                scheduled_at=instant,
            )
            for instant, text in every_instant
        ],
        "meetings.update": [
            sends({}),
            sends({"title": t("t")}, title=t("t")),
            sends({"description": None}, description=None),
            sends({"title": "t", "description": t("d")}, title="t", description=t("d")),
        ],
        "meetings.join": [sends({}), sends({}, token=None), sends({"token": t("k")}, token=t("k"))],
        "meetings.add_participant": [sends({"app_user_id": t("u")}, t("u")), sends({"app_user_id": "u"}, user_id="u")],
        "meetings.kick_participant": [sends({"app_user_id": t("u")}, t("u")), sends({"app_user_id": "u"}, user_id="u")],
        "meetings.update_role": [sends({"role": t("r")}, t("r")), sends({"role": "host"}, role="host")],
        "meetings.mute": [sends({"app_user_id": t("u")}, t("u")), sends({"app_user_id": "u"}, user_id="u")],
        "meetings.unmute": [sends({"app_user_id": t("u")}, t("u")), sends({"app_user_id": "u"}, user_id="u")],
        "meetings.generate_token": [
            sends({}),
            sends({}, user_id=None, role=None),
            sends({"app_user_id": t("u"), "role": t("r")}, user_id=t("u"), role=t("r")),
        ],
        "meetings.submit_metrics": [sends({}), sends(measured, **measured), sends({"packet_loss": 0}, packet_loss=0)],
        # media
        "media.generate_upload_url": [
            sends({"mime_type": "image/svg+xml"}, "image/svg+xml"),
            sends({"mime_type": t("m")}, t("m")),
        ],
        "media.init_multipart": [
            sends({"mime_type": "video/mp4", "filename": t("f")}, "video/mp4", t("f")),
            sends({"mime_type": t("m"), "filename": "f"}, mime_type=t("m"), filename="f"),
        ],
        "media.complete_multipart": [
            sends({"session_id": t("s"), "mime_type": "video/mp4", "size": 0}, t("s"), "video/mp4", 0),
            sends(
                {"session_id": "s", "mime_type": t("m"), "size": 2**40}, session_id="s", mime_type=t("m"), size=2**40
            ),
        ],
        "media.search": [asks({"q": t("q")}, t("q")), asks({"q": ""}, query="")],
        "media.grant_access": [
            sends({"app_user_id": t("u"), "access_type": "download"}, user_id=t("u"), access_type="download"),
            sends({"app_user_id": "u", "access_type": t("a")}, user_id="u", access_type=t("a")),
        ],
        "media.start_recording": [
            sends({}),
            sends({"session_id": t("s"), "session_type": "call"}, session_id=t("s"), session_type="call"),
            sends(
                {"session_id": t("s"), "layout": {"name": t("l")}, "hd": False, "note": None},
                session_id=t("s"),
                extra={"layout": {"name": t("l")}, "hd": False, "note": None},
            ),
        ],
        # realtime
        "realtime.create_session": [
            sends({"type": "chat_session"}, type="chat_session"),
            sends({"type": "chat_session"}, type="chat_session", context_id=None),
            sends({"type": t("t"), "context_id": t("c")}, type=t("t"), context_id=t("c")),
        ],
        "realtime.update_session": [
            sends({}),
            sends({"context_id": t("c")}, context_id=t("c")),
            sends({"context_id": None}, context_id=None),
        ],
        "realtime.chat_to_call": [sends({"transition_type": "chat_to_call", "context_id": t("c")}, t("c"))],
        "realtime.call_to_meeting": [sends({"transition_type": "call_to_meeting", "context_id": t("m")}, t("m"))],
        "realtime.meeting_to_chat": [sends({"transition_type": "meeting_to_chat", "context_id": t("c")}, t("c"))],
        "realtime.transition": [
            sends({"transition_type": t("t"), "context_id": t("c")}, t("t"), t("c")),
            sends({"transition_type": "pause", "context_id": None}, "pause"),
            sends({"transition_type": "pause", "context_id": None}, transition_type="pause", context_id=None),
        ],
        "realtime.emit_event": [
            sends({"event_type": t("e")}, event_type=t("e")),
            sends({"event_type": "e", "payload": {}}, event_type="e", payload={}),
            sends({"event_type": "e", "payload": metadata}, event_type="e", payload=metadata),
        ],
        "realtime.update_context": [
            sends({}),
            sends({"conversation_id": t("c"), "call_id": None}, conversation_id=t("c"), call_id=None),
            sends({"meeting_id": t("m")}, meeting_id=t("m")),
        ],
        # webhooks
        "webhooks.create": [sends({"url": f"https://example.com/{t('u')}"}, f"https://example.com/{t('u')}")],
        "webhooks.update": [
            sends({}),
            sends({"is_active": False}, is_active=False),
            sends(
                {"url": "https://example.com/a?b=c#d", "is_active": True},
                url="https://example.com/a?b=c#d",
                is_active=True,
            ),
        ],
        "webhooks.subscribe": [sends({"event_type": t("e")}, t("e")), sends({"event_type": "*"}, event_type="*")],
        "webhooks.publish": [
            sends({"type": "message.sent", "payload": metadata}, "message.sent", metadata),
            sends({"type": t("t"), "payload": {}}, type=t("t"), payload={}),
        ],
        # billing
        "billing.top_up": [
            sends({"amount": 10}, 10),
            sends({"amount": 0.01}, amount=0.01),
            sends({"amount": 99.99}, 99.99),
        ],
        "billing.record_usage_event": [
            sends({"event_type": t("e"), "quantity": 0}, event_type=t("e"), quantity=0),
            sends({"event_type": "e", "quantity": 1.5, "metadata": {}}, event_type="e", quantity=1.5, metadata={}),
            sends(
                {"event_type": "e", "quantity": 1, "metadata": metadata}, event_type="e", quantity=1, metadata=metadata
            ),
        ],
        "billing.generate_invoice": [sends({}), sends({}, from_=None, to=None)]
        + [sends({"from": text, "to": text}, from_=instant, to=instant) for instant, text in every_instant]
        + [sends({"to": text}, to=instant) for instant, text in every_instant],
        "billing.create_alert": [
            sends({"type": "low_balance", "threshold": 5.0}, type="low_balance", threshold=5.00),
            sends({"type": t("t"), "threshold": 0}, type=t("t"), threshold=0),
        ],
    }
