"""A real OpenID Connect server for the tests: django-allauth's, in a process of its own."""
