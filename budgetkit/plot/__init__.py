"""Building blocks for figures: each takes a frame and an axes, and gives the axes back.

``ranked``, ``dumbbell``, ``trend``, ``share``, ``distribution``, ``icicle``, ``projects``, ``flow``
and ``waterfall`` draw; ``drawn`` gives what an axes shows as a frame again, with the places where
each figure is printed.  All write their sources, and what is not disclosed or was not read, below
the axes, and refuse to compare a department with its own unit.
"""

from budgetkit.plot.bars import projects, ranked
from budgetkit.plot.below import drawn
from budgetkit.plot.marks import distribution, dumbbell
from budgetkit.plot.over_years import trend
from budgetkit.plot.parts import share
from budgetkit.plot.steps import waterfall
from budgetkit.plot.streams import flow
from budgetkit.plot.tree import icicle

__all__ = [
    "distribution", "drawn", "dumbbell", "flow", "icicle", "projects", "ranked", "share", "trend",
    "waterfall",
]  # fmt: skip
