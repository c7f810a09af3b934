"""Lessons: a class learns to read a budget, and to doubt one.

``use`` says which dataset a lesson is about, ``check`` says whether an answer is right or which of
the usual mistakes it is, ``guess`` takes a guess at a warm-up question, and ``solution`` shows a
solution after three tries.  ``report`` is the teacher's: what a class found of the errors in the
budgets of ``budgetkit plant --students``.  ``planted`` gives tables with three errors in them.
``ask`` and ``hand_in`` are those of the closing project.
"""

from budgetkit.lessons.ask import ask
from budgetkit.lessons.class_report import report
from budgetkit.lessons.classroom import check, guess, solution, use
from budgetkit.lessons.hand_in import hand_in
from budgetkit.lessons.planted_errors import planted

__all__ = ["ask", "check", "guess", "hand_in", "planted", "report", "solution", "use"]
