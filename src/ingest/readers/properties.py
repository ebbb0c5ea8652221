"""Document properties of office files, as declared facts."""

from __future__ import annotations

import zipfile
from typing import Any

from ingest.cleaning import clean_inline
from ingest.document import Declared
from ingest.readers.archive import read_xml_part

_NAMES = {
    "title": "name",
    "subject": "about",
    "creator": "author.name",
    "initial-creator": "author.name",
    "description": "description",
    "keyword": "keywords",
    "keywords": "keywords",
    "created": "dateCreated",
    "creation-date": "dateCreated",
    "modified": "dateModified",
    "date": "dateModified",
    "language": "inLanguage",
}
_MAX_VALUE = 1000


def read_minor_part(archive: zipfile.ZipFile, name: str) -> Any:
    """Return the root element of an XML part beside the text, None where nothing can be read of it."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        return etree.fromstring(read_xml_part(archive, name), parser)
    except etree.XMLSyntaxError:
        return None


def read_core_properties(archive: zipfile.ZipFile) -> tuple[Declared, ...]:
    """Return the Dublin Core properties (OOXML docProps/core.xml, OpenDocument meta.xml) with schema.org names."""
    name = next((part for part in ("docProps/core.xml", "meta.xml") if part in archive.namelist()), None)
    if name is None:
        return ()
    facts: list[Declared] = []
    root = read_minor_part(archive, name)
    for element in root.iter() if root is not None else ():
        if not isinstance(element.tag, str):
            continue
        field = _NAMES.get(element.tag.rsplit("}", 1)[-1])
        value = clean_inline(element.text or "")
        if field and value and len(value) <= _MAX_VALUE:
            facts.append(Declared("office-properties", field, value))
    return tuple(facts)
