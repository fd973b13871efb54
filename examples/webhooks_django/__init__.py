"""An example: webhooks in a Django project."""
