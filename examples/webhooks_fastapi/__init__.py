"""An example: webhooks in a FastAPI application."""
