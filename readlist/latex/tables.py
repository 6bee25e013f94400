"""What LaTeX's macros mean for the eye, and the characters that Unicode has raised and lowered."""

from __future__ import annotations

from typing import Final

_PLAIN: Final = (
    "textbf textit emph texttt textsc textsf textrm textsl textup textmd textnormal underline uline bold "
    "bf it em tt sc sf rm sl bfseries itshape ttfamily normalfont mbox fbox hbox vbox mathop mathrel mathbin "
    "boldsymbol bm mathbf mathcal mathbb mathrm mathit mathsf mathtt mathfrak mathscr pmb operatorname "
    "overline bar hat tilde vec widehat widetilde dot ddot check breve acute grave mathring underbrace overbrace "
    "phantom left right big Big bigg Bigg bigl bigr Bigl Bigr displaystyle textstyle scriptstyle small large Large "
    "footnotesize scriptsize tiny centering noindent limits nolimits url path nolinkurl title section subsection "
    "subsubsection paragraph protect xspace ensuremath mathnormal par newline linebreak nobreak item bgroup "
    "egroup"
)

STYLES: Final[dict[str, bool | None]] = {
    **dict.fromkeys(_PLAIN.split()),
    "text": False,
    "textnormal": False,
    "mbox": False,
    "ensuremath": True,
}
"""Macros that say how their argument looks, if they have one; the value says whether it is math (None: as around)."""

SORTING: Final = frozenset(("noop", "noopsort", "nop", "SortNoop", "sortnoop"))
"""Macros that only sort, by an argument that they do not print (btxdoc and xampl.bib); a `@preamble` defines them."""

DROPPED: Final = {
    "cite": True, "citep": True, "citet": True, "citealp": True, "citeauthor": True, "ref": False, "eqref": False,
    "label": True, "vspace": False, "hspace": False, "thanks": True, "index": True, "footnotemark": True,
    "color": False, "raisebox": False, "includegraphics": False, "nocite": True, **dict.fromkeys(SORTING, False),
}  # fmt: skip
"""Macros whose argument is nothing to read; whether the blank in front of them goes too."""

ARGUMENTS: Final = {
    "frac": 2, "tfrac": 2, "dfrac": 2, "nicefrac": 2, "sfrac": 2, "sqrt": 1, "href": 2, "textcolor": 2,
    "colorbox": 2, "footnote": 1, "footnotetext": 1, "binom": 2,
}  # fmt: skip
"""How many arguments the macros have that say how their arguments belong together."""

SPACES: Final = {
    ",": " ", ";": " ", ":": " ", "!": "", "/": "", "-": "", " ": " ", "\n": " ", "\\": " ", "@": "", "|": "‖",
    "relax": "", "quad": " ", "qquad": " ", "thinspace": " ", "enspace": " ", "space": " ", "nobreakspace": " ",
    "ldots": "…", "dots": "…", "cdots": "⋯", "textellipsis": "…", "lt": "<", "gt": ">",
    "log": "log", "exp": "exp", "min": "min", "max": "max", "argmin": "argmin", "argmax": "argmax", "sup": "sup",
    "inf": "inf", "lim": "lim", "sin": "sin", "cos": "cos", "tan": "tan", "tanh": "tanh", "ln": "ln", "det": "det",
    "dim": "dim", "Pr": "Pr", "ker": "ker", "deg": "deg", "gcd": "gcd", "mod": "mod", "bmod": "mod", "poly": "poly",
    "TeX": "TeX", "LaTeX": "LaTeX", "prime": "′", "star": "⋆", "ast": "*", "circ": "∘", "lVert": "‖", "rVert": "‖",
    "lvert": "|", "rvert": "|", "Vert": "‖", "vert": "|", "colon": ":", "textbackslash": "\\",
    "textasciitilde": "~", "textasciicircum": "^", "textdollar": "$", "textpercent": "%", "slash": "/",
}  # fmt: skip
"""Signs and macros that are blanks or plain words to the eye."""

CHARACTERS: Final = {
    "textless": "<", "textgreater": ">", "textbar": "|", "textbraceleft": "{", "textbraceright": "}",
    "textunderscore": "_", "textquotedbl": '"', "textampersand": "&", "texthash": "#", "textnumbersign": "#",
    "textperiodcentered": "·", "textohm": "Ω", "textonehalf": "½", "copyright": "©", "pounds": "£", "S": "§", "P": "¶",
    "dag": "†", "ddag": "‡", "ddagger": "‡", "lq": "‘", "rq": "’", "Re": "ℜ", "Im": "ℑ", "imath": "ı", "jmath": "ȷ",
    "ne": "≠", "neg": "¬", "lnot": "¬", "land": "∧", "lor": "∨", "models": "⊨", "bot": "⊥", "gets": "←",
    "triangle": "△", "lbrace": "{", "rbrace": "}",
}  # fmt: skip
"""Macros for one character that pylatexenc does not turn into it: Mendeley and Zotero write the first ones for `<`,
`>` and `|` wherever these stand.
"""

MATH_ACCENTS: Final = {"acute": "\u0301", "ddot": "\u0308", "grave": "\u0300"}
"""Accents of math that Greek words have, and the combining characters."""

JOINED: Final = frozenset("relax ss o O l L ae AE oe OE aa AA i j dh DH th TH dj DJ ng NG".split())
"""Macros for letters within words, and for nothing: the blank after them only ends their name."""

SUPERSCRIPTS: Final = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθι",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᶥ",
        strict=True,
    )
)
"""Characters that Unicode has raised."""

SUBSCRIPTS: Final = dict(
    zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True)
)
"""Characters that Unicode has lowered."""
