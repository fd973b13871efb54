from ..types import Field, Model
from .session import Session
from .session_event import SessionEvent
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class SessionEventEmittedEventData(Model):
    session: Session
    event: SessionEvent
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
