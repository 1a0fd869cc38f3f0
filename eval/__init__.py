"""Benchmarks, metrics, gates and reports: ``python -m eval``."""
