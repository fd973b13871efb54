"""For the endpoint that receives webhooks: checks that a delivery comes from OrbitConnect.

    from orbitconnect.webhooks import SIGNATURE_HEADER, WebhookVerificationError, verify

    try:
        verify(raw_body, headers.get(SIGNATURE_HEADER), webhook_secret)
    except WebhookVerificationError:
        return 401

Give `verify` the raw body, byte for byte as it came: `request.get_data()` in Flask, `request.body` in Django,
`await request.body()` in FastAPI and Starlette. JSON that was parsed and serialised again has another signature.

The signature covers the body alone, neither a time nor a header. Whoever gets hold of a delivery can therefore send it
again: handle each event id once. `orbit.webhooks` registers endpoints; it is not needed here, nor is a client.
"""

from .signature import SIGNATURE_HEADER, WebhookVerificationError, sign, verify

__all__ = ["SIGNATURE_HEADER", "WebhookVerificationError", "sign", "verify"]
