"""Each marked line has a mistake that type checkers must report. test_typing.py runs mypy on this file."""

from datetime import datetime

from orbitconnect import AsyncOrbitServer, OrbitServer
from orbitconnect_api.api.users import create_app_user
from orbitconnect_api.models import CreateAppUserBody

orbit = OrbitServer()

orbit.users.create(external_id=7, display_name="Alice")  # E: "int"; expected "str"
orbit.users.create("your_db_user_id", "Alice")  # E: Too many positional arguments
orbit.users.create(external_id="e")  # E: Missing named argument "display_name"
orbit.users.create(external_id="e", display_name="d", metadata="x")  # E: "str"; expected "Mapping[str, Any] | None"
orbit.users.update("u", display_name=None)  # E: "None"; expected
orbit.conversations.create(type="direct", participant_ids=["u"], acting_user_id="a")  # E: No overload variant
orbit.conversations.create(type="group", participant_id="u", acting_user_id="a")  # E: No overload variant
orbit.conversations.add_participant("c", "u", "a")  # E: Too many positional arguments
orbit.messages.sync("c", 1767605400, acting_user_id="a")  # E: "int"; expected "datetime | date | str"
orbit.messages.send({"conversation_id": "c", "content": "Hi"}, "a")  # E: Too many positional arguments
orbit.messages.list("c", actingUserId="a")  # E: Unexpected keyword argument "actingUserId"
orbit.conversations.update("c", data={"metadata": {}}, acting_user_id="a")  # E: Unexpected keyword argument "data"
orbit.users.createToken("u")  # E: "Users" has no attribute "createToken"
orbit.messages.list("c", limit="5", acting_user_id="a")  # E: "str"; expected "int | None"
orbit.billing.top_up("10")  # E: "str"; expected "float"
orbit.users.get("u").nickname  # E: "AppUser" has no attribute "nickname"
orbit.nothing  # E: "OrbitServer" has no attribute "nothing"
alice = CreateAppUserBody(external_id="e", display_name="d")
create_app_user.sync(client=AsyncOrbitServer().raw, body=alice)  # E: expected "Client"
create_app_user.sync(client=orbit.raw, body={"external_id": "e"})  # E: expected "CreateAppUserBody"
CreateAppUserBody(external_id="e")  # E: Missing named argument "display_name"
CreateAppUserBody("e", "d")  # E: Too many positional arguments


async def asynchronous() -> None:
    async_orbit = AsyncOrbitServer()
    (await async_orbit.users.get("u")).id.upper()
    async_orbit.users.get("u").id  # E: "Coroutine[Any, Any, AppUser]" has no attribute "id"
    await orbit.users.get("u")  # E: Incompatible types in "await"


user_id: str = orbit.users.get("u").id
created: datetime | None = orbit.users.get("u").created_at
names: list[str | None] = [user.display_name for user in orbit.users.list()]
