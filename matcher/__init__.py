"""Skills-matching service: reads résumés, syllabi and postings, finds their skills, and matches them any way round."""

__version__ = "0.1.0"
