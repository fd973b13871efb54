"""Generates code from the contract, `openapi/orbit.yaml`, and `_sync` folders from the `_async` folders beside them.

The code generated from the contract goes to `generated/orbitconnect_api/`. The generator imports neither `orbitconnect`
nor the code that it generates.
"""
