from ..types import Field, RequestModel
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

class ForwardMessageBody(RequestModel):
    target_conversation_ids: Sequence[str]
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
