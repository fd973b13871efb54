from ..types import Field, Model
from .session import Session
from .transition import Transition
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class SessionTransitionedEventData(Model):
    session: Session
    transition: Transition
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
