"""Well-known papers, and their citations written by hand from the manuals of APA and IEEE.

APA: Publication Manual, 7th edition (2020), 9.8 (authors), 10.1 (articles), 10.5 (proceedings), 10.8 (preprints): a
preprint is `Title (number). Repository. DOI`; titles in sentence case; up to 20 authors, else 19, dots and the last.
IEEE: Reference Guide (2023) and Editorial Style Manual: initials first, `et al.` for more than six authors, titles in
quotation marks in sentence case, a preprint by year and arXiv number.
Names of journals and proceedings stand as the paper's source has them: no source has their short names.
"""

from __future__ import annotations

from dataclasses import dataclass

from readlist.paper import Identifiers, Paper
from tests.papers import paper


@dataclass(frozen=True, slots=True)
class Cited:
    """A paper and what the manuals make of it."""

    paper: Paper
    apa: str
    ieee: str


def preprint(title: str, arxiv: str, date: str, authors: str, **facts: object) -> Paper:
    """Return a paper that is on arXiv only."""
    return paper(title, *authors.split(", "), date=date, identifiers=Identifiers(arxiv), **facts)


def published(  # noqa: PLR0917 — the tables below read best so
    title: str, date: str, authors: str, kind: str, venue: str, doi: str | None = None, **extra: str
) -> Paper:
    """Return a paper of a journal or a conference, with the fields of its .bib file."""
    return paper(
        title, *authors.split(", "), date=date, kind=kind, venue=venue, identifiers=Identifiers(None, doi),
        extra=tuple(extra.items()),
    )  # fmt: skip


GPT_3 = (
    "Tom B. Brown, Benjamin Mann, Nick Ryder, Melanie Subbiah, Jared Kaplan, Prafulla Dhariwal, Arvind Neelakantan, "
    "Pranav Shyam, Girish Sastry, Amanda Askell, Sandhini Agarwal, Ariel Herbert-Voss, Gretchen Krueger, Tom Henighan, "
    "Rewon Child, Aditya Ramesh, Daniel M. Ziegler, Jeffrey Wu, Clemens Winter, Christopher Hesse, Mark Chen, "
    "Eric Sigler, Mateusz Litwin, Scott Gray, Benjamin Chess, Jack Clark, Christopher Berner, Sam McCandlish, "
    "Alec Radford, Ilya Sutskever, Dario Amodei"
)
DQN = (
    "Volodymyr Mnih, Koray Kavukcuoglu, David Silver, Andrei A. Rusu, Joel Veness, Marc G. Bellemare, Alex Graves, "
    "Martin Riedmiller, Andreas K. Fidjeland, Georg Ostrovski, Stig Petersen, Charles Beattie, Amir Sadik, "
    "Ioannis Antonoglou, Helen King, Dharshan Kumaran, Daan Wierstra, Shane Legg, Demis Hassabis"
)

CITED = (
    Cited(
        preprint(
            "Toolformer: Language Models Can Teach Themselves to Use Tools", "2302.04761", "2023-02-09",
            "Timo Schick, Jane Dwivedi-Yu, Roberto Dessì, Roberta Raileanu, Maria Lomeli, Luke Zettlemoyer, "
            "Nicola Cancedda, Thomas Scialom",
        ),
        "Schick, T., Dwivedi-Yu, J., Dessì, R., Raileanu, R., Lomeli, M., Zettlemoyer, L., Cancedda, N., & Scialom, T. "
        "(2023). Toolformer: Language models can teach themselves to use tools (arXiv:2302.04761). arXiv. "
        "https://doi.org/10.48550/arXiv.2302.04761",
        "[1] T. Schick et al., “Toolformer: Language models can teach themselves to use tools,” 2023, "
        "arXiv:2302.04761.",
    ),
    Cited(
        published(
            "Attention is All you Need", "2017",
            "Ashish Vaswani, Noam Shazeer, Niki Parmar, Jakob Uszkoreit, Llion Jones, Aidan N. Gomez, Łukasz Kaiser, "
            "Illia Polosukhin",
            "inproceedings", "Advances in Neural Information Processing Systems", volume="30", pages="5998--6008",
        ),
        "Vaswani, A., Shazeer, N., Parmar, N., Uszkoreit, J., Jones, L., Gomez, A. N., Kaiser, Ł., & Polosukhin, I. "
        "(2017). Attention is all you need. Advances in Neural Information Processing Systems, 30, 5998–6008.",
        "[1] A. Vaswani et al., “Attention is all you need,” in Advances in Neural Information Processing Systems, "
        "vol. 30, 2017, pp. 5998–6008.",
    ),
    Cited(
        published(
            "Deep learning", "2015-05", "Yann LeCun, Yoshua Bengio, Geoffrey Hinton", "article", "Nature",
            "10.1038/nature14539", volume="521", number="7553", pages="436--444",
        ),
        "LeCun, Y., Bengio, Y., & Hinton, G. (2015). Deep learning. Nature, 521(7553), 436–444. "
        "https://doi.org/10.1038/nature14539",
        "[1] Y. LeCun, Y. Bengio, and G. Hinton, “Deep learning,” Nature, vol. 521, no. 7553, pp. 436–444, May 2015, "
        "doi: 10.1038/nature14539.",
    ),
    Cited(
        preprint(
            "Adam: A Method for Stochastic Optimization", "1412.6980", "2014-12-22", "Diederik P. Kingma, Jimmy Ba"
        ),
        "Kingma, D. P., & Ba, J. (2014). Adam: A method for stochastic optimization (arXiv:1412.6980). arXiv. "
        "https://doi.org/10.48550/arXiv.1412.6980",
        "[1] D. P. Kingma and J. Ba, “Adam: A method for stochastic optimization,” 2014, arXiv:1412.6980.",
    ),
    Cited(
        published(
            "Deep Residual Learning for Image Recognition", "2016-06",
            "Kaiming He, Xiangyu Zhang, Shaoqing Ren, Jian Sun", "inproceedings",
            "2016 IEEE Conference on Computer Vision and Pattern Recognition (CVPR)", "10.1109/cvpr.2016.90",
            pages="770--778", publisher="IEEE",
        ),
        "He, K., Zhang, X., Ren, S., & Sun, J. (2016). Deep residual learning for image recognition. In 2016 IEEE "
        "Conference on Computer Vision and Pattern Recognition (CVPR) (pp. 770–778). IEEE. "
        "https://doi.org/10.1109/cvpr.2016.90",
        "[1] K. He, X. Zhang, S. Ren, and J. Sun, “Deep residual learning for image recognition,” in 2016 IEEE "
        "Conference on Computer Vision and Pattern Recognition (CVPR), Jun. 2016, pp. 770–778, "
        "doi: 10.1109/cvpr.2016.90.",
    ),
    Cited(
        preprint(
            "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding", "1810.04805",
            "2018-10-11", "Jacob Devlin, Ming-Wei Chang, Kenton Lee, Kristina Toutanova",
        ),
        "Devlin, J., Chang, M.-W., Lee, K., & Toutanova, K. (2018). BERT: Pre-training of deep bidirectional "
        "transformers for language understanding (arXiv:1810.04805). arXiv. https://doi.org/10.48550/arXiv.1810.04805",
        "[1] J. Devlin, M.-W. Chang, K. Lee, and K. Toutanova, “BERT: Pre-training of deep bidirectional transformers "
        "for language understanding,” 2018, arXiv:1810.04805.",
    ),
    Cited(
        preprint(
            "Augmented Language Models: a Survey", "2302.07842", "2023-02-15",
            "Grégoire Mialon, Roberto Dessì, Maria Lomeli, Christoforos Nalmpantis, Ram Pasunuru, Roberta Raileanu, "
            "Baptiste Rozière, Timo Schick, Jane Dwivedi-Yu, Asli Celikyilmaz, Edouard Grave, Yann LeCun, "
            "Thomas Scialom",
        ),
        "Mialon, G., Dessì, R., Lomeli, M., Nalmpantis, C., Pasunuru, R., Raileanu, R., Rozière, B., Schick, T., "
        "Dwivedi-Yu, J., Celikyilmaz, A., Grave, E., LeCun, Y., & Scialom, T. (2023). Augmented language models: A "
        "survey (arXiv:2302.07842). arXiv. https://doi.org/10.48550/arXiv.2302.07842",
        "[1] G. Mialon et al., “Augmented language models: A survey,” 2023, arXiv:2302.07842.",
    ),
    Cited(
        preprint("Language Models are Few-Shot Learners", "2005.14165", "2020-05-28", GPT_3),
        "Brown, T. B., Mann, B., Ryder, N., Subbiah, M., Kaplan, J., Dhariwal, P., Neelakantan, A., Shyam, P., "
        "Sastry, G., Askell, A., Agarwal, S., Herbert-Voss, A., Krueger, G., Henighan, T., Child, R., Ramesh, A., "
        "Ziegler, D. M., Wu, J., Winter, C., . . . Amodei, D. (2020). Language models are few-shot learners "
        "(arXiv:2005.14165). arXiv. https://doi.org/10.48550/arXiv.2005.14165",
        "[1] T. B. Brown et al., “Language models are few-shot learners,” 2020, arXiv:2005.14165.",
    ),
    Cited(
        published(
            "Long Short-Term Memory", "1997-11", "Sepp Hochreiter, Jürgen Schmidhuber", "article",
            "Neural Computation", "10.1162/neco.1997.9.8.1735", volume="9", number="8", pages="1735--1780",
        ),
        "Hochreiter, S., & Schmidhuber, J. (1997). Long short-term memory. Neural Computation, 9(8), 1735–1780. "
        "https://doi.org/10.1162/neco.1997.9.8.1735",
        "[1] S. Hochreiter and J. Schmidhuber, “Long short-term memory,” Neural Computation, vol. 9, no. 8, "
        "pp. 1735–1780, Nov. 1997, doi: 10.1162/neco.1997.9.8.1735.",
    ),
    Cited(
        published(
            "The NetHack Learning Environment", "2020",
            "Heinrich Küttler, Nantas Nardelli, Alexander H. Miller, Roberta Raileanu, Marco Selvatici, "
            "Edward Grefenstette, Tim Rocktäschel",
            "inproceedings", "Advances in Neural Information Processing Systems", volume="33", pages="7671--7684",
        ),
        "Küttler, H., Nardelli, N., Miller, A. H., Raileanu, R., Selvatici, M., Grefenstette, E., & Rocktäschel, T. "
        "(2020). The NetHack learning environment. Advances in Neural Information Processing Systems, 33, 7671–7684.",
        "[1] H. Küttler et al., “The NetHack learning environment,” in Advances in Neural Information Processing "
        "Systems, vol. 33, 2020, pp. 7671–7684.",
    ),
    Cited(
        preprint(
            "Playing Atari with Deep Reinforcement Learning", "1312.5602", "2013-12-19",
            "Volodymyr Mnih, Koray Kavukcuoglu, David Silver, Alex Graves, Ioannis Antonoglou, Daan Wierstra, "
            "Martin Riedmiller",
        ),
        "Mnih, V., Kavukcuoglu, K., Silver, D., Graves, A., Antonoglou, I., Wierstra, D., & Riedmiller, M. (2013). "
        "Playing Atari with deep reinforcement learning (arXiv:1312.5602). arXiv. "
        "https://doi.org/10.48550/arXiv.1312.5602",
        "[1] V. Mnih et al., “Playing Atari with deep reinforcement learning,” 2013, arXiv:1312.5602.",
    ),
    Cited(
        preprint("Auto-Encoding Variational Bayes", "1312.6114", "2013-12-20", "Diederik P. Kingma, Max Welling"),
        "Kingma, D. P., & Welling, M. (2013). Auto-encoding variational Bayes (arXiv:1312.6114). arXiv. "
        "https://doi.org/10.48550/arXiv.1312.6114",
        "[1] D. P. Kingma and M. Welling, “Auto-encoding variational Bayes,” 2013, arXiv:1312.6114.",
    ),
    Cited(
        preprint(
            "WaveNet: A Generative Model for Raw Audio", "1609.03499", "2016-09-12",
            "Aaron van den Oord, Sander Dieleman, Heiga Zen, Karen Simonyan, Oriol Vinyals, Alex Graves, "
            "Nal Kalchbrenner, Andrew Senior, Koray Kavukcuoglu",
        ),
        "van den Oord, A., Dieleman, S., Zen, H., Simonyan, K., Vinyals, O., Graves, A., Kalchbrenner, N., Senior, A., "
        "& Kavukcuoglu, K. (2016). WaveNet: A generative model for raw audio (arXiv:1609.03499). arXiv. "
        "https://doi.org/10.48550/arXiv.1609.03499",
        "[1] A. van den Oord et al., “WaveNet: A generative model for raw audio,” 2016, arXiv:1609.03499.",
    ),
    Cited(
        published(
            "Human-level control through deep reinforcement learning", "2015-02", DQN, "article", "Nature",
            "10.1038/nature14236", volume="518", number="7540", pages="529--533",
        ),
        "Mnih, V., Kavukcuoglu, K., Silver, D., Rusu, A. A., Veness, J., Bellemare, M. G., Graves, A., Riedmiller, M., "
        "Fidjeland, A. K., Ostrovski, G., Petersen, S., Beattie, C., Sadik, A., Antonoglou, I., King, H., Kumaran, D., "
        "Wierstra, D., Legg, S., & Hassabis, D. (2015). Human-level control through deep reinforcement learning. "
        "Nature, 518(7540), 529–533. https://doi.org/10.1038/nature14236",
        "[1] V. Mnih et al., “Human-level control through deep reinforcement learning,” Nature, vol. 518, no. 7540, "
        "pp. 529–533, Feb. 2015, doi: 10.1038/nature14236.",
    ),
    Cited(
        preprint(
            "The Large N Limit of Superconformal Field Theories and Supergravity", "hep-th/9711200", "1997-11-27",
            "Juan M. Maldacena",
        ),
        "Maldacena, J. M. (1997). The large N limit of superconformal field theories and supergravity "
        "(arXiv:hep-th/9711200). arXiv. https://doi.org/10.48550/arXiv.hep-th/9711200",
        "[1] J. M. Maldacena, “The large N limit of superconformal field theories and supergravity,” 1997, "
        "arXiv:hep-th/9711200.",
    ),
    Cited(
        published(
            "ImageNet: A Large-Scale Hierarchical Image Database", "2009-06",
            "Jia Deng, Wei Dong, Richard Socher, Li-Jia Li, Kai Li, Li Fei-Fei", "inproceedings",
            "2009 IEEE Conference on Computer Vision and Pattern Recognition", "10.1109/cvpr.2009.5206848",
            pages="248--255", publisher="IEEE",
        ),
        "Deng, J., Dong, W., Socher, R., Li, L.-J., Li, K., & Fei-Fei, L. (2009). ImageNet: A large-scale hierarchical "
        "image database. In 2009 IEEE Conference on Computer Vision and Pattern Recognition (pp. 248–255). IEEE. "
        "https://doi.org/10.1109/cvpr.2009.5206848",
        "[1] J. Deng, W. Dong, R. Socher, L.-J. Li, K. Li, and L. Fei-Fei, “ImageNet: A large-scale hierarchical image "
        "database,” in 2009 IEEE Conference on Computer Vision and Pattern Recognition, Jun. 2009, pp. 248–255, "
        "doi: 10.1109/cvpr.2009.5206848.",
    ),
    Cited(
        published(
            "BLEU: a Method for Automatic Evaluation of Machine Translation", "2002-07",
            "Kishore Papineni, Salim Roukos, Todd Ward, Wei-Jing Zhu", "inproceedings",
            "Proceedings of the 40th Annual Meeting of the Association for Computational Linguistics",
            "10.3115/1073083.1073135", pages="311--318", publisher="Association for Computational Linguistics",
        ),
        "Papineni, K., Roukos, S., Ward, T., & Zhu, W.-J. (2002). BLEU: A method for automatic evaluation of machine "
        "translation. In Proceedings of the 40th Annual Meeting of the Association for Computational Linguistics "
        "(pp. 311–318). Association for Computational Linguistics. https://doi.org/10.3115/1073083.1073135",
        "[1] K. Papineni, S. Roukos, T. Ward, and W.-J. Zhu, “BLEU: A method for automatic evaluation of machine "
        "translation,” in Proceedings of the 40th Annual Meeting of the Association for Computational Linguistics, "
        "Jul. 2002, pp. 311–318, doi: 10.3115/1073083.1073135.",
    ),
    Cited(
        preprint("Gemini: A Family of Highly Capable Multimodal Models", "2312.11805", "2023-12-19", "Gemini Team"),
        "Gemini Team. (2023). Gemini: A family of highly capable multimodal models (arXiv:2312.11805). arXiv. "
        "https://doi.org/10.48550/arXiv.2312.11805",
        "[1] Gemini Team, “Gemini: A family of highly capable multimodal models,” 2023, arXiv:2312.11805.",
    ),
    Cited(
        preprint(
            "Chain-of-Thought Prompting Elicits Reasoning in Large Language Models", "2201.11903", "2022-01-28",
            "Jason Wei, Xuezhi Wang, Dale Schuurmans", authors_truncated=True,
        ),
        "Wei, J., Wang, X., Schuurmans, D., et al. (2022). Chain-of-thought prompting elicits reasoning in large "
        "language models (arXiv:2201.11903). arXiv. https://doi.org/10.48550/arXiv.2201.11903",
        "[1] J. Wei, X. Wang, D. Schuurmans, et al., “Chain-of-thought prompting elicits reasoning in large language "
        "models,” 2022, arXiv:2201.11903.",
    ),
)  # fmt: skip
