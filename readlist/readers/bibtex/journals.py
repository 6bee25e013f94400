r"""Journals that astronomers name by a macro, `\prl`, which the styles of their journals define and nothing else does.

NASA's ADS writes them into every entry. The words are those that the macros print (`aastex`, `aas_macros.sty`).
"""

from __future__ import annotations

import re
from typing import Final

_MACRO: Final = re.compile(r"\{?\s*\\([A-Za-z]{2,8})\s*(?:\{\})?\s*\}?")
_IN: Final = ("journal", "journaltitle", "booktitle", "series")
_PRINTED: Final = {
    "aj": "AJ", "actaa": "Acta Astron.", "araa": "ARA{\\&}A", "apj": "ApJ", "apjl": "ApJ", "apjlett": "ApJ",
    "apjs": "ApJS", "apjsupp": "ApJS", "ao": "Appl. Opt.", "applopt": "Appl. Opt.", "apss": "Ap{\\&}SS",
    "aap": "A{\\&}A", "astap": "A{\\&}A", "aapr": "A{\\&}A Rev.", "aaps": "A{\\&}AS", "azh": "AZh",
    "baas": "BAAS", "bac": "Bull. astr. Inst. Czechosl.", "caa": "Chinese Astron. Astrophys.",
    "cjaa": "Chinese J. Astron. Astrophys.", "icarus": "Icarus", "jcap": "J. Cosmology Astropart. Phys.",
    "jrasc": "JRASC", "memras": "MmRAS", "mnras": "MNRAS", "na": "New A", "nar": "New A Rev.", "pasa": "PASA",
    "pra": "Phys. Rev. A", "prb": "Phys. Rev. B", "prc": "Phys. Rev. C", "prd": "Phys. Rev. D",
    "pre": "Phys. Rev. E", "prl": "Phys. Rev. Lett.", "pasp": "PASP", "pasj": "PASJ",
    "rmxaa": "Rev. Mexicana Astron. Astrofis.", "qjras": "QJRAS", "skytel": "S{\\&}T", "solphys": "Sol. Phys.",
    "sovast": "Soviet Ast.", "ssr": "Space Sci. Rev.", "zap": "ZAp", "nat": "Nature", "iaucirc": "IAU Circ.",
    "aplett": "Astrophys. Lett.", "apspr": "Astrophys. Space Phys. Res.",
    "bain": "Bull. Astron. Inst. Netherlands", "fcp": "Fund. Cosmic Phys.", "gca": "Geochim. Cosmochim. Acta",
    "grl": "Geophys. Res. Lett.", "jcp": "J. Chem. Phys.", "jgr": "J. Geophys. Res.",
    "jqsrt": "J. Quant. Spec. Radiat. Transf.", "memsai": "Mem. Soc. Astron. Italiana",
    "nphysa": "Nucl. Phys. A", "physrep": "Phys. Rep.", "physscr": "Phys. Scr", "planss": "Planet. Space Sci.",
    "procspie": "Proc. SPIE", "psj": "PSJ", "maps": "M{\\&}PS", "dps": "AAS/DPS Meeting Abstracts",
}  # fmt: skip
"""Macro → what it prints, as a .bib file says it."""


def spelled_out(values: dict[str, str]) -> dict[str, str]:
    r"""Return the fields of an entry with the names of journals in place of their macros.

    Like the words of a `@string` they stand for themselves elsewhere, too; `\prl` would stop LaTeX there.
    """
    macros = {name: _MACRO.fullmatch(values[name]) for name in _IN if "\\" in values.get(name, "")}
    known = {name: _PRINTED.get(macro[1].lower()) for name, macro in macros.items() if macro}
    found = {name: printed for name, printed in known.items() if printed}
    return values | found if found else values
