"""Answers to inquiries → a short text in Chinese or English. Every word comes from the structured answer.

Enters: an answer. Leaves: the text. Refuses: no other language than zh and en.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matcher.domain.inquiry import SkillChange, WhatIfAnswer, WhyNotAnswer, WhyNotReason
from matcher.errors import InvalidRequest
from matcher.match.render import LANGUAGES, PART_NAMES

Label = Callable[[str], str]

_WORDS = {
    "zh": {
        "add": "具备{side}“{label}”",
        "remove": "去掉{side}“{label}”",
        "query": "查询方的",
        "target": "",
        "join": "、",
        "what_if": "若{changes}，{move}（共 {n} 名），匹配分由 {old:.3f} 变为 {new:.3f}。",
        "up": "名次由 {old_rank} 升至 {new_rank}",
        "down": "名次由 {old_rank} 降至 {new_rank}",
        "same": "名次仍为 {new_rank}",
        "outside": "该文档不满足筛选条件，名次为假设其满足时的名次。",
        WhyNotReason.RETURNED: "该文档已在前 {k} 名之内：第 {rank} 名，匹配分 {score:.3f}。",
        WhyNotReason.FILTERED: "未通过筛选条件：{clauses}。若通过，将列第 {rank} 名，匹配分 {score:.3f}。",
        WhyNotReason.NOT_RETRIEVED: "第 {rank} 名，匹配分 {score:.3f}；检索阶段未取到该文档。",
        WhyNotReason.NEAR_DUPLICATE: "与 {duplicate} 内容近乎相同，已合并；本身为第 {rank} 名，匹配分 {score:.3f}。",
        WhyNotReason.BELOW_CUTOFF: "第 {rank} 名，匹配分 {score:.3f}，未进入前 {k} 名。",
        "clause": "{text}",
        "unknown": "{text}（文本未说明）",
        "cutoff": "第 {k} 名（{name}）匹配分 {cutoff:.3f}，相差 {distance:.3f}。",
        "costs": "差距主要在：{parts}。",
        "part": "{part}（{cost:.2f}）",
        "missing": "对方体现而此处未体现或较弱的要求：{labels}。",
    },
    "en": {
        "add": "with {side}“{label}”",
        "remove": "without {side}“{label}”",
        "query": "the query's ",
        "target": "",
        "join": ", ",
        "what_if": "{changes}: {move} of {n}, score {old:.3f} → {new:.3f}.",
        "up": "rank {old_rank} rises to {new_rank}",
        "down": "rank {old_rank} falls to {new_rank}",
        "same": "rank stays {new_rank}",
        "outside": "The document does not pass the filter; the ranks are those it would have if it did.",
        WhyNotReason.RETURNED: "The document is among the best {k}: rank {rank}, score {score:.3f}.",
        WhyNotReason.FILTERED: "It does not pass the filter: {clauses}. If it did, it would be at rank {rank}, score {score:.3f}.",
        WhyNotReason.NOT_RETRIEVED: "Rank {rank}, score {score:.3f}; it was not retrieved for scoring.",
        WhyNotReason.NEAR_DUPLICATE: "It is a near-duplicate of {duplicate}, which stands for it; its own rank is {rank}, "
        "score {score:.3f}.",
        WhyNotReason.BELOW_CUTOFF: "Rank {rank}, score {score:.3f}: not among the best {k}.",
        "clause": "{text}",
        "unknown": "{text} (the text does not say)",
        "cutoff": "Rank {k} ({name}) has score {cutoff:.3f}, {distance:.3f} more.",
        "costs": "Most is lost in: {parts}.",
        "part": "{part} ({cost:.2f})",
        "missing": "Requirements that the other shows and this one does not, or less: {labels}.",
    },
}
_SPACE = {"zh": "", "en": " "}


def what_if_text(answer: WhatIfAnswer, changes: Sequence[SkillChange], label: Label, language: str) -> str:
    """One sentence: what was changed, and from where to where the target moves.

    Raises:
        InvalidRequest: the language is neither zh nor en.
    """
    words = _of(language)
    told = [
        words["remove" if c.remove else "add"].format(side=words[c.side.value], label=label(c.skill_id))
        for c in changes
    ]
    old, new = answer.before, answer.after
    move = "same" if old.rank == new.rank else "up" if new.rank < old.rank else "down"
    sentence = words["what_if"].format(
        changes=words["join"].join(told),
        move=words[move].format(old_rank=old.rank, new_rank=new.rank),
        n=new.n_ranked,
        old=old.scored.score,
        new=new.scored.score,
    )
    sentence = sentence[0].upper() + sentence[1:]
    return sentence if answer.passes_filter else sentence + _SPACE[language] + words["outside"]


def why_not_text(answer: WhyNotAnswer, label: Label, language: str) -> str:
    """What keeps the target away, how far it is from the cut-off, and where it loses most.

    Raises:
        InvalidRequest: the language is neither zh nor en.
    """
    words = _of(language)
    clauses = [words["unknown" if c.unknown else "clause"].format(text=c.text) for c in answer.failed]
    sentences = [
        words[answer.reason].format(
            rank=answer.standing.rank,
            score=answer.standing.scored.score,
            k=answer.k,
            clauses=words["join"].join(clauses),
            duplicate=answer.duplicate_of,
        )
    ]
    if answer.distance is not None and answer.distance > 0:
        cutoff = {"name": answer.cutoff_name, "cutoff": answer.cutoff_score, "distance": answer.distance}
        sentences.append(words["cutoff"].format(k=answer.k, **cutoff))
        names = PART_NAMES[language]
        parts = [words["part"].format(part=names[c.part], cost=c.cost) for c in answer.costs[:3]]
        if parts:
            sentences.append(words["costs"].format(parts=words["join"].join(parts)))
        if answer.missing:
            sentences.append(words["missing"].format(labels=words["join"].join(map(label, answer.missing))))
    return _SPACE[language].join(sentences)


def _of(language: str) -> dict[str, str]:
    if language not in LANGUAGES:
        raise InvalidRequest("explanations are rendered in zh or en", field="language", limit="zh, en")
    return _WORDS[language]
