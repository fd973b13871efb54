"""What the applications of `wsgi_app` and `asgi_app` share with the tests that call them."""

SECRET = "whsec_of_the_tests"
LIMIT = 100_000
