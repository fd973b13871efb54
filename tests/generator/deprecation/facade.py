"""A facade for the contract beside this file. Warnings see it as a part of the SDK."""

from __future__ import annotations

from typing import Any

from orbitconnect_api.api.things import archive_thing, create_thing, delete_thing, list_things

from orbitconnect._facade.hints import with_hints
from orbitconnect_api.deprecation import deprecated
from orbitconnect_api.event_handlers import EventHandlers, Registration
from orbitconnect_api.models import CreateThingBody, Paint, Thing

__name__ = "orbitconnect.things"


@with_hints("orbit.things")
class Things:
    def __init__(self, raw: Any) -> None:
        self._raw = raw

    def create(self, *, color: str = "red", colour: str | None = None, paint: Any = None) -> Thing:
        body = CreateThingBody(color=color, paint=paint or {})
        if colour is not None:
            body = CreateThingBody(colour=colour)
        return create_thing.sync(client=self._raw, body=body)

    def list(self, max_items: int | None = None) -> list[Thing]:
        return list_things.sync(client=self._raw, max_items=max_items)

    @deprecated(
        "`orbit.things.delete` is deprecated since 1.2.0: use `orbit.things.archive`. It will be removed in 2.0.0."
    )
    def delete(self, thing_id: str) -> None:
        self._raw.execute(delete_thing.build(thing_id))

    def replace(self, thing_id: str) -> str | None:
        """A flow of the SDK, which uses deprecated parts."""
        self.delete(thing_id)
        self.list(max_items=1)
        Paint(shade="dark")
        return self.create(colour="blue").colour


@with_hints("orbit.things")
class AsyncThings:
    def __init__(self, raw: Any) -> None:
        self._raw = raw

    async def create(self, *, colour: str | None = None, paint: Any = None) -> Thing:
        body = CreateThingBody(colour=colour, paint=paint or {})
        return await create_thing.asyncio(client=self._raw, body=body)

    @deprecated(
        "`orbit.things.delete` is deprecated since 1.2.0: use `orbit.things.archive`. It will be removed in 2.0.0."
    )
    async def delete(self, thing_id: str) -> None:
        await self._raw.execute(delete_thing.build(thing_id))

    async def archive(self, thing_id: str) -> None:
        await archive_thing.asyncio(thing_id, client=self._raw)

    async def replace(self, thing_id: str) -> str | None:
        """A flow of the SDK, which uses deprecated parts."""
        await self.delete(thing_id)
        return (await self.create(colour="blue")).colour


class Events(EventHandlers):
    __slots__ = ()

    def _registration(self, event_types: tuple[str, ...], *, unlisted: bool) -> Registration[Any]:
        return lambda handler: handler
