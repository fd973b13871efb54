from ..types import Field, RequestModel, Unset
from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

class StartRecordingBody(RequestModel):
    session_id: str | Unset
    session_type: Literal['call', 'meeting'] | str | Unset
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
