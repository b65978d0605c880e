"""The review's own templates: the shells of its pages, and the index of an archive."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.stages.render import OURS

TEMPLATES = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    # The published page's style is found beside our own templates: the archive looks like its pages.
    return Environment(
        loader=FileSystemLoader([TEMPLATES, OURS]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def filled(template: str, **values: object) -> str:
    """A template with its values; everything put out is escaped."""
    return _environment().get_template(template).render(**values).rstrip() + "\n"
