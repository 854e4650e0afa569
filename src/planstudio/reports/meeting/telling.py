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
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from planstudio import resources
from planstudio.reports.meeting.reading import Text

ENOUGH = 3.0  # what the words of a finding weigh at least
STRONG, NAME, LABELLED = 3.0, 1.8, 3.0
_PLAIN_WORD, _RARE, _RARER = 0.8, 1.2, 1.6
_STEPS = ((400_000, 0.0), (20_000, 0.5), (1_200, _PLAIN_WORD), (800, _RARE), (1, _RARER))  # used so often: weight
_FIELD = 0.5
_LONGEST_UNKNOWN = 30  # letters; longer is a digest or an address of a machine

_SCHOOL = frozenset(
    # fmt: off
    """academy accountability administration administrative administrator adopt adopted adoption agenda agreement
    amendment appendix approval approve approved assessment assistant association attachment attendance attorney audit
    award bargaining bargain benefit benefits bid bids board bond boundary budget building bylaw calendar campus
    candidate certificated charter child children citizen class classified classroom closed coach code collective
    college committee community compensation complaint compliance conference consent consultant contract contractor
    council counsel counselor county course curriculum custodian deputy designee detention director discipline
    disclosure dismissal district draft education educational educator educators elementary employee employees
    employment enrollment evaluation exhibit expulsion facilities facility faculty federal finance financial fiscal
    fund funding funds government grade grades graduation grant grievance guardian handbook hearing high hire hiring
    human instruction instructional insurance item items kindergarten labor learning legal lease legislation liability
    librarian library litigation local mathematics meeting meetings member members memorandum middle minutes mission
    motion negotiation negotiations negotiator notice nurse officer operations order parent parents performance
    personnel plan planning policies policy position preschool president presentation principal procedure procedures
    professional program programs property proposal public purchase quarterly reading recommend recommendation
    recommended reference regular regulation release report representative representatives resignation resolution
    resources revenue revised revision safety salary schedule school schools science secretary section security
    semester service services session settlement site special staff staffing state statute strategic strategy street
    student students subject suite summary summer superintendent supervisor support suspension teacher teachers
    teaching technology termination testing title transportation treasurer trustee trustees union vendor vision
    vote workshop
    academia acta acuerdo administración administrador agenda alumna alumno alumnos anexo anual aprobación aprobar
    asamblea asistencia asociación aula beca biblioteca calendario cargo carta centro cláusula clase comité comisión
    comunidad confidencial consejo contrato contratista convenio cuenta curso demanda departamento despido dirección
    director directora disciplina distrito docente docentes educación educativo empleada empleado empleados enseñanza
    escolar escuela escuelas estatuto estrategia estudiante estudiantes evaluación expulsión familia familias finanzas
    fondo fondos gerente gobierno grado grados ingreso informe junta legal ley licitación litigio maestra maestras
    maestro maestros materia matrícula mesa meta metas ministerio moción negociación negociaciones oficina orden padres
    permiso personal plan política políticas presidenta presidente presupuesto primaria privada privado procedimiento
    profesor profesora profesores programa propuesta proveedor proyecto pública público queja reclamo recomendación
    reglamento renuncia reporte resolución reunión revisión salario sección secretaria secretario secundaria seguridad
    sesión sindicato sueldo suspensión superintendenta superintendente título trámite transporte tutor voto""".split()
    # fmt: on
)
_TITLES = frozenset("mr mrs ms miss dr prof rev hon coach sr sra srta dra don dona".split())
_LABELS = frozenset(
    """student case employee claim file docket complaint grievance account badge matter claimant parcel invoice license
    estudiante alumno alumna caso empleado empleada expediente reclamo queja cuenta parcela""".split()
)
_ENDINGS = re.compile(
    r"(?:ciones|cion|siones|sion|mente|idades|idad|ismos?|istas?|amientos?|imientos?|adores?|adoras?|ando|iendo|aron"
    r"|ieron|arian?|ables?|ibles?|icos?|icas?|ados?|adas?|idos?|idas?|ivos?|ivas?|osos?|osas?|ales"
    r"|ings?|tions?|ness|ments?|ers?|ed|ly|ables?|ists?|ities|ity|ized?|izing|ful|less|ship|wide)$"
)
_STARTS = re.compile(
    r"(?:pre|re|un|non|sub|over|under|multi|inter|co|anti|semi|extra|micro|auto|bi|des|sobre|super|mid)(?=[a-z]{4})"
)
_NO_NAMES = frozenset(
    """april aria art bill bo chance dale dawn dean drew earl faith frank grace grant guadalupe holly hope iris jack
    jordan joy june kai lee mark may mercedes miles pat rich robin rosario rose sue summer viola virginia will
    monday tuesday wednesday thursday friday saturday sunday january february march may june july august september
    october november december lunes martes enero febrero marzo abril mayo junio julio agosto
    """.split()
)


@cache
def _used() -> dict[str, int]:
    """How often a word is used, in the language that uses it more; accents left away."""
    import spellchecker

    from planstudio.reports.meeting.reading import folded

    folder, found = Path(spellchecker.__file__).parent / "resources", dict[str, int]()
    for language in ("es", "en"):
        for word, times in json.loads(gzip.decompress((folder / f"{language}.json.gz").read_bytes())).items():
            key = word if word.isascii() and word.isalpha() else folded(word) if word else ""
            if times > found.get(key, 0):
                found[key] = times
    return found


@cache
def _school() -> frozenset[str]:
    from planstudio.reports.meeting.reading import folded

    return frozenset(map(folded, _SCHOOL))


@cache
def _first_names() -> frozenset[str]:
    return frozenset((resources.folder("spelling") / "names.txt").read_text("utf-8").split())


@cache
def weight(key: str) -> float:
    """What one word gives away by itself."""
    if key[0].isdigit():
        return _figure(key)
    if "@" in key:
        return STRONG
    if any(sign.isdigit() for sign in key):
        return STRONG if len(key) > 5 else _RARE
    if key in _school() or len(key) == 1:
        return _FIELD if len(key) > 1 else 0.0
    times = _used().get(key, 0)
    for least, worth in _STEPS:
        if times >= least:
            return worth
    if len(key) <= 2:
        return _RARE
    stem = _STARTS.sub("", key)
    kin = (stem, key[:-1], key[:-2], stem[:-1], f"{key}s")
    if any(_used().get(one, 0) for one in kin if len(one) > 3) or (len(key) > 6 and _ENDINGS.search(key)):
        return _RARE
    return STRONG if len(key) <= _LONGEST_UNKNOWN else 0.0


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
        if n in named:
            worth[n] = max(worth[n], NAME)
        before = text.tokens[n - 1].key if n else ""
        if before in _TITLES and _capital(text, n) and token.key not in _school():
            worth[n] = max(worth[n], STRONG)
        if _is_labelled(text, n):
            worth[n] = max(worth[n], LABELLED)
    return worth


def _is_labelled(text: Text, n: int) -> bool:
    """Student 4471, Case No. 12-B, student J.D."""
    said = text.text[text.tokens[n].start : text.tokens[n].end]
    number = text.tokens[n].key[0].isdigit() and not re.fullmatch(r"(?:19|20)\d\d|\d", text.tokens[n].key)
    initials = re.fullmatch(r"(?:[A-Z]\. ?){2,4}|[A-Z]{2,3}", said) is not None
    before = [token.key for token in text.tokens[max(0, n - 2) : n]]
    if before and before[-1] in ("no", "nr", "num", "numero", "number", "id"):
        before.pop()
    return (number or initials) and bool(before) and before[-1] in _LABELS


def _named(text: Text, people: bool) -> set[int]:
    """The places of the words that are part of a name."""
    tokens = text.tokens
    capital = [_capital(text, n) for n in range(len(tokens))]
    fit = [capital[n] and _may_be_a_name(tokens[n].key) for n in range(len(tokens))]
    found: set[int] = set()
    for n, token in enumerate(tokens):
        joined = n > 0 and not re.search(r"[.!?:;\n]", text.text[tokens[n - 1].end : token.start].removeprefix("."))
        if people and fit[n]:
            found.add(n)
        elif fit[n] and joined and not _is_title_case(capital, tokens, n):
            found.add(n)
        first = token.key in _first_names() and token.key not in _NO_NAMES
        if fit[n] and first and n + 1 < len(tokens) and fit[n + 1]:
            found |= {n, n + 1}
    for n in range(len(tokens) - 1):  # a first name at the beginning of a sentence
        if fit[n] and n + 1 in found and _used().get(tokens[n].key, 0) < 20_000:
            found.add(n)
    return found


def _is_title_case(capital: Sequence[bool], tokens: Sequence[object], n: int) -> bool:
    """Whether most words around have a capital, so that one says nothing."""
    near = [m for m in range(max(0, n - 4), min(len(tokens), n + 5)) if m != n]
    content = [m for m in near if weight(getattr(tokens[m], "key", "x")) > 0]
    return sum(capital[m] for m in content) * 2 > len(content) if len(content) > 1 else False


def _capital(text: Text, n: int) -> bool:
    said = text.text[text.tokens[n].start : text.tokens[n].end]
    return said[:1].isupper()


@cache
def _may_be_a_name(key: str) -> bool:
    return key.isalpha() and len(key) > 1 and key not in _school() and weight(key) > 0
