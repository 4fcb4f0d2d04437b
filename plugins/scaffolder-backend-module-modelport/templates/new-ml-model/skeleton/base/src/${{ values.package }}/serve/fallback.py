"""What answers while the model cannot: the version before, and then a rule that is safe for people."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ..data.privacy import loggable
from ..model.predictor import Predictor

MOST_LOGGED = 20

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    scores: np.ndarray | None
    answered_by: str
    by: Predictor | None


class Answers:
    """Asks predictors one after the other, then nobody: the caller gets the rule of the service."""

    def __init__(
        self,
        steps: Sequence[tuple[str, Predictor | None]],
        on_error: Callable[[str], Any] = lambda where: None,
    ) -> None:
        self.steps = [(name, predictor) for name, predictor in steps if predictor is not None]
        self.on_error = on_error

    def ask(self, frame: pd.DataFrame) -> Answer:
        for name, predictor in self.steps:
            try:
                scores = predictor.predict(frame)
                if not np.isfinite(scores).all():
                    raise ValueError("the scores are not finite")
            except Exception as error:
                # the message may quote the row, so only its kind is logged
                log.warning("%s failed with %s", name, type(error).__name__)
                self.on_error(name)
            else:
                return Answer(scores=scores, answered_by=name, by=predictor)
        return Answer(scores=None, answered_by="rule", by=None)


def log_unanswered(frame: pd.DataFrame, answer: Answer) -> None:
    """Names rows that no model answered by their pseudonyms: they can be found, and nobody learns whose they are."""
    if answer.by is None:
        log.warning("no model answered %s", [loggable(row) for row in frame.head(MOST_LOGGED).to_dict("records")])


def load_or_none(folder: Path) -> Predictor | None:
    """A predictor, or none where its files are not there or are not what they should be."""
    try:
        return Predictor.load(folder)
    except (OSError, ValueError, KeyError) as error:
        log.warning("%s holds no model: %s", folder.name, type(error).__name__)
        return None


def version_of(folder: Path) -> str | None:
    """The version that a folder's predictor was fetched as; None for one that was trained here."""
    file = folder / "version"
    return file.read_text(encoding="utf-8").strip() if file.is_file() else None
