"""Where the library is kept: the only room that knows SQL and TinyDB."""
