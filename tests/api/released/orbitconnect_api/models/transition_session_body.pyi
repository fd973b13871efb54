from ..types import Field, RequestModel, Unset
from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

class TransitionSessionBody(RequestModel):
    transition_type: Literal['call_to_meeting', 'chat_to_call', 'meeting_to_chat'] | str
    context_id: str | None | Unset
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
