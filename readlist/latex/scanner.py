"""One pass over a text with LaTeX in it.

One module, though it is long: every part of the pass moves the same place in the same text.
"""

from __future__ import annotations

import re
from typing import Final

from readlist.latex.address import address
from readlist.latex.scripts import raised
from readlist.latex.symbols import accented, character, greek_accented
from readlist.latex.tables import ARGUMENTS, DROPPED, JOINED, MATH_ACCENTS, SPACES, STYLES

_MACRO: Final = re.compile(r"\\([A-Za-z]+)\*?")
_OPTION: Final = re.compile(r"\s*\[[^\[\]]*\]")
_DOLLARS: Final = re.compile(
    r"\$\$(?P<shown>[^$]+)\$\$|\$(?P<inline>\\(?:[^$\\]|\\.)+?|(?:[^$\\]|\\.)+?(?=\$(?!\d)))\$", re.DOTALL
)
_PROSE: Final = re.compile(r"(?<![\\\w])[A-Za-z]{4,}\s+[A-Za-z]{2,}")
_SIMPLE_GROUP: Final = re.compile(r"[^\W\d_][\w '’&/+-]*")
_PLAIN: Final = re.compile(r"(?:[^\\{$^_~\-`']++|-(?!-)|'(?!'))+")
"""Characters that stand for themselves, as many as there are: a hyphen and an apostrophe too, unless there are two."""
_BRACE: Final = re.compile(r"\\.|[{}]", re.DOTALL)
_ACCENTS: Final = "'`^\"~=."
_DEEPEST: Final = 40
"""Groups in groups beyond this many are left as they are."""


class Scanner:
    """Reads one segment from left to right."""

    def __init__(self, raw: str, *, math: bool, depth: int) -> None:
        self._raw = raw
        self._math = math
        self._depth = depth
        self._at = 0
        self._found: list[str] = []
        self._groups: dict[int, int] | None = None

    def text(self) -> str:
        """Return the readable text of the segment."""
        raw = self._raw
        if self._depth > _DEEPEST:
            return raw
        steps = {"\\": self._backslash, "{": self._group, "$": self._dollar, "^": self._script, "_": self._script}
        while self._at < len(raw):
            char = raw[self._at]
            step = steps.get(char)
            if step is not None:
                step()
            elif run := _PLAIN.match(raw, self._at):
                self._put(run[0], len(run[0]))
            elif self._math:
                self._put(" " if char == "~" else char)
            else:
                self._typography()
        return "".join(self._found)

    def _put(self, text: str, length: int = 1) -> None:
        """Take `text` for the next `length` characters."""
        self._found.append(text)
        self._at += length

    def _inner(self, raw: str, *, math: bool | None = None) -> str:
        """Return the readable text of a part of the segment."""
        return Scanner(raw, math=self._math if math is None else math, depth=self._depth + 1).text()

    def _closing(self, start: int) -> int | None:
        """Return where the group that begins at `start` ends; None when none begins there or it never ends."""
        if self._groups is None:
            self._groups = _groups(self._raw)
        return self._groups.get(start)

    def _argument(self) -> str | None:
        """Take the group, or in math the single character, that comes next; None when there is none."""
        start = self._at
        while start < len(self._raw) and self._raw[start] == " ":
            start += 1
        end = self._closing(start)
        if end is not None:
            self._at = end + 1
            return self._raw[start + 1 : end]
        if self._math and start < len(self._raw) and self._raw[start] not in "\\{}$^_ ":
            self._at = start + 1
            return self._raw[start]
        return None

    # ------------------------------------------------------------------ what a backslash begins

    def _backslash(self) -> None:
        """Read a macro, an accent or an escaped character."""
        raw, at = self._raw, self._at
        after = raw[at + 1 : at + 2]
        if after.isascii() and after.isalpha():
            self._macro()
        elif after and after in "%$&#_{}":
            self._put(after, 2)
        elif after and after in SPACES:
            self._put(SPACES[after], 2)
        elif after and after in "([])":
            self._delimited(after)
        elif after and after in _ACCENTS and not (self._math and after in "'`"):
            self._accent()
        else:
            self._put("\\")

    def _delimited(self, opening: str) -> None:
        r"""Read math between `\(` and `\)`, or `\[` and `\]`."""
        closing = {"(": "\\)", "[": "\\]"}.get(opening)
        end = self._raw.find(closing, self._at + 2) if closing else -1
        if end < 0:
            self._put("\\")
            return
        self._put(self._inner(self._raw[self._at + 2 : end], math=True), end + 2 - self._at)

    def _accent(self) -> None:
        r"""Read an accent made of a sign, such as `\'e` or `\"{o}`."""
        start, sign = self._at, self._raw[self._at + 1]
        self._at += 2
        argument = self._argument()
        if argument is None and self._at < len(self._raw):
            found = re.match(r"\s*(?:(\\[ij])\b(?: |\{\})?|(\w))", self._raw[self._at :])
            if found:
                argument = found[1] or found[2]
                self._at += found.end()
        if argument is None or not argument.strip():
            self._at = start
            self._put("" if self._math else "\\", 1 if not self._math else 2)
            return
        inner = self._inner(argument)
        self._found.append(accented(sign, argument) or accented(sign, inner) or inner)

    def _macro(self) -> None:
        """Read a macro that is called by a name."""
        found = _MACRO.match(self._raw, self._at)
        assert found is not None
        name, start = found[1], self._at
        self._at = found.end()
        if name in ("begin", "end"):
            self._argument()
        elif name in DROPPED:
            self._skip_option()
            self._argument()
            if DROPPED[name] and self._found and self._found[-1].endswith(" "):
                self._found[-1] = self._found[-1][:-1]
        elif name in ("textsuperscript", "textsubscript"):
            self._found.append(raised("^" if name == "textsuperscript" else "_", self._inner(self._argument() or "")))
        elif name in STYLES:
            self._found.append(self._styled(name))
        elif name in ARGUMENTS:
            self._structure(name)
        else:
            self._symbol(name, start)

    def _skip_option(self) -> None:
        """Pass over an optional argument."""
        while option := _OPTION.match(self._raw, self._at):
            self._at = option.end()

    def _styled(self, name: str) -> str:
        """Return the text of a macro that only says how its argument looks."""
        argument = self._argument()
        if argument is None and self._math and name in MATH_ACCENTS and (macro := _MACRO.match(self._raw, self._at)):
            argument, self._at = macro[0], macro.end()
        if argument is None:
            self._pass_blank()
            return ""
        if name in MATH_ACCENTS:
            inner = self._inner(argument, math=STYLES[name])
            return greek_accented(name, inner) or inner
        return address(argument) if name in ("url", "path", "nolinkurl") else self._inner(argument, math=STYLES[name])

    def _pass_blank(self) -> None:
        """Pass over the blank that only ends the name of a macro."""
        if self._raw[self._at : self._at + 1] == " " and self._found and not self._found[-1].endswith(" "):
            return
        if self._raw[self._at : self._at + 1] == " ":
            self._at += 1

    def _structure(self, name: str) -> None:
        """Read a macro that says how its arguments belong together."""
        if name == "sqrt":
            self._skip_option()
        arguments = [self._argument() for _ in range(ARGUMENTS[name])]
        if any(argument is None for argument in arguments):
            given = next((self._inner(one) for one in arguments if one is not None), "")
            self._found.append(given or name)
            return
        parts = [self._inner(argument or "") for argument in arguments]
        if name in ("href", "textcolor", "colorbox"):
            self._found.append(parts[-1])
        elif name == "sqrt":
            self._found.append("√" + _bracketed(parts[0]))
        elif name in ("footnote", "footnotetext"):
            self._found.append(f" ({parts[0]})")
        elif name == "binom":
            self._found.append(f"C({parts[0]}, {parts[1]})")
        else:
            self._found.append("/".join(map(_bracketed, parts)))

    def _symbol(self, name: str, start: int) -> None:
        """Read a macro that stands for a character, an accent, or nothing that is known."""
        if name in "cvHukrbdt" and len(name) == 1:
            argument = self._argument()
            if argument is None and (letter := re.match(r"\s+(\w)", self._raw[self._at :])):
                argument = letter[1]
                self._at += letter.end()
            letter_text = accented(name, argument) or accented(name, self._inner(argument)) if argument else ""
            if letter_text:
                self._found.append(letter_text)
                return
            self._at = start + 1 + len(name)
        text = character(name)
        if text is not None:
            self._found.append(text)
            if self._raw.startswith("{}", self._at):
                self._at += 2
            elif name in JOINED and self._raw[self._at : self._at + 1] == " ":
                self._at += 1
            return
        self._unknown(name, start)

    def _unknown(self, name: str, start: int) -> None:
        """Read a macro that nobody knows: its argument is kept, or its name if it has none."""
        before = self._raw[start - 1 : start]
        if before and (before.isalnum() or before in ":\\/.") and not self._math:
            self._found.append("\\" + name)  # a path such as C:\temp
            return
        self._skip_option()
        argument = self._argument() if self._raw[self._at : self._at + 1] == "{" else None
        self._found.append(name if argument is None else self._inner(argument))

    # ------------------------------------------------------------------ groups, math, scripts, signs

    def _group(self) -> None:
        """Read a group; braces that are no TeX are kept."""
        end = self._closing(self._at)
        if end is None:
            self._put("{")
            return
        inner = self._raw[self._at + 1 : end]
        tex = self._math or not inner or inner.lstrip().startswith(("\\", "{", "$")) or _SIMPLE_GROUP.fullmatch(inner)
        text = self._inner(inner)
        self._put(text if tex else f"{{{text}}}", end + 1 - self._at)

    def _dollar(self) -> None:
        """Read math between dollars, or an amount of money."""
        found = None if self._math else _DOLLARS.match(self._raw, self._at)
        if found is None:
            self._put("$")
            return
        inner = found["shown"] or found["inline"]
        if found["shown"] is None and not _is_math(inner):
            self._put("$")
            return
        self._put(self._inner(inner, math=True).strip(), found.end() - self._at)

    def _script(self) -> None:
        """Read a superscript or subscript."""
        sign = self._raw[self._at]
        before = self._found[-1][-1:] if self._found else ""
        braces = self._raw[self._at + 1 : self._at + 2] == "{"
        power = re.match(r"\^-?\d+(?![\w])", self._raw[self._at :]) if before.isdigit() else None
        if not (self._math or (braces and before and not before.isspace()) or power):
            self._put(sign)
            return
        start = self._at
        self._at += 1
        if power:
            argument: str | None = power[0][1:]
            self._at += len(power[0]) - 1
        elif macro := _MACRO.match(self._raw, self._at):
            argument = macro[0]
            self._at = macro.end()
            if self._raw[self._at : self._at + 1] == "{" and (rest := self._argument()) is not None:
                argument += f"{{{rest}}}"
        else:
            argument = self._argument()
        if argument is None:
            self._at = start
            self._put(sign)
            return
        self._found.append(raised(sign, self._inner(argument, math=True).strip()))

    def _typography(self) -> None:
        """Read a tie, a dash or a quotation mark."""
        raw, at = self._raw, self._at
        before, char = raw[at - 1 : at], raw[at]
        if char == "~":
            tie = before and not before.isspace() and raw[at + 1 : at + 2].strip()
            self._put(" " if tie and before not in "/:" else "~")
        elif raw.startswith("---", at):
            self._put("—", 3)
        elif raw.startswith("--", at) and not (before in ("", " ", "(", "`") and raw[at + 2 : at + 3].isalpha()):
            self._put("–", 2)
        elif raw.startswith("``", at):
            self._put("“", 2)
        elif raw.startswith("''", at) and any("“" in piece for piece in self._found):
            self._put("”", 2)
        else:
            self._put(char)


def _groups(raw: str) -> dict[int, int]:
    """Return where each group that is closed begins and ends."""
    open_at: list[int] = []
    found: dict[int, int] = {}
    for brace in _BRACE.finditer(raw):
        if brace[0] == "{":
            open_at.append(brace.start())
        elif brace[0] == "}" and open_at:
            found[open_at.pop()] = brace.start()
    return found


def _is_math(inner: str) -> bool:
    """Whether what stands between two dollars is math rather than prose between two amounts."""
    if inner != inner.strip() and not re.search(r"[\\^_={}]", inner):
        return False
    if re.search(r"\\[A-Za-z]|[\^{}]", inner):
        return not re.match(r"\d[\d,.]*\s+[a-z]{3,}", inner)
    return not _PROSE.search(inner) and not re.match(r"\d[\d,.]*\s*(?:[a-z]{2,}|[-–/])", inner)


def _bracketed(text: str) -> str:
    """Return `text` in brackets unless it reads as one thing."""
    return text if text.isalnum() or len(text) <= 1 or re.fullmatch(r"\([^()]*\)|\d+[.,]\d+", text) else f"({text})"
