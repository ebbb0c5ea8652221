"""Verbs of the past and of the present in a text, by the language that its commonest words tell."""

import re
from collections import Counter
from functools import lru_cache

from models.lexicon import CJK

STOPWORDS = {
    "en": {"the", "of", "and", "in", "to"},
    "fr": {"le", "et", "des", "les", "sur"},
    "de": {"der", "und", "die", "im", "ein"},
    "es": {"el", "y", "los", "para", "por"},
    "it": {"il", "di", "che", "della", "per"},
    "nl": {"het", "een", "van", "voor", "op"},
}
_WORDS = 400
"""Words from which the language is told."""
_PARTICIPLE = {
    "fr": r"\w+(?:é|ée|és|ées|ert|eçu|enu|enue|éuni)",
    "it": r"\w{2,}(?:at|ut|it|st|tt|rt|lt|ns|rs|us)[oaie]",
}
_AUXILIARY = {
    "fr": r"(?:a|ont|est|sont|ai|avons|[sl][’']est|[sl][’']a)",
    "it": r"(?:ha|hanno|è|sono|abbiamo|era|erano)",
}
PAST = {
    "en": r"was|were|had|did|"
    r"(?!need|hundred|indeed|exceed|proceed|speed|united|unite)[a-z]{3,}ed(?! (?:to|by|in|for|with|on)\b)",
    "fr": rf"{_AUXILIARY['fr']}\s(?:été\s|eu\s)?(?:lieu|{_PARTICIPLE['fr']})|était|étaient|avait|avaient|fut|furent",
    "it": rf"{_AUXILIARY['it']}\s(?:stat[oaie]\s)?{_PARTICIPLE['it']}|"
    r"era|erano|aveva|avevano|fu|furono|\w{3,}(?:arono|irono)",
    "es": r"\w{3,}(?:ó|aron|ieron)|fue|fueron|hubo|había|habían|era|eran|(?:ha|han)\s\w{2,}(?:ado|ido)",
    "de": r"war|waren|wurden?|hatten?|fand|fanden|stand|standen|gab|gaben|kam|kamen|ging|gingen|traf|trafen|sprach|"
    r"sprachen|lud|luden|hielt|hielten|nahm|nahmen|konnten?|sollten?|wollten?|ließ|ließen|"
    r"\w{3,}(?:elte|erte|ierte|ssierte|utete)n?",
    "nl": r"was|waren|werd|werden|had|hadden|vond|vonden|kwam|kwamen|gaf|gaven|sprak|spraken|ging|gingen|kon|konden|"
    r"zei|zeiden",
}
PRESENT = {
    "en": r"is|are|has|have",
    "fr": r"est|sont|peut|peuvent",
    "it": r"è|sono|può|possono",
    "es": r"es|son|está|están|puede|pueden",
    "de": r"ist|sind|hat|haben|kann|können",
    "nl": r"is|zijn|heeft|hebben|kan|kunnen",
}


def guess_language(text: str) -> str:
    """The language of a text by its commonest words: of STOPWORDS or "ja"; English when none tells."""
    if CJK.search(text):
        return "ja"
    counts = Counter(text.lower().split()[:_WORDS])
    return max(STOPWORDS, key=lambda code: sum(counts[word] for word in STOPWORDS[code]))


def count_tenses(text: str) -> tuple[int, int]:
    """How many verbs of the past and of the present a text has, as far as its language's commonest forms tell."""
    language = guess_language(text)
    if language not in PAST:
        return 0, 0
    past, present = (sum(1 for _ in pattern.finditer(text)) for pattern in _patterns(language))
    return past, present


@lru_cache(maxsize=len(STOPWORDS))
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    past, present = (re.compile(rf"\b(?:{forms[language]})\b", re.IGNORECASE) for forms in (PAST, PRESENT))
    return past, present
