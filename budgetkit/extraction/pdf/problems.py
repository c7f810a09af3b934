"""What keeps the figures of a file or a page from being text.

``documents.error`` and ``pages.not_read`` say it in these words, for which the audit looks.
"""

from __future__ import annotations

#: Of a whole file: a scan, one that its owner locked, one that asks for a password.
NO_TEXT_LAYER = "has no text layer"
LOCKED = "its owner locked it against extraction of text"
ENCRYPTED = "is encrypted"
#: Of a page, of a table on it, and of what is drawn there.
IS_PICTURE, TABLE_IS_PICTURE = "it is a picture", "its table is a picture"
DRAWN_FIGURES, DRAWN_TEXT = "its figures are drawn as shapes", "its text is drawn as shapes"
#: Why the figures of a page are no text.
NOT_TEXT = (IS_PICTURE, TABLE_IS_PICTURE, DRAWN_FIGURES, DRAWN_TEXT)
