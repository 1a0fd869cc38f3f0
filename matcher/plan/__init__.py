"""Gap → ordered courses, demand → bundles of courses, coverage. Pure planning: numbers in, choices out; the only door to CP-SAT."""
