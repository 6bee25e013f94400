"""The main screen: each module is a part of what it does, and `screen` puts them together."""
