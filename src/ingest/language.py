"""Which language a document, or a long enough block of it, is written in."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from ingest.document import Block, Document

LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "ja", "zh", "ko", "pt", "pl")
"""The languages of the field; fewer choices mean fewer errors (one-liners: .91 against .85 with all 97)."""

MIN_BLOCK_CHARS = 120
"""Shorter texts (names, venues, titles) are taken for the wrong language in one case of ten."""

_SAMPLE = 6_000
_KANA = re.compile(r"[\u3041-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the text's language, None where it has fewer than 20 letters."""
    letters = len(_LETTER.findall(text[: 2 * _SAMPLE]))
    if letters < 20 and not _HAN.search(text):
        return None
    if script := _by_script(text[:_SAMPLE], letters):
        return script
    code, _ = _identifier().classify(text[:_SAMPLE])
    return str(code)


def set_languages(document: Document) -> Document:
    """Return the document with its language, and each block's: its own where it is long enough to tell."""
    prose = [document.block_text(block) for block in document.blocks if block.is_main and block.kind != "quote"]
    text = "\n".join(prose) or document.text
    language = detect_language(text)
    if len(_LETTER.findall(text[:_SAMPLE])) < MIN_BLOCK_CHARS and not _by_script(text, 1):
        language = _declared_language(document) or language
    blocks = tuple(replace(block, language=_block_language(document, block, language)) for block in document.blocks)
    return replace(document, language=language, blocks=blocks)


def _declared_language(document: Document) -> str | None:
    """Return the language a page states: better than a guess from a few words, worse than one from many."""
    stated = (fact.value[:2].lower() for fact in document.declared if fact.name == "inLanguage")
    return next((code for code in stated if code in LANGUAGES), None)


def _block_language(document: Document, block: Block, fallback: str | None) -> str | None:
    if block.kind == "table_row" or block.end - block.start < MIN_BLOCK_CHARS:
        text = document.text[block.start : block.end]
        return (_by_script(text, len(_LETTER.findall(text))) if not text.isascii() else None) or fallback
    return detect_language(document.block_text(block)) or fallback


def _by_script(text: str, letters: int) -> str | None:
    """Kana is Japanese, Hangul Korean, Han alone Chinese, if a third of the letters are in that script."""
    if text.isascii():
        return None
    kana, hangul, han = len(_KANA.findall(text)), len(_HANGUL.findall(text)), len(_HAN.findall(text))
    if kana + han > letters / 3:
        return "ja" if kana > 0.05 * (kana + han) or kana + han < 20 else "zh"
    return "ko" if hangul > letters / 3 else None


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([code for code in LANGUAGES if code not in ("ja", "zh", "ko")])
    return identifier
