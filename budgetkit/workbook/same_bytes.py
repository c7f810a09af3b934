"""Office files without the time of their making: the same content, the same bytes."""

from __future__ import annotations

import io
import shutil
import zipfile
from datetime import datetime

#: The earliest time that a ZIP file can hold, for every part; and what documents are dated.
EPOCH = (1980, 1, 1, 0, 0, 0)
MADE = datetime(*EPOCH)
#: Control characters that XML forbids; they are left out.
FORBIDDEN = dict.fromkeys(
    [code for code in range(32) if chr(code) not in "\t\n\r"]
    + [*range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
)


def without_times(office_file: bytes) -> bytes:
    """Return an office file whose parts are all dated the same.

    Examples
    --------
    >>> made = io.BytesIO()
    >>> with zipfile.ZipFile(made, "w") as archive:
    ...     archive.writestr("a.xml", "<a/>")
    >>> zipfile.ZipFile(io.BytesIO(without_times(made.getvalue()))).infolist()[0].date_time
    (1980, 1, 1, 0, 0, 0)
    """
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(office_file)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = zipfile.ZipInfo(name, EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0
            # A sheet is twenty times as long as its file: piece by piece.
            part.file_size = old.getinfo(name).file_size
            with old.open(name) as content, new.open(part, "w") as copy:
                shutil.copyfileobj(content, copy)
    return out.getvalue()


def as_xml_text(text: str) -> str:
    r"""Leave out the characters that no XML file may hold.

    Examples
    --------
    >>> as_xml_text("a\x00b\x0bc")
    'abc'
    """
    return text if text.isprintable() else text.translate(FORBIDDEN)
