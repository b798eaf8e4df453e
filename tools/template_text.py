"""A template file as a tree: its head ({template}, {use}, {layout}) and its nodes. templates.py says what they mean."""

import re
from dataclasses import dataclass, field

from common import C_WORDS, Refused

BY_VALUE = {
    "str": "struct str",
    "int": "int64_t",
    "bool": "bool",
    "url": "struct url",
    "day": "struct day",
    "fen": "struct fen",
}

HEAD_WORDS = ("template", "use", "layout")
INNER_WORDS = ("elif", "else", "end", "none")
BLOCK_WORDS = INNER_WORDS + ("if", "for", "include", "content")

_PIECE = re.compile(r"\{\{|\}\}|\{#.*?#\}|\{[^{}]*\}|[{}]", re.DOTALL)
_VALUE = r"(?:[a-z_]\w*#|[a-z_]\w*(?:\.[a-z_]\w*)*|[A-Z][A-Z0-9_]*)"
_PATH = r"[a-z_]\w*(?:\.[a-z_]\w*)+"


@dataclass
class Piece:
    """Text, or what stands inside {…}: a word that is ours, and the rest."""

    line: int
    text: str
    is_tag: bool = False
    word: str = ""
    rest: str = ""
    fresh_line: bool = False


@dataclass
class Text:
    line: int
    text: str
    fresh_line: bool = False  # a line that held only a {…} went before


@dataclass
class Put:
    line: int
    value: str


@dataclass
class Condition:
    wanted: bool
    value: str
    equals: str  # a constant or an integer; "" asks whether there is anything


@dataclass
class Branch:
    line: int
    condition: Condition  # None for {else}
    nodes: list = field(default_factory=list)


@dataclass
class If:
    line: int
    branches: list
    end_line: int = 0


@dataclass
class For:
    line: int
    name: str
    path: str
    nodes: list = field(default_factory=list)
    none: list = None
    end_line: int = 0


@dataclass
class Call:
    """{include name(…)} and {layout name(…)}"""

    line: int
    name: str
    arguments: list


@dataclass
class Content:
    line: int


@dataclass
class Template:
    path: str
    line: int
    name: str
    parameters: list  # (name, type): a key of BY_VALUE, "enum x" or "struct x"
    uses: list = field(default_factory=list)  # (line, header)
    layout: Call = None
    nodes: list = field(default_factory=list)


def pieces(path, source):
    """The file cut into text and {…}; comments are gone, and {{ is a brace."""
    found, at, line = [], 0, 1
    for match in _PIECE.finditer(source):
        if match.start() > at:
            found.append(Piece(line, source[at : match.start()]))
        line += source.count("\n", at, match.start())
        found.append(_piece(path, line, match.group()))
        line += match.group().count("\n")
        at = match.end()
    if at < len(source):
        found.append(Piece(line, source[at:]))
    for i, piece in enumerate(found):
        piece.fresh_line = not piece.is_tag and i > 0 and _stands_alone(found, i - 1)
    return found


def _piece(path, line, text):
    if text in "{}":
        raise Refused(path, line, f"a bare {text}: write {text * 2} for the character")
    if text in ("{{", "}}"):
        return Piece(line, text[0])
    if text.startswith("{#"):
        return Piece(line, text, is_tag=True, word="#")
    inside = text[1:-1].strip()
    word = re.match(r"\w*", inside).group()
    if word not in HEAD_WORDS + BLOCK_WORDS:
        return Piece(line, inside, is_tag=True)
    return Piece(line, inside, is_tag=True, word=word, rest=inside[len(word) :].strip())


def _stands_alone(found, i):
    """A block's {…}, with only blanks before and behind it on its line."""
    before = found[i - 1] if i > 0 else Piece(0, "")
    behind = found[i + 1] if i + 1 < len(found) else Piece(0, "")
    return (
        bool(found[i].word)
        and not before.is_tag
        and re.search(r"(^|\n)[ \t]*$", before.text)
        and not behind.is_tag
        and re.match(r"[ \t]*(\n|$)", behind.text)
    )


class Parser:
    def __init__(self, path, source):
        self.path = path
        # The last line break is the file's, not the page's: a part may stand inside a line.
        self.pieces = pieces(path, source.removesuffix("\n"))
        self.at = 0
        self.template = None

    def parse(self):
        self._head()
        self.template.nodes, _ = self._nodes(())
        return self.template

    def _refuse(self, line, why):
        raise Refused(self.path, line, why)

    def _take(self):
        """The next piece, or None at the end of the file."""
        self.at += 1
        return self.pieces[self.at - 1] if self.at <= len(self.pieces) else None

    def _head(self):
        """{template …} first, then {use} and {layout}, with only blanks and comments between them."""
        while piece := self._take():
            if piece.word in HEAD_WORDS:
                self._directive(piece)
            elif piece.word != "#" and (piece.is_tag or piece.text.strip()):
                break
        self.at -= 1
        if not self.template:
            self._refuse(1, "a template starts with {template name(v: struct some_view)}")

    def _directive(self, piece):
        if (self.template is None) != (piece.word == "template"):
            self._refuse(piece.line, "one {template …}, before {use …} and {layout …}")
        if piece.word == "template":
            self.template = self._signature(piece.line, piece.rest)
        elif piece.word == "use":
            match = re.fullmatch(r'"([a-z]+/[\w/]+\.h)"', piece.rest)
            if not match:
                self._refuse(piece.line, '{use "floor/file.h"}')
            self.template.uses.append((piece.line, match.group(1)))
        elif self.template.layout:
            self._refuse(piece.line, "one layout a template")
        else:
            self.template.layout = self._call(piece)

    def _signature(self, line, text):
        match = re.fullmatch(r"([a-z]\w*)\s*\((.*)\)", text, re.DOTALL)
        if not match:
            self._refuse(line, "{template name(v: struct some_view)}")
        parameters = []
        for part in filter(None, (p.strip() for p in match.group(2).split(","))):
            one = re.fullmatch(r"([a-z]\w*)\s*:\s*((?:(?:struct|enum)\s+)?\w+)", part)
            if not one:
                self._refuse(line, f"'{part}' is not name: type")
            name, type_ = one.group(1), " ".join(one.group(2).split())
            if type_ not in BY_VALUE and " " not in type_:
                self._refuse(line, f"unknown type '{type_}' ({', '.join(BY_VALUE)}, struct …, enum …)")
            self._check_name(line, name)
            parameters.append((name, type_))
        return Template(self.path, line, match.group(1), parameters)

    def _check_name(self, line, name):
        if name in C_WORDS or name in HEAD_WORDS + BLOCK_WORDS or name == "h" or name.startswith("i_"):
            self._refuse(line, f"'{name}' is a word of C or of templates: take another")

    def _call(self, piece):
        match = re.fullmatch(r"([a-z]\w*)\s*\((.*)\)", piece.rest, re.DOTALL)
        if not match:
            self._refuse(piece.line, f"{{{piece.word} name(value, …)}}")
        arguments = [p.strip() for p in match.group(2).split(",")] if match.group(2).strip() else []
        for one in arguments:
            if not re.fullmatch(rf"{_VALUE}|-?\d+", one):
                self._refuse(piece.line, f"'{one}' is not a value: v, v.field, m#, CONSTANT or a number")
        return Call(piece.line, match.group(1), arguments)

    def _nodes(self, ends):
        """Nodes up to a word that ends this block: they, and the piece that ended it (None: the file did)."""
        nodes = []
        while piece := self._take():
            if piece.word and piece.word in ends:
                return nodes, piece
            if not piece.is_tag:
                nodes.append(Text(piece.line, piece.text, piece.fresh_line))
            elif piece.word != "#":
                nodes.append(self._node(piece))
        return nodes, None

    def _node(self, piece):
        if piece.word == "if":
            return self._if(piece)
        if piece.word == "for":
            return self._for(piece)
        if piece.word == "include":
            return self._call(piece)
        if piece.word == "content" and not piece.rest:
            return Content(piece.line)
        if piece.word in HEAD_WORDS:
            self._refuse(piece.line, f"{{{piece.word} …}} belongs to the head of the file")
        if piece.word in INNER_WORDS:
            self._refuse(piece.line, f"{{{piece.word}}} without its beginning")
        if not re.fullmatch(_VALUE, piece.text):
            self._refuse(piece.line, f"{{{piece.text}}} is not understood")
        return Put(piece.line, piece.text)

    def _block(self, start, ends):
        nodes, stop = self._nodes(ends)
        if stop is None:
            self._refuse(start.line, f"{{{start.text}}} has no {{end}}")
        if stop.rest and stop.word != "elif":
            self._refuse(stop.line, f"{{{stop.text}}}: {{{stop.word}}} stands alone")
        return nodes, stop

    def _if(self, start):
        node = If(start.line, [Branch(start.line, self._condition(start))])
        while True:
            branch = node.branches[-1]
            ends = ("elif", "else", "end") if branch.condition else ("end",)
            branch.nodes, stop = self._block(start, ends)
            if stop.word == "end":
                node.end_line = stop.line
                return node
            node.branches.append(Branch(stop.line, self._condition(stop) if stop.word == "elif" else None))

    def _for(self, start):
        match = re.fullmatch(rf"([a-z]\w*)\s+in\s+({_PATH}|[a-z_]\w*)", start.rest)
        if not match:
            self._refuse(start.line, f"{{{start.text}}} is not {{for m in v.rows}}")
        self._check_name(start.line, match.group(1))
        node = For(start.line, match.group(1), match.group(2))
        node.nodes, stop = self._block(start, ("none", "end"))
        if stop.word == "none":
            node.none, stop = self._block(start, ("end",))
        node.end_line = stop.line
        return node

    def _condition(self, piece):
        match = re.fullmatch(rf"(not\s+)?({_VALUE})(?:\s*==\s*([A-Z][A-Z0-9_]*|-?\d+))?", piece.rest)
        if not match:
            self._refuse(piece.line, f"'{piece.rest}' is not a condition: [not] v.field [== CONSTANT]")
        return Condition(not match.group(1), match.group(2), match.group(3) or "")
