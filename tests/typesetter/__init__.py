"""The typesetter of the bundled corpus and of the documents that tests make.

``invent`` makes a disclosure whose figures hold together, ``plant`` puts a slip into it,
``typeset`` sets it as a PDF, ``truth`` says what stands there, ``read`` and ``write`` keep it as a
data file.  ``python -m tests.typesetter`` sets ``data/sample`` again.
"""

from tests.typesetter.families import load_family
from tests.typesetter.invent import invent
from tests.typesetter.model import Disclosure, Fact, Style
from tests.typesetter.pdf import typeset
from tests.typesetter.slips import KINDS as SLIPS
from tests.typesetter.slips import Slip, plant
from tests.typesetter.styles import STYLES
from tests.typesetter.truth import from_truth, read, truth, write

__all__ = [
    "SLIPS",
    "STYLES",
    "Disclosure",
    "Fact",
    "Slip",
    "Style",
    "from_truth",
    "invent",
    "load_family",
    "plant",
    "read",
    "truth",
    "typeset",
    "write",
]
