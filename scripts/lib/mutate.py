# SPDX-License-Identifier: GPL-2.0
"""mutate.py - a C source in, its mutants out: the same source with one token, or one statement, changed.

usage: mutate.py list FILE...          all of them, one a line
       mutate.py choose SEED COUNT     that many lines of the list on stdin, other ones for another seed
       mutate.py apply N FILE          the source of the Nth of a file, on stdout

A line of the list has six fields, with a tab between each: N, FILE, the function or the table, which of
equal ones it is, what was there, and what is there now.  All but N still name the same mutant after
other lines of the file have changed, and it is chosen by them.
"""
import hashlib
import re
import sys

TOKEN = re.compile(r"""
    (?P<space>\s+|/\*.*?\*/|//[^\n]*)
  | (?P<directive>^[ \t]*\#(?:[^\\\n]|\\.)*)
  | (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
  | (?P<number>(?:0[xX][0-9a-fA-F]+|[0-9]+)[uUlL]*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<sign><<=|>>=|\.\.\.|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|.)
""", re.VERBOSE | re.DOTALL | re.MULTILINE)

# What stands between two values.
OTHER = {
    "==": ["!="], "!=": ["=="], "<": ["<=", ">="], ">": [">=", "<="], "<=": ["<", ">"], ">=": [">", "<"],
    "&&": ["||"], "||": ["&&"], "+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"], "%": ["*"],
    "<<": [">>"], ">>": ["<<"], "&": ["|"], "|": ["&"],
    "+=": ["-="], "-=": ["+="], "|=": ["&="], "&=": ["|="], "<<=": [">>="], ">>=": ["<<="],
    "++": ["--"], "--": ["++"],
}
# What stands before one, and can be left out.
UNARY = ("!", "~", "-")
STEPS = ("++", "--")
HEADS = ("if", "while", "for", "switch")
NO_VALUE = ("return", "case", "else", "do", "goto", "sizeof", "in")
TYPE = re.compile(r"(const |struct |enum |unsigned )*(\w+_t|__[us]\d+|void|char|int|long|_Bool|bool|double)( ?\*+)*"
                  r"|(const )?(struct|enum) \w+( ?\*+)*")
# What a declaration begins with.
TYPE_WORD = re.compile(r"\w+_t|__[us]\d+|void|char|int|long|_Bool|bool|double|unsigned|const|static|struct|enum|union")
CONSTANT = re.compile(r"[A-Z][A-Z0-9_]{2,}")
CLOSING = {"(": ")", "[": "]", "{": "}"}


class Source:
    """A file as tokens: (kind, text, offset), comments and directives left out."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.text = file.read()
        self.tokens = []
        for match in TOKEN.finditer(self.text):
            if match.lastgroup not in ("space", "directive"):
                self.tokens.append((match.lastgroup, match.group(), match.start()))
        self.partner = self.pairs()

    def pairs(self):
        """Each bracket's partner."""
        partner, opened = {}, []
        for index, (_, text, _) in enumerate(self.tokens):
            if text in CLOSING:
                opened.append(index)
            elif text in CLOSING.values() and opened:
                partner[index] = opened.pop()
                partner[partner[index]] = index
        return partner

    def word(self, index):
        return self.tokens[index][1] if 0 <= index < len(self.tokens) else ""

    def end(self, index):
        return self.tokens[index][2] + len(self.tokens[index][1])

    def is_value(self, index):
        """Does a value end with this token, so that what follows stands between two?"""
        kind, text, _ = self.tokens[index]
        if text == ")" and index in self.partner:
            inside = " ".join(self.word(i) for i in range(self.partner[index] + 1, index))
            head = self.word(self.partner[index] - 1)
            return not TYPE.fullmatch(inside) and head not in HEADS
        if kind == "word":
            return text not in NO_VALUE and not self.is_type(index)
        return kind in ("number", "text") or text == "]"

    def is_type(self, index):
        """A word that is a type, or the name of one: a star after it makes no product."""
        return bool(TYPE_WORD.fullmatch(self.word(index))) or self.word(index - 1) in ("struct", "enum", "union")

    def parts(self):
        """(name, first, last, is it a function) of each body at the file's top level."""
        index = start = 0
        while index < len(self.tokens):
            text = self.word(index)
            if text == "{":
                head = range(start, index)
                name = next((self.word(i - 1) for i in head if self.word(i) in ("(", "[", "=") and i > start), "")
                code = self.word(index - 1) == ")"
                if code or self.word(index - 1) == "=":
                    yield name, index + 1, self.partner[index], code
                index = self.partner[index]
            elif text in ("(", "["):
                index = self.partner[index]
            if self.word(index) in (";", "}"):
                start = index + 1
            index += 1


def token_mutants(source, first, last):
    """(offset, end, replacement) for single tokens."""
    for index in range(first, last):
        kind, text, start = source.tokens[index]
        end = source.end(index)
        between = source.is_value(index - 1)
        if kind == "number":
            yield start, end, "1" if text == "0" else "0" if text == "1" else "(%s + 1)" % text
        elif text in ("true", "false"):
            yield start, end, "false" if text == "true" else "true"
        elif kind == "word" and CONSTANT.fullmatch(text) and source.word(index + 1) != "(" and text != "NULL":
            yield start, end, "0"
            yield start, end, "(%s %s 1)" % (text, "<<" if is_bit(source, index) else "+")
        elif text in OTHER and (between or text in STEPS):
            for other in OTHER[text]:
                yield start, end, other
        elif text in UNARY and not between:
            yield start, end, ""


def is_bit(source, index):
    """A constant of which others are of the same kind by shifting it: it stands among bits, or is asked for."""
    if source.word(index - 1) in ("&", "|", "~") or source.word(index + 1) in ("&", "|"):
        return True
    return any(source.word(index - back) == "(" and source.word(index - back - 1).endswith("has") for back in range(1, 5))


def condition_mutants(source, first, last):
    """(offset, end, replacement) for each condition of if, while, for and ?:, negated."""
    for index in range(first, last):
        text = source.word(index)
        if text in ("if", "while", "for"):
            begin, end = index + 2, source.partner[index + 1]
            if text == "for":
                begin = next_at_level(source, begin, end, ";") + 1
                end = next_at_level(source, begin, end, ";")
            if begin < end:
                yield negated(source, begin, end)
        elif text == "?":
            begin = index
            while source.word(begin - 1) not in ("return", "=", "(", ",", "?", ":", "{", ";", "+=", "|="):
                begin = source.partner.get(begin - 1, begin - 1)
            yield negated(source, begin, index)


def next_at_level(source, index, end, wanted):
    while index < end and source.word(index) != wanted:
        index = source.partner[index] if source.word(index) in CLOSING else index
        index += 1
    return index


def negated(source, first, last):
    start, end = source.tokens[first][2], source.end(last - 1)
    return start, end, "!(%s)" % source.text[start:end]


def statement_mutants(source, first, last):
    """(offset, end, replacement) for each statement, and label of a switch, left out."""
    for index in range(first, last):
        if not begins_statement(source, index):
            continue
        text = source.word(index)
        if text in ("case", "default"):
            end = next_at_level(source, index, last, ":")
            yield source.tokens[index][2], source.end(end), ""
        elif text not in HEADS + ("{", "}", ";", "else", "do") and not source.is_type(index):
            end = next_at_level(source, index, last, ";")
            if end < last:
                yield source.tokens[index][2], source.end(end), ";"


def begins_statement(source, index):
    before = source.word(index - 1)
    if before in (";", "{", "}"):
        return not inside_parentheses(source, index)
    if before == ")":
        return source.word(source.partner[index - 1] - 1) in HEADS
    if before == ":":
        label = index - 2
        while source.word(label) not in (";", "{", "}", ":", "?"):
            label -= 1
        return source.word(label + 1) in ("case", "default")
    return before in ("else", "do")


def inside_parentheses(source, index):
    """The semicolons of for, and the braces of a compound literal, begin no statement."""
    while index > 0:
        index -= 1
        text = source.word(index)
        if text in (")", "}", "]"):
            index = source.partner.get(index, index)
        elif text in ("(", "["):
            return True
        elif text == "{":
            before = source.word(index - 1)
            return before in ("=", ",", "{") or (before == ")" and not source.is_value(index - 1)
                                                 and source.word(source.partner[index - 1] - 1) not in HEADS)
    return False


def mutants(source):
    """(name, start, end, replacement) of all, in the order of the text."""
    found = []
    for name, first, last, code in source.parts():
        here = list(token_mutants(source, first, last))
        if code:
            here += list(condition_mutants(source, first, last)) + list(statement_mutants(source, first, last))
        found += [(name,) + mutant for mutant in here]
    return sorted(set(found), key=lambda mutant: mutant[1:])


def shown(source, start, end, replacement):
    """The lines that change, before and after, each as one line."""
    first = source.text.rfind("\n", 0, start) + 1
    last = source.text.find("\n", end)
    before, after = source.text[first:last], source.text[first:start] + replacement + source.text[end:last]
    return " ".join(before.split()), " ".join(after.split())


def print_list(path):
    source = Source(path)
    seen = {}
    for number, (name, start, end, replacement) in enumerate(mutants(source)):
        fields = (name,) + shown(source, start, end, replacement)
        seen[fields] = seen.get(fields, 0) + 1
        print("\t".join((str(number), path, name, str(seen[fields])) + fields[1:]))


def print_mutant(number, path):
    source = Source(path)
    _, start, end, replacement = mutants(source)[number]
    sys.stdout.write(source.text[:start] + replacement + source.text[end:])


def print_chosen(seed, count):
    def rank(line):
        return hashlib.sha256((seed + "\t" + line.split("\t", 1)[1]).encode()).digest()

    lines = sys.stdin.read().splitlines()
    chosen = set(sorted(lines, key=rank)[:count])
    for line in lines:
        if line in chosen:
            print(line)


def main(arguments):
    if arguments[:1] == ["list"] and len(arguments) > 1:
        for path in arguments[1:]:
            print_list(path)
    elif arguments[:1] == ["choose"] and len(arguments) == 3:
        print_chosen(arguments[1], int(arguments[2]))
    elif arguments[:1] == ["apply"] and len(arguments) == 3:
        print_mutant(int(arguments[1]), arguments[2])
    else:
        sys.exit(__doc__)


main(sys.argv[1:])
