from ..types import Field, Model
from .session import Session
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class SessionLifecycleEventData(Model):
    session: Session
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
