from ..types import Field, Model
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class ConversationContextActor(Model):
    id: str | None
    type: str | None
    name: str | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
