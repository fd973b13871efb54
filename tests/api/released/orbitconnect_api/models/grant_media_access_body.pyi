from ..types import Field, RequestModel
from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

class GrantMediaAccessBody(RequestModel):
    app_user_id: str
    access_type: Literal['download', 'stream', 'view'] | str
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
