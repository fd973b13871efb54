"""Whatever the object's state, `repr` never raises an error or shows a secret."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from enum import Enum
from typing import Any

from attrs import define, field

import orbitconnect
import orbitconnect_api
import orbitconnect_api.models as models
from orbitconnect import NotFoundError
from orbitconnect_api.models import AppUser, Invoice, SubmitCallOfferBody, UploadSession
from orbitconnect_api.types import Model, RequestModel, SafeRepr
from tests.for_each import for_each
from tests.yaml_files import contract

SCHEMAS = contract()["components"]["schemas"]
SECRET = "very-secret-4f1c"
HOLDS_NO_SECRET = {
    # URLs of the user's own endpoints. The API rejects those that contain a password.
    *("Webhook.url", "Delivery.url", "DeliveryAttempt.url", "CreateWebhookBody.url", "UpdateWebhookBody.url"),
    # Public URLs of servers, for which there is a separate credential or token.
    *("TurnCredentials.urls", "SfuSession.url"),
    "SendMessageBody.idempotency_key",
    "Webhook.secret_rotated_at",
}


def half_made() -> Iterator[Any]:
    """An object of each class of the two packages, created by `__new__` alone."""
    for package in (orbitconnect, orbitconnect_api):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if found.name.endswith("__main__"):
                continue
            for value in vars(importlib.import_module(found.name)).values():
                if inspect.isclass(value) and value.__module__ == found.name and not issubclass(value, (Enum, tuple)):
                    if inspect.isabstract(value) or getattr(value, "_is_protocol", False):
                        continue
                    yield value.__new__(value)


def test_no_repr_raises_for_an_incomplete_object() -> None:
    objects = list(half_made())
    assert len(objects) > 350
    flaws: dict[str, str] = {}
    for each in objects:
        try:
            repr(each)
            if isinstance(each, BaseException):
                str(each)
        except Exception as error:  # noqa: BLE001
            flaws[type(each).__qualname__] = repr(error)
    assert flaws == {}, "Let classes of attrs derive from SafeRepr, with repr=False."


def test_the_repr_shows_the_existing_attributes() -> None:
    @define(repr=False)
    class Thing(SafeRepr):
        name: str
        inner: Any = None
        hidden: str = field(default=SECRET, repr=False)
        masked: str = field(default=SECRET, repr=len)

    thing = Thing("a")
    assert repr(thing) == "Thing(name='a', inner=None, masked=16)"
    thing.inner = thing
    assert repr(thing) == "Thing(name='a', inner=..., masked=16)"
    del thing.name
    thing.inner = AppUser.__new__(AppUser)
    assert repr(thing) == "Thing(inner=AppUser(), masked=16)"

    class Broken:
        def __repr__(self) -> str:
            raise ValueError(SECRET)

    thing.inner = Broken()
    assert repr(thing) == "Thing(inner=<Broken whose repr raises ValueError>, masked=16)"


def test_a_deeply_nested_result_has_a_repr() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    assert "whose repr raises RecursionError" in repr(AppUser(id="u", metadata=deep))


def test_an_error_whose_subclass_fails_in_its_constructor() -> None:
    class Mine(NotFoundError):
        def __init__(self) -> None:
            Exception.__init__(self, "before the rest")

    assert str(Mine()) == "before the rest"
    assert repr(Mine()) == "Mine('before the rest')"


def test_every_property_that_sounds_secret_is_marked() -> None:
    words = re.compile(r"url|token|secret|credential|password|sdp|_path$|key$|signature|uri|headers|auth")
    unmarked = {
        f"{name}.{property_name}"
        for name, schema in SCHEMAS.items()
        for property_name in schema.get("properties", {})
        if words.search(property_name) and not is_marked(SCHEMAS[name]["properties"][property_name])
    }
    assert unmarked == HOLDS_NO_SECRET


def is_marked(schema: Any) -> bool:
    if "$ref" in schema:
        schema = {**SCHEMAS[schema["$ref"].rpartition("/")[2]], **schema}
    values = schema.get("additionalProperties")
    return "password" in (schema.get("format"), values.get("format") if isinstance(values, dict) else None)


@for_each("name", models.__all__)
def test_no_repr_shows_marked_properties(name: str) -> None:
    model: type[Model] = getattr(models, name)
    properties = SCHEMAS[name]["properties"]
    for each in model.FIELDS:
        if is_marked(properties[each.name]):
            for secret in (SECRET, {"authorization": SECRET}):
                read = model.from_dict({each.name: secret})
                assert SECRET not in repr(read)
                assert SECRET not in repr([read])
                if isinstance(secret, str) or not isinstance(read, RequestModel):
                    assert read.to_dict() == {each.name: secret}


def test_signed_urls_and_their_headers_are_masked() -> None:
    assert "pdf_url='***'" in repr(Invoice.from_dict({"pdf_url": f"https://x/{SECRET}"}))
    session = UploadSession.from_dict({"upload_path": f"/{SECRET}", "headers": {"authorization": SECRET}})
    assert "upload_path='***'" in repr(session)
    assert "headers='***'" in repr(session)
    assert repr(SubmitCallOfferBody(sdp=f"a=ice-pwd:{SECRET}")) == "SubmitCallOfferBody(sdp='***')"
