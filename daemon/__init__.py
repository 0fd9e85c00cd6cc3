"""muhtarlik: the background daemon of a district municipality's headmen's office (Muhtarlık İşleri)."""

__version__ = "0.1.0"
