"""Regenerates `matcher/_gen` from `proto/`; with `--check` fails when the committed stubs differ.

Enters: the .proto sources and the descriptor of buf/validate that ships inside the protovalidate package (so no .proto of
others is copied here). Leaves: *_pb2.py, *_pb2.pyi, *_pb2_grpc.py, and `build/skillmatch.binpb`, the image that buf lints.
"""

from __future__ import annotations

import argparse
import filecmp
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from google.protobuf import descriptor_pb2
from google.protobuf.descriptor_pb2 import FileDescriptorSet

ROOT = Path(__file__).resolve().parent.parent
PROTO = ROOT / "proto"
GEN = ROOT / "matcher" / "_gen"
IMAGE = ROOT / "build" / "skillmatch.binpb"
WELL_KNOWN = ("descriptor", "duration", "field_mask", "timestamp", "any")


def imported_descriptors() -> FileDescriptorSet:
    """Descriptors of every file that ours import, from installed packages."""
    from google.protobuf import any_pb2, duration_pb2, field_mask_pb2, timestamp_pb2  # noqa: PLC0415
    from google.rpc import status_pb2  # noqa: PLC0415
    from google.type import date_pb2  # noqa: PLC0415
    from protovalidate._gen.buf.validate import validate_pb  # noqa: PLC0415

    image = FileDescriptorSet()
    for module in (descriptor_pb2, any_pb2, duration_pb2, field_mask_pb2, timestamp_pb2, status_pb2, date_pb2):
        module.DESCRIPTOR.CopyToProto(image.file.add())
    image.file.add().ParseFromString(validate_pb.desc().proto.to_binary())
    return image


def protoc(out: Path, imports: Path) -> None:
    """Writes all stubs below `out` and the lint image.

    Raises:
        CalledProcessError: protoc refused a source; its message is on standard error.
    """
    sources = sorted(str(p.relative_to(PROTO)) for p in PROTO.rglob("*.proto"))
    base = [sys.executable, "-m", "grpc_tools.protoc", f"-I{PROTO}", f"--descriptor_set_in={imports}"]
    subprocess.run([*base, f"--python_out={out}", f"--pyi_out={out}", f"--grpc_python_out={out}", *sources], check=True)  # noqa: S603
    subprocess.run(  # noqa: S603
        [*base, f"--python_out={out}", f"--pyi_out={out}", "buf/validate/validate.proto"], check=True
    )
    IMAGE.parent.mkdir(exist_ok=True)
    subprocess.run([*base, "--include_imports", "--include_source_info", f"-o{IMAGE}", *sources], check=True)  # noqa: S603


def localise(out: Path) -> None:
    """Points the generated imports at `matcher._gen`, so that no top-level package `buf` or `skillmatch` is claimed."""
    for path in [*out.rglob("*.py"), *out.rglob("*.pyi")]:
        text = path.read_text()
        for package in ("skillmatch.v1", "buf.validate"):
            text = text.replace(f"from {package} import", f"from matcher._gen.{package} import")
        path.write_text(text)
    for folder in [out, *[p for p in out.rglob("*") if p.is_dir()]]:
        (folder / "__init__.py").write_text('"""Generated from proto/ by tools/generate_stubs.py; do not edit."""\n')


def differing(left: Path, right: Path) -> list[str]:
    """Relative paths that stand on one side only or differ."""
    names = {str(p.relative_to(r)) for r in (left, right) for p in r.rglob("*.py*") if "__pycache__" not in p.parts}
    return sorted(
        n
        for n in names
        if not ((left / n).exists() and (right / n).exists() and filecmp.cmp(left / n, right / n, False))
    )


def main() -> int:
    """Generates or checks; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail when the committed stubs are not what proto/ gives")
    check = parser.parse_args().check
    with tempfile.TemporaryDirectory() as temp:
        imports = Path(temp) / "imports.binpb"
        imports.write_bytes(imported_descriptors().SerializeToString())
        out = Path(temp) / "gen"
        out.mkdir()
        protoc(out, imports)
        localise(out)
        changed = differing(out, GEN)
        if not check:
            shutil.rmtree(GEN, ignore_errors=True)
            shutil.copytree(out, GEN)
    if check and changed:
        print("stale stubs, run `make stubs`:", *changed, sep="\n  ")
        return 1
    print("stubs: up to date" if not changed else f"stubs: {len(changed)} files regenerated")
    return 0


if __name__ == "__main__":
    sys.exit(main())
