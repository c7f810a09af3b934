"""What is painted, read from the picture of a page: a second witness, and the reader of scans.

The recogniser is an optional extra, ``pip install 'budgetkit[ocr]'``; nothing here imports it
before it is needed, and :mod:`~budgetkit.extraction.ocr.recogniser` alone knows its names.
"""
