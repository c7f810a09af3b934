"""The typesetter: of the bundled corpus, of tests, of the copies that ``budgetkit plant`` breaks.

``invent`` makes a disclosure whose figures hold together, ``typeset`` sets it as a PDF, ``truth``
says what stands there, and reads and writes it as a data file; ``bureaus`` has the documents of the
corpus.
"""
