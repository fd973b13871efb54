from ..types import Field, RequestModel, Unset
from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

class CreateSessionBody(RequestModel):
    type: Literal['call_session', 'chat_session', 'meeting_session'] | str
    context_id: str | Unset
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
