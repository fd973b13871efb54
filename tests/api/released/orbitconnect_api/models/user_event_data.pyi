from ..types import Field, Model
from .app_user import AppUser
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class UserEventData(Model):
    user: AppUser
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
