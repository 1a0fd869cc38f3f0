"""``python -m models.train``: the recipes, one command per step; every step resumes where it was stopped."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import typer
from tokenizers import Tokenizer

from models.recipe import card
from models.recipe.body_packaging import package_body_checkpoint, package_tuned
from models.recipe.body_training import default_stages, train_body
from models.recipe.body_vocabulary import write_body_vocabulary
from models.recipe.packaging import WEIGHTS_FILE, sha256_of, write_static_encoder
from models.recipe.pieces import write_pieces
from models.recipe.places import data_root, work_folder
from models.recipe.static_training import StaticRecipe, train_static
from models.recipe.static_tuning import StaticTuningRecipe, package_tuned_static
from models.recipe.static_tuning import tune_static as run_static_tuning
from models.recipe.teacher import write_vectors
from models.recipe.tuning import TuningRecipe
from models.recipe.tuning import tune as run_tuning

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__)


@app.command()
def teacher(worker: int = 0, n_workers: int = 1) -> None:
    """Write the teacher's vectors of all English training texts (about 8 minutes on two cores with bf16)."""
    write_vectors(worker, n_workers)


@app.command()
def pieces() -> None:
    """Learn the piece vocabulary of the static encoder (about 2 minutes)."""
    write_pieces()


@app.command()
def static(epochs: int = 6, threads: int = 2) -> None:
    """Train the static encoder (about 8 minutes on two cores; needs `teacher` and `pieces`)."""
    typer.echo(train_static(StaticRecipe(epochs=epochs), threads))


@app.command()
def package_static(folder: Path, rows: Path | None = None) -> None:
    """Write the trained static encoder as a sentence-transformers folder."""
    work = work_folder("static")
    trained = np.load(rows or work / "rows.npy").astype(np.float32)
    write_static_encoder(trained, Tokenizer.from_file(str(work / "tokenizer.json")), folder)
    typer.echo(f"{folder / WEIGHTS_FILE}: sha256 {sha256_of(folder / WEIGHTS_FILE)}")


@app.command()
def body_vocabulary() -> None:
    """Extend the teacher's vocabulary (about a minute; needs `pieces`)."""
    typer.echo(write_body_vocabulary()[0])


@app.command()
def body(rows_steps: int = 500, whole_steps: int = 500, domain_steps: int = 1200, threads: int = 2) -> None:
    """Train the transformer student (routes a and c; about an hour on two free cores; needs `static`).

    Needs `body-vocabulary`, too. A finished stage is not run again; a step count of 0 leaves a stage out.
    """
    typer.echo(train_body(default_stages(rows_steps, whole_steps, domain_steps), threads))


@app.command()
def package_body(folder: Path) -> None:
    """Write the trained transformer student as a sentence-transformers folder (float16 weights)."""
    package_body_checkpoint(folder)
    typer.echo(f"{folder / WEIGHTS_FILE}: sha256 {sha256_of(folder / WEIGHTS_FILE)}")


@app.command()
def tune(steps: int = TuningRecipe.steps, threads: int = 1) -> None:
    """Go on training the shipped transformer: titles, skills and courses (needs nothing but the shared data).

    Goes on after the last checkpoint with the step count that it was begun with.
    """
    typer.echo(run_tuning(TuningRecipe(steps=steps), threads))


@app.command()
def tune_static(steps: int = StaticTuningRecipe.steps, threads: int = 1) -> None:
    """Go on training the shipped static encoder on the same material (about 3 minutes of one core)."""
    typer.echo(run_static_tuning(StaticTuningRecipe(steps=steps), threads))


@app.command()
def package_static_mixed(folder: Path, tuned_share: float = 0.7, rows: Path | None = None) -> None:
    """Write the mean of the tuned and the shipped static encoder as a sentence-transformers folder (int8 rows)."""
    package_tuned_static(folder, rows or work_folder("static-tuning") / "rows.npy", tuned_share)
    typer.echo(f"{folder / WEIGHTS_FILE}: sha256 {sha256_of(folder / WEIGHTS_FILE)}")


@app.command()
def package_mixed(folder: Path, tuned_share: float = 0.6) -> None:
    """Write the mean of the tuned and the shipped transformer as a sentence-transformers folder (float16 weights)."""
    package_tuned(folder, tuned_share)
    typer.echo(f"{folder / WEIGHTS_FILE}: sha256 {sha256_of(folder / WEIGHTS_FILE)}")


@app.command()
def data_table() -> None:
    """Print the training files with licence and SHA-256, as the model cards hold them."""
    typer.echo(card.data_table(data_root()))


if __name__ == "__main__":
    app()
