"""Commands for a class: ``plant`` and ``lessons``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from budgetkit.cli.options import (
    Lang,
    app,
)
from budgetkit.console import say
from budgetkit.errors import UsageError


@app.command(
    "plant", epilog="Example: budgetkit plant --students 20 --seed 7 --errors 3 --out class"
)
def _plant(
    documents: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[DOCUMENT...]", help="Of the bundled corpus, by name or file; else all of it."
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="A new or empty folder to write.")
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="Only this kind; repeat it for several.")
    ] = None,
    errors: Annotated[
        int | None, typer.Option("--errors", min=1, help="Errors in each copy.")
    ] = None,
    students: Annotated[
        int | None, typer.Option("--students", min=1, help="Copies, one for each student.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same files.")] = 0,
    list_: Annotated[
        bool, typer.Option("--list", help="List the kinds of errors and end.")
    ] = False,
    lang: Lang = "zh",
) -> None:
    """Break copies of clean, invented disclosures in known ways, with a key.

    Without --errors there is a copy for each kind of error. With --students each gets a folder
    with a copy of three errors, its dataset and a sheet; the key is the teacher's.
    """
    from budgetkit.plant.kinds import described
    from budgetkit.plant.write_copies import write_planted
    from budgetkit.progress import watching
    from budgetkit.render.labels import Labels

    lang = Labels(lang).lang
    if list_:
        for name, words in described().items():
            what, shows = (words.zh, words.shows_zh) if lang == "zh" else (words.en, words.shows_en)
            say(f"{name}\t{what}\t{shows}")
        raise typer.Exit
    if out is None:
        raise UsageError("no folder is given", remedy="name one with --out FOLDER")
    with watching("copies") as watch:
        done = write_planted(
            documents or (),
            out,
            kinds=kind or (),
            errors=errors,
            students=students,
            seed=seed,
            watch=watch,
        )
    say(f"{done.copies} copies with {done.errors} errors; what they are: {done.key}")


lessons_app = typer.Typer(no_args_is_help=True, help="Lessons and answer keys, for a class.")
app.add_typer(lessons_app, name="lessons")


@lessons_app.command("build", epilog="Example: budgetkit lessons build --out class/lessons")
def _lessons_build(
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="Folder to write to, keys to keys/ in it. Without it, lessons go to "
            "notebooks/lessons of your project, and keys to its reports/lesson_keys.",
        ),
    ] = None,
    keys: Annotated[
        bool, typer.Option("--keys/--no-keys", help="Also the answer keys, for the teacher.")
    ] = True,
    dataset: Annotated[
        Path | None,
        typer.Option("--dataset", help="A dataset of yours: lessons about one of its documents."),
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", help="Which one: its name in the dataset.")
    ] = None,
) -> None:
    """Write the lessons in Chinese (zh/) and English (en/), and their answer keys.

    A lesson of the same name is replaced: what a student filled in belongs in another folder.
    With --dataset and --document only lessons that fit any document are written.
    """
    from budgetkit.bundled import project_folder
    from budgetkit.lessons.build import write_lessons
    from budgetkit.lessons.own_data import own_data
    from budgetkit.project.lay_out import own_notebooks

    own = None
    if dataset is not None or document is not None:
        if dataset is None or document is None or out is None:
            raise UsageError(
                "lessons about a document of your own need a dataset, a document and a folder",
                remedy="give --dataset FOLDER, --document NAME and --out FOLDER",
            )
        own = own_data(dataset, document)
    keys_out = project_folder() / "reports" / "lesson_keys" if out is None else out / "keys"
    out = out or own_notebooks() / "lessons"
    made = write_lessons(out, keys=keys, keys_out=keys_out, own=own)
    say(f"{len(made)} notebooks: {out}" + (f", keys: {keys_out}" if keys else ""))


@lessons_app.command("site", epilog="Example: budgetkit lessons site --out class/site")
def _lessons_site(
    out: Annotated[
        Path, typer.Option("--out", help="Folder to write; an earlier site in it is replaced.")
    ],
) -> None:
    """Write the lessons as pages for a phone, which need neither Python nor a network."""
    from budgetkit.lessons.phone.lesson_site import write_site
    from budgetkit.progress import watching

    with watching("pages") as watch:
        done = write_site(out, watch=watch)
    say(f"{done.pages} pages: {done.index}")


@lessons_app.command("slides", epilog="Example: budgetkit lessons slides --out class/slides")
def _lessons_slides(
    out: Annotated[
        Path, typer.Option("--out", help="Folder to write; earlier slides in it are replaced.")
    ],
) -> None:
    """Write the slides of each lesson as one page, which needs neither Python nor a network.

    Keys: arrows, Home and End; C shows the code of a step. Exercises come without answers.
    """
    from budgetkit.lessons.slides.slide_deck import write_slides
    from budgetkit.progress import watching

    with watching("lessons") as watch:
        done = write_slides(out, watch=watch)
    say(f"{done.slides} slides in {done.decks} pages: {done.folder}")
