"""Makes the pipeline that is bundled from what was trained, and swaps it into place."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import ruler
import spacy
from spacy.language import Language

EXCEPTIONS: dict[str, tuple[str, ...]] = {
    "wanna": ("wan", "na"),
    "lotta": ("lot", "ta"),
    "etc.": ("etc.",),
    "al.": ("al.",),
    "e-mail": ("e-mail",),
    "e-mails": ("e-mails",),
    "co-founder": ("co-founder",),
    "co-chair": ("co-chair",),
    "co-op": ("co-op",),
    **{
        f"{title}.": (f"{title}.",)
        for title in ("mr", "mrs", "ms", "dr", "prof", "jr", "sr", "gen", "sen", "rep", "gov")
    },
}
"""Where the treebank splits words otherwise than spaCy's English does."""


def add_exceptions(nlp: Language) -> None:
    """Teaches the tokenizer :data:`EXCEPTIONS`, in small letters and with a capital."""
    for word, parts in EXCEPTIONS.items():
        for text in {word, word.capitalize()}:
            sizes = [len(part) for part in parts]
            cuts = [text[sum(sizes[:i]) : sum(sizes[: i + 1])] for i in range(len(parts))]
            nlp.tokenizer.add_special_case(text, [{"ORTH": part} for part in cuts])


def add_rulers(nlp: Language) -> None:
    """Sets the patterns of :mod:`ruler` around `ner`."""
    settings = {"overwrite_ents": False, "phrase_matcher_attr": "LOWER"}
    nlp.add_pipe("entity_ruler", name="certain_names", before="ner", config=settings).add_patterns(ruler.certain())
    nlp.add_pipe("entity_ruler", name="listed_names", after="ner", config=settings).add_patterns(ruler.gaps())


def finish(trained: Path, version: str) -> Language:
    """The trained pipeline with the patterns beside `ner`, the tokenizer's exceptions and its description."""
    nlp = spacy.load(trained)
    nlp.disable_pipe("senter")  # as good as the parser with punctuation, worse without: the parser sets the sentences
    add_rulers(nlp)
    add_exceptions(nlp)
    nlp.meta.update(
        name="afterword_spoken",
        version=version,
        description="English as it is spoken in meetings: tags, morphology, lemmas, UD trees, sentences and names.",
        license="CC BY-SA 4.0",
        author="The Afterword project",
        sources=_sources(),
    )
    nlp.meta["performance"] = {}
    for key in ("train", "dev", "raw_text", "init_tok2vec"):
        nlp.config["paths"][key] = None
    return nlp


def _sources() -> list[dict[str, Any]]:
    gum = "GUM 11.1, the genres academic, bio, conversation, court, interview, news, speech, textbook, vlog and voyage"
    return [
        {
            "name": gum,
            "license": "CC BY 4.0 (annotations); CC BY, CC BY-SA (texts)",
            "author": "Amir Zeldes and others",
            "url": "https://gucorpling.org/gum/",
        },
        {
            "name": "QMSum, sentences (pretraining; contexts of names)",
            "license": "MIT",
            "author": "Ming Zhong and others",
            "url": "https://github.com/Yale-LILY/QMSum",
        },
        {
            "name": "Word lists and frames written for this project",
            "license": "as this project",
            "author": "Afterword",
            "url": "",
        },
    ]


def install(nlp: Language, target: Path) -> None:
    """Writes the pipeline beside `target` and swaps it in, keeping a model card that lies there."""
    beside, old = target.with_name(target.name + ".new"), target.with_name(target.name + ".old")
    for leftover in (beside, old):
        shutil.rmtree(leftover, ignore_errors=True)
    nlp.to_disk(beside)
    card = target / "README.md"
    if card.exists():
        shutil.copy(card, beside / "README.md")
    if target.exists():
        target.rename(old)
    beside.rename(target)
    shutil.rmtree(old, ignore_errors=True)
