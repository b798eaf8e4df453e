"""Where in a page a template is: a small HTML tokenizer (WHATWG 13.2.5, without the error states: what would be one is
refused). It decides what may stand in a place, and writes the template's own text with idle white space folded."""

import re
from dataclasses import dataclass, replace

from common import Refused

# Kinds of place. Inside a tag: AFTER_SPACE may begin a name, GAP (behind a name or a value) wants a space first.
TEXT, RCDATA, RAW, COMMENT, DECLARATION = "text", "text of an element", "script or style", "a comment", "a declaration"
TAG_NAME, END_TAG, AFTER_SPACE, GAP = "a tag's name", "an end tag", "behind a space", "behind an attribute"
NAME, EQUALS, BARE, QUOTED = "an attribute's name", "an attribute without quotes", "an unquoted value", "a quoted value"

URL_ATTRIBUTES = frozenset(
    """href src action formaction poster cite data background ping manifest xlink:href
    hx-get hx-post hx-put hx-patch hx-delete hx-push-url hx-replace-url""".split()
)
# Attributes whose value is a language of its own (script, CSS, HTML, JSON), where escaping for HTML does not help.
CODE_ATTRIBUTES = frozenset("style srcdoc srcset hx-vals hx-vars hx-headers hx-trigger hx-request".split())
RAW_ELEMENTS = ("script", "style")
RCDATA_ELEMENTS = ("textarea", "title")
SPACES = " \t\n\f\r"  # of HTML: an ideographic space is a character like others
HOLE = "\0"  # stands for a hole in Place.value

# An address with holes begins with one of type struct url or with a path of ours; behind a slash a number may stand.
_PATH = r"(\0|/[A-Za-z][\w-]*)(/[\w-]+|/\0)*"
_BEFORE_NUMBER = re.compile(_PATH + "/")
_ADDRESS = re.compile(_PATH + r"(\.\w+)?(#[\w-]*)?")


@dataclass(frozen=True)
class Place:
    kind: str = TEXT
    tag: str = ""
    attribute: str = ""
    value: str = ""  # of a URL attribute, as far as it is written
    preformatted: int = 0  # open <pre>

    def is_url(self):
        return self._meaning() in URL_ATTRIBUTES or re.fullmatch(r"data-([\w-]+-)?url", self.attribute)

    def is_code(self):
        return self._meaning() in CODE_ATTRIBUTES or self._meaning().startswith(("on", "hx-on"))

    def _meaning(self):
        """htmx reads data-hx-get as hx-get."""
        return self.attribute.removeprefix("data-") if self.attribute.startswith("data-hx-") else self.attribute

    def __str__(self):
        if self.kind == QUOTED:
            return f"the value of {self.attribute}"
        if self.kind in (RCDATA, RAW):
            return f"<{self.tag}>"
        if self.kind in (AFTER_SPACE, GAP):
            return f"the tag <{self.tag}>"
        return self.kind


class Walker:
    """Follows a template through its page; `place` may be kept and put back."""

    def __init__(self, path):
        self.path = path
        self.place = Place()
        self._steps = {
            TEXT: self._text,
            RCDATA: self._rcdata,
            RAW: self._raw,
            COMMENT: lambda t, i: self._until(t, i, "-->", Place(preformatted=self.place.preformatted)),
            DECLARATION: lambda t, i: self._until(t, i, ">", Place()),
            TAG_NAME: self._tag_name,
            END_TAG: self._end_tag,
            AFTER_SPACE: self._after_space,
            GAP: self._gap,
            NAME: self._name,
            EQUALS: self._equals,
            BARE: self._bare,
            QUOTED: self._quoted,
        }

    def feed(self, original, line, fresh_line=False):
        """Takes the template's own text, gives what goes out. fresh_line: a line that held nothing but a {…} went
        before, and its line break needs no second one."""
        text = original.lstrip(SPACES) if fresh_line and self._folds() else original
        self._whole, self._out = text, []
        self._first_line = line + original.count("\n") - text.count("\n")
        at = 0
        while at < len(text):
            at = self._steps[self.place.kind](text, at)
        return "".join(self._out)

    def refuse(self, why, at=None, line=None):
        if line is None:
            line = self._first_line + self._whole[:at].count("\n")
        raise Refused(self.path, line, why)

    def hole(self, line):
        """A {value} stands here. What it has to be: "url", a "number" of an address, or "" for anything."""
        place = self.place
        if place.kind in (TEXT, RCDATA):
            return ""
        if place.kind == EQUALS:
            self.refuse(f'a hole in an unquoted attribute: {place.attribute}="{{…}}"', line=line)
        if place.kind != QUOTED:
            self.refuse(f"no hole in {place}: only in text and in double-quoted attribute values", line=line)
        if place.is_code():
            self.refuse(f"no hole in {place}: it is code, which escaping does not make safe", line=line)
        if not place.is_url():
            return ""
        if place.value and not _BEFORE_NUMBER.fullmatch(place.value):
            self._refuse_mixed(line)
        self.place = replace(place, value=place.value + HOLE)
        return "number" if place.value else "url"

    def _refuse_mixed(self, line):
        self.refuse(
            f"{self.place.attribute} is one address: {{url}}, /path/{{number}} or {{url}}/{{number}}, or made with url_path",
            line=line,
        )

    def enter(self, line, what):
        """An {if}, {for}, {include}… begins or ends here: where it may, and what the place is then."""
        place = self.place
        if place.kind in (NAME, TAG_NAME):
            place = replace(place, kind=GAP, attribute="")
        inside_tag = place.kind in (AFTER_SPACE, GAP)
        if inside_tag and what == "if":
            self.place = place
        elif place.kind == QUOTED and what in ("if", "for"):
            if place.is_code():
                self.refuse(f"no {{{what}}} in {place}: it is code", line=line)
            if place.is_url():
                self._refuse_mixed(line)
        elif place.kind != TEXT and not (place.kind == RCDATA and what in ("if", "for")):
            self.refuse(f"no {{{what}}} in {place}", line=line)

    def _folds(self):
        return self.place.kind == TEXT and not self.place.preformatted

    def _until(self, text, at, mark, then):
        end = text.find(mark, at)
        if end < 0:
            self._out.append(text[at:])
            return len(text)
        self._out.append(text[at : end + len(mark)])
        self.place = then
        return end + len(mark)

    def _text(self, text, at):
        if text[at] != "<":
            end = text.find("<", at)
            end = len(text) if end < 0 else end
            words = text[at:end]
            self._out.append(re.sub(r"[ \t]*\n[ \t\n]*", "\n", words) if self._folds() else words)
            return end
        match = re.compile(r"<!--|<![A-Za-z]+|</([A-Za-z][\w:-]*)|<([A-Za-z][\w:-]*)").match(text, at)
        if not match:
            self.refuse("a bare <: write &lt; (and no hole in a tag's name)", at)
        end_tag, tag = match.groups()
        if end_tag:
            self.place = replace(self.place, kind=END_TAG, tag=end_tag.lower())
        elif tag:
            self.place = replace(self.place, kind=TAG_NAME, tag=tag.lower())
        else:
            self.place = replace(self.place, kind=COMMENT if match.group() == "<!--" else DECLARATION)
        self._out.append(match.group())
        return match.end()

    def _end_of_element(self, text, at):
        match = re.compile(rf"</{self.place.tag}(?=[\s>/])", re.IGNORECASE).search(text, at)
        self._out.append(text[at : match.end() if match else len(text)])
        if match:
            self.place = replace(self.place, kind=END_TAG)
        return match.end() if match else len(text)

    def _rcdata(self, text, at):
        return self._end_of_element(text, at)

    def _raw(self, text, at):
        return self._end_of_element(text, at)

    def _tag_name(self, text, at):
        self.place = replace(self.place, kind=GAP, attribute="")
        return at

    def _end_tag(self, text, at):
        match = re.compile(r"\s*>").match(text, at)
        if not match:
            self.refuse(f"</{self.place.tag} wants a > here", at)
        self._out.append(">")
        closed = 1 if self.place.tag == "pre" and self.place.preformatted else 0
        self.place = Place(preformatted=self.place.preformatted - closed)
        return match.end()

    def _gap(self, text, at):
        if text[at] in SPACES:
            self._out.append(" ")
            self.place = replace(self.place, kind=AFTER_SPACE, attribute="")
            return re.compile(rf"[{SPACES}]+").match(text, at).end()
        return self._close_tag(text, at, "a space is missing")

    def _after_space(self, text, at):
        match = re.compile(r"[A-Za-z_:@][\w:.-]*").match(text, at)
        if match:
            self._out.append(match.group())
            self.place = replace(self.place, kind=NAME, attribute=match.group().lower())
            return match.end()
        if text[at] in SPACES:
            return at + 1
        if self._out and self._out[-1] == " ":
            self._out.pop()
        return self._close_tag(text, at, "an attribute's name is expected")

    def _close_tag(self, text, at, otherwise):
        end = at + 2 if text.startswith("/>", at) else at + 1
        if text[end - 1] != ">":
            self.refuse(f"in <{self.place.tag}>: {otherwise} before '{text[at]}'", at)
        self._out.append(text[at:end])
        tag, deep = self.place.tag, self.place.preformatted
        if tag in RAW_ELEMENTS:
            self.place = Place(RAW, tag, preformatted=deep)
        elif tag in RCDATA_ELEMENTS:
            self.place = Place(RCDATA, tag, preformatted=deep)
        else:
            self.place = Place(preformatted=deep + (tag == "pre"))
        if tag not in ("textarea", "pre"):
            return end
        # A browser drops one line break here: this one, and not the first of the value.
        self._out.append("\n")
        return end + text.startswith("\n", end)

    def _name(self, text, at):
        if text[at] == "=":
            self._out.append("=")
            self.place = replace(self.place, kind=EQUALS)
            return at + 1
        self.place = replace(self.place, kind=GAP, attribute="")
        return at

    def _equals(self, text, at):
        if text[at] == '"':
            self._out.append('"')
            self.place = replace(self.place, kind=QUOTED, value="")
            return at + 1
        if text[at] == "'":
            self.refuse(f'single quotes: {self.place.attribute}="…"', at)
        if text[at] in SPACES or text[at] == ">":
            self.refuse(f"{self.place.attribute}= without a value", at)
        self.place = replace(self.place, kind=BARE)
        return at

    def _bare(self, text, at):
        match = re.compile(r"[^\s\"'=<>`]+").match(text, at)
        if match:
            self._check_address(match.group(), at)
            self._out.append(match.group())
            if match.end() == len(text):
                return len(text)
            at = match.end()
        self.place = replace(self.place, kind=GAP, attribute="")
        return at

    def _quoted(self, text, at):
        end = text.find('"', at)
        words = text[at : end if end >= 0 else len(text)]
        if self.place.is_url():
            value = self.place.value + words
            if end >= 0 and HOLE in value and not _ADDRESS.fullmatch(value):
                self._refuse_mixed(self._first_line + text[:at].count("\n"))
            self._check_address(value, at)
            self.place = replace(self.place, value=value)
        self._out.append(words)
        if end < 0:
            return len(text)
        self._out.append('"')
        self.place = replace(self.place, kind=GAP, attribute="", value="")
        return end + 1

    def _check_address(self, value, at):
        plain = re.sub(r"[\x00-\x20]+|&(tab|newline);", "", value.lower())
        if self.place.is_url() and re.match(r"(javascript|vbscript)(:|&#|&colon)", plain):
            self.refuse(f"{self.place.attribute} must not run script", at)


def join(places):
    """The place behind an {if}, given where its branches end; None when they differ."""
    first = places[0]
    if all(one == first for one in places):
        return first
    gaps = {replace(one, kind=GAP, attribute="") for one in places}
    if len(gaps) == 1 and all(one.kind in (AFTER_SPACE, GAP) for one in places):
        return gaps.pop()
    return None
