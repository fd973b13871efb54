"""An example: webhooks in a Flask application."""
