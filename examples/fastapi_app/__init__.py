"""A small FastAPI application that uses OrbitConnect, and its tests."""
