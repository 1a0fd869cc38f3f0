"""Logs: JSON lines on standard error, so that standard output stays free for replies and reports."""

from __future__ import annotations

import logging
import sys

import structlog


def configure_logs() -> None:
    """Sets up structlog for a command; levels below INFO are dropped."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
