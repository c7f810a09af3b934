"""Budget against final account in the words of one language, for reports and comparisons."""

from __future__ import annotations

from dataclasses import dataclass

from budgetkit.render.labels import Labels
from budgetkit.summary.execution import Execution, ExecutionGroup
from budgetkit.summary.execution_line import ExecutionLine


@dataclass(frozen=True, slots=True)
class ExecutionView:
    """A budget and its final account, ready to be shown.

    Attributes
    ----------
    say : Labels
        The words of the language.
    execution : Execution
        The two.
    """

    say: Labels
    execution: Execution

    @property
    def groups(self) -> tuple[ExecutionGroup, ...]:
        """The lines by table."""
        return self.execution.groups

    @property
    def whole(self) -> ExecutionLine | None:
        """The whole expenditure."""
        return self.execution.line("functional", "total")

    @property
    def has_adjusted(self) -> bool:
        """Whether the final account prints an adjusted budget."""
        return any("adjusted" in group.printed for group in self.groups)

    @property
    def sources(self) -> str:
        """The files of the budget and of the final account."""
        sides = (self.execution.budget, self.execution.final)
        return self.say.join(row["source"] for side in sides for row in side.documents)

    def name(self, kind: str, line: ExecutionLine) -> str:
        """Return the name of a line, without its code.

        Parameters
        ----------
        kind
            Of :data:`budgetkit.summary.execution.KINDS`.
        line
            Of that kind.

        Returns
        -------
        str
        """
        if kind == "three_public":
            return self.say(f"three.{line.code}")
        if line.code.isdigit():
            return self.say.code(kind, line.code, line.name)
        return self.say("exec.total" if line.code == "total" else line.code)

    def label(self, kind: str, line: ExecutionLine) -> str:
        """Return the name of a line, after its code where it has one.

        Parameters
        ----------
        kind, line
            As of :meth:`name`.

        Returns
        -------
        str
        """
        name = self.name(kind, line)
        return f"{line.code} {name}" if line.code.isdigit() else name

    def pages(self, line: ExecutionLine) -> str:
        """Return the pages of a line in the budget and in the final account."""
        sides = (line.budget, line.final)
        pages = (sorted({place.page for place in side.places}) if side else [] for side in sides)
        return " / ".join(", ".join(map(str, found)) or "—" for found in pages)
