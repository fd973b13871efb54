"""The names of a realtime session's transitions, as in the contract."""

from __future__ import annotations

from typing import Final

from orbitconnect_api.literals import TransitionType

CHAT_TO_CALL: Final[TransitionType] = "chat_to_call"
CALL_TO_MEETING: Final[TransitionType] = "call_to_meeting"
MEETING_TO_CHAT: Final[TransitionType] = "meeting_to_chat"
