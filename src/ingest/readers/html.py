"""HTML: an own walk over the page, since article extractors lose the date box, the speakers and the programme.

Every visible text node ends in one block; what is surely furniture (navigation, cookie banners, share bars) is
left out, what may be furniture is kept with is_main False.  The walk is iterative and bounded: pages are hostile.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.build import build_document
from ingest.document import BlockDraft, BlockKind, Declared, Document, RawFile
from ingest.errors import BadInput
from ingest.lexicon import word_set
from ingest.readers.charset import decode_text
from ingest.readers.furniture import drop_hidden_data, holds_prose, is_furniture, is_hidden_code, is_side_matter
from ingest.readers.leftovers import mark_above_title
from ingest.readers.links import clean_target
from ingest.readers.pieces import Piece, finish_pieces
from ingest.readers.shapes import choose_page_title
from ingest.readers.stacks import lines_in, needs_blank
from ingest.readers.story import Story, find_story, stands_beside

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_BYTES = 5_000_000
MAX_DEPTH = 400
MAX_NODES = 400_000
MAX_OPEN_TAGS = 3_000
"""Pages of this field measure up to 30,000 nodes and 60 levels; the limits stop bombs, not pages."""

_MIN_NOFRAMES_WORDS = 6
"""Shorter ones say that the browser has no frames."""

_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w-]{2,40})")
_NESTING_TAG = re.compile(
    r"<(/?)(?:div|span|table|ul|ol|b|i|em|font|a|section|article|blockquote|dl|form|center|strong)\b", re.IGNORECASE
)

_ANCHOR_MARKS = word_set("# ¶ § ↑ ↩ ↵ 🔗 ∞ ⚓")
"""Links to the place where they stand; an empty link is none."""

_NOTE_MARK = re.compile(r"\[?(?:\d{1,3}|[a-z*†‡])\]?")

_BLOCK_TAGS = word_set(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p section summary table tbody td tfoot "
    "th thead tr ul button"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


@dataclass
class _Walk:
    page_length: int
    base: str | None
    spaced: bool
    story: Story | None = None
    pieces: list[Piece] = field(default_factory=list)
    piece: Piece = field(default_factory=Piece)
    contexts: list[tuple[BlockKind, int | None, str, int]] = field(default_factory=list)
    side: int = 0
    sides: list[bool] = field(default_factory=list)
    lists: int = 0
    bold: int = 0
    anchors: list[tuple[int, str | None]] = field(default_factory=list)
    after_inline: tuple[str, str | None] | None = None
    """Tag and class of the inline element that ended just before, nothing between."""
    lines: set[int] = field(default_factory=set)
    """Memory ids of the nodes that begin a line by their style alone."""


def read_html(file: RawFile) -> Document:
    """Read a web page.  Raises BadInput too_large, too_deep, no_text."""
    base = file.source_uri if file.source_uri.startswith(("http://", "https://")) else None
    title, drafts, declared = read_page(decode_html(file.data), base)
    return build_document(file, drafts, media_type="text/html", reader="html", title=title, declared=declared)


def read_page(source: str, base: str | None) -> tuple[str | None, list[BlockDraft], tuple[Declared, ...]]:
    """Return (title, blocks, declared facts) of a page; `base` is its address.  Raises BadInput too_deep, no_text."""
    from ingest.structured import read_declared
    from ingest.structured_checks import keep_own_events

    is_frame = "<frameset" in source[:20_000].lower()
    drafts = parse_html(_inside_frames(source) if is_frame else source, base=base)
    if not any(char.isalnum() for draft in drafts for char in draft.text):
        raise BadInput("no_text", "The page holds no text of its own, it is probably filled in by scripts: "
                       "save it from a browser once it is shown, or print it to PDF.")  # fmt: skip
    declared, head_title = read_declared(source)
    title, drafts = choose_page_title(drafts, head_title)
    drafts = mark_above_title(drafts)
    return title, drafts, keep_own_events(declared, title, drafts)


def _inside_frames(source: str) -> str:
    """Return what a page of frames shows without them.  Raises BadInput no_text, naming the pages in its frames."""
    start = source.lower().find("<noframes")
    inside = source[start:].partition(">")[2] if start >= 0 else ""
    inside = re.split(r"</noframes", inside, maxsplit=1, flags=re.IGNORECASE)[0]
    if len(re.sub(r"<[^<>]*>", "", inside).split()) >= _MIN_NOFRAMES_WORDS:
        return inside
    names = re.findall(r"<frame\b[^<>]{0,300}?src\s*=\s*[\"']?([^\"'\s<>]{1,200})", source, re.IGNORECASE)[:5]
    raise BadInput("no_text", f"The page is only a frame around others; give those instead: {', '.join(names)}.")


def decode_html(data: bytes) -> str:
    """Return the page's text by byte-order mark, declared or detected character set.  Raises BadInput too_large."""
    if len(data) > MAX_BYTES:
        raise BadInput("too_large", "The page is larger than 5 MB; save it without its pictures, or as PDF.")
    declared = _META_CHARSET.search(data[:4096]) or _XML_CHARSET.search(data[:200])
    text, _ = decode_text(data, declared.group(1).decode("ascii") if declared else None)
    return text.replace("\x00", "")


def parse_html(source: str, *, base: str | None = None, spaced: bool = True) -> list[BlockDraft]:
    """Return the blocks of a page or fragment in reading order.

    `spaced` sets a blank between adjacent inline elements, as browsers' styles do; office exports need none.
    """
    from selectolax.lexbor import LexborHTMLParser

    _check_nesting(source)
    tree = LexborHTMLParser(source)
    tree.strip_tags(["script", "style", "template"])  # their text must not count for what is large in the page
    body = tree.body
    if body is None:
        return []
    drop_hidden_data(body)
    walk = _Walk(len(body.text()), base, spaced, find_story(body))
    _walk_tree(body, walk)
    _close(walk)
    return finish_pieces(walk.pieces)


def _check_nesting(source: str) -> None:
    """Refuse element bombs before the parser, whose time grows with the square of the depth, sees them."""
    depth = 0
    for match in _NESTING_TAG.finditer(source):
        depth = max(depth - 1, 0) if match.group(1) else depth + 1
        if depth > MAX_OPEN_TAGS:
            raise BadInput("too_deep", "The page nests its elements too deeply to be read; save it as PDF or text.")


def _walk_tree(root: LexborNode, walk: _Walk) -> None:
    """Visit every node in document order, once on the way in and once on the way out."""
    stack: list[tuple[LexborNode, bool, int]] = [(root, False, 0)]
    visited = 0
    while stack:
        node, leaving, depth = stack.pop()
        if leaving:
            _leave(node, walk)
            continue
        visited += 1
        if visited > MAX_NODES or depth > MAX_DEPTH:
            raise BadInput("too_deep", "The page nests its elements too deeply to be read; save it as PDF or text.")
        if walk.lines and node.mem_id in walk.lines:
            _begin_line(walk)
        if node.is_text_node:
            _add_text(node.text_content or "", walk)
        elif _is_shown(node, walk.page_length) and _enter(node, walk):
            if walk.spaced:
                walk.lines.update(child.mem_id for child in lines_in(node))
            stack.append((node, True, depth))
            stack.extend((child, False, depth + 1) for child in reversed(_children(node)))


def _is_shown(node: LexborNode, page_length: int) -> bool:
    if not node.is_element_node or is_furniture(node, page_length):
        return False
    if is_hidden_code(node.tag or ""):
        return node.tag == "noscript" and holds_prose(node)  # pages filled in by scripts keep their text here
    if node.tag == "a" and node.text().strip() in _ANCHOR_MARKS and len(node.text()) < 9:
        return False
    return not (node.tag == "sup" and _NOTE_MARK.fullmatch(node.text().strip()) and node.css_first("a") is not None)


def _children(node: LexborNode) -> list[LexborNode]:
    children: list[LexborNode] = []
    child = node.child
    while child is not None:
        children.append(child)
        child = child.next
    return children


def _add_text(text: str, walk: _Walk) -> None:
    if not text:
        return
    walk.after_inline = None
    walk.piece.words.append(text)
    letters = sum(not char.isspace() for char in text)
    walk.piece.size += letters
    if walk.bold:
        walk.piece.bold += letters
    if walk.anchors:
        walk.piece.linked += letters


def _enter(node: LexborNode, walk: _Walk) -> bool:
    """Open an element; False where its children need no visit."""
    from ingest.readers.tables import is_data_table, read_table

    tag = node.tag or ""
    if tag == "br":
        _break_line(walk)
        return False
    if tag == "pre":
        _close(walk)
        walk.pieces.append(Piece("pre", words=[node.text()], side=walk.side > 0))
        return False
    if tag == "table" and is_data_table(node):
        _close(walk)
        walk.pieces += [Piece("row", cells=row, side=walk.side > 0) for row in read_table(node, walk.base)]
        return False
    if tag in _BLOCK_TAGS:
        _open_block(node, tag, walk)
        return True
    if walk.spaced and walk.after_inline and needs_blank(walk.after_inline, "".join(walk.piece.words[-1:]), node):
        walk.piece.words.append(" ")
    walk.after_inline = None
    if tag in ("b", "strong"):
        walk.bold += 1
    elif tag == "a":
        target = clean_target(node.attributes.get("href") or "", walk.base)
        walk.anchors.append((len(walk.piece.words), target))
    elif tag == "img":
        return False
    return True


def _open_block(node: LexborNode, tag: str, walk: _Walk) -> None:
    _close(walk)
    parent = node.parent
    where = parent.mem_id if parent is not None else 0
    kind: BlockKind = "paragraph"
    level: int | None = None
    is_side = is_side_matter(node, walk.page_length) or (walk.side == 0 and stands_beside(node, walk.story))
    walk.side += is_side
    walk.sides.append(is_side)
    if tag in _HEADINGS:
        kind, level = "heading", _HEADINGS[tag]
    elif tag == "summary":
        kind, level = "heading", 6
    elif tag == "li":
        kind, level = "list_item", max(walk.lists, 1)
    elif tag in ("figcaption", "caption"):
        kind = "caption"
    elif tag in ("ul", "ol", "menu", "dir"):
        walk.lists += 1
    elif walk.contexts and tag in ("p", "div", "section") and walk.contexts[-1][2] in ("li", "dd", "dt", *_HEADINGS):
        kind, level, tag, where = walk.contexts[-1]
    walk.contexts.append((kind, level, tag, where))
    _start(walk)


def _start(walk: _Walk) -> None:
    kind, level, tag, where = walk.contexts[-1] if walk.contexts else ("paragraph", None, "", 0)
    walk.piece = Piece(kind, level, tag=tag, where=where, side=walk.side > 0, tabs=not walk.spaced)
    walk.anchors = [(0, target) for _, target in walk.anchors]
    walk.after_inline = None


def _leave(node: LexborNode, walk: _Walk) -> None:
    tag = node.tag or ""
    if tag in _BLOCK_TAGS:
        _close(walk)
        if walk.contexts:
            walk.contexts.pop()
        if tag in ("ul", "ol", "menu", "dir"):
            walk.lists -= 1
        walk.side -= walk.sides.pop()
        _start(walk)
        return
    if tag in ("b", "strong"):
        walk.bold -= 1
    elif tag == "a" and walk.anchors:
        start, target = walk.anchors.pop()
        walk.piece.anchors += 1
        if target:
            walk.piece.links.append(("".join(walk.piece.words[start:]), target))
    walk.after_inline = (tag, node.attributes.get("class"))


def _break_line(walk: _Walk) -> None:
    if walk.contexts and walk.contexts[-1][0] == "heading":
        walk.piece.words.append(" ")
        return
    _close(walk)
    _start(walk)
    walk.piece.after_break = True


def _begin_line(walk: _Walk) -> None:
    """Break the line where a style does; under the name in a card's heading the post is a line of text."""
    kind, level, tag, where = walk.contexts[-1] if walk.contexts else ("paragraph", None, "", 0)
    if kind == "heading" and (level or 0) > 2:
        _close(walk)
        walk.contexts[-1] = ("paragraph", None, tag, where)
        _start(walk)
    else:
        _break_line(walk)


def _close(walk: _Walk) -> None:
    """Keep the collected piece if it says anything; links still open go on in the next one."""
    piece = walk.piece
    if piece.words and any(char.isalnum() for word in piece.words for char in word):
        for start, target in walk.anchors:
            if target:
                piece.links.append(("".join(piece.words[start:]), target))
        walk.pieces.append(piece)
    walk.piece = Piece()
