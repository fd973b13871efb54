from ..types import Field, Model
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class MediaDimensions(Model):
    width: int | None
    height: int | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
