"""Which number format a transformer computes in: decided by the configuration, or by what the machine is quick at."""

from __future__ import annotations

from typing import Any


def number_format(precision: str, device: str) -> Any:
    """The torch dtype of a configured precision ("auto", "fp32", "bf16" or "fp16") on a device ("cpu" or "cuda")."""
    import torch  # noqa: PLC0415  (seconds to import; commands that do not embed should not pay)

    if precision == "auto" and device == "cuda":
        # including_emulation would say yes to GPUs that compute bf16 slower than fp16
        return torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else torch.float16
    if precision == "auto":
        # Only AMX multiplies matrices in bf16 faster. avx512_bf16 alone is slower than fp32: skillmatch-mini-384, 11 tokens a
        # text, 300 against 480 texts/s on one core (Xeon with AMX masked, processor time, 2026-11-30)
        return torch.bfloat16 if torch.cpu.get_capabilities().get("amx_bf16") else torch.float32
    return {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}[precision]
