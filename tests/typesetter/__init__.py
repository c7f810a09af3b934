"""The typesetter of the bundled corpus and of the documents that tests make.

It is ``budgetkit.corpus``, and its slips ``budgetkit.plant``; here they have one name for tests.
``invent`` makes a disclosure whose figures hold together, ``plant`` puts a slip into it,
``typeset`` sets it as a PDF, ``truth`` says what stands there, ``read`` and ``write`` keep it as a
data file.  ``python -m tests.typesetter`` sets ``data/sample`` again.
"""

from budgetkit.corpus.families import load_family
from budgetkit.corpus.invent import invent
from budgetkit.corpus.model import Disclosure, Fact, Style
from budgetkit.corpus.styles import STYLES
from budgetkit.corpus.truth import from_truth, read, truth, write
from budgetkit.corpus.typeset import typeset
from budgetkit.plant.kinds import KINDS as SLIPS
from budgetkit.plant.kinds import plant
from budgetkit.plant.slip import Slip

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
