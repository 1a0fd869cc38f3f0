"""Where the recipe reads and writes: the shared data (never copied) and the git-ignored work folder."""

from __future__ import annotations

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
MODELS = REPOSITORY / "models"


def data_root() -> Path:
    """Return the folder that holds ``parallel/``, ``taxonomy/`` and ``bench/``.

    The environment variable ``SKILLMATCH_DATA`` names it; the default is ``../shared/data`` beside the repository.

    Raises:
        FileNotFoundError: When that folder does not exist.
    """
    root = Path(os.environ.get("SKILLMATCH_DATA", str(REPOSITORY.parent / "shared" / "data")))
    if not root.is_dir():
        raise FileNotFoundError(f"no data at {root}; set SKILLMATCH_DATA to the folder that holds parallel/ and bench/")
    return root


def work_folder(name: str) -> Path:
    """Return ``models/work/<name>`` (created when missing): checkpoints and caches, all of it reproducible.

    Raises:
        OSError: When the folder cannot be created.
    """
    folder = Path(os.environ.get("SKILLMATCH_WORK", str(MODELS / "work"))) / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
