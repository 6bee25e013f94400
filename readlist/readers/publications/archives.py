"""What arXiv calls its subject classes, and what a listing's short codes stand for (arXiv's category taxonomy)."""

from __future__ import annotations

from typing import Final

_CLASSES: Final = {
    "physics": "acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an ed-ph flu-dyn gen-ph "
    "geo-ph hist-ph ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph",
    "cond-mat": "dis-nn mes-hall mtrl-sci quant-gas soft stat-mech str-el supr-con",
    "nlin": "AO CD CG PS SI",
    "astro-ph": "CO EP GA HE IM SR",
    "econ": "EM GN TH",
    "q-fin": "CP EC GN MF PM PR RM ST TR",
    "q-bio": "BM CB GN MN NC OT PE QM SC TO",
    "math": "AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO IT KT LO MG MP NA NT OA OC PR QA RA RT SG SP ST",
    "eess": "AS IV SP SY",
    "stat": "AP CO ME ML OT TH",
    "cs": "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE NI OH OS PF PL RO "
    "SC SD SE SI SY",
}
"""arXiv's archives and their classes, the likeliest archive last."""

_UNDIVIDED: Final = "gr-qc hep-ex hep-lat hep-ph hep-th math-ph nucl-ex nucl-th quant-ph astro-ph cond-mat".split()
"""Archives that are a class themselves."""

CATEGORIES: Final[dict[str, str]] = (
    {code: f"{archive}.{code}" for archive, codes in _CLASSES.items() for code in codes.split()}
    | {f"{archive}.{code}": f"{archive}.{code}" for archive, codes in _CLASSES.items() for code in codes.split()}
    | {archive: archive for archive in _UNDIVIDED}
)
"""What a code stands for; one that stands in several archives is cs before stat before eess before math."""
