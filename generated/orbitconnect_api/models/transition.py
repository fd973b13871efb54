"""The model Transition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    read_datetime,
    write_datetime,
)


@define(eq=False)
class Transition(Model):
    """One move of a session from one state to another.

    Inferred: nobody has seen all of this on the wire.

    Attributes:
        id: The transition's id.
        session_id: The session's id.
        transition_type: How the session moved on.
        from_state: Where the session was before.
        to_state: Where the session was afterwards.
        context_id: The id of what the session is about since then; null where none was given.
        triggered_by: The id of the user who moved the session on.
        created_at: When the session moved on.
    """

    id: str
    session_id: str | None = None
    transition_type: Literal["call_to_meeting", "chat_to_call", "meeting_to_chat"] | str | None = None
    from_state: Literal["call", "chat", "meeting"] | str | None = None
    to_state: Literal["call", "chat", "meeting"] | str | None = None
    context_id: str | None = None
    triggered_by: str | None = None
    created_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None),
        Field("session_id", "session_id", None),
        Field("transition_type", "transition_type", None),
        Field("from_state", "from_state", None),
        Field("to_state", "to_state", None),
        Field("context_id", "context_id", None),
        Field("triggered_by", "triggered_by", None),
        Field("created_at", "created_at", write_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        # Not by `cls(...)`: setting the attributes one by one takes a third less time.
        self = object.__new__(cls)
        self.id = get("id")
        self.session_id = get("session_id")
        self.transition_type = get("transition_type")
        self.from_state = get("from_state")
        self.to_state = get("to_state")
        self.context_id = get("context_id")
        self.triggered_by = get("triggered_by")
        self.created_at = None if (value := get("created_at")) is None else read_datetime(value)
        self._raw = src_dict
        return self
