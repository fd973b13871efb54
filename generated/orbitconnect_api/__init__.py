"""The raw client of the OrbitConnect API: one module per operation in `api`, one module per model in `models`.

It is generated from the contract, and has exactly the contract's operations and fields. Its functions take the `raw`
attribute of a client, which provides the secret key, retries, signing and errors:

    from orbitconnect import OrbitServer
    from orbitconnect_api.api.users import create_app_user
    from orbitconnect_api.models import CreateAppUserBody

    orbit = OrbitServer()
    user = create_app_user.sync(
        client=orbit.raw, body=CreateAppUserBody(external_id="your_db_user_id", display_name="Alice")
    )
"""

from .types import UNSET, AsyncClient, Client, Operation, Request, Response, UnexpectedData, Unset

__all__ = ["UNSET", "AsyncClient", "Request", "Client", "Operation", "Response", "UnexpectedData", "Unset"]
