"""The model Transition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    as_utc,
    from_iso,
    new,
    read_datetime,
    read_str,
    write_datetime,
)


@define(eq=False, repr=False, kw_only=True)
class Transition(Model):
    """The transition of a session from one state to another.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The transition's id.
        session_id: The session's id.
        transition_type: The type of the transition.
        from_state: The session's state before the transition.
        to_state: The session's state after the transition.
        context_id: The id of the conversation, call or meeting that the session moved to. Null if none was given.
        triggered_by: The id of the user who triggered the transition.
        created_at: When the transition took place.
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
        Field("id", "id", None, read_str),
        Field("session_id", "session_id", None, read_str),
        Field("transition_type", "transition_type", None, read_str),
        Field("from_state", "from_state", None, read_str),
        Field("to_state", "to_state", None, read_str),
        Field("context_id", "context_id", None, read_str),
        Field("triggered_by", "triggered_by", None, read_str),
        Field("created_at", "created_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.session_id = value if type(value := get("session_id")) is str or value is None else read_str(value)
        self.transition_type = (
            value if type(value := get("transition_type")) is str or value is None else read_str(value)
        )
        self.from_state = value if type(value := get("from_state")) is str or value is None else read_str(value)
        self.to_state = value if type(value := get("to_state")) is str or value is None else read_str(value)
        self.context_id = value if (value := get("context_id")) is None or type(value) is str else read_str(value)
        self.triggered_by = value if type(value := get("triggered_by")) is str or value is None else read_str(value)
        try:
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.created_at = read_datetime(get("created_at"))
        self._raw = src_dict
        return self
