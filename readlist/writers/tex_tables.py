r"""What may stand in a .bib file: characters, and macros that nothing but LaTeX itself is needed for.

The macros are those of pylatexenc's table that pdflatex sets with LaTeX's kernel, fontenc's T1 (`\k`, `\th`, `\dj`
and the like) and amssymb (`\mathbb` and a few relations), found by setting every one of them. None of them reads,
writes or defines anything.
"""

from __future__ import annotations

from typing import Final

ASCII: Final = {
    "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "$": r"\$",
    "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "\\": r"{\textbackslash}", "^": r"{\textasciicircum}",
    "~": r"{\textasciitilde}", "<": r"{\textless}", ">": r"{\textgreater}", "|": r"{\textbar}",
}  # fmt: skip
"""Characters of ASCII that mean something to TeX, or that its oldest fonts lack.

BibTeX counts braces and ignores backslashes, so that a brace is written as a macro (btxdoc, section 4).
"""

PUNCTUATION: Final = {
    "–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''", "…": r"{\ldots}", "‐": "-", "‑": "-", "ʼ": "'",
    "•": r"{\textbullet}", "ı": r"{\i}", "ȷ": r"{\j}", "′": r"{$^{\prime}$}",
}  # fmt: skip
"""Characters that are written otherwise than pylatexenc does."""

ABOVE: Final = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v",
}  # fmt: skip
"""Combining characters that stand above a letter, and TeX's accents."""

BELOW: Final = {"\u0323": "d", "\u0327": "c", "\u0328": "k", "\u0331": "b"}
"""Combining characters that stand below a letter, and TeX's accents; TeX puts them around those above."""

LONE_ACCENTS: Final = {
    "\u0300": "`", "\u0301": r"{\textasciiacute}", "\u0302": r"{\textasciicircum}", "\u0303": r"{\textasciitilde}",
    "\u0304": r"{\textasciimacron}", "\u0306": r"{\textasciibreve}", "\u0308": r"{\textasciidieresis}",
    "\u030c": r"{\textasciicaron}",
}  # fmt: skip
"""Accents that stand on no letter; TeX's own would take whatever follows."""

UTF8: Final = (
    "00A1-00AC 00AE-0125 0128-0137 0139-013E 0141-0148 014A-0165 0168-017E 0192 01CD-01D4 01E6-01EB 01F0 01F4-01F5 "
    "0218-021B 0232-0233 1E02-1E03 1E0D 1E1E-1E21 1E25 1E30-1E31 1E37 1E43 1E45 1E47 1E5B 1E63 1E6D 1E8E-1E91 1E9E "
    "1EF2-1EF3 2010-2011 2013-2014 2018-201A 201C-201E 2020-2022 2026 2030 2039-203A 20AC 2122"
)
"""Characters that pdflatex reads in UTF-8 by itself, as ranges of code points."""

ACCENTS: Final = frozenset("`'^\"~=.") | frozenset("cdbuvHkrt")
"""Names of macros that put an accent on the letter that follows."""

TEXT_MACROS: Final = frozenset(
    "AE DH DJ IJ L NG O OE TH aa AA ae dh dj i ij j l ng o oe ss th guillemotleft guillemotright guilsinglleft "
    "guilsinglright quotedblbase quotesinglbase textacutedbl textasciiacute textasciibreve textasciicaron "
    "textasciicircum textasciidieresis textasciimacron textasciitilde textasteriskcentered textbackslash textbaht "
    "textbar textbigcircle textblank textbraceleft textbraceright textbrokenbar textbullet textcelsius textcent "
    "textcircledP textcolonmonetary textcopyright textcurrency textdagger textdaggerdbl textdegree textdiscount "
    "textdiv textdong textdownarrow textdollar textellipsis textemdash textendash textestimated texteuro "
    "textexclamdown textflorin textfractionsolidus textgreater textinterrobang textleftarrow textless textlira "
    "textlnot textmho textmu textmusicalnote textnaira textnumero textonehalf textonequarter textonesuperior "
    "textopenbullet textordfeminine textordmasculine textparagraph textperiodcentered textpertenthousand "
    "textperthousand textpeso textquestiondown textquotedbl textquotedblleft textquotedblright textquoteleft "
    "textquoteright textquotesingle textrecipe textreferencemark textregistered textrightarrow textsection "
    "textservicemark textsterling textthreequarters textthreesuperior texttimes texttrademark texttwosuperior "
    "textunderscore textuparrow textvisiblespace textwon textyen "
    "LaTeX TeX S P dag ddag copyright pounds ldots dots slash lq rq".split()
)
"""Macros for text that take nothing after them."""

TEXT_STYLES: Final = frozenset(
    "emph textit textbf textsc textrm textsf texttt textsl textup textmd textnormal textsuperscript textsubscript "
    "mbox underline".split()
)
"""Macros for text that take one argument."""

TEXT_SWITCHES: Final = frozenset("em it bf sc tt rm sf sl itshape bfseries scshape ttfamily relax".split())
"""Macros that change the letters up to the end of their group, and one that does nothing: `{\relax Ch}` is one letter
to BibTeX's styles."""

GREEK: Final = frozenset(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho "
    "sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi "
    "Omega".split()
)
"""Greek letters of math."""

MATH_SCRIPTS: Final = GREEK | frozenset(
    "ell infty ast star circ prime top bot perp pm mp times cdot bullet aleph Re Im partial nabla wp dagger ddagger "
    "oplus otimes odot parallel".split()
)
"""Macros of math that are one character to TeX, so that they can be a script without braces."""

MATH_SYMBOLS: Final = MATH_SCRIPTS | frozenset(
    "Downarrow Leftarrow Leftrightarrow Longleftarrow Longleftrightarrow Longrightarrow Rightarrow Uparrow "
    "Updownarrow Vert amalg angle approx asymp bigcap bigcirc bigcup bigtriangledown bigtriangleup bigvee bigwedge "
    "bowtie cap cdots cong coprod cup dashv ddots diamond doteq equiv exists forall frown geq ge gg gets hbar "
    "hookleftarrow hookrightarrow imath in int jmath land langle lbrace lceil ldots dots leftarrow leftharpoondown "
    "leftharpoonup leftrightarrow leq le lfloor ll lmoustache lnot longleftarrow longleftrightarrow longmapsto "
    "longrightarrow lor mapsto mid models nearrow ne neg neq ni notin nwarrow oint ominus oslash prec preceq prod "
    "propto quad rangle rbrace rceil rfloor rightarrow rightharpoondown rightharpoonup rightleftharpoons rmoustache "
    "searrow setminus sim simeq smile sqcap sqcup sqsubseteq sqsupseteq subset subseteq succ succeq sum supset "
    "supseteq swarrow to triangle triangleleft triangleright uparrow downarrow updownarrow uplus vdash vdots vee "
    "wedge wr emptyset arg cos cosh deg det dim exp gcd inf ker lg lim liminf limsup ln log max min Pr sin sinh sup "
    "tan tanh leqslant geqslant lesssim gtrsim square blacksquare varnothing subsetneq supsetneq therefore "
    "because nexists complement rightsquigarrow lozenge triangleq beth gimel daleth".split()
)
"""Macros of math that take nothing after them."""

MATH_STYLES: Final = frozenset(
    "mathbb mathcal mathbf mathrm mathit mathsf mathtt mathfrak hat tilde bar vec dot ddot check breve acute grave "
    "widehat widetilde overline underline sqrt".split()
)
"""Macros of math that take one argument."""

MATH_PAIRS: Final = frozenset({"frac"})
"""Macros of math that take two arguments."""
