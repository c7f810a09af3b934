"""Third step: the text around the tables, from lines to what it says.

``textlines``, ``textblocks``, ``headings`` and ``paragraphs`` put the text together; ``identity``,
``profile``, ``staffing``, ``narrative``, ``items``, ``projects`` and ``mentions`` understand it;
``wordings`` holds the words that they look for, and ``gather`` calls them all.
"""
