"""Text → unit vectors. Enters: texts and documents. Leaves: float32 rows of unit length. Only this folder imports torch."""

from matcher.embed.document import DocumentEmbedder
from matcher.embed.encoder import EmbedConfig, Encoder, SentenceEncoder, load_encoder

__all__ = ["DocumentEmbedder", "EmbedConfig", "Encoder", "SentenceEncoder", "load_encoder"]
