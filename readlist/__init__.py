"""readlist: a reading list for research papers, in the terminal."""

__version__ = "0.1.0"
"""The version of the package; the build reads it from here."""
