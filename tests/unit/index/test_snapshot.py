"""A snapshot is whole or refused, with the reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from matcher.index import snapshot
from matcher.index.snapshot import Snapshot, SnapshotProblem, SnapshotRefused

IDS = np.array([5, 2, 9], np.int64)
ROWS = np.eye(3, 4, dtype=np.float32)


def save(folder: Path, *, revision: int = 7, ids: np.ndarray = IDS) -> None:
    snapshot.write(
        folder, ids, ROWS, model_id="minilm", revision=revision, kind_name="flat", parameters={"kind": "flat"}
    )


def problem(folder: Path, **changes: Any) -> SnapshotProblem:
    read = snapshot.read(folder, **{"dim": 4, "model_id": "minilm", **changes})
    assert isinstance(read, SnapshotRefused)
    assert read.detail
    return read.problem


def test_what_was_written_is_read(tmp_path: Path) -> None:
    save(tmp_path / "a" / "b")
    read = snapshot.read(tmp_path / "a" / "b", dim=4, model_id="minilm", oldest_revision=7, newest_revision=7)
    assert isinstance(read, Snapshot)
    np.testing.assert_array_equal(read.ids, IDS)
    np.testing.assert_array_equal(read.rows, ROWS)
    manifest = read.manifest
    assert (manifest.revision, manifest.count, manifest.dim, manifest.model_id) == (7, 3, 4, "minilm")


def test_folder_without_snapshot_is_missing(tmp_path: Path) -> None:
    assert problem(tmp_path) is problem(tmp_path / "nowhere") is SnapshotProblem.MISSING


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"model_id": "other"}, SnapshotProblem.OTHER_MODEL),
        ({"dim": 5}, SnapshotProblem.OTHER_DIMENSION),
        ({"oldest_revision": 8}, SnapshotProblem.STALE),
        ({"newest_revision": 6}, SnapshotProblem.AHEAD),
    ],
)
def test_snapshot_that_does_not_fit_is_refused(
    tmp_path: Path, changes: dict[str, Any], expected: SnapshotProblem
) -> None:
    save(tmp_path)
    assert problem(tmp_path, **changes) is expected


def test_flipped_bit_is_torn(tmp_path: Path) -> None:
    save(tmp_path)
    (file,) = tmp_path.glob("data-*/rows.npy")
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(bytes(content))
    assert problem(tmp_path) is SnapshotProblem.TORN


@pytest.mark.parametrize("name", ["rows.npy", "ids.npy"])
def test_cut_or_missing_file_is_torn(tmp_path: Path, name: str) -> None:
    save(tmp_path)
    (file,) = tmp_path.glob(f"data-*/{name}")
    file.write_bytes(file.read_bytes()[:-3])
    assert problem(tmp_path) is SnapshotProblem.TORN
    file.unlink()
    assert problem(tmp_path) is SnapshotProblem.TORN


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 1}', "\ufffd\x00"])
def test_unreadable_manifest_is_torn(tmp_path: Path, text: str) -> None:
    save(tmp_path)
    (tmp_path / "manifest.json").write_text(text)
    assert problem(tmp_path) is SnapshotProblem.TORN


def test_manifest_cannot_point_outside_its_folder(tmp_path: Path) -> None:
    save(tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps({**manifest, "data": "../elsewhere"}))
    assert problem(tmp_path) is SnapshotProblem.TORN


def test_other_format_is_told_apart_from_damage(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"format": 2, "whatever": []}')
    assert problem(tmp_path) is SnapshotProblem.OTHER_FORMAT


def test_new_snapshot_replaces_the_old_one_and_its_data(tmp_path: Path) -> None:
    save(tmp_path, revision=7)
    save(tmp_path, revision=8, ids=np.array([1, 2, 3]))
    read = snapshot.read(tmp_path, dim=4, model_id="minilm")
    assert isinstance(read, Snapshot)
    assert (read.manifest.revision, read.ids.tolist()) == (8, [1, 2, 3])
    assert len(list(tmp_path.iterdir())) == 2  # manifest and one data folder


@pytest.mark.parametrize("step", ["_fsync", "_replace"])
def test_crash_while_writing_leaves_the_old_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    save(tmp_path, revision=7)

    def crash(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(snapshot, step, crash)
        with pytest.raises(OSError, match="disk full"):
            save(tmp_path, revision=8)
    read = snapshot.read(tmp_path, dim=4, model_id="minilm")
    assert isinstance(read, Snapshot)
    assert read.manifest.revision == 7
    save(tmp_path, revision=9)  # and clears away what the crash left
    assert len(list(tmp_path.iterdir())) == 2


def test_discard_leaves_nothing(tmp_path: Path) -> None:
    save(tmp_path)
    snapshot.discard(tmp_path)
    assert list(tmp_path.iterdir()) == []
    snapshot.discard(tmp_path / "nowhere")


def test_only_the_owner_may_read_the_data(tmp_path: Path) -> None:
    save(tmp_path)
    (folder,) = tmp_path.glob("data-*")
    assert folder.stat().st_mode & 0o077 == 0
