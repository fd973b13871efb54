"""Makes the raw client, `generated/orbitconnect_api/`, from the contract, `openapi/orbit.yaml`."""
