"""``budgetkit demo``: the bundled corpus, from PDFs to reports.

The notebooks import this module, so that it imports nothing heavy before it runs.
"""

from __future__ import annotations

from pathlib import Path

from budgetkit.bundled import demo_dataset, sample_folder


def prepare(*, jobs: int = 1) -> Path:
    """Extract the bundled corpus, unless that is done already; the default of the notebooks.

    Returns
    -------
    Path
        Folder of the dataset.
    """
    from budgetkit.api import read_dataset
    from budgetkit.errors import UsageError
    from budgetkit.extraction.extract import extract

    folder = demo_dataset()
    try:
        read_dataset(folder)
    except UsageError:
        extract([sample_folder()], folder, jobs=jobs)
    return folder


def run_demo(out: str | Path, *, jobs: int = 1, lang: str = "zh") -> str:
    """Extract, audit and compare the bundled corpus, and make its reports.

    Parameters
    ----------
    out
        Folder to write the reports to.
    jobs
        Number of processes.
    lang
        ``zh`` or ``en``.

    Returns
    -------
    str
        What was done and where it is, for the user.
    """
    from budgetkit.api import read_dataset
    from budgetkit.checks.audit.run import audit
    from budgetkit.compare.write_comparison import write_comparison
    from budgetkit.extraction.extract import extract
    from budgetkit.report.render_reports import render_reports

    folder = demo_dataset()
    read = extract([sample_folder()], folder, jobs=jobs)
    dataset = read_dataset(folder)
    found = (audit(dataset)["status"] == "fail").sum()
    # The index of the reports links to the comparison if it lies in this folder.
    compared = write_comparison(dataset, Path(out) / "compare", lang=lang)
    done = render_reports(dataset, out, lang=lang, jobs=jobs)
    return (
        f"{len(read.documents)} disclosures read into {folder}\n"
        f"{found} findings of the audit: {folder / 'checks.csv'}\n"
        f"{compared.bureaus} bureaus compared: {compared.index}\n"
        f"{done.rendered} reports, {done.failed} failed: {done.index}"
    )
