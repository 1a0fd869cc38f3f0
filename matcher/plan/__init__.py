"""Gap → ordered courses, and demand → bundles of courses. Pure planning: numbers in, choices out; the only door to CP-SAT."""
