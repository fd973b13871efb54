"""The model SessionEventEmittedEventData."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    WriteModel,
    new,
    read_model,
    read_object,
)
from .session import Session
from .session_event import SessionEvent


@define(eq=False, repr=False, kw_only=True)
class SessionEventEmittedEventData(Model):
    """The session in which the event was emitted, and the event.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        session: The session.
        event: The event that was emitted.
    """

    session: Session
    event: SessionEvent
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("session", "session", WriteModel(Session), read_object),
        Field("event", "event", WriteModel(SessionEvent), read_object),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.session = read_model(Session, get("session"))
        self.event = read_model(SessionEvent, get("event"))
        self._raw = src_dict
        return self
