"""Tables as a workbook: headings, formats, filters, links, and what each column means."""
