"""Text → unit vectors. Enters: texts and documents. Leaves: float32 rows of unit length. Only this folder imports torch."""

from matcher.embed.document import DocumentEmbedder
from matcher.embed.encoder import EmbedConfig, SentenceEncoder, batched, load_encoder
from matcher.embed.protocol import Encoder

__all__ = ["DocumentEmbedder", "EmbedConfig", "Encoder", "SentenceEncoder", "batched", "load_encoder"]
