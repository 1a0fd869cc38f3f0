"""The steps that turn public parallel text and the ESCO taxonomy into an encoder, in the order in which data flows.

``sources`` reads, ``holdout`` sets the untouched part aside, ``teacher`` writes the targets, ``pieces`` and
``static_training`` make the static encoder, ``packaging`` writes the folder that sentence-transformers loads.
"""
