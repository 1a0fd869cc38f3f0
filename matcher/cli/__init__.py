"""The command line: a client of the running service, and the command that runs it."""

from matcher.cli.app import app

__all__ = ["app"]
