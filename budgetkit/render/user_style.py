"""The style of the figures, for a user's own plots."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from budgetkit.render.charts import settings


class Style:
    """What :func:`style` has set; as a context it sets back what was there before."""

    def __init__(self, before: Any) -> None:
        self._before = before

    def __enter__(self) -> Style:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        import matplotlib as mpl

        mpl.RcParams.update(mpl.rcParams, self._before)

    def __repr__(self) -> str:
        return "<budgetkit style: Noto Sans SC, colours for every kind of colour vision>"


def style(context: str = "paper") -> Style:
    """Make every plot of matplotlib, seaborn and pandas show Chinese, in the style of the reports.

    Parameters
    ----------
    context
        Of seaborn, for the size of type and lines: ``paper``, ``notebook``, ``talk`` or
        ``poster``.

    Returns
    -------
    Style
        It stays for the session; ``with bk.style(): ...`` sets it for some lines alone.  Call it
        after ``seaborn.set_theme``, which would replace the font.

    Raises
    ------
    BudgetkitError
        The font is not installed.

    Examples
    --------
    >>> import matplotlib as mpl
    >>> before = mpl.rcParams["font.family"]
    >>> with style():
    ...     mpl.rcParams["font.family"]
    ['Noto Sans SC']
    >>> mpl.rcParams["font.family"] == before
    True
    """
    import matplotlib as mpl

    # A backend is chosen when the first figure is made; asking for it here would choose one.
    before = {key: value for key, value in mpl.rcParams.copy().items() if key != "backend"}
    mpl.rcParams.update(settings(context))
    return Style(before)
