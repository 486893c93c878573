"""Settings, addresses, servers: the only room that knows them all."""
