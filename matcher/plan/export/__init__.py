"""A bundle of courses → documents for people (Markdown, DOCX) and for programs (CTDL, Open Badges), from one value."""
