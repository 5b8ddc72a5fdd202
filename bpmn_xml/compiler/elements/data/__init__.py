"""Data that moves into elements and out, by the standard's words, a vendor's, or as it is drawn."""
