"""How hard a text is to read: by the length of its sentences and of its words.

English: the grade of Flesch and Kincaid (1975). Spanish: the perspicuity of
Szigriszt Pazos (1993) on the INFLESZ scale of Barrio-Cantalejo (2008).
"""

from __future__ import annotations

import re

from planstudio.i18n import _
from planstudio.richtext import paragraphs

FEWEST = 20  # words; of fewer nothing can be said
_COLLEGE = 13  # the grade after the last of a school
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?…]+(?:\s|$)")
_ENGLISH = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouydt]ed|[^aeiouycghsxz]es)$")
_SPANISH = re.compile(r"[iuü]?[aeoáéó][iuyü]?|[íú]|[iuü]+|y$")


def level(markdown: str, language: str) -> str:
    """How hard *markdown* is to read, in words; "" where it is too short to say. *language* is "en", "es_US"…"""
    words, sentences = _counted(markdown)
    if len(words) < FEWEST:
        return ""
    long = len(words) / sentences
    if language.startswith("es"):
        syllables = sum(max(1, len(_SPANISH.findall(word))) for word in words)
        return _perspicuity(206.835 - 62.3 * syllables / len(words) - long)
    syllables = sum(max(1, len(_ENGLISH.findall(word)) - bool(_SILENT.search(word))) for word in words)
    grade = round(0.39 * long + 11.8 * syllables / len(words) - 15.59)
    if grade >= _COLLEGE:
        return _("reads like college")
    return _("reads like grade {n}").format(n=max(1, grade))


def _perspicuity(score: float) -> str:
    if score > 80:
        return _("very easy to read")
    if score > 65:
        return _("rather easy to read")
    if score > 55:
        return _("of usual difficulty")
    return _("rather hard to read") if score > 40 else _("very hard to read")


def _counted(markdown: str) -> tuple[list[str], int]:
    """The words of *markdown* and how many sentences they make; a paragraph or list entry ends one."""
    words: list[str] = []
    sentences = 0
    for paragraph in paragraphs(markdown):
        for part in _SENTENCE.split(paragraph):
            found = _WORD.findall(part.lower())
            words += found
            sentences += bool(found)
    return words, max(1, sentences)
