#!/usr/bin/env python3
"""HTML templates to typed C: templates.py --out DIR src/web/*/views/*.html

Writes DIR/gen/views.h and views.c. A file is a function:

    {template member_page(v: struct member_view)}      void view_member_page(struct html *h, const struct member_view *v)
    {use "web/views.h"}                                where its types are declared
    {layout frame(v.frame)}                            the page stands at {content} of frame
    {# a comment #}
    <h1>{v.name}</h1>                                  text, int, day, fen or URL, escaped; {{ and }} are braces
    {if v.photo}<img src="{v.photo}" alt="">{end}      {if not v.x} {if v.state == MEMBER} {elif …} {else}
    {for m in v.rows}<li>{m#}. {m.name}</li>           over a struct with p and n; m# counts from 1; of plain texts: {m}
    {none}<li>暂无数据</li>{end}
    {include pager(v.pager)}

Parameters: str, int, bool, url, day, fen and enums by value, structs by constant pointer. CAPITALS are C constants.
A hole stands in text or in a double-quoted attribute; a URL attribute is literal or begins with a hole of type struct url
or a literal path, and has numbers behind slashes: src="/photo/{v.id}"; script, style and attributes that hold code have none
(html_place.py). Types are checked by the C compiler, at the template's own line."""

from dataclasses import dataclass, field

import html_place
from common import Refused, c_call, c_string, read, run, write
from template_text import BY_VALUE, Call, Content, For, If, Parser, Put, Text

_MADE = "/* Made by tools/templates.py from the views of src/web/: edit there. */\n"


@dataclass
class Name:
    """A parameter, or what {for} goes over."""

    type: str
    is_pointer: bool
    used: bool = False
    counted: bool = False


@dataclass
class Part:
    """A C function in the making: lines of code and the constant run not written yet."""

    lines: list = field(default_factory=list)
    run: str = ""
    depth: int = 1

    def flush(self):
        if self.run:
            pieces = self.run.splitlines(keepends=True)
            literal = ("\n" + "    " * self.depth + "         ").join(c_string(p) for p in pieces)
            size = len(self.run.encode())
            self.lines.append("    " * self.depth + f"html_raw(h, {literal}, {size});")
            self.run = ""

    def code(self, line):
        self.flush()
        self.lines.append("    " * self.depth + line)

    def at(self, path, line):
        """What follows comes from this line: the compiler's messages say so."""
        self.flush()
        self.lines.append(f"#line {line} {c_string(path)}")


class Compiler:
    """One template to one function, or two around {content}."""

    def __init__(self, template, all_templates):
        self.template = template
        self.all = all_templates
        self.walker = html_place.Walker(template.path)
        self.names = {name: Name(type_, type_.startswith("struct ")) for name, type_ in template.parameters}
        self.parts = [Part()]
        self.last_line = template.line

    def compile(self):
        """The parts' code, one or two."""
        layout = self.template.layout
        if layout:
            self._call(layout, "_begin")
        for node in self.template.nodes:
            if isinstance(node, Content):
                self._content(node)
            else:
                self._node(node)
        if self.walker.place.kind != html_place.TEXT:
            self._refuse(self.last_line, f"the file ends in {self.walker.place}")
        if layout:
            self._call(layout, "_end")
        self._end_part()
        return ["\n".join(part.lines) + "\n" for part in self.parts]

    def _refuse(self, line, why):
        raise Refused(self.template.path, line, why)

    def _out(self):
        return self.parts[-1]

    def _content(self, node):
        self.walker.enter(node.line, "content")
        self._end_part()
        self.parts.append(Part())

    def _end_part(self):
        """What a part does not use is said to be so, for -Wunused-parameter."""
        part = self._out()
        part.flush()
        unused = [name for name, one in self.names.items() if not one.used] + ([] if part.lines else ["h"])
        part.lines[:0] = [f"    (void){name};" for name in unused]
        for one in self.names.values():
            one.used = False

    def _node(self, node):
        self.last_line = node.line
        if isinstance(node, Text):
            self._out().run += self.walker.feed(node.text, node.line, node.fresh_line)
            self.last_line = node.line + node.text.count("\n")
        elif isinstance(node, Put):
            self._put(node)
        elif isinstance(node, If):
            self._if(node)
        elif isinstance(node, For):
            self._for(node)
        elif isinstance(node, Call):
            self.walker.enter(node.line, "include")
            self._call(node, "")
        elif isinstance(node, Content):
            self._refuse(node.line, "{content} stands at the top, not in {if} or {for}")

    def _value(self, line, text):
        """The C of v, v.a.b, m#, CONSTANT or a number."""
        if not text[0].islower() and text[0] != "_":
            return text
        name, *fields = text.rstrip("#").split(".")
        if name not in self.names:
            self._refuse(line, f"unknown name '{name}' ({', '.join(self.names) or 'there is none'})")
        found = self.names[name]
        found.used = True
        if text.endswith("#"):
            if not found.counted:
                self._refuse(line, f"{text} counts nothing: '{name}' is not of a {{for}}")
            return f"(int64_t)(i_{name} + 1)"
        if fields and not found.is_pointer:
            self._refuse(line, f"'{name}' is {found.type} and has no fields")
        return name + ("->" if fields else "") + ".".join(fields)

    def _put(self, node):
        put = {"url": "html_put_url", "number": "html_put_int", "": "html_put"}[self.walker.hole(node.line)]
        value = self._value(node.line, node.value)
        if node.value in self.names and self.names[node.value].is_pointer:
            value = "*" + value
        self._out().at(self.template.path, node.line)
        self._out().code(f"{put}(h, {value});")

    def _condition(self, line, condition):
        value = self._value(line, condition.value)
        if not condition.equals:
            return f"{'' if condition.wanted else '!'}html_true({value})"
        return f"{value} {'==' if condition.wanted else '!='} {condition.equals}"

    def _if(self, node):
        self.walker.enter(node.line, "if")
        start, ends = self.walker.place, []
        for i, branch in enumerate(node.branches):
            self.walker.place = start
            condition = self._condition(branch.line, branch.condition) if branch.condition else None
            self._out().at(self.template.path, branch.line)
            self._out().code(" ".join(filter(None, ["else" if i else "", f"if ({condition})" if condition else "", "{"])))
            self._nested(branch.nodes, node.end_line, "if")
            ends.append(self.walker.place)
        if node.branches[-1].condition:
            ends.append(start)
        self.walker.place = self._joined(node, ends)

    def _joined(self, node, ends):
        place = html_place.join(ends)
        if place is None:
            different = " / ".join(dict.fromkeys(str(end) for end in ends))
            self._refuse(node.end_line, f"the branches of the {{if}} of line {node.line} end in different places: {different}")
        return place

    def _nested(self, nodes, end_line, what):
        out = self._out()
        out.depth += 1
        for node in nodes:
            self._node(node)
        self.walker.enter(end_line, what)
        out.flush()
        out.depth -= 1
        out.code("}")

    def _for(self, node):
        if node.name in self.names:
            self._refuse(node.line, f"'{node.name}' is a name already")
        self.walker.enter(node.line, "for")
        start, rows, out = self.walker.place, self._rows(node), self._out()
        item = self.names[node.name] = Name(f"an element of {node.path}", is_pointer=True, counted=True)
        out.at(self.template.path, node.line)
        out.code(f"for (size_t i_{node.name} = 0; i_{node.name} < {rows}.n; i_{node.name}++) {{")
        out.code(f"    const __typeof__(*{rows}.p) *{node.name} = &{rows}.p[i_{node.name}];")
        declared = len(out.lines)
        self._nested(node.nodes, node.end_line, "for")
        if not item.used:
            out.lines.insert(declared, "    " * out.depth + f"    (void){node.name};")
        del self.names[node.name]
        self._check_loop(node, start)
        if node.none is not None:
            out.at(self.template.path, node.line)
            out.code(f"if ({rows}.n == 0) {{")
            self._nested(node.none, node.end_line, "for")
            self._check_loop(node, start)

    def _rows(self, node):
        """A list inside of a view, or a parameter that is one."""
        rows = self._value(node.line, node.path)
        if node.path not in self.names:
            return rows
        if not self.names[node.path].is_pointer:
            self._refuse(node.line, f"'{node.path}' is {self.names[node.path].type} and has no rows")
        return f"(*{rows})"

    def _check_loop(self, node, start):
        if self.walker.place != start:
            self._refuse(
                node.end_line,
                f"the {{for}} of line {node.line} begins in {start} and ends in {self.walker.place}",
            )

    def _call(self, call, suffix):
        """{include} of a template, or one half of a layout: arguments checked by number and shape."""
        callee = self.all.get(call.name)
        if callee is None:
            self._refuse(call.line, f"unknown template '{call.name}' ({', '.join(sorted(self.all))})")
        if bool(suffix) != is_layout(callee):
            why = "has no {content}" if suffix else "is a layout: {layout …}"
            self._refuse(call.line, f"{call.name} {why}")
        if len(call.arguments) != len(callee.parameters):
            wanted = ", ".join(f"{name}: {type_}" for name, type_ in callee.parameters)
            self._refuse(call.line, f"{call.name} takes ({wanted}), not {len(call.arguments)} values")
        arguments = [self._argument(call.line, a, p) for a, p in zip(call.arguments, callee.parameters)]
        self._out().at(self.template.path, call.line)
        self._out().code(f"view_{call.name}{suffix}({', '.join(['h'] + arguments)});")

    def _argument(self, line, text, parameter):
        value = self._value(line, text)
        by_pointer = parameter[1].startswith("struct ")
        is_pointer = text in self.names and self.names[text].is_pointer
        if is_pointer and not by_pointer:
            self._refuse(line, f"'{text}' is {self.names[text].type}, where {parameter[0]}: {parameter[1]} is wanted")
        return f"&{value}" if by_pointer and not is_pointer else value


def is_layout(template):
    return any(isinstance(node, Content) for node in template.nodes)


def signature(template, suffix, tail):
    parameters = ["struct html *h"]
    for name, type_ in template.parameters:
        pointed = type_.startswith("struct ")
        parameters.append(f"const {type_} *{name}" if pointed else f"{BY_VALUE.get(type_, type_)} {name}")
    return c_call(f"void view_{template.name}{suffix}", parameters, tail)


def suffixes(template):
    return ["_begin", "_end"] if is_layout(template) else [""]


def load(paths):
    found = {}
    for path in paths:
        template = Parser(path, read(path)).parse()
        if template.name in found:
            raise Refused(path, template.line, f"'{template.name}' is declared already, in {found[template.name].path}")
        if sum(isinstance(node, Content) for node in template.nodes) > 1:
            raise Refused(path, template.line, "one {content} a layout")
        found[template.name] = template
    check_circles(found)
    return found


def check_circles(templates):
    """A layout that stands in itself would never end."""
    for template in templates.values():
        seen, one = [], template
        while one and one.layout:
            if one.name in seen:
                raise Refused(template.path, template.layout.line, f"layouts in a circle: {' → '.join(seen + [one.name])}")
            seen.append(one.name)
            one = templates.get(one.layout.name)


def views_h(templates):
    uses = sorted({header for t in templates.values() for _, header in t.uses} | {"html/html.h"})
    text = _MADE + "#ifndef GEN_VIEWS_H\n#define GEN_VIEWS_H\n\n"
    text += "".join(f'#include "{header}"\n' for header in uses)
    for template in templates.values():
        text += "\n" + "".join(signature(template, s, ";") + "\n" for s in suffixes(template))
    return text + "\n#endif\n"


def views_c(templates):
    text = _MADE + '#include "gen/views.h"\n'
    for template in templates.values():
        parts = Compiler(template, templates).compile()
        for suffix, body in zip(suffixes(template), parts):
            text += f"\n{signature(template, suffix, '')}\n{{\n{body}}}\n"
    return text


def main(words):
    if len(words) < 3 or words[0] != "--out":
        raise SystemExit("usage: templates.py --out DIR VIEWS.html …")
    templates = load(sorted(words[2:]))
    header, source = views_h(templates), views_c(templates)
    write(words[1], "views.h", header)
    write(words[1], "views.c", source)


if __name__ == "__main__":
    run(main)
