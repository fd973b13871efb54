"""The secret and the limit of `wsgi_app` and `asgi_app`."""

SECRET = "whsec_of_the_tests"
LIMIT = 100_000
