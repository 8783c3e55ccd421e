"""How the rooms are put together: settings, addresses, middleware, checks, the encrypted embedded database."""
