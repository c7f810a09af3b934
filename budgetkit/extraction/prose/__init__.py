"""The text around the tables, from lines to rows.

``body_lines``, ``layout``, ``headings`` and ``paragraphs`` put the text together; ``identity``,
``profile``, ``assets``, ``staffing``, ``narrative`` (by ``sentences`` and ``items``) and
``projects`` read it; ``wordings`` and ``dates`` hold the words and numbers that they look for.
``read_prose`` calls them all, ``page_rows`` writes the text itself as rows, and ``project_keys``
unites the projects of prose and tables.
"""
