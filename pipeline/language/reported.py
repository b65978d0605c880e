"""Careful English from spoken sentences: the one door to the rules in `pipeline.language.wording`.

Spoken first person becomes third-person reported speech under one scheme: a past reporting verb, and every finite
verb after it set back by a tense (present to past, "will" to "would"; a simple past stays). Where the parse is
doubtful, or a pronoun has nothing to stand for, the answer is None: no sentence is better than a wrong one.
"""

from pipeline.language.wording.clean import clean
from pipeline.language.wording.compress import compress
from pipeline.language.wording.plain import join_and, sentence_case
from pipeline.language.wording.report import report
from pipeline.language.wording.topics import noun_phrase, question_topic

__all__ = ["clean", "compress", "join_and", "noun_phrase", "question_topic", "report", "sentence_case"]
