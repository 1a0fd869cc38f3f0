"""A filing sheet as a Word document. Enters: a sheet. Leaves: the bytes of a .docx file; the same sheet gives the same text."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from matcher.plan.export.filing_sheet import Grid, Heading, Items, Sheet
from matcher.plan.export.record import plain

FONT, CJK_FONT = "Calibri", "宋体"


def docx_of(sheet: Sheet) -> bytes:
    """The sheet as a .docx file. Text is written as runs, so that nothing in it is read as markup or as a field."""
    document = Document()
    _set_fonts(document)
    document.core_properties.title = plain(sheet.title)[:255]
    document.core_properties.author = "skillmatch"
    document.core_properties.comments = ""
    document.add_heading(plain(sheet.title), level=0)
    for block in sheet.blocks:
        if isinstance(block, Heading):
            document.add_heading(plain(block.text), level=1)
        elif isinstance(block, Grid):
            _add_table(document, block)
        elif isinstance(block, Items):
            for item in block.items:
                document.add_paragraph(plain(item), style="List Bullet")
        else:
            document.add_paragraph(plain(block.text))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _set_fonts(document: Any) -> None:
    """Latin and Chinese text in fonts that Word has everywhere."""
    normal = document.styles["Normal"]
    normal.font.name = FONT
    normal.font.size = Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), CJK_FONT)


def _add_table(document: Any, grid: Grid) -> None:
    has_header = any(grid.header)
    rows = [grid.header, *grid.rows] if has_header else list(grid.rows)
    table = document.add_table(rows=len(rows), cols=len(grid.header), style="Table Grid")
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = plain(text)
    if has_header and rows:
        for cell in table.rows[0].cells:
            for run in cell.paragraphs[0].runs:
                run.bold = True
