"""Profiles and vectors → ranked, explained matches: retrieve → filter → score → explain. Start reading at `score.py`."""
