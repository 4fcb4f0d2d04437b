"""Personal data: what may leave the process, and in which form."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping

import pandas as pd

from .. import settings
from .schema import FEATURES

# of this process alone, where no PSEUDONYM_KEY is set: a key that others know lets them find out whose row it was
OWN_KEY = secrets.token_hex()


def pseudonym(value: object) -> str:
    """A keyed hash, so that rows of one subject can be told to be the same without saying whose they are."""
    key = (os.environ.get("PSEUDONYM_KEY") or OWN_KEY).encode()
    return hmac.new(key, str(value).encode(), hashlib.sha256).hexdigest()[:16]


def loggable(row: Mapping[str, object]) -> dict[str, object]:
    """What of a row may stand in a log: the id as a pseudonym and nothing that the row says about anybody."""
    data = settings.model().data
    known = {data.id, data.label, *FEATURES, *data.protected}
    return {
        "row": None if row.get(data.id) in (None, "") else pseudonym(row[data.id]),
        "missing": sorted(name for name in FEATURES if is_missing(row.get(name))),
        "unknown_columns": len(set(row) - known),
    }


def is_missing(value: object) -> bool:
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))
