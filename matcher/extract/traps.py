"""Phrases that contain the name of a skill and do not mean it.

Enters nothing; leaves the list. A trap is matched like a skill and wins by its length over the name inside it; then it is
dropped. `=` in front: in this letter case only. Every entry was met in real postings, syllabi or résumés, or is named in
issue 4. A word that is usually no skill at all should not be an alias in the first place.
"""

from __future__ import annotations

from typing import Final

TRAPS: Final[tuple[str, ...]] = (
    # ordinary English that spells a product
    "go to", "go-to", "go live", "go-live", "go for", "go through", "go on", "go beyond", "let's go", "=Go ahead", "=Go above",
    "excel at", "=excel in", "=excels", "=to excel", "=Excel at",
    "spring semester", "spring term", "spring quarter", "spring festival", "spring recruitment", "spring break", "spring water",
    "=Spring 2023", "=Spring 2024", "=Spring 2025", "=Spring 2026", "=Spring 2027", "=Spring and Fall", "=Spring/Fall",
    "fall and spring", "in the spring", "each spring", "=Winter and Spring", "=Spring or Summer",
    "vitamin c", "plan c", "plan b", "hepatitis c", "=Series C", "=Class C", "=Grade C", "=Type C", "type-c", "=Category C",
    "r&d", "r & d", "=Mr R",
    "rust prevention", "rust removal", "rust proofing",
    "access to", "=access control list",
    # Chinese words that only contain one
    "沟通桥梁", "沟通桥", "c级", "c轮", "c端", "c类", "c位", "c区", "c座", "c栋", "b端c端", "to c",
    "社会计划", "社会计算", "学会计算", "会计算", "会计量", "会计划", "机会计",
    "货物流向", "货物流量", "人物流",
)
