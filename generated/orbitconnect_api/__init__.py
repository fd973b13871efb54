"""The raw client of the OrbitConnect API: one module an operation under `api`, one model a module under `models`.

It is generated from the contract, so it has every operation and every field that the contract has, and nothing else. Its
functions take the `raw` of a client, which brings the key, the retries, the signing and the errors:

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
