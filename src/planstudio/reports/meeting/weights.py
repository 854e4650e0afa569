"""How much a word gives away: nothing for "the", little for "budget", much for a name or the number of a case.

Words that everybody uses are known by how often they are used, in English and
in Spanish; words of schools and boards count less. A name is known by its
capital inside a sentence, by a title before it, or by a first name; who stands
in a field for people is one in any case.
"""

from __future__ import annotations

import gzip
import json
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from planstudio import resources
from planstudio.reports.meeting.reading import Text, folded

ENOUGH = 3.0  # what the words of a finding weigh at least
STRONG, NAME, RARE_NAME, LABELLED = 3.0, 1.8, 2.6, 2.5
_PLAIN_WORD, _RARE, _RARER = 0.8, 1.2, 1.6
_STEPS = ((400_000, 0.0), (20_000, 0.5), (1_200, _PLAIN_WORD), (800, _RARE), (1, _RARER))  # used so often: weight
_FIELD = 0.5
_HASH = 2**64 - 1
_SELDOM = 150  # times a word is used, in the lists, that as a name is a rare one
_ACRONYM = re.compile(r"[A-Z]{2,5}s?")
_LONGEST_UNKNOWN = 30  # letters; longer is a digest or an address of a machine

_ENDINGS = re.compile(
    r"(?:ciones|cion|siones|sion|mente|idades|idad|ismos?|istas?|amientos?|imientos?|adores?|adoras?|ando|iendo|aron"
    r"|ieron|arian?|ables?|ibles?|icos?|icas?|ados?|adas?|idos?|idas?|ivos?|ivas?|osos?|osas?|ales"
    r"|ings?|tions?|ness|ments?|ers?|ed|ly|ables?|ists?|ities|ity|ized?|izing|ful|less|ship|wide)$"
)
_STARTS = re.compile(
    r"(?:pre|re|un|non|sub|over|under|multi|inter|co|anti|semi|extra|micro|auto|bi|des|sobre|super|mid)(?=[a-z]{4})"
)


_FORMS = ("ar", "er", "ir", "an", "en", "o", "ado", "ido", "ada", "ida")

_SIGNS = re.compile(
    r"i{2,3}|iv|vi{1,3}|ix|xi{1,3}|xi?v|xvi{0,3}|xx|et|seq|ibid|admin|dept|approx|www|http|https|html|pdf|docx|xlsx|email|fax|ext"
)


class _Counts:
    """How often words are used, without the words: the lists of two languages would take thirty megabytes."""

    def __init__(self, counts: dict[str, int]) -> None:
        rows = sorted((hash(word) & _HASH, times) for word, times in counts.items())
        self._hashes, self._times = array("Q", (row[0] for row in rows)), array("L", (row[1] for row in rows))

    def get(self, word: str) -> int:
        wanted = hash(word) & _HASH
        at = bisect_left(self._hashes, wanted)
        return self._times[at] if at < len(self._hashes) and self._hashes[at] == wanted else 0


@cache
def _used() -> _Counts:
    """How often a word is used, in the language that uses it more; accents left away."""
    import spellchecker

    folder, found = Path(spellchecker.__file__).parent / "resources", dict[str, int]()
    for language in ("es", "en"):
        for word, times in json.loads(gzip.decompress((folder / f"{language}.json.gz").read_bytes())).items():
            key = word if word.isascii() and word.isalpha() else folded(word) if word else ""
            if times > found.get(key, 0):
                found[key] = times
    return _Counts(found)


@cache
def listed(section: str) -> frozenset[str]:
    """The words of a section of our own list."""
    text = (resources.folder("spelling") / "telling.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    at = lines.index(f"[{section}]") + 1
    end = next((n for n in range(at, len(lines)) if lines[n].startswith("[")), len(lines))
    return frozenset(folded(word) for word in " ".join(lines[at:end]).split())


@cache
def weight(key: str) -> float:
    """What one word gives away by itself."""
    if key[0].isdigit():
        return _figure(key)
    if "@" in key:
        return STRONG
    if _SIGNS.fullmatch(key):
        return 0.0
    if any(sign.isdigit() for sign in key):
        return STRONG if len(key) > 5 else _RARE
    if key in listed("school") or key in listed("calendar") or len(key) == 1:
        return _FIELD if key in listed("school") else 0.0
    times = _used().get(key)
    worth = next((worth for least, worth in _STEPS if times >= least), None)
    return _rare(key) if worth is None else worth


def _rare(key: str) -> float:
    """What a word gives away that is hardly used: all, but where it is a known one in another form."""
    if len(key) <= 2:
        return _RARE
    stem = _STARTS.sub("", key)
    kin = (stem, key[:-1], key[:-2], stem[:-1], f"{key}s", *_bent(key))
    if any(_used().get(one) for one in kin if len(one) > 3) or (len(key) > 6 and _ENDINGS.search(key)):
        return _RARE
    return STRONG if len(key) <= _LONGEST_UNKNOWN else 0.0


def _bent(key: str) -> Iterator[str]:
    """A Spanish word in other forms: recomienda, recomendar; propone, proponer; salarial, salario."""
    for cut in (1, 2):
        stem = key[:-cut]
        for root in {stem, stem.replace("ue", "o"), stem.replace("ie", "e")}:
            if len(root) > 3:
                yield from (root + ending for ending in _FORMS)


def _figure(key: str) -> float:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", key):
        return _RARE
    if not key.isdecimal():
        return _RARE if sum(map(str.isdigit, key)) > 3 else 0.5
    telling = len(key.rstrip("0"))  # $100,000 stands in every budget, $12,450 does not
    if len(key) < 4 or 1900 <= int(key) <= 2100:
        return 0.3 if len(key) < 3 else 0.5
    return STRONG if telling >= 3 else 2.0 if telling == 2 else 1.2


def weights(text: Text, *, people: bool = False) -> list[float]:
    """What each word of *text* gives away where it stands; *people* where it is a field that holds a name."""
    worth = [weight(token.key) for token in text.tokens]
    named = _named(text, people)
    for n, token in enumerate(text.tokens):
        if _is_acronym(text, n):
            worth[n] = min(worth[n], _RARE)
        elif n in named:
            worth[n] = max(worth[n], RARE_NAME if _used().get(token.key) < _SELDOM else NAME)
        if token.key not in listed("school") and _is_titled(text, n):
            worth[n] = max(worth[n], STRONG)
        if _is_labelled(text, n):
            worth[n] = max(worth[n], LABELLED)
    return worth


def is_called(text: Text, n: int) -> bool:
    """Whether the word stands where people stand: Mr. Ek, Principal Ek, Ek v. the district."""
    ranked = n > 0 and text.tokens[n - 1].key in listed("ranks") and _capital(text, n - 1) and _capital(text, n)
    return ranked or _is_titled(text, n) or _is_party(text, n)


def _is_titled(text: Text, n: int) -> bool:
    return n > 0 and text.tokens[n - 1].key in listed("titles") and _capital(text, n)


def _is_party(text: Text, n: int) -> bool:
    """Rossi v. Alder Bend: who goes to court is named, whatever capitals stand around."""
    return n + 1 < len(text.tokens) and text.word(n + 1) in ("v", "vs") and _capital(text, n)


def _is_acronym(text: Text, n: int) -> bool:
    """IEP among other words; not a name in a line of capitals."""
    near = map(text.word, range(max(0, n - 1), min(n + 2, len(text.tokens))))
    return bool(_ACRONYM.fullmatch(text.word(n))) and sum(word.isupper() and len(word) > 1 for word in near) == 1


def _is_labelled(text: Text, n: int) -> bool:
    """Student 4471, Case No. 12-B, student J.D."""
    number = text.tokens[n].key[0].isdigit() and not re.fullmatch(r"(?:19|20)\d\d|\d", text.tokens[n].key)
    initials = re.fullmatch(r"(?:[A-Z]\. ?){2,4}|[A-Z]{2,3}", text.word(n)) is not None
    before = [token.key for token in text.tokens[max(0, n - 2) : n]]
    if before and before[-1] in ("no", "nr", "num", "numero", "number", "id"):
        before.pop()
    return (number or initials) and bool(before) and before[-1] in listed("labels")


def _named(text: Text, people: bool) -> set[int]:
    """The places of the words that are part of a name."""
    tokens = text.tokens
    capital = [_capital(text, n) for n in range(len(tokens))]
    fit = [capital[n] and _may_be_a_name(tokens[n].key) for n in range(len(tokens))]
    found: set[int] = set()
    for n, token in enumerate(tokens):
        joined = n > 0 and not re.search(r"[.!?:;\n]", text.text[tokens[n - 1].end : token.start].removeprefix("."))
        inside = joined and not _is_title_case(capital, tokens, n)
        if fit[n] and (people or inside or _is_party(text, n)):
            found.add(n)
        first = token.key in listed("first_names") and token.key not in listed("no_names")
        if fit[n] and first and n + 1 < len(tokens) and fit[n + 1]:
            found |= {n, n + 1}
    for n in range(len(tokens) - 1):  # a first name at the beginning of a sentence
        if fit[n] and n + 1 in found and _used().get(tokens[n].key) < 20_000:
            found.add(n)
    return found


def _is_title_case(capital: Sequence[bool], tokens: Sequence[object], n: int) -> bool:
    """Whether most words around have a capital, so that one says nothing."""
    near = [m for m in range(max(0, n - 4), min(len(tokens), n + 5)) if m != n]
    content = [m for m in near if weight(getattr(tokens[m], "key", "x")) > 0]
    return sum(capital[m] for m in content) * 2 > len(content) if len(content) > 1 else False


def _capital(text: Text, n: int) -> bool:
    return text.word(n)[:1].isupper()


@cache
def _may_be_a_name(key: str) -> bool:
    return key.isalpha() and len(key) > 1 and key not in listed("school") and weight(key) > 0
