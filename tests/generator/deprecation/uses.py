"""Uses of deprecated parts. A mark at the end of a line says who reports it: `warns` Python, `checked` mypy.

Pyright reports the same lines and, in addition, all uses of a deprecated class and all reads of a deprecated property.
"""

from __future__ import annotations

import asyncio
import pickle
from typing import Any

import attrs
import facade
from orbitconnect_api.api.things import create_thing, delete_thing, list_things
from orbitconnect_api.models.wrapping import Wrapping  # checked

from orbitconnect_api.models import CreateThingBody, Paint, Thing
from orbitconnect_api.webhook_events import ThingMadeEvent, read_event  # checked


def operations(client: Any) -> None:
    delete_thing.sync("t1", client=client)  # checked, warns
    delete_thing.sync_detailed("t1", client=client)  # checked, warns
    for _ in range(3):
        delete_thing.sync("t1", client=client)  # checked, warns
    delete_thing.build("t1")
    list_things.sync(client=client, max_items=3)  # warns
    list_things.sync(client=client, limit=3, max_items=None)


def fields(client: Any) -> None:
    body = CreateThingBody(color="red", colour=None)  # warns
    CreateThingBody.from_dict({"colour": "red"})  # warns
    create_thing.sync(client=client, body=CreateThingBody(color="red", paint=Paint(name="red")))
    thing = create_thing.sync(client=client, body=CreateThingBody(color="red", paint={"shade": "dark"}))  # warns
    create_thing.sync(client=client, body=body)
    create_thing.sync(client=client, body=CreateThingBody(paint=Paint(shine="matt")))
    Paint(gloss="matt")  # warns
    create_thing.sync(client=client, body=CreateThingBody(paint={"self": "matt"}))  # warns
    wrapping = Wrapping(name="paper")  # warns
    create_thing.sync(client=client, body=CreateThingBody(wrapping=wrapping))
    assert thing.colour == "blue"  # warns
    thing.colour = "blue"  # checked, warns
    assert thing.to_dict() == {"id": "t1", "colour": "blue"}
    assert repr(thing) == "Thing(id='t1', color=None, colour='blue')"
    assert pickle.loads(pickle.dumps(thing)) == thing == Thing.from_dict({"id": "t1", "colour": "blue"})
    assert Thing(id="t1", colour="blue") == thing  # warns
    assert attrs.evolve(Thing(id="t1"), color="blue") == Thing(id="t1", color="blue")
    attrs.evolve(Thing(id="t1"), colour="blue")  # warns


def methods(client: Any) -> None:
    things = facade.Things(client)
    things.delete("t1")  # checked, warns
    things.create(colour="red")  # warns
    things.create(paint={"shade": "dark"})  # warns
    things.create(color="red", colour=None)
    things.list(3)  # warns
    things.list()
    things.replace("t1")


def events() -> None:
    events = facade.Events()
    events.on("thing.made")(print)  # checked, warns
    events.on("thing.created", "thing.made")(print)  # warns
    events.on("thing.created")(print)
    content = {"id": "e1", "type": "thing.made", "data": {"thing": {"id": "t1", "colour": "blue"}}}
    event = read_event(content, "e1")
    assert isinstance(event, ThingMadeEvent)
    assert event.to_dict() == content


async def asynchronous(client: Any) -> None:
    things = facade.AsyncThings(client)
    await delete_thing.asyncio("t1", client=client)  # checked, warns
    await things.delete("t1")  # checked, warns
    await things.archive("t1")
    task = asyncio.create_task(things.delete("t1"))  # checked, warns
    await asyncio.gather(
        task,
        things.create(colour="red"),  # warns
        delete_thing.asyncio_detailed("t1", client=client),  # checked, warns
    )
    await things.create(paint={"shade": "dark"})  # warns
    await things.replace("t1")
