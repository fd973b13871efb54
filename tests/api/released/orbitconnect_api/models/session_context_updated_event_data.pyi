from ..types import Field, Model
from .session import Session
from .session_context import SessionContext
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class SessionContextUpdatedEventData(Model):
    session: Session
    context: SessionContext
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
