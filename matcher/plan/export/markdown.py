"""A filing sheet as Markdown (CommonMark with tables). Enters: a sheet. Leaves: text in which only our own markup is markup."""

from __future__ import annotations

from matcher.plan.export.filing_sheet import Grid, Heading, Items, Sheet
from matcher.plan.export.record import markdown


def markdown_of(sheet: Sheet) -> str:
    """The sheet as Markdown; ends with a line break."""
    parts = [f"# {markdown(sheet.title)}"]
    for block in sheet.blocks:
        if isinstance(block, Heading):
            parts.append(f"## {markdown(block.text)}")
        elif isinstance(block, Grid):
            parts.append(_table(block))
        elif isinstance(block, Items):
            parts.append("\n".join(f"- {markdown(item)}" for item in block.items))
        else:
            parts.append(markdown(block.text))
    return "\n\n".join(parts) + "\n"


def _table(grid: Grid) -> str:
    rows = [grid.header, tuple("---" for _ in grid.header), *grid.rows]
    lines = [
        "| " + " | ".join(cell if number == 1 else markdown(cell) for cell in row) + " |"
        for number, row in enumerate(rows)
    ]
    return "\n".join(lines)
