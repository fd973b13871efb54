"""A small FastAPI application on OrbitConnect, and its tests."""
