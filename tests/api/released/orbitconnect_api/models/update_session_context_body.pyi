from ..types import Field, RequestModel, Unset
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class UpdateSessionContextBody(RequestModel):
    conversation_id: str | None | Unset
    call_id: str | None | Unset
    meeting_id: str | None | Unset
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
