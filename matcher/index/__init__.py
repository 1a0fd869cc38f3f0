"""Vectors to neighbours: one protocol (`protocol.py`), a NumPy reference (`exact.py`) and FAISS (`faiss.py`).

Enters: unit vectors under the row ids of the store. Leaves: ids and cosine similarities, ranked. The index is a cache: it
is rebuilt from the store, or loaded from a snapshot (`snapshot.py`) and caught up. Start reading at `protocol.py`.
"""
