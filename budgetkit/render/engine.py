"""A papermill engine that runs a notebook in the process that asks for it: no kernel to start.

The process is meant to be a worker that was forked from a prepared one and ends after its
notebook (:mod:`budgetkit.work.forkserver`), so whatever a notebook does to its process, the next
one starts clean.  Outputs are what a kernel would have sent.
"""

from __future__ import annotations

import base64
import contextlib
import io
import os
import tempfile
from collections.abc import Iterator
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.engines import Engine, NBClientEngine, papermill_engines
from traitlets.config import Config

#: What papermill calls it.
NAME = "budgetkit-inside"
#: Draws the figures of a cell at its end, as a kernel does.
MPL_BACKEND = "module://matplotlib_inline.backend_inline"

Outputs = list[NotebookNode]


def _as_sent(data: dict[str, Any]) -> dict[str, Any]:
    """Write pictures in Base64, as a kernel sends them."""
    return {
        kind: base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value
        for kind, value in data.items()
    }


class _Publisher(DisplayPublisher):
    """Keeps what is displayed."""

    outputs: Outputs

    def publish(self, data: Any, metadata: Any = None, source: Any = None, **_: Any) -> None:
        self.outputs.append(
            new_output("display_data", data=_as_sent(data), metadata=metadata or {})
        )

    def clear_output(self, wait: bool = False) -> None:
        self.outputs.clear()


class _Hook(DisplayHook):
    """Keeps the value of a cell's last line."""

    outputs: Outputs

    def write_output_prompt(self) -> None:
        """Nothing: an output has its number."""

    def write_format_data(
        self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None
    ) -> None:
        self.outputs.append(
            new_output(
                "execute_result",
                data=_as_sent(format_dict),
                metadata=md_dict or {},
                execution_count=self.prompt_count,
            )
        )

    def finish_displayhook(self) -> None:
        """Nothing is written, so nothing is flushed."""


class _Stream(io.TextIOBase):
    """Keeps what is printed, in order with what is shown."""

    def __init__(self, name: str, outputs: Outputs) -> None:
        self._name, self._outputs = name, outputs

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        last = self._outputs[-1] if self._outputs else None
        if last is not None and last.output_type == "stream" and last.name == self._name:
            last.text += text
        elif text:
            self._outputs.append(new_output("stream", name=self._name, text=text))
        return len(text)


class _Shell(InteractiveShell):
    """A shell that shows nothing and keeps everything."""

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no window to keep alive."""

    def _showtraceback(self, etype: type[BaseException], evalue: Any, stb: list[str]) -> None:
        error = new_output("error", ename=etype.__name__, evalue=str(evalue), traceback=list(stb))
        self.outputs.append(error)

    outputs: Outputs

    def collect(self, outputs: Outputs) -> None:
        """Keep from now on in this list."""
        part: Any
        self.outputs = outputs
        for part in (self.displayhook, self.display_pub):
            part.outputs = outputs


class InsideEngine(Engine):  # type: ignore[misc]
    """Runs cells in an IPython shell of this process, or by a kernel where there is one already."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> None:
        """Run the cells one after the other, up to the first that fails.

        Parameters
        ----------
        nb_man
            Of papermill: holds the notebook and keeps the state of each cell.
        kernel_name, **kwargs
            For a kernel, where one runs already.
        """
        if InteractiveShell.initialized():
            NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **kwargs)
            return
        with _shell() as shell:
            for index, cell in enumerate(nb_man.nb.cells):
                nb_man.cell_start(cell, index)
                try:
                    if not _run(shell, cell):
                        nb_man.cell_exception(cell, cell_index=index)
                        break
                finally:
                    nb_man.cell_complete(cell, cell_index=index)


@contextlib.contextmanager
def _shell() -> Iterator[Any]:
    os.environ["MPLBACKEND"] = MPL_BACKEND
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.xmode = "Context"
    with tempfile.TemporaryDirectory(prefix="budgetkit-ipython-") as folder:
        os.environ["IPYTHONDIR"] = folder
        shell = _Shell.instance(
            config=config, displayhook_class=_Hook, display_pub_class=_Publisher
        )
        try:
            shell.run_line_magic("matplotlib", "inline")
            yield shell
        finally:
            _Shell.clear_instance()
            _forget_backend()


def _forget_backend() -> None:
    """Let the next shell of this process set its picture formats up anew."""
    from matplotlib_inline import backend_inline
    from matplotlib_inline.config import InlineBackend

    InlineBackend.clear_instance()
    configure: Any = backend_inline.configure_inline_support
    configure.current_backend = "unset"


def _run(shell: Any, cell: NotebookNode) -> bool:
    """Run one cell; False where it failed."""
    if cell.cell_type != "code" or not cell.source.strip():
        return True
    outputs: Outputs = []
    shell.collect(outputs)
    streams = _Stream("stdout", outputs), _Stream("stderr", outputs)
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        done = shell.run_cell(cell.source, store_history=True)
    cell.execution_count = shell.execution_count - 1
    cell.outputs = outputs
    return bool(done.success)


def register() -> str:
    """Make the engine known to papermill, and return its name."""
    papermill_engines.register(NAME, InsideEngine)
    return NAME
