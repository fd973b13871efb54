from ..types import Field, RequestModel, Unset
from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

class GenerateMeetingTokenBody(RequestModel):
    app_user_id: str | Unset
    role: Literal['co_host', 'host', 'participant'] | str | Unset
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
